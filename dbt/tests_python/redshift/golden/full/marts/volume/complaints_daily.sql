begin;

select * from (
        select
    cast(null as varchar(16))
 as clock,
    cast(null as date)
 as day,
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
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."complaints_daily__dbt_tmp"
  (
    clock varchar(16) not null,
    day date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    status varchar(40) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(clock,day);

insert into "coretelecoms"."marts"."complaints_daily__dbt_tmp"
    (
    select clock, day, channel, platform, category, complaint_bucket, status, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, is_complete
    from (
        with
counted as (
    select
        cast('opened' as varchar(16)) as clock,
        facts.opened_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.opened_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
    union all
    select
        cast('reported' as varchar(16)) as clock,
        facts.reported_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.reported_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
),
final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = counted.clock
        and periods.granularity = 'day'
        and periods.period_start = counted.day
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."complaints_daily__dbt_tmp" rename to "complaints_daily";

grant select on "coretelecoms"."marts"."complaints_daily" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."complaints_daily__dbt_backup" cascade;

commit;
