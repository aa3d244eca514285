with

final as (
    select
        partition_date,
        channel,
        reporting_lag_days,
        cast(count(*) as bigint) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
        and reporting_lag_days >= 0
    group by partition_date, channel, reporting_lag_days
)

select * from final
