{{ config(dist='all', sort='cluster_kind') }}

{%- set sums = ['trials', 'successes', 'squared_trials', 'squared_successes', 'trials_times_successes'] %}

with

numbered_categories as (
    select
        category,
        row_number() over (order by category) as category_number
    from {{ ref('complaint_categories') }}
),

complaints as (
    select
        facts.customer_key,
        facts.agent_key,
        facts.opened_date,
        not facts.is_orphan_customer and not facts.is_unmatched_sender as is_of_known_customer,
        numbered_categories.category_number,
        facts.category,
        facts.has_status,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.reporting_lag_days,
        facts.days_to_resolve
    from {{ ref('fct_complaints') }} as facts
    left join numbered_categories
        on numbered_categories.category = facts.category
    where facts.is_complaint
),

{#- Agents who have been the same from the first snapshot to the newest: their number is how many could be in charge. #}
steady_agents as (
    select
        agent_key,
        max({{ insight_experience('experience') }}) as experience
    from {{ ref('dim_agents') }}
    where not is_inferred
        and not is_unknown
    group by agent_key
    having count(*) = 1 and max(case when is_current then 1 else 0 end) = 1
),

{#- Far fewer than complaints, and enough to say which version of the agent was in charge. #}
days_of_agents as (
    select
        agent_key,
        opened_date,
        {{ insight_cluster_counts('complaints') }}
    from complaints
    where agent_key <> {{ unknown_key() }}
    group by agent_key, opened_date
),

clusters as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        customer_key as cluster_key,
        is_of_known_customer as is_exposed,
        {{ insight_cluster_counts('complaints') }}
    from complaints
    where customer_key <> {{ unknown_key() }}
    group by customer_key, is_of_known_customer

    union all

    select
        'agent' as cluster_kind,
        {{ insight_experience('agents.experience') }} as member,
        agents.agent_key as cluster_key,
        steady_agents.agent_key is not null as is_exposed,
        {%- for name in insight_cluster_count_names() %}
        sum(days_of_agents.{{ name }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from days_of_agents
    inner join {{ ref('dim_agents') }} as agents
        on {{ agent_version_at('agents', 'days_of_agents', 'opened_date') }}
    left join steady_agents
        on steady_agents.agent_key = agents.agent_key
    where not agents.is_inferred
    group by {{ insight_experience('agents.experience') }}, agents.agent_key, steady_agents.agent_key
),

exposed as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        count(*) as exposed
    from {{ ref('dim_customers') }}
    where not is_inferred
        and not is_unknown

    union all

    select
        'agent' as cluster_kind,
        experience as member,
        count(*) as exposed
    from steady_agents
    group by experience
),

{#- Whole numbers all: the same in whatever order they are added. #}
totals as (
    select
        cluster_kind,
        member,
        sum(case when is_exposed then complaints else 0 end) as exposed_complaints,
        sum(case when is_exposed then complaints * complaints else 0 end) as squared_exposed_complaints,
        {%- for name, columns in insight_comparisons().items() %}
        sum(case when {{ columns[0] }} > 0 then 1 else 0 end) as {{ name }}_clusters,
        sum({{ columns[0] }}) as {{ name }}_trials,
        sum({{ columns[1] }}) as {{ name }}_successes,
        sum({{ columns[0] }} * {{ columns[0] }}) as {{ name }}_squared_trials,
        sum({{ columns[1] }} * {{ columns[1] }}) as {{ name }}_squared_successes,
        sum({{ columns[0] }} * {{ columns[1] }}) as {{ name }}_trials_times_successes{{ ',' if not loop.last }}
        {%- endfor %}
    from clusters
    group by cluster_kind, member
),

compared as (
    {#- Who never complains is a cluster as well, of no complaints. #}
    select
        exposed.cluster_kind,
        exposed.member,
        'complaints_per_head' as metric,
        0 as category_number,
        exposed.exposed as clusters,
        exposed.exposed as trials,
        coalesce(totals.exposed_complaints, 0) as successes,
        exposed.exposed as squared_trials,
        coalesce(totals.squared_exposed_complaints, 0) as squared_successes,
        coalesce(totals.exposed_complaints, 0) as trials_times_successes
    from exposed
    left join totals
        on totals.cluster_kind = exposed.cluster_kind
        and totals.member = exposed.member

    {%- for name in insight_comparisons() %}

    union all

    select
        cluster_kind,
        member,
        '{{ 'category_share' if name.startswith('category_share') else name }}' as metric,
        {{ name.split('_')[2] if name.startswith('category_share') else 0 }} as category_number,
        {{ name }}_clusters as clusters,
        {%- for column in sums %}
        {{ name }}_{{ column }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from totals
    {%- endfor %}
),

final as (
    select
        cast(compared.cluster_kind as varchar(16)) as cluster_kind,
        cast(compared.member as varchar(40)) as member,
        cast(compared.metric as varchar(32)) as metric,
        cast(coalesce(numbered_categories.category, '(all)') as varchar(40)) as category,
        cast(compared.clusters as bigint) as clusters,
        {%- for column in sums %}
        cast(compared.{{ column }} as bigint) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from compared
    left join numbered_categories
        on numbered_categories.category_number = compared.category_number
    where compared.category_number = 0
        or numbered_categories.category is not null
)

select * from final
