{#
    Twice the logarithm of the likelihood ratio (G squared) of the member and the others being alike, against their
    being what was seen: of a share, that successes are equally likely in both; of a rate, that complaints fall on both
    in proportion to their size. Its root is close to normal far out in both tails, where that of Pearson's score is
    not (ADR 38). Pass columns of double precision.
#}
{% macro insight_deviance(successes, trials, other_successes, other_trials) -%}
    {%- set all_successes = '(' ~ successes ~ ' + ' ~ other_successes ~ ')' -%}
    {%- set all_failures = '(' ~ trials ~ ' + ' ~ other_trials ~ ' - ' ~ successes ~ ' - ' ~ other_successes ~ ')' -%}
    {%- set failures = '(' ~ trials ~ ' - ' ~ successes ~ ')' -%}
    {%- set other_failures = '(' ~ other_trials ~ ' - ' ~ other_successes ~ ')' -%}
    {%- set all_trials = '(' ~ trials ~ ' + ' ~ other_trials ~ ')' -%}
    2.0 * (
        {{ deviance_term(successes, all_trials, trials, all_successes) }}
        + {{ deviance_term(other_successes, all_trials, other_trials, all_successes) }}
        + case
            when metric = 'complaints_per_head' then 0.0
            else
                {{ deviance_term(failures, all_trials, trials, all_failures) }}
                + {{ deviance_term(other_failures, all_trials, other_trials, all_failures) }}
        end
    )
{%- endmacro %}

{# seen * ln(seen / expected), where a share of all is expected; nothing seen adds nothing. #}
{% macro deviance_term(seen, all_trials, trials, all_seen) -%}
    case
        when {{ seen }} > 0
            then {{ seen }} * ln(
                cast(cast({{ seen }} as double precision) * {{ all_trials }} / ({{ trials }} * {{ all_seen }}) as double precision)
            )
        else 0.0
    end
{%- endmacro %}
