begin;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as varchar(32))
 as change,
    cast(null as varchar(512))
 as changed_column,
    cast(null as boolean)
 as is_in_contract,
    cast(null as bigint)
 as changes,
    cast(null as date)
 as earlier_partition_date,
    cast(null as integer)
 as earlier_partition_hour,
    cast(null as integer)
 as earlier_contract_version,
    cast(null as integer)
 as contract_version
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."schema_changes__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    change varchar(32) not null,
    changed_column varchar(512),
    is_in_contract boolean not null,
    changes bigint not null,
    earlier_partition_date date not null,
    earlier_partition_hour integer not null,
    earlier_contract_version integer not null,
    contract_version integer not null
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."schema_changes__dbt_tmp"
    (
    select source, partition_date, partition_hour, change, changed_column, is_in_contract, changes, earlier_partition_date, earlier_partition_hour, earlier_contract_version, contract_version
    from (
        with
partitions as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        ledger.load_id,
        ledger.contract_version,
        row_number() over (
            partition by ledger.source
            order by ledger.partition_date, ledger.partition_hour
        ) as partition_number
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    inner join (
        select distinct source, partition_date, partition_hour, load_id
        from "coretelecoms"."raw_data"."load_details"
        where kind = 'column'
    ) as described
        on described.source = ledger.source
        and described.partition_date = ledger.partition_date
        and described.partition_hour = ledger.partition_hour
        and described.load_id = ledger.load_id
),
successive as (
    select
        later.source,
        later.partition_date,
        later.partition_hour,
        later.partition_number,
        later.contract_version,
        earlier.partition_date as earlier_partition_date,
        earlier.partition_hour as earlier_partition_hour,
        earlier.contract_version as earlier_contract_version
    from partitions as later
    inner join partitions as earlier
        on earlier.source = later.source
        and earlier.partition_number = later.partition_number - 1
    where earlier.load_id <> later.load_id
),
columns_seen as (
    select distinct
        partitions.source,
        partitions.partition_number,
        details.name as column_seen,
        details.kind = 'column' as is_in_contract
    from partitions
    inner join "coretelecoms"."raw_data"."load_details" as details
        on details.source = partitions.source
        and details.partition_date = partitions.partition_date
        and details.partition_hour = partitions.partition_hour
        and details.load_id = partitions.load_id
    where details.kind in ('column', 'unmapped_column')
),
appeared as (
    select
        successive.*,
        'appeared' as change,
        columns_seen.column_seen,
        columns_seen.is_in_contract
    from successive
    inner join columns_seen
        on columns_seen.source = successive.source
        and columns_seen.partition_number = successive.partition_number
    left join columns_seen as before
        on before.source = columns_seen.source
        and before.partition_number = columns_seen.partition_number - 1
        and before.column_seen = columns_seen.column_seen
        and before.is_in_contract = columns_seen.is_in_contract
    where before.column_seen is null
),
disappeared as (
    select
        successive.*,
        'disappeared' as change,
        before.column_seen,
        before.is_in_contract
    from successive
    inner join columns_seen as before
        on before.source = successive.source
        and before.partition_number = successive.partition_number - 1
    left join columns_seen
        on columns_seen.source = before.source
        and columns_seen.partition_number = before.partition_number + 1
        and columns_seen.column_seen = before.column_seen
        and columns_seen.is_in_contract = before.is_in_contract
    where columns_seen.column_seen is null
),
contract_changes as (
    select
        successive.*,
        'contract version' as change,
        cast(null as varchar(512)) as column_seen,
        true as is_in_contract
    from successive
    where contract_version <> earlier_contract_version
),
changes as (
    select * from appeared
    union all
    select * from disappeared
    union all
    select * from contract_changes
),
published as (
    select
        changes.*,
        case
        when is_in_contract then column_seen
        when (column_seen ~ '[0-9]{5}') then '(unrecognised)'
        when (column_seen ~ '^[A-Za-z_][A-Za-z0-9_ .()/-]{0,63}$') then column_seen
        else '(unrecognised)'
    end as changed_column
    from changes
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(change as varchar(32)) as change,
        cast(changed_column as varchar(512)) as changed_column,
        is_in_contract,
        cast(count(*) as bigint) as changes,
        cast(earlier_partition_date as date) as earlier_partition_date,
        cast(earlier_partition_hour as integer) as earlier_partition_hour,
        cast(earlier_contract_version as integer) as earlier_contract_version,
        cast(contract_version as integer) as contract_version
    from published
    group by
        source, partition_date, partition_hour, change, changed_column, is_in_contract,
        earlier_partition_date, earlier_partition_hour, earlier_contract_version, contract_version
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."schema_changes__dbt_tmp" rename to "schema_changes";

grant select on "coretelecoms"."quality"."schema_changes" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."schema_changes__dbt_backup" cascade;

commit;
