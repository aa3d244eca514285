with

spans as (
    select
        calendar.source,
        calendar.partition_hour,
        calendar.first_date,
        calendar.last_date
    from {{ source('platform', 'calendar') }} as calendar
),

{#- Spans may touch or overlap: a partition is expected once. #}
final as (
    select distinct
        cast(spans.source as varchar(64)) as source,
        cast(spans.first_date + cast(numbers.day_number as integer) as date) as partition_date,
        cast(spans.partition_hour as integer) as partition_hour
    from spans
    inner join {{ day_numbers() }} as numbers
        on numbers.day_number <= spans.last_date - spans.first_date
)

select * from final
