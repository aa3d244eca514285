with

unknown_ids as (
    select
        versions.customer_key,
        min(versions.customer_id) as customer_id
    from {{ ref('int_complaint_versions') }} as versions
    left join {{ ref('int_customers') }} as customers
        on customers.customer_key = versions.customer_key
    where versions.customer_key is not null
        and customers.customer_key is null
    group by versions.customer_key
),

final as (
    select
        customer_key,
        'customer_id' as identified_by,
        customer_id,
        cast(null as varchar) as sender_id
    from unknown_ids

    union all

    select
        customer_key,
        'msisdn' as identified_by,
        cast(null as varchar) as customer_id,
        sender_id
    from {{ ref('int_sms_senders') }}
    where not is_matched
)

select * from final
