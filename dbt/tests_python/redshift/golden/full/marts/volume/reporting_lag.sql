begin;

select * from (
        select
    cast(null as date)
 as reported_date,
    cast(null as varchar(32))
 as channel,
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
    cast(null as bigint)
 as measured_complaints,
    cast(null as bigint)
 as without_opening_time,
    cast(null as bigint)
 as opened_after_reported,
    cast(null as double precision)
 as mean_lag_days,
    cast(null as integer)
 as median_lag_days,
    cast(null as integer)
 as p80_lag_days,
    cast(null as integer)
 as p90_lag_days,
    cast(null as integer)
 as max_lag_days
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."reporting_lag__dbt_tmp"
  (
    reported_date date not null,
    channel varchar(32) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    measured_complaints bigint not null,
    without_opening_time bigint not null,
    opened_after_reported bigint not null,
    mean_lag_days double precision,
    median_lag_days integer,
    p80_lag_days integer,
    p90_lag_days integer,
    max_lag_days integer
    )
    diststyle all
      compound sortkey(reported_date,channel);

insert into "coretelecoms"."marts"."reporting_lag__dbt_tmp"
    (
    select reported_date, channel, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, measured_complaints, without_opening_time, opened_after_reported, mean_lag_days, median_lag_days, p80_lag_days, p90_lag_days, max_lag_days
    from (
        with
counted as (
    select
        facts.reported_date,
        facts.channel,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days >= 0 then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days is null then 1 end) as bigint) as without_opening_time,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days < 0 then 1 end) as bigint) as opened_after_reported
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.reported_date, facts.channel
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by reported_date, channel
            order by reporting_lag_days
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by reported_date, channel) as complaints_of_group
    from "coretelecoms"."marts"."reporting_lag_histogram" as histogram
),
measured as (
    select
        reported_date, channel,
        cast(sum(reporting_lag_days * complaints) as double precision) / nullif(sum(complaints), 0) as mean_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then reporting_lag_days end) as integer
    ) as median_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then reporting_lag_days end) as integer
    ) as p80_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then reporting_lag_days end) as integer
    ) as p90_lag_days,
        max(reporting_lag_days) as max_lag_days
    from cumulative
    group by reported_date, channel
),
final as (
    select
        counted.*,
        measured.mean_lag_days,
        measured.median_lag_days,
        measured.p80_lag_days,
        measured.p90_lag_days,
        measured.max_lag_days
    from counted
    left join measured
        on measured.reported_date = counted.reported_date
        and measured.channel = counted.channel
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."reporting_lag__dbt_tmp" rename to "reporting_lag";

grant select on "coretelecoms"."marts"."reporting_lag" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."reporting_lag__dbt_backup" cascade;

commit;
