begin;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as bigint)
 as rows_read,
    cast(null as integer)
 as earlier_partitions,
    cast(null as double precision)
 as median_rows,
    cast(null as double precision)
 as ratio_to_median
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."volumes__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    rows_read bigint not null,
    earlier_partitions integer not null,
    median_rows double precision,
    ratio_to_median double precision
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."volumes__dbt_tmp"
    (
    select source, partition_date, partition_hour, rows_read, earlier_partitions, median_rows, ratio_to_median
    from (
        with
numbered as (
    select
        source,
        partition_date,
        partition_hour,
        rows_read,
        row_number() over (partition by source, partition_hour order by partition_date) as partition_number
    from "coretelecoms"."raw_data"."load_ledger"
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
        cast(numbered.rows_read as double precision) / nullif(medians.median_rows, 0) as ratio_to_median
    from numbered
    left join medians
        on medians.source = numbered.source
        and medians.partition_hour = numbered.partition_hour
        and medians.partition_number = numbered.partition_number
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."volumes__dbt_tmp" rename to "volumes";

grant select on "coretelecoms"."quality"."volumes" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."volumes__dbt_backup" cascade;

commit;
