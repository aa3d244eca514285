begin;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as varchar(256))
 as reason,
    cast(null as varchar(64))
 as reason_code,
    cast(null as varchar(128))
 as reason_column,
    cast(null as bigint)
 as reason_rows,
    cast(null as bigint)
 as rows_read,
    cast(null as double precision)
 as share_of_read
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."rejects__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    reason varchar(256) not null,
    reason_code varchar(64) not null,
    reason_column varchar(128),
    reason_rows bigint not null,
    rows_read bigint not null,
    share_of_read double precision
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."rejects__dbt_tmp"
    (
    select source, partition_date, partition_hour, reason, reason_code, reason_column, reason_rows, rows_read, share_of_read
    from (
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
        cast(details.row_count as double precision) / nullif(ledger.rows_read, 0) as share_of_read
    from "coretelecoms"."raw_data"."load_details" as details
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.source = details.source
        and ledger.partition_date = details.partition_date
        and ledger.partition_hour = details.partition_hour
        and ledger.load_id = details.load_id
    where details.kind = 'reason'
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."rejects__dbt_tmp" rename to "rejects";

grant select on "coretelecoms"."quality"."rejects" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."rejects__dbt_backup" cascade;

commit;
