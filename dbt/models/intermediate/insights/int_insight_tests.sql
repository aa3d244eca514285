{%- set group_of = 'partition by metric, dimension, category, is_tested' -%}
{{ config(dist='all', sort=['metric', 'dimension']) }}

with

candidates as (
    select
        metric,
        dimension,
        member,
        category,
        cast(trials as double precision) as trials,
        cast(successes as double precision) as successes,
        cast(group_trials - trials as double precision) as other_trials,
        cast(group_successes - successes as double precision) as other_successes,
        coalesce(design_effect, 1.0) as design_effect,
        is_tested
    from {{ ref('int_insight_candidates') }}
),

{#- One level over everything that the run could print: Bonferroni over all that is compared, two-sided. #}
chances as (
    select
        count(*) as comparisons,
        1.0 - {{ var('insight_error_level') }} / 2.0 / nullif(cast(count(*) as double precision), 0.0) as chance
    from candidates
    where is_tested
),

levels as (
    select
        comparisons,
        {{ normal_quantile('chance') }} as critical_value
    from chances
),

{#- Each member against all others: how far apart they are says in which order they are looked at. #}
first_look as (
    select
        candidates.*,
        round(
            cast({{ insight_deviance('successes', 'trials', 'other_successes', 'other_trials') }} as double precision), 6
        ) as deviance
    from candidates
),

ranked as (
    select
        first_look.*,
        row_number() over ({{ group_of }} order by deviance desc, trials, member) as place,
        row_number() over (partition by metric, dimension, member, is_tested order by deviance desc, category)
            as place_of_category
    from first_look
),

{#-
    A member that differs pulls the mean of all with it. So the second is compared without the first, the third without
    both, and so on: what seemed to differ in the shadow of another does not pass.
#}
without_those_before as (
    select
        ranked.*,
        other_trials - coalesce(
            sum(trials) over ({{ group_of }} order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_trials,
        other_successes - coalesce(
            sum(successes) over ({{ group_of }} order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_successes
    from ranked
),

{#-
    Shares of categories add up to one: where one rises, the others fall. So the second category of a member must also
    differ among the complaints that are not of the first.
#}
first_categories as (
    select
        dimension,
        member,
        is_tested as is_first_tested,
        successes as first_successes,
        other_successes as first_other_successes
    from ranked
    where metric = 'category_share'
        and place_of_category = 1
),

compared as (
    select
        without_those_before.*,
        case
            when metric = 'category_share' and place_of_category > 1 then trials - first_successes
            else trials
        end as own_trials,
        case
            when metric = 'category_share' and place_of_category > 1 then other_trials - first_other_successes
            else other_trials
        end as own_other_trials,
        {#- A rate is judged by the member's part of all complaints. #}
        cast(successes as double precision) / design_effect as effective_successes,
        cast(
            case when metric = 'complaints_per_head' then successes + rest_successes else trials end as double precision
        ) / design_effect as effective_trials,
        cast(rest_successes as double precision) / design_effect as effective_rest_successes,
        cast(
            case when metric = 'complaints_per_head' then successes + rest_successes else rest_trials end as double precision
        ) / design_effect as effective_rest_trials,
        cast(successes as double precision) / trials as member_share,
        cast(rest_successes as double precision) / nullif(rest_trials, 0.0) as rest_share,
        cast(rest_trials as double precision) / (trials + rest_trials) / design_effect as rest_weight
    from without_those_before
    left join first_categories
        on first_categories.dimension = without_those_before.dimension
        and first_categories.member = without_those_before.member
        and first_categories.is_first_tested = without_those_before.is_tested
),

bounded as (
    select
        compared.*,
        levels.comparisons,
        levels.critical_value,
        cast({{ insight_deviance('successes', 'trials', 'rest_successes', 'rest_trials') }} as double precision)
        / design_effect as deviance_from_rest,
        cast({{ insight_deviance('successes', 'own_trials', 'other_successes', 'own_other_trials') }} as double precision)
        / design_effect as deviance_without_first,
        {{ wilson_lower('effective_successes', 'effective_trials', 'critical_value') }} as member_lower,
        {{ wilson_upper('effective_successes', 'effective_trials', 'critical_value') }} as member_upper,
        {{ wilson_lower('effective_rest_successes', 'effective_rest_trials', 'critical_value') }} as rest_lower,
        {{ wilson_upper('effective_rest_successes', 'effective_rest_trials', 'critical_value') }} as rest_upper
    from compared
    cross join levels
),

{#- A share: the difference of the two, with Newcombe's interval. A rate: how much more often, by Wilson's of the part. #}
measured as (
    select
        bounded.*,
        case
            when metric = 'complaints_per_head' then cast(member_share as double precision) / nullif(rest_share, 0.0) - 1.0
            else member_share - rest_share
        end as difference,
        case
            when metric = 'complaints_per_head'
                then member_lower / nullif(1.0 - member_lower, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share - sqrt(
                    (member_share - member_lower) * (member_share - member_lower)
                    + (rest_upper - rest_share) * (rest_upper - rest_share)
                )
        end as difference_lower,
        case
            when metric = 'complaints_per_head'
                then member_upper / nullif(1.0 - member_upper, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share + sqrt(
                    (member_upper - member_share) * (member_upper - member_share)
                    + (rest_share - rest_lower) * (rest_share - rest_lower)
                )
        end as difference_upper
    from bounded
),

judged as (
    select
        measured.*,
        case
            {#- rounded, so that what is exactly enough is enough in doubles, too #}
            when round(cast(rest_weight * (successes + rest_successes) as double precision), 6)
                < {{ var('insight_minimum_expected') }}
                then 1
            when metric <> 'complaints_per_head'
                and round(
                    cast(rest_weight * (trials + rest_trials - successes - rest_successes) as double precision), 6
                ) < {{ var('insight_minimum_expected') }}
                then 1
            when deviance_from_rest > critical_value * critical_value
                and (difference_lower > 0 or difference_upper < 0)
                then 0
            else 1
        end as is_alike
    from measured
    where rest_trials > 0
),

{#- As soon as one does not differ, neither do all who differ less. #}
ended as (
    select
        judged.*,
        max(is_alike) over ({{ group_of }} order by place rows between unbounded preceding and current row) as has_ended
    from judged
),

final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(place as integer) as place,
        {%- for column in ['trials', 'successes', 'rest_trials', 'rest_successes'] %}
        cast({{ column }} as bigint) as {{ column }},
        {%- endfor %}
        {%- for column in [
            'member_share', 'rest_share', 'difference', 'difference_lower', 'difference_upper', 'design_effect',
        ] %}
        cast(round(cast({{ column }} as double precision), 9) as double precision) as {{ column }},
        {%- endfor %}
        {%- for column in ['deviance_from_rest', 'deviance_without_first'] %}
        cast(round(cast({{ column }} as double precision), 6) as double precision) as {{ column }},
        {%- endfor %}
        cast(round(cast(critical_value as double precision), 6) as double precision) as critical_value,
        cast(comparisons as integer) as comparisons,
        is_tested,
        coalesce(
            is_tested and has_ended = 0 and deviance_without_first > critical_value * critical_value, false
        ) as is_finding
    from ended
)

select * from final

