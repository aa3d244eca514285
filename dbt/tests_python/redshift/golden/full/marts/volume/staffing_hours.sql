begin;

select * from (
        select
    cast(null as integer)
 as iso_weekday,
    cast(null as integer)
 as hour,
    cast(null as bigint)
 as calls,
    cast(null as bigint)
 as measured_calls,
    cast(null as bigint)
 as handle_seconds,
    cast(null as double precision)
 as mean_handle_seconds,
    cast(null as bigint)
 as days_observed,
    cast(null as double precision)
 as mean_calls
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."staffing_hours__dbt_tmp"
  (
    iso_weekday integer,
    hour integer,
    calls bigint not null,
    measured_calls bigint not null,
    handle_seconds bigint not null,
    mean_handle_seconds double precision,
    days_observed bigint,
    mean_calls double precision
    )
    diststyle all
      compound sortkey(iso_weekday,hour);

insert into "coretelecoms"."marts"."staffing_hours__dbt_tmp"
    (
    select iso_weekday, hour, calls, measured_calls, handle_seconds, mean_handle_seconds, days_observed, mean_calls
    from (
        with
calls as (
    select
        call_started_at as started_at,
        handle_seconds,
        is_opened_in_future
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and channel = 'call_centre'
),
calls_by_slot as (
    select
        case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end as iso_weekday,
        extract(hour from started_at) as hour,
        count(*) as calls,
        count(handle_seconds) as measured_calls,
        sum(handle_seconds) as handle_seconds
    from calls
    group by case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end, extract(hour from started_at)
),
observed as (
    select
        cast(min(started_at) as date) as first_date,
        cast(max(started_at) as date) as last_date
    from calls
    where not is_opened_in_future
),
weekdays as (
    select
        numbers.day_number + 1 as iso_weekday,
        observed.last_date - observed.first_date as last_day_number,
        (numbers.day_number + 8 - case extract(dow from observed.first_date) when 0 then 7 else extract(dow from observed.first_date) end) % 7 as first_such_day_number
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    cross join observed
    where numbers.day_number < 7
),
slots as (
    select
        weekdays.iso_weekday,
        hours.day_number as hour,
        coalesce(floor((weekdays.last_day_number - weekdays.first_such_day_number) / 7.0) + 1, 0) as days_observed
    from weekdays
    cross join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as hours
    where hours.day_number < 24
),
counted as (
    select
        slots.iso_weekday,
        slots.hour,
        coalesce(calls_by_slot.calls, 0) as calls,
        coalesce(calls_by_slot.measured_calls, 0) as measured_calls,
        coalesce(calls_by_slot.handle_seconds, 0) as handle_seconds,
        slots.days_observed
    from slots
    left join calls_by_slot
        on calls_by_slot.iso_weekday = slots.iso_weekday
        and calls_by_slot.hour = slots.hour
    union all
    select
        iso_weekday,
        hour,
        calls,
        measured_calls,
        coalesce(handle_seconds, 0) as handle_seconds,
        null as days_observed
    from calls_by_slot
    where iso_weekday is null
),
final as (
    select
        cast(iso_weekday as integer) as iso_weekday,
        cast(hour as integer) as hour,
        cast(calls as bigint) as calls,
        cast(measured_calls as bigint) as measured_calls,
        cast(handle_seconds as bigint) as handle_seconds,
        cast(handle_seconds as double precision) / nullif(measured_calls, 0) as mean_handle_seconds,
        cast(days_observed as bigint) as days_observed,
        cast(calls as double precision) / nullif(days_observed, 0) as mean_calls
    from counted
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."staffing_hours__dbt_tmp" rename to "staffing_hours";

grant select on "coretelecoms"."marts"."staffing_hours" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."staffing_hours__dbt_backup" cascade;

commit;
