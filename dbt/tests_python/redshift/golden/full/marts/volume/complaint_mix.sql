begin;

select * from (
        select
    cast(null as varchar(16))
 as granularity,
    cast(null as date)
 as period_start,
    cast(null as varchar(16))
 as dimension,
    cast(null as varchar(40))
 as member,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as period_complaints,
    cast(null as double precision)
 as share_of_period,
    cast(null as double precision)
 as previous_share_of_period,
    cast(null as double precision)
 as change_percentage_points,
    cast(null as boolean)
 as is_complete,
    cast(null as boolean)
 as is_comparable
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."complaint_mix__dbt_tmp"
  (
    granularity varchar(16) not null,
    period_start date not null,
    dimension varchar(16) not null,
    member varchar(40) not null,
    complaints bigint not null,
    period_complaints bigint not null,
    share_of_period double precision not null,
    previous_share_of_period double precision,
    change_percentage_points double precision,
    is_complete boolean not null,
    is_comparable boolean not null
    )
    diststyle all
      compound sortkey(granularity,period_start);

insert into "coretelecoms"."marts"."complaint_mix__dbt_tmp"
    (
    select granularity, period_start, dimension, member, complaints, period_complaints, share_of_period, previous_share_of_period, change_percentage_points, is_complete, is_comparable
    from (
        with
counted_by_day as (
    select
        'channel' as dimension,
        coalesce(channel, '(none)') as member,
        reported_date,
        count(*) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
    group by channel, reported_date
    union all
    select
        'category' as dimension,
        coalesce(category, '(none)') as member,
        reported_date,
        count(*) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
    group by category, reported_date
    union all
    select
        'bucket' as dimension,
        coalesce(complaint_bucket, '(none)') as member,
        reported_date,
        count(*) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
    group by complaint_bucket, reported_date
    union all
    select
        'platform' as dimension,
        coalesce(platform, '(none)') as member,
        reported_date,
        count(*) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
    group by platform, reported_date
),
counted as (
    select
        'day' as granularity,
        cast(date_trunc('day', reported_date) as date) as period_start,
        dimension,
        member,
        sum(complaints) as complaints
    from counted_by_day
    group by date_trunc('day', reported_date), dimension, member
    union all
    select
        'week' as granularity,
        cast(date_trunc('week', reported_date) as date) as period_start,
        dimension,
        member,
        sum(complaints) as complaints
    from counted_by_day
    group by date_trunc('week', reported_date), dimension, member
    union all
    select
        'month' as granularity,
        cast(date_trunc('month', reported_date) as date) as period_start,
        dimension,
        member,
        sum(complaints) as complaints
    from counted_by_day
    group by date_trunc('month', reported_date), dimension, member
),
shown as (
    select
        granularity,
        period_start,
        dimension,
        member,
        complaints,
        0 as previous_complaints
    from counted
    union all
    select
        granularity,
        case granularity
            when 'day' then period_start + 1
            when 'week' then period_start + 7
            else last_day(period_start) + 1
        end as period_start,
        dimension,
        member,
        0 as complaints,
        complaints as previous_complaints
    from counted
),
members as (
    select
        granularity,
        period_start,
        case granularity
            when 'day' then period_start - 1
            when 'week' then period_start - 7
            else cast(date_trunc('month', period_start - 1) as date)
        end as previous_period_start,
        dimension,
        member,
        sum(complaints) as complaints,
        sum(previous_complaints) as previous_complaints
    from shown
    group by granularity, period_start, dimension, member
),
periods as (
    select
        members.*,
        sum(complaints) over (partition by granularity, period_start, dimension) as period_complaints,
        sum(previous_complaints) over (partition by granularity, period_start, dimension) as previous_period_complaints
    from members
),
shares as (
    select
        periods.*,
        cast(periods.complaints as double precision) / nullif(periods.period_complaints, 0) as share_of_period,
        cast(periods.previous_complaints as double precision) / nullif(periods.previous_period_complaints, 0) as previous_share_of_period,
        coalesce(completeness.is_complete, false) as is_complete,
        coalesce(
            completeness.is_complete and previous_completeness.is_complete and periods.previous_period_complaints > 0,
            false
        ) as is_comparable
    from periods
    left join "coretelecoms"."intermediate"."int_period_completeness" as completeness
        on completeness.clock = 'reported'
        and completeness.granularity = periods.granularity
        and completeness.period_start = periods.period_start
    left join "coretelecoms"."intermediate"."int_period_completeness" as previous_completeness
        on previous_completeness.clock = 'reported'
        and previous_completeness.granularity = periods.granularity
        and previous_completeness.period_start = periods.previous_period_start
    where periods.period_complaints > 0
),
final as (
    select
        cast(granularity as varchar(16)) as granularity,
        period_start,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(complaints as bigint) as complaints,
        cast(period_complaints as bigint) as period_complaints,
        share_of_period,
        previous_share_of_period,
        case when is_comparable then 100 * (share_of_period - previous_share_of_period) end as change_percentage_points,
        is_complete,
        is_comparable
    from shares
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."complaint_mix__dbt_tmp" rename to "complaint_mix";

grant select on "coretelecoms"."marts"."complaint_mix" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."complaint_mix__dbt_backup" cascade;

commit;
