with

final as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        cast({{ dimension_member('platform') }} as varchar(40)) as platform,
        cast({{ dimension_member('category') }} as varchar(40)) as category,
        days_to_resolve,
        cast(count(*) as bigint) as complaints,
        cast(sum(seconds_to_resolve) as bigint) as seconds_to_resolve
    from {{ ref('fct_complaints') }}
    where is_complaint
        and resolution_time_state = 'measured'
    group by date_trunc('month', opened_date), channel, platform, category, days_to_resolve
)

select * from final
