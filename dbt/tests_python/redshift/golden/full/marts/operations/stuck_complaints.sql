begin;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(40))
 as status,
    cast(null as date)
 as opened_local_date,
    cast(null as integer)
 as age_days,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as age_band_order,
    cast(null as varchar(16))
 as urgency,
    cast(null as date)
 as due_date,
    cast(null as integer)
 as working_days_overdue,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as times_reported,
    cast(null as varchar(32))
 as reason,
    cast(null as integer)
 as queue_position
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."stuck_complaints__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    customer_key varchar(64) not null,
    agent_key varchar(64) not null,
    channel varchar(32) not null,
    platform varchar(40),
    category varchar(40),
    complaint_bucket varchar(40) not null,
    status varchar(40),
    opened_local_date date,
    age_days integer,
    age_band varchar(16) not null,
    age_band_order integer not null,
    urgency varchar(16) not null,
    due_date date,
    working_days_overdue integer,
    partition_date date not null,
    times_reported integer not null,
    reason varchar(32) not null,
    queue_position integer not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(agent_key,queue_position);

insert into "coretelecoms"."marts"."stuck_complaints__dbt_tmp"
    (
    select complaint_key, customer_key, agent_key, channel, platform, category, complaint_bucket, status, opened_local_date, age_days, age_band, age_band_order, urgency, due_date, working_days_overdue, partition_date, times_reported, reason, queue_position
    from (
        with
reports as (
    select
        complaint_key,
        count(*) as times_reported
    from "coretelecoms"."intermediate"."int_complaint_versions"
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
    from "coretelecoms"."marts"."fct_complaints" as facts
    inner join "coretelecoms"."marts"."sla_status" as sla
        on sla.complaint_key = facts.complaint_key
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
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
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then '(none)'
        when stuck.age_days <= 3 then '0-3'
        when stuck.age_days <= 7 then '4-7'
        when stuck.age_days <= 30 then '8-30'
        when stuck.age_days <= 90 then '31-90'
        when stuck.age_days <= 180 then '91-180'
        else 'over 180'
    end as varchar(16)) as age_band,
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then 7
        when stuck.age_days <= 3 then 1
        when stuck.age_days <= 7 then 2
        when stuck.age_days <= 30 then 3
        when stuck.age_days <= 90 then 4
        when stuck.age_days <= 180 then 5
        else 6
    end as integer) as age_band_order,
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
    ) as model_subq
    );

alter table "coretelecoms"."marts"."stuck_complaints__dbt_tmp" rename to "stuck_complaints";

grant select on "coretelecoms"."marts"."stuck_complaints" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."stuck_complaints__dbt_backup" cascade;

commit;
