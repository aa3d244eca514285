with

final as (
    select
        cast(details.source as varchar(64)) as source,
        cast(details.partition_date as date) as partition_date,
        cast(details.partition_hour as integer) as partition_hour,
        cast(details.name as varchar(256)) as reason,
        cast(split_part(details.name, ':', 1) as varchar(64)) as reason_code,
        cast(nullif(split_part(details.name, ':', 2), '') as varchar(128)) as reason_column,
        cast(details.row_count as bigint) as reason_rows,
        cast(ledger.rows_read as bigint) as rows_read,
        {{ share('details.row_count', 'ledger.rows_read') }} as share_of_read
    from {{ source('platform', 'load_details') }} as details
    inner join {{ source('platform', 'load_ledger') }} as ledger
        on ledger.source = details.source
        and ledger.partition_date = details.partition_date
        and ledger.partition_hour = details.partition_hour
        and ledger.load_id = details.load_id
    where details.kind = 'reason'
)

select * from final
