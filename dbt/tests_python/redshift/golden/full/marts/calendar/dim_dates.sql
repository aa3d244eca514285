begin;

select * from (
        select
    cast(null as date)
 as date_day,
    cast(null as integer)
 as year_number,
    cast(null as integer)
 as quarter_number,
    cast(null as integer)
 as month_number,
    cast(null as date)
 as month_start_date,
    cast(null as date)
 as week_start_date,
    cast(null as integer)
 as iso_weekday,
    cast(null as varchar(16))
 as weekday_name,
    cast(null as boolean)
 as is_weekend,
    cast(null as boolean)
 as is_federal_holiday,
    cast(null as varchar(64))
 as holiday_name,
    cast(null as boolean)
 as is_working_day,
    cast(null as integer)
 as working_day_number
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_dates__dbt_tmp"
  (
    date_day date not null,
    year_number integer not null,
    quarter_number integer not null,
    month_number integer not null,
    month_start_date date not null,
    week_start_date date not null,
    iso_weekday integer not null,
    weekday_name varchar(16) not null,
    is_weekend boolean not null,
    is_federal_holiday boolean not null,
    holiday_name varchar(64),
    is_working_day boolean not null,
    working_day_number integer not null
    )
    diststyle all
      compound sortkey(date_day);

insert into "coretelecoms"."marts"."dim_dates__dbt_tmp"
    (
    select date_day, year_number, quarter_number, month_number, month_start_date, week_start_date, iso_weekday, weekday_name, is_weekend, is_federal_holiday, holiday_name, is_working_day, working_day_number
    from (
        with
days as (
    select cast('2010-01-01' as date) + cast(numbers.day_number as integer) as date_day
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
    where numbers.day_number
        <= cast('2035-12-31' as date) - cast('2010-01-01' as date)
),
described as (
    select
        days.date_day,
        extract(dow from days.date_day) in (0, 6) as is_weekend,
        holidays.holiday_name
    from days
    left join "coretelecoms"."staging"."us_federal_holidays" as holidays
        on holidays.holiday_date = days.date_day
),
final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(case extract(dow from date_day) when 0 then 7 else extract(dow from date_day) end as integer) as iso_weekday,
        cast(
            case extract(dow from date_day)
                when 0 then 'Sunday'
                when 1 then 'Monday'
                when 2 then 'Tuesday'
                when 3 then 'Wednesday'
                when 4 then 'Thursday'
                when 5 then 'Friday'
                when 6 then 'Saturday'
            end as varchar(16)
        ) as weekday_name,
        is_weekend,
        holiday_name is not null as is_federal_holiday,
        cast(holiday_name as varchar(64)) as holiday_name,
        not is_weekend and holiday_name is null as is_working_day,
        cast(
            sum(case when not is_weekend and holiday_name is null then 1 else 0 end) over (
                order by date_day
                rows between unbounded preceding and current row
            ) as integer
        ) as working_day_number
    from described
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_dates__dbt_tmp" rename to "dim_dates";

grant select on "coretelecoms"."marts"."dim_dates" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_dates__dbt_backup" cascade;

commit;
