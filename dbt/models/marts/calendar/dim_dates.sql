with

days as (
    select cast('{{ var("first_calendar_date") }}' as date) + cast(numbers.day_number as integer) as date_day
    from {{ day_numbers() }} as numbers
    where numbers.day_number
        <= cast('{{ var("last_calendar_date") }}' as date) - cast('{{ var("first_calendar_date") }}' as date)
),

described as (
    select
        days.date_day,
        extract(dow from days.date_day) in (0, 6) as is_weekend,
        holidays.holiday_name
    from days
    left join {{ ref('us_federal_holidays') }} as holidays
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
