begin;

select * from (
        select
    cast(null as date)
 as day,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as opened_complaints,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as excluded_complaints
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."backlog_history__dbt_tmp"
  (
    day date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    opened_complaints bigint not null,
    resolved_complaints bigint not null,
    open_complaints bigint,
    excluded_complaints bigint not null
    )
    diststyle all
      compound sortkey(day,channel);

insert into "coretelecoms"."marts"."backlog_history__dbt_tmp"
    (
    select day, channel, platform, category, opened_complaints, resolved_complaints, open_complaints, excluded_complaints
    from (
        with
judged as (
    select
        facts.channel,
        coalesce(facts.platform, '(none)') as platform,
        coalesce(facts.category, '(none)') as category,
        facts.opened_date,
        cast(facts.resolved_at as date) as resolved_date,
        as_of.as_of_date,
        coalesce(
            facts.opened_date between cast('2010-01-01' as date) and as_of.as_of_date,
            false
        ) as is_in_time,
        facts.opened_date is not null
        and (
            facts.resolution_time_state = 'measured'
            or (facts.resolution_time_state = 'unresolved' and facts.resolution_state = 'unresolved')
        ) as is_placed
    from "coretelecoms"."marts"."fct_complaints" as facts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where facts.is_complaint
        and facts.resolution_time_state <> 'not_reported'
),
events as (
    select
        case when is_in_time then opened_date end as day,
        channel, platform, category,
        case when is_in_time and is_placed then 1 else 0 end as opened_complaints,
        0 as resolved_complaints,
        case when is_in_time and is_placed then 0 else 1 end as excluded_complaints
    from judged
    union all
    select
        resolved_date as day,
        channel, platform, category,
        0 as opened_complaints,
        1 as resolved_complaints,
        0 as excluded_complaints
    from judged
    where is_in_time
        and is_placed
        and resolved_date <= as_of_date
),
counted as (
    select
        day,
        channel, platform, category,
        sum(opened_complaints) as opened_complaints,
        sum(resolved_complaints) as resolved_complaints,
        sum(excluded_complaints) as excluded_complaints
    from events
    group by day, channel, platform, category
),
groups as (
    select channel, platform, category
    from counted
    group by channel, platform, category
),
spine as (
    select dates.date_day as day
    from "coretelecoms"."marts"."dim_dates" as dates
    cross join (select min(day) as first_day from counted) as opened
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where dates.date_day between opened.first_day and as_of.as_of_date
),
daily as (
    select
        spine.day,
        groups.channel,
        groups.platform,
        groups.category,
        coalesce(counted.opened_complaints, 0) as opened_complaints,
        coalesce(counted.resolved_complaints, 0) as resolved_complaints,
        sum(coalesce(counted.opened_complaints, 0) - coalesce(counted.resolved_complaints, 0)) over (
            partition by groups.channel, groups.platform, groups.category
            order by spine.day
            rows between unbounded preceding and current row
        ) as open_complaints,
        coalesce(counted.excluded_complaints, 0) as excluded_complaints
    from groups
    cross join spine
    left join counted
        on counted.day = spine.day
        and counted.channel = groups.channel
        and counted.platform = groups.platform
        and counted.category = groups.category
    union all
    select
        day,
        channel, platform, category,
        opened_complaints,
        resolved_complaints,
        cast(null as bigint) as open_complaints,
        excluded_complaints
    from counted
    where day is null
),
final as (
    select
        day,
        cast(channel as varchar(32)) as channel,
        cast(platform as varchar(40)) as platform,
        cast(category as varchar(40)) as category,
        cast(opened_complaints as bigint) as opened_complaints,
        cast(resolved_complaints as bigint) as resolved_complaints,
        cast(open_complaints as bigint) as open_complaints,
        cast(excluded_complaints as bigint) as excluded_complaints
    from daily
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."backlog_history__dbt_tmp" rename to "backlog_history";

grant select on "coretelecoms"."marts"."backlog_history" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."backlog_history__dbt_backup" cascade;

commit;
