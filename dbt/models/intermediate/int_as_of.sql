{{ config(materialized='view') }}

with

final as (
    select max(partition_date) as as_of_date
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
)

select * from final
