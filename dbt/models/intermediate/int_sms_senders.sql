with

senders as (
    select distinct
        sender_id,
        sender_key
    from {{ ref('int_complaint_versions') }}
    where sender_id is not null
),

{#- A number that several customers give names none of them. #}
phone_owners as (
    select
        phone_digits,
        min(customer_key) as customer_key
    from {{ ref('int_customers') }}
    where phone_digits is not null
    group by phone_digits
    having count(*) = 1
),

final as (
    select
        senders.sender_id,
        coalesce(phone_owners.customer_key, senders.sender_key) as customer_key,
        phone_owners.customer_key is not null as is_matched
    from senders
    left join phone_owners
        on phone_owners.phone_digits = senders.sender_id
)

select * from final
