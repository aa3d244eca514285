{#
    The bounds of Wilson's score interval of a share, double precision: exactly 0 below without and exactly 1 above
    with nothing but successes; NULL without trials. `z` is the normal quantile of 1 - level / 2; pass columns.
#}
{% macro wilson_lower(successes, trials, z) -%}
    {%- set x = 'cast(' ~ successes ~ ' as double precision)' -%}
    {%- set n = 'nullif(cast(' ~ trials ~ ' as double precision), 0.0)' -%}
    (
        2.0 * {{ x }} + {{ z }} * {{ z }}
        - {{ z }} * sqrt({{ z }} * {{ z }} + 4.0 * {{ x }} * ({{ n }} - {{ x }}) / {{ n }})
    ) / (2.0 * ({{ n }} + {{ z }} * {{ z }}))
{%- endmacro %}

{# What fails is to the successes as the successes are to what fails. #}
{% macro wilson_upper(successes, trials, z) -%}
    (1.0 - {{ wilson_lower('(' ~ trials ~ ' - ' ~ successes ~ ')', trials, z) }})
{%- endmacro %}
