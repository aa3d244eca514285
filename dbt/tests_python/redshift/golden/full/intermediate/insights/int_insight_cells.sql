begin;

create  table
    "coretelecoms"."intermediate"."int_insight_cells__dbt_tmp"
    diststyle all
      compound sortkey(state_code)
  as (
with
known_states as (
    select
        customer_key,
        state_code
    from "coretelecoms"."marts"."dim_customers"
    where state_kind is not null
),
counted as (
    select
        known_states.state_code,
        facts.channel,
        facts.category,
        agents.experience,
        case when not facts.is_opened_in_future then cast(date_trunc('month', facts.opened_date) as date) end
            as opened_month,
        sum(case when true then 1 else 0 end) as complaints,
        sum(case when facts.has_status then 1 else 0 end) as complaints_with_status,
        sum(case when facts.has_status and facts.resolution_state = 'resolved' then 1 else 0 end) as resolved_complaints,
        sum(case when facts.has_status and facts.reporting_lag_days >= 60 then 1 else 0 end) as followed_up_complaints,
        sum(case when facts.has_status and facts.reporting_lag_days >= 60 and facts.resolution_state = 'resolved' then 1 else 0 end) as resolved_followed_up_complaints,
        sum(case when (
        facts.resolution_time_state = 'measured'
        and facts.reporting_lag_days >= 60
        and facts.days_to_resolve <= 60
    ) then 1 else 0 end) as timed_complaints,
        sum(case when (
        facts.resolution_time_state = 'measured'
        and facts.reporting_lag_days >= 60
        and facts.days_to_resolve <= 60
    ) and facts.days_to_resolve <= 14 then 1 else 0 end) as quickly_resolved_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join known_states
        on known_states.customer_key = facts.customer_key
    left join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
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
        case when counted.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then counted.experience else '(none)' end as named_experience,
        coalesce(substring(cast(counted.opened_month as varchar), 1, 7), '(none)') as named_month
    from counted
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = counted.category
),
final as (
    select
        cast(named_state as varchar(40)) as state_code,
        cast(channel as varchar(40)) as channel,
        cast(named_category as varchar(40)) as category,
        cast(named_experience as varchar(40)) as experience,
        cast(named_month as varchar(40)) as opened_month,
        cast(sum(complaints) as bigint) as complaints,
        cast(sum(complaints_with_status) as bigint) as complaints_with_status,
        cast(sum(resolved_complaints) as bigint) as resolved_complaints,
        cast(sum(followed_up_complaints) as bigint) as followed_up_complaints,
        cast(sum(resolved_followed_up_complaints) as bigint) as resolved_followed_up_complaints,
        cast(sum(timed_complaints) as bigint) as timed_complaints,
        cast(sum(quickly_resolved_complaints) as bigint) as quickly_resolved_complaints
    from named
    group by named_state, channel, named_category, named_experience, named_month
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_cells__dbt_tmp" rename to "int_insight_cells";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_cells__dbt_backup" cascade;

commit;
