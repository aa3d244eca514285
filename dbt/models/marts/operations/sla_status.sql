with

working_days as (
    select
        date_day,
        working_day_number
    from {{ ref('dim_dates') }}
    where is_working_day
),

dated as (
    select
        facts.*,
        cast({{ in_declared_zone('facts.opened_at') }} as date) as opened_local_date,
        cast({{ in_declared_zone('facts.resolved_at') }} as date) as resolved_date,
        as_of.as_of_date,
        coalesce(urgencies.urgency, 'standard') as urgency
    from {{ ref('fct_complaints') }} as facts
    left join {{ ref('sla_urgencies') }} as urgencies
        on urgencies.category = facts.category
    cross join {{ ref('int_as_of') }} as as_of
),

{#- The day of opening never counts: the due day is the working day whose number is that many higher. #}
placed as (
    select
        dated.*,
        policies.allowed_working_days,
        due_days.date_day as due_date,
        last_days.working_day_number - opened_days.working_day_number as working_days_taken,
        case when dated.resolution_state = 'resolved' then dated.resolved_date else dated.as_of_date end as last_date
    from dated
    inner join {{ ref('sla_policies') }} as policies
        on policies.urgency = dated.urgency
    left join {{ ref('dim_dates') }} as opened_days
        on opened_days.date_day = dated.opened_local_date
    left join working_days as due_days
        on due_days.working_day_number = opened_days.working_day_number + policies.allowed_working_days
    left join {{ ref('dim_dates') }} as last_days
        on last_days.date_day
            = case when dated.resolution_state = 'resolved' then dated.resolved_date else dated.as_of_date end
),

judged as (
    select
        placed.*,
        case
            when not has_status then 'no_status'
            when resolution_state = 'unknown' then 'unknown_status'
            when opened_local_date is null then 'no_opening_time'
            when is_opened_in_future then 'opened_in_future'
            when is_resolved_before_opened then 'resolved_before_opened'
            when resolution_state = 'unresolved' and resolved_date is not null then 'status_and_time_disagree'
            when has_id_customer_mismatch then 'id_of_another_customer'
            when resolution_state = 'resolved' and resolved_date is null then 'resolved_without_time'
            when due_date is null or working_days_taken is null then 'outside_the_calendar'
        end as not_measurable_reason
    from placed
),

final as (
    select
        complaint_key,
        channel,
        resolution_time_state <> 'not_reported' as channel_reports_resolution_times,
        category,
        is_complaint,
        status,
        resolution_state,
        opened_local_date,
        cast(urgency as varchar(16)) as urgency,
        cast(allowed_working_days as integer) as allowed_working_days,
        due_date,
        resolved_date,
        cast(
            case
                when not_measurable_reason is not null then 'not_measurable'
                when last_date > due_date then 'breached'
                when resolution_state = 'resolved' then 'met'
                else 'running'
            end as varchar(16)
        ) as sla_status,
        cast(not_measurable_reason as varchar(32)) as not_measurable_reason,
        cast(case when not_measurable_reason is null then working_days_taken end as integer) as working_days_taken,
        cast(
            case
                when not_measurable_reason is null then greatest(working_days_taken - allowed_working_days, 0)
            end as integer
        ) as working_days_overdue,
        partition_date
    from judged
)

select * from final
