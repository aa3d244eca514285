with

{#- The partition that a load was made for is the first one that names it. #}
first_partitions as (
    select
        source,
        load_id,
        min(partition_date) as partition_date
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
    group by source, load_id
),

final as (
    select
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        ledger.load_id is null as is_withdrawn,
        coalesce(first_partitions.partition_date < ledger.partition_date, false) as is_carried_forward,
        cast(ledger.contract_version as integer) as contract_version,
        cast(ledger.rows_read as bigint) as rows_read,
        cast(ledger.rows_loaded as bigint) as rows_loaded,
        cast(ledger.rows_quarantined as bigint) as rows_quarantined,
        cast(ledger.rows_deduplicated as bigint) as rows_deduplicated,
        cast(ledger.rows_erased as bigint) as rows_erased,
        {{ share('ledger.rows_loaded', 'ledger.rows_read') }} as share_loaded,
        {{ share('ledger.rows_quarantined', 'ledger.rows_read') }} as share_quarantined,
        {{ share('ledger.rows_deduplicated', 'ledger.rows_read') }} as share_deduplicated,
        {{ share('ledger.rows_erased', 'ledger.rows_read') }} as share_erased,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id,
        ledger.committed_at,
        ledger.loaded_at
    from {{ source('platform', 'load_ledger') }} as ledger
    left join first_partitions
        on first_partitions.source = ledger.source
        and first_partitions.load_id = ledger.load_id
)

select * from final
