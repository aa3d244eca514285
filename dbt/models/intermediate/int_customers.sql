with

{#- The key comes along with the one partition, in one group, so that no engine joins it with every customer. #}
newest_partition as (
    select
        max(ledger.partition_date) as partition_date,
        max(key_material.key_value) as key_value
    from {{ source('platform', 'load_ledger') }} as ledger
    cross join {{ key_material() }} as key_material
    where ledger.source = 'customers'
        and ledger.load_id is not null
),

final as (
    select
        {{ keyed_hash('customer', 'customers.customer_id') }} as customer_key,
        customers.*
    from {{ ref('stg_customers') }} as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
)

select * from final
