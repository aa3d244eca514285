{{ config(dist='all', sort='state_code') }}

{%- set counts = insight_counts() %}

with

known_states as (
    select
        customer_key,
        state_code
    from {{ ref('dim_customers') }}
    where state_kind is not null
),

{#- By what the rows hold; names are given to the few thousand that are left. #}
counted as (
    select
        known_states.state_code,
        facts.channel,
        facts.category,
        agents.experience,
        {#- On a day after the batch nothing was opened. #}
        case when not facts.is_opened_in_future then cast(date_trunc('month', facts.opened_date) as date) end
            as opened_month,
        {%- for name, condition in counts.items() %}
        sum(case when {{ condition }} then 1 else 0 end) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('fct_complaints') }} as facts
    left join known_states
        on known_states.customer_key = facts.customer_key
    left join {{ ref('dim_agents') }} as agents
        on {{ agent_version_at('agents', 'facts', 'opened_date') }}
    where facts.is_complaint
    group by
        known_states.state_code,
        facts.channel,
        facts.category,
        agents.experience,
        case when not facts.is_opened_in_future then cast(date_trunc('month', facts.opened_date) as date) end
),

named as (
    select
        counted.*,
        coalesce(counted.state_code, '(none)') as named_state,
        case
            when categories.category is not null then categories.category
            when counted.category is not null then '(unknown)'
            else '(none)'
        end as named_category,
        {{ insight_experience('counted.experience') }} as named_experience,
        coalesce(substring(cast(counted.opened_month as varchar), 1, 7), '(none)') as named_month
    from counted
    left join {{ ref('complaint_categories') }} as categories
        on categories.category = counted.category
),

final as (
    select
        cast(named_state as varchar(40)) as state_code,
        cast(channel as varchar(40)) as channel,
        cast(named_category as varchar(40)) as category,
        cast(named_experience as varchar(40)) as experience,
        cast(named_month as varchar(40)) as opened_month,
        {%- for name in counts %}
        cast(sum({{ name }}) as bigint) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from named
    group by named_state, channel, named_category, named_experience, named_month
)

select * from final
