{{ config(dist='all', sort='state_code') }}

with

known_states as (
    select
        customer_key,
        state_code
    from {{ ref('dim_customers') }}
    where state_kind is not null
),

complaints as (
    select
        coalesce(known_states.state_code, '(none)') as state_code,
        facts.channel,
        case
            when categories.category is not null then categories.category
            when facts.category is not null then '(unknown)'
            else '(none)'
        end as category,
        {{ insight_experience('agents.experience') }} as experience,
        case
            when not facts.is_opened_in_future
                then coalesce(substring(cast(facts.opened_date as varchar), 1, 7), '(none)')
            else '(none)'
        end as opened_month,
        facts.has_status,
        facts.resolution_state,
        facts.reporting_lag_days >= {{ var('insight_follow_up_days') }} as is_followed_up,
        {{ is_timed_for_insights('facts') }} as is_timed,
        facts.days_to_resolve
    from {{ ref('fct_complaints') }} as facts
    left join known_states
        on known_states.customer_key = facts.customer_key
    left join {{ ref('complaint_categories') }} as categories
        on categories.category = facts.category
    left join {{ ref('dim_agents') }} as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
    where facts.is_complaint
),

final as (
    select
        cast(state_code as varchar(40)) as state_code,
        cast(channel as varchar(40)) as channel,
        cast(category as varchar(40)) as category,
        cast(experience as varchar(40)) as experience,
        cast(opened_month as varchar(40)) as opened_month,
        cast(count(*) as bigint) as complaints,
        {{ count_where('has_status') }} as complaints_with_status,
        {{ count_where("has_status and resolution_state = 'resolved'") }} as resolved_complaints,
        {{ count_where('has_status and is_followed_up') }} as followed_up_complaints,
        {{ count_where("has_status and is_followed_up and resolution_state = 'resolved'") }}
            as resolved_followed_up_complaints,
        {{ count_where('is_timed') }} as timed_complaints,
        {{ count_where('is_timed and days_to_resolve <= ' ~ var('insight_resolution_days')) }}
            as quickly_resolved_complaints
    from complaints
    group by state_code, channel, category, experience, opened_month
)

select * from final
