with

calls as (
    select
        {{ in_declared_zone('call_started_at') }} as started_at,
        handle_seconds,
        is_opened_in_future
    from {{ ref('fct_complaints') }}
    where is_complaint
        and channel = 'call_centre'
),

calls_by_slot as (
    select
        {{ iso_weekday('started_at') }} as iso_weekday,
        extract(hour from started_at) as hour,
        count(*) as calls,
        count(handle_seconds) as measured_calls,
        sum(handle_seconds) as handle_seconds
    from calls
    group by {{ iso_weekday('started_at') }}, extract(hour from started_at)
),

{#- A start in the future is an error of a clock: it must not stretch the days over which calls are averaged. #}
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
        (numbers.day_number + 8 - {{ iso_weekday('observed.first_date') }}) % 7 as first_such_day_number
    from {{ day_numbers() }} as numbers
    cross join observed
    where numbers.day_number < 7
),

slots as (
    select
        weekdays.iso_weekday,
        hours.day_number as hour,
        coalesce(floor((weekdays.last_day_number - weekdays.first_such_day_number) / 7.0) + 1, 0) as days_observed
    from weekdays
    cross join {{ day_numbers() }} as hours
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
        {{ share('handle_seconds', 'measured_calls') }} as mean_handle_seconds,
        cast(days_observed as bigint) as days_observed,
        {{ share('calls', 'days_observed') }} as mean_calls
    from counted
)

select * from final
