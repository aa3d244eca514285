with

newest_partition as (
    select max(partition_date) as partition_date
    from {{ source('platform', 'load_ledger') }}
    where source = 'customers'
        and load_id is not null
),

final as (
    select
        {{ keyed_hash('customer', 'customers.customer_id') }} as customer_key,
        customers.source,
        customers.partition_date,
        customers.partition_hour,
        customers.load_id,
        customers.source_row,
        customers.record_hash,
        customers.customer_id,
        customers.customer_name,
        customers.gender_source,
        customers.gender,
        customers.date_of_birth,
        customers.signup_date,
        customers.email_source,
        customers.email,
        customers.is_email_repaired,
        customers.address_source,
        customers.street,
        customers.city,
        customers.state_code,
        customers.state_name,
        customers.state_kind,
        customers.is_known_state,
        customers.postal_code,
        customers.is_address_parsed,
        customers.phone_source,
        customers.phone_digits,
        customers.location,
        customers.failed_casts
    from {{ with_key_material(ref('stg_customers')) }} as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
)

select * from final
