begin;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as boolean)
 as is_withdrawn,
    cast(null as boolean)
 as is_carried_forward,
    cast(null as integer)
 as contract_version,
    cast(null as bigint)
 as rows_read,
    cast(null as bigint)
 as rows_loaded,
    cast(null as bigint)
 as rows_quarantined,
    cast(null as bigint)
 as rows_deduplicated,
    cast(null as bigint)
 as rows_erased,
    cast(null as double precision)
 as share_loaded,
    cast(null as double precision)
 as share_quarantined,
    cast(null as double precision)
 as share_deduplicated,
    cast(null as double precision)
 as share_erased,
    cast(null as bigint)
 as commit_seq,
    cast(null as varchar(64))
 as load_id,
    cast(null as timestamp)
 as committed_at,
    cast(null as timestamp)
 as loaded_at
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."load_audit__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    is_withdrawn boolean not null,
    is_carried_forward boolean not null,
    contract_version integer,
    rows_read bigint not null,
    rows_loaded bigint not null,
    rows_quarantined bigint not null,
    rows_deduplicated bigint not null,
    rows_erased bigint not null,
    share_loaded double precision,
    share_quarantined double precision,
    share_deduplicated double precision,
    share_erased double precision,
    commit_seq bigint not null,
    load_id varchar(64),
    committed_at timestamp not null,
    loaded_at timestamp not null
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."load_audit__dbt_tmp"
    (
    select source, partition_date, partition_hour, is_withdrawn, is_carried_forward, contract_version, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, share_loaded, share_quarantined, share_deduplicated, share_erased, commit_seq, load_id, committed_at, loaded_at
    from (
        with
first_partitions as (
    select
        source,
        load_id,
        min(partition_date) as partition_date
    from "coretelecoms"."raw_data"."load_ledger"
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
        cast(ledger.rows_loaded as double precision) / nullif(ledger.rows_read, 0) as share_loaded,
        cast(ledger.rows_quarantined as double precision) / nullif(ledger.rows_read, 0) as share_quarantined,
        cast(ledger.rows_deduplicated as double precision) / nullif(ledger.rows_read, 0) as share_deduplicated,
        cast(ledger.rows_erased as double precision) / nullif(ledger.rows_read, 0) as share_erased,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id,
        ledger.committed_at,
        ledger.loaded_at
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    left join first_partitions
        on first_partitions.source = ledger.source
        and first_partitions.load_id = ledger.load_id
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."load_audit__dbt_tmp" rename to "load_audit";

grant select on "coretelecoms"."quality"."load_audit" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."load_audit__dbt_backup" cascade;

commit;
