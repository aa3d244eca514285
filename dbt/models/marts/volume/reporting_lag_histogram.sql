with

final as (
    select
        reported_date,
        channel,
        reporting_lag_days,
        cast(count(*) as bigint) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
        and reporting_lag_days >= 0
    group by reported_date, channel, reporting_lag_days
)

select * from final
