begin;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
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
 as not_reported_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as missing_complaints,
    cast(null as bigint)
 as negative_complaints,
    cast(null as bigint)
 as flagged_complaints,
    cast(null as double precision)
 as mean_days,
    cast(null as integer)
 as median_days,
    cast(null as integer)
 as p80_days,
    cast(null as integer)
 as p90_days,
    cast(null as boolean)
 as is_settled,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."resolution_times__dbt_tmp"
  (
    opened_month date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
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
    not_reported_complaints bigint not null,
    open_complaints bigint not null,
    missing_complaints bigint not null,
    negative_complaints bigint not null,
    flagged_complaints bigint not null,
    mean_days double precision,
    median_days integer,
    p80_days integer,
    p90_days integer,
    is_settled boolean not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,channel);

insert into "coretelecoms"."marts"."resolution_times__dbt_tmp"
    (
    select opened_month, channel, platform, category, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, measured_complaints, not_reported_complaints, open_complaints, missing_complaints, negative_complaints, flagged_complaints, mean_days, median_days, p80_days, p90_days, is_settled, is_complete
    from (
        with
counted as (
    select
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'measured' then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'not_reported' then 1 end) as bigint) as not_reported_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'unresolved' then 1 end) as bigint) as open_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'missing' then 1 end) as bigint) as missing_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'negative' then 1 end) as bigint) as negative_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'flagged' then 1 end) as bigint) as flagged_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by date_trunc('month', facts.opened_date), facts.channel, facts.platform, facts.category
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by opened_month, channel, platform, category
            order by days_to_resolve
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by opened_month, channel, platform, category) as complaints_of_group
    from "coretelecoms"."marts"."resolution_time_histogram" as histogram
),
measured as (
    select
        opened_month, channel, platform, category,
        cast(sum(seconds_to_resolve) as double precision) / nullif(sum(complaints), 0) / 86400.0 as mean_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then days_to_resolve end) as integer
    ) as median_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then days_to_resolve end) as integer
    ) as p80_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then days_to_resolve end) as integer
    ) as p90_days
    from cumulative
    group by opened_month, channel, platform, category
),
final as (
    select
        counted.*,
        measured.mean_days,
        measured.median_days,
        measured.p80_days,
        measured.p90_days,
        coalesce(
            last_day(counted.opened_month) + 60 <= as_of.as_of_date,
            false
        ) as is_settled,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    left join measured
        on measured.opened_month = counted.opened_month
        and measured.channel = counted.channel
        and measured.platform = counted.platform
        and measured.category = counted.category
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."resolution_times__dbt_tmp" rename to "resolution_times";

grant select on "coretelecoms"."marts"."resolution_times" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."resolution_times__dbt_backup" cascade;

commit;
