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
        customers.*
    from {{ ref('stg_customers') }} as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
    cross join {{ key_material() }} as key_material
)

select * from final
