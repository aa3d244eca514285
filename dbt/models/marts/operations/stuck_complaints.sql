with

reports as (
    select
        complaint_key,
        count(*) as times_reported
    from {{ ref('int_complaint_versions') }}
    group by complaint_key
),

unresolved as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.agent_key,
        facts.channel,
        facts.platform,
        facts.category,
        facts.complaint_bucket,
        facts.status,
        facts.partition_date,
        sla.opened_local_date,
        sla.urgency,
        sla.due_date,
        sla.working_days_overdue,
        as_of.as_of_date - sla.opened_local_date as age_days,
        facts.status = 'Blocked' as is_blocked,
        sla.sla_status = 'breached' as is_overdue
    from {{ ref('fct_complaints') }} as facts
    inner join {{ ref('sla_status') }} as sla
        on sla.complaint_key = facts.complaint_key
    cross join {{ ref('int_as_of') }} as as_of
    where facts.is_complaint
        and facts.resolution_state = 'unresolved'
),

stuck as (
    select *
    from unresolved
    where is_blocked or is_overdue
),

final as (
    select
        stuck.complaint_key,
        stuck.customer_key,
        stuck.agent_key,
        stuck.channel,
        stuck.platform,
        stuck.category,
        stuck.complaint_bucket,
        stuck.status,
        stuck.opened_local_date,
        cast(stuck.age_days as integer) as age_days,
        cast({{ age_band('stuck.age_days') }} as varchar(16)) as age_band,
        cast({{ age_band_order('stuck.age_days') }} as integer) as age_band_order,
        stuck.urgency,
        stuck.due_date,
        stuck.working_days_overdue,
        stuck.partition_date,
        cast(reports.times_reported as integer) as times_reported,
        cast(
            case
                when stuck.is_blocked and stuck.is_overdue then 'blocked and overdue'
                when stuck.is_blocked then 'blocked'
                else 'overdue'
            end as varchar(32)
        ) as reason,
        cast(
            row_number() over (
                partition by stuck.agent_key
                order by
                    case when stuck.urgency = 'urgent' then 0 else 1 end,
                    stuck.working_days_overdue desc nulls last,
                    stuck.opened_local_date nulls last,
                    stuck.complaint_key
            ) as integer
        ) as queue_position
    from stuck
    inner join reports
        on reports.complaint_key = stuck.complaint_key
)

select * from final
