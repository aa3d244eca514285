with

{#- Partitions that are compared: those that stand for a load, numbered within their source and hour. #}
numbered as (
    select
        source,
        partition_date,
        partition_hour,
        rows_read,
        row_number() over (partition by source, partition_hour order by partition_date) as partition_number
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
),

earlier as (
    select
        numbered.source,
        numbered.partition_hour,
        numbered.partition_number,
        before.rows_read,
        row_number() over (
            partition by numbered.source, numbered.partition_hour, numbered.partition_number
            order by before.rows_read, before.partition_number
        ) as row_rank,
        count(*) over (
            partition by numbered.source, numbered.partition_hour, numbered.partition_number
        ) as partitions
    from numbered
    inner join numbered as before
        on before.source = numbered.source
        and before.partition_hour = numbered.partition_hour
        and before.partition_number between numbered.partition_number - 7 and numbered.partition_number - 1
),

{#- The middle one of an odd number, the mean of the middle two of an even one. #}
medians as (
    select
        source,
        partition_hour,
        partition_number,
        max(partitions) as earlier_partitions,
        sum(
            case when 2 * row_rank between partitions and partitions + 2 then cast(rows_read as double precision) end
        ) / sum(
            case when 2 * row_rank between partitions and partitions + 2 then cast(1 as double precision) end
        ) as median_rows
    from earlier
    group by source, partition_hour, partition_number
),

final as (
    select
        cast(numbered.source as varchar(64)) as source,
        cast(numbered.partition_date as date) as partition_date,
        cast(numbered.partition_hour as integer) as partition_hour,
        cast(numbered.rows_read as bigint) as rows_read,
        cast(coalesce(medians.earlier_partitions, 0) as integer) as earlier_partitions,
        cast(medians.median_rows as double precision) as median_rows,
        {{ share('numbered.rows_read', 'medians.median_rows') }} as ratio_to_median
    from numbered
    left join medians
        on medians.source = numbered.source
        and medians.partition_hour = numbered.partition_hour
        and medians.partition_number = numbered.partition_number
)

select * from final
