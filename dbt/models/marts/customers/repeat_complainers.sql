with

repeaters as (
    select
        customer_key,
        count(*) as complaints,
        count(distinct channel) as channels,
        min(opened_date) as first_opened_date,
        max(opened_date) as last_opened_date,
        min(days_since_previous) as shortest_gap_days,
        count(case when days_since_previous <= 30 then 1 end) as repeats_within_30_days,
        count(case when days_since_previous <= 90 then 1 end) as repeats_within_90_days,
        count(case when days_since_previous_in_topic <= 30 then 1 end) as same_category_repeats_within_30_days,
        count(case when days_since_previous_in_topic <= 90 then 1 end) as same_category_repeats_within_90_days
    from {{ ref('int_customer_contacts') }}
    where customer_contacts > 1
    group by customer_key
    having min(days_since_previous) <= 90
),

final as (
    select
        repeaters.customer_key,
        cast({{ dimension_member('customers.state_code') }} as varchar(40)) as state_code,
        cast(repeaters.complaints as bigint) as complaints,
        cast(repeaters.channels as bigint) as channels,
        repeaters.first_opened_date,
        repeaters.last_opened_date,
        repeaters.shortest_gap_days,
        cast(repeaters.repeats_within_30_days as bigint) as repeats_within_30_days,
        cast(repeaters.repeats_within_90_days as bigint) as repeats_within_90_days,
        cast(repeaters.same_category_repeats_within_30_days as bigint) as same_category_repeats_within_30_days,
        cast(repeaters.same_category_repeats_within_90_days as bigint) as same_category_repeats_within_90_days,
        repeaters.repeats_within_30_days > 0 as is_repeat_within_30_days,
        repeaters.same_category_repeats_within_30_days > 0 as is_repeat_same_category_30_days,
        repeaters.same_category_repeats_within_90_days > 0 as is_repeat_same_category_90_days
    from repeaters
    inner join {{ ref('dim_customers') }} as customers
        on customers.customer_key = repeaters.customer_key
)

select * from final
