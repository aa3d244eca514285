{{ config(dist='all', sort=['metric', 'dimension']) }}

{%- set counts = insight_counts().keys() | list %}

with

{#- Counts by every dimension, with the category kept beside. #}
margins as (
    {%- for dimension, column in insight_dimensions().items() %}
    select
        '{{ dimension }}' as dimension,
        {{ column }} as member,
        category,
        {%- for count in counts %}
        sum({{ count }}) as {{ count }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_insight_cells') }}
    where {{ column }} not in ('(none)', '(unknown)')
    group by {{ column }}, category
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

members as (
    select
        dimension,
        member,
        sum(case when category <> '(none)' then complaints else 0 end) as categorised_complaints,
        {%- for count in counts %}
        sum({{ count }}) as {{ count }}{{ ',' if not loop.last }}
        {%- endfor %}
    from margins
    group by dimension, member
),

customers as (
    select
        state_code as member,
        count(*) as customers
    from {{ ref('dim_customers') }}
    where state_kind is not null
    group by state_code
),

counted as (
    {#- Every known category of every member: one that never occurs counts as none of many. #}
    select
        'category_share' as metric,
        members.dimension,
        members.member,
        categories.category,
        members.categorised_complaints as trials,
        coalesce(margins.complaints, 0) as successes
    from members
    cross join {{ ref('complaint_categories') }} as categories
    left join margins
        on margins.dimension = members.dimension
        and margins.member = members.member
        and margins.category = categories.category
    where members.dimension <> 'category'

    union all

    {#- What was opened long ago has had more time to be resolved: months are compared after the same wait at least. #}
    select
        'resolution_rate' as metric,
        dimension,
        member,
        '(all)' as category,
        case when dimension = 'month' then followed_up_complaints else complaints_with_status end as trials,
        case when dimension = 'month' then resolved_followed_up_complaints else resolved_complaints end as successes
    from members

    union all

    select
        'quick_resolution' as metric,
        dimension,
        member,
        '(all)' as category,
        timed_complaints as trials,
        quickly_resolved_complaints as successes
    from members

    union all

    select
        'complaints_per_head' as metric,
        'state' as dimension,
        customers.member,
        '(all)' as category,
        customers.customers as trials,
        coalesce(members.complaints, 0) as successes
    from customers
    left join members
        on members.member = customers.member
        and members.dimension = 'state'

    union all

    select
        metric,
        'experience' as dimension,
        member,
        category,
        trials,
        successes
    from {{ ref('int_insight_clusters') }}
    where metric = 'complaints_per_head'
        and cluster_kind = 'agent'
        and member <> '(none)'
),

{#- Spread of the clusters about their member's mean, and what it would be if every complaint were on its own. #}
spreads as (
    select
        cluster_kind,
        member,
        metric,
        category,
        clusters,
        squared_successes - 2.0 * mean * trials_times_successes + mean * mean * squared_trials as seen,
        case when metric = 'complaints_per_head' then mean * trials else mean * (1.0 - mean) * trials end as expected
    from (
        select
            clusters_of_members.*,
            cast(successes as double precision) / trials as mean
        from {{ ref('int_insight_clusters') }} as clusters_of_members
        where trials > 0
            {#- agents of no known level are no group, so neither their number nor their spread says something of one #}
            and not (cluster_kind = 'agent' and member = '(none)')
    ) as means
),

design_effects as (
    select
        cluster_kind,
        metric,
        category,
        sum(clusters) as clusters,
        cast(sum(seen) as double precision) / nullif(sum(expected), 0)
        * (cast(sum(clusters) as double precision) / nullif(sum(clusters) - count(*), 0)) as design_effect
    from spreads
    group by cluster_kind, metric, category
),

agents_of_members as (
    select
        metric,
        member,
        category,
        clusters
    from {{ ref('int_insight_clusters') }}
    where cluster_kind = 'agent'
),

grouped as (
    select
        counted.*,
        sum(trials) over (partition by metric, dimension, category) as group_trials,
        sum(successes) over (partition by metric, dimension, category) as group_successes
    from counted
    where trials > 0
),

compared as (
    select
        grouped.*,
        {#- Of a known spread only, and never as if complaints were more than each on its own. #}
        case
            when design_effects.design_effect > 1 then design_effects.design_effect
            when design_effects.design_effect <= 1 then 1.0
        end as design_effect,
        agents_of_members.clusters as agents,
        design_effects.clusters as group_clusters,
        cast(grouped.trials as double precision) / grouped.group_trials as share_of_trials,
        case
            when grouped.metric = 'complaints_per_head' then grouped.group_successes
            when grouped.group_successes * 2 <= grouped.group_trials then grouped.group_successes
            else grouped.group_trials - grouped.group_successes
        end as rarer_outcome
    from grouped
    left join design_effects
        on design_effects.metric = grouped.metric
        and design_effects.category = grouped.category
        and design_effects.cluster_kind = case when grouped.dimension = 'experience' then 'agent' else 'customer' end
    left join agents_of_members
        on agents_of_members.metric = grouped.metric
        and agents_of_members.category = grouped.category
        and agents_of_members.member = grouped.member
        and grouped.dimension = 'experience'
),

{#- The least of the counts expected of the member and of the others, of one outcome and the other. #}
expected as (
    select
        compared.*,
        {#- rounded, so that what is exactly enough is enough in doubles, too #}
        round(
            cast(
                case when share_of_trials < 0.5 then share_of_trials else 1.0 - share_of_trials end
                * rarer_outcome / design_effect as double precision
            ), 6
        ) as least_expected
    from compared
),

final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(trials as bigint) as trials,
        cast(successes as bigint) as successes,
        cast(group_trials as bigint) as group_trials,
        cast(group_successes as bigint) as group_successes,
        cast(round(cast(design_effect as double precision), 9) as double precision) as design_effect,
        cast(least_expected as double precision) as least_expected,
        coalesce(
            least_expected >= {{ var('insight_minimum_expected') }}
            and (
                dimension <> 'experience'
                or (
                    agents >= {{ var('insight_minimum_agents_of_group') }}
                    and group_clusters >= {{ var('insight_minimum_agents') }}
                )
            ),
            false
        ) as is_tested
    from expected
)

select * from final
