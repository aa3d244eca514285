begin;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(32))
 as channel,
    cast(null as boolean)
 as channel_reports_resolution_times,
    cast(null as varchar(40))
 as category,
    cast(null as boolean)
 as is_complaint,
    cast(null as varchar(40))
 as status,
    cast(null as varchar(16))
 as resolution_state,
    cast(null as date)
 as opened_local_date,
    cast(null as varchar(16))
 as urgency,
    cast(null as integer)
 as allowed_working_days,
    cast(null as date)
 as due_date,
    cast(null as date)
 as resolved_date,
    cast(null as varchar(16))
 as sla_status,
    cast(null as varchar(32))
 as not_measurable_reason,
    cast(null as integer)
 as working_days_taken,
    cast(null as integer)
 as working_days_overdue,
    cast(null as date)
 as partition_date
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."sla_status__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    channel varchar(32) not null,
    channel_reports_resolution_times boolean not null,
    category varchar(40),
    is_complaint boolean,
    status varchar(40),
    resolution_state varchar(16) not null,
    opened_local_date date,
    urgency varchar(16) not null,
    allowed_working_days integer not null,
    due_date date,
    resolved_date date,
    sla_status varchar(16) not null,
    not_measurable_reason varchar(32),
    working_days_taken integer,
    working_days_overdue integer,
    partition_date date not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(partition_date,opened_local_date);

insert into "coretelecoms"."marts"."sla_status__dbt_tmp"
    (
    select complaint_key, channel, channel_reports_resolution_times, category, is_complaint, status, resolution_state, opened_local_date, urgency, allowed_working_days, due_date, resolved_date, sla_status, not_measurable_reason, working_days_taken, working_days_overdue, partition_date
    from (
        with
working_days as (
    select
        date_day,
        working_day_number
    from "coretelecoms"."marts"."dim_dates"
    where is_working_day
),
dated as (
    select
        facts.*,
        cast(facts.opened_at as date) as opened_local_date,
        cast(facts.resolved_at as date) as resolved_date,
        as_of.as_of_date,
        coalesce(urgencies.urgency, 'standard') as urgency
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."staging"."sla_urgencies" as urgencies
        on urgencies.category = facts.category
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
placed as (
    select
        dated.*,
        policies.allowed_working_days,
        due_days.date_day as due_date,
        last_days.working_day_number - opened_days.working_day_number as working_days_taken,
        case when dated.resolution_state = 'resolved' then dated.resolved_date else dated.as_of_date end as last_date
    from dated
    inner join "coretelecoms"."staging"."sla_policies" as policies
        on policies.urgency = dated.urgency
    left join "coretelecoms"."marts"."dim_dates" as opened_days
        on opened_days.date_day = dated.opened_local_date
    left join working_days as due_days
        on due_days.working_day_number = opened_days.working_day_number + policies.allowed_working_days
    left join "coretelecoms"."marts"."dim_dates" as last_days
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
    ) as model_subq
    );

alter table "coretelecoms"."marts"."sla_status__dbt_tmp" rename to "sla_status";

grant select on "coretelecoms"."marts"."sla_status" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."sla_status__dbt_backup" cascade;

commit;
