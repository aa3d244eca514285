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
 as is_expected,
    cast(null as boolean)
 as is_committed,
    cast(null as varchar(64))
 as load_id,
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
    cast(null as bigint)
 as warehouse_rows,
    cast(null as bigint)
 as version_rows,
    cast(null as bigint)
 as superseded_rows,
    cast(null as bigint)
 as mart_rows,
    cast(null as decimal(38,0))
 as ledger_hash_sum,
    cast(null as decimal(38,0))
 as warehouse_hash_sum,
    cast(null as decimal(38,0))
 as version_hash_sum,
    cast(null as decimal(38,0))
 as superseded_hash_sum,
    cast(null as decimal(38,0))
 as mart_hash_sum,
    cast(null as varchar(4096))
 as unmapped_columns,
    cast(null as boolean)
 as is_reconciled,
    cast(null as varchar(256))
 as difference
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."reconciliation__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    is_expected boolean not null,
    is_committed boolean not null,
    load_id varchar(64),
    rows_read bigint not null,
    rows_loaded bigint not null,
    rows_quarantined bigint not null,
    rows_deduplicated bigint not null,
    rows_erased bigint not null,
    warehouse_rows bigint not null,
    version_rows bigint,
    superseded_rows bigint,
    mart_rows bigint,
    ledger_hash_sum decimal(38,0) not null,
    warehouse_hash_sum decimal(38,0) not null,
    version_hash_sum decimal(38,0),
    superseded_hash_sum decimal(38,0),
    mart_hash_sum decimal(38,0),
    unmapped_columns varchar(4096),
    is_reconciled boolean not null,
    difference varchar(256)
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."reconciliation__dbt_tmp"
    (
    select source, partition_date, partition_hour, is_expected, is_committed, load_id, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, warehouse_rows, version_rows, superseded_rows, mart_rows, ledger_hash_sum, warehouse_hash_sum, version_hash_sum, superseded_hash_sum, mart_hash_sum, unmapped_columns, is_reconciled, difference
    from (
        with
ledger as (
    select
        source,
        partition_date,
        partition_hour,
        load_id,
        rows_read,
        rows_loaded,
        rows_quarantined,
        rows_deduplicated,
        rows_erased,
        hash_sum,
        unmapped_columns
    from "coretelecoms"."raw_data"."load_ledger"
),
warehouse_loads as (
    select
        'customers' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."customers"
    group by _load_id
    union all
    select
        'agents' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."agents"
    group by _load_id
    union all
    select
        'call_logs' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."call_logs"
    group by _load_id
    union all
    select
        'sms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."sms"
    group by _load_id
    union all
    select
        'social_media' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."social_media"
    group by _load_id
    union all
    select
        'web_forms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."web_forms"
    group by _load_id
),
compared_versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        versions.record_hash,
        case
            when facts.complaint_key is null then 'lost'
            when facts.partition_date = versions.partition_date and facts.partition_hour = versions.partition_hour
                then 'in fact'
            when facts.partition_date > versions.partition_date
                or (facts.partition_date = versions.partition_date and facts.partition_hour > versions.partition_hour)
                then 'superseded'
            else 'lost'
        end as fate
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."marts"."fct_complaints" as facts
        on facts.complaint_key = versions.complaint_key
),
version_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        sum(case when fate = 'superseded' then 1 else 0 end) as superseded_rows,
        sum(case when fate = 'superseded' then cast(record_hash as decimal(38, 0)) else 0 end) as superseded_hash_sum,
        sum(case when fate = 'in fact' then cast(record_hash as decimal(38, 0)) else 0 end) as mart_hash_sum
    from compared_versions
    group by source, partition_date, partition_hour
),
version_counts as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count,
        sum(cast(record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by source, partition_date, partition_hour
),
fact_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count
    from "coretelecoms"."marts"."fct_complaints"
    group by source, partition_date, partition_hour
),
newest_snapshots as (
    select
        source,
        max(partition_date) as partition_date
    from ledger
    where load_id is not null
        and source in ('customers', 'agents')
    group by source
),
dimension_rows as (
    select
        'customers' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_customers"
    where not is_inferred
        and not is_unknown
    union all
    select
        'agents' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_agents"
    where is_current
        and not is_inferred
        and not is_unknown
),
known_partitions as (
    select source, partition_date, partition_hour from "coretelecoms"."quality"."expected_partitions"
    union
    select source, partition_date, partition_hour from ledger
    union
    select source, partition_date, partition_hour from version_counts
    union
    select source, partition_date, partition_hour from fact_partitions
),
partitions as (
    select
        known_partitions.source,
        known_partitions.partition_date,
        known_partitions.partition_hour,
        expected.source is not null as is_expected,
        ledger.source is not null as is_committed,
        known_partitions.source in ('customers', 'agents') as is_dimension,
        ledger.load_id,
        ledger.rows_read,
        ledger.rows_loaded,
        ledger.rows_quarantined,
        ledger.rows_deduplicated,
        ledger.rows_erased,
        ledger.hash_sum,
        ledger.unmapped_columns
    from known_partitions
    left join "coretelecoms"."quality"."expected_partitions" as expected
        on expected.source = known_partitions.source
        and expected.partition_date = known_partitions.partition_date
        and expected.partition_hour = known_partitions.partition_hour
    left join ledger
        on ledger.source = known_partitions.source
        and ledger.partition_date = known_partitions.partition_date
        and ledger.partition_hour = known_partitions.partition_hour
),
accounts as (
    select
        partitions.source,
        partitions.partition_date,
        partitions.partition_hour,
        partitions.is_expected,
        partitions.is_committed,
        partitions.is_dimension,
        partitions.load_id,
        coalesce(partitions.rows_read, 0) as rows_read,
        coalesce(partitions.rows_loaded, 0) as rows_loaded,
        coalesce(partitions.rows_quarantined, 0) as rows_quarantined,
        coalesce(partitions.rows_deduplicated, 0) as rows_deduplicated,
        coalesce(partitions.rows_erased, 0) as rows_erased,
        coalesce(warehouse_loads.row_count, 0) as warehouse_rows,
        case when not partitions.is_dimension then coalesce(version_counts.row_count, 0) end as version_rows,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_rows, 0) end
            as superseded_rows,
        case
            when not partitions.is_dimension then coalesce(fact_partitions.row_count, 0)
            else dimension_rows.row_count
        end as mart_rows,
        coalesce(partitions.hash_sum, 0) as ledger_hash_sum,
        coalesce(warehouse_loads.hash_sum, 0) as warehouse_hash_sum,
        case when not partitions.is_dimension then coalesce(version_counts.hash_sum, 0) end as version_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_hash_sum, 0) end
            as superseded_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.mart_hash_sum, 0) end
            as mart_hash_sum,
        partitions.unmapped_columns
    from partitions
    left join warehouse_loads
        on warehouse_loads.source = partitions.source
        and warehouse_loads.load_id = partitions.load_id
    left join version_counts
        on version_counts.source = partitions.source
        and version_counts.partition_date = partitions.partition_date
        and version_counts.partition_hour = partitions.partition_hour
    left join version_partitions
        on version_partitions.source = partitions.source
        and version_partitions.partition_date = partitions.partition_date
        and version_partitions.partition_hour = partitions.partition_hour
    left join fact_partitions
        on fact_partitions.source = partitions.source
        and fact_partitions.partition_date = partitions.partition_date
        and fact_partitions.partition_hour = partitions.partition_hour
    left join newest_snapshots
        on newest_snapshots.source = partitions.source
        and newest_snapshots.partition_date = partitions.partition_date
    left join dimension_rows
        on dimension_rows.source = newest_snapshots.source
),
explained as (
    select
        accounts.*,
        case
            when not is_committed and version_rows + mart_rows > 0 then 'in the models, but not in the ledger'
            when not is_committed then 'missing'
            when load_id is null and rows_read + rows_loaded + rows_quarantined + rows_deduplicated + rows_erased > 0
                then 'withdrawn, but the ledger still counts rows'
            when rows_read <> rows_loaded + rows_quarantined + rows_deduplicated + rows_erased
                then 'ledger accounts for '
    || cast(abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) as varchar)
    || case when abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) = 1 then ' row ' else ' rows ' end
    || case when rows_loaded + rows_quarantined + rows_deduplicated + rows_erased < rows_read then 'short of ' else 'over ' end
    || 'read'
            when warehouse_rows <> rows_loaded
                then 'warehouse '
    || cast(abs((warehouse_rows) - (rows_loaded)) as varchar)
    || case when abs((warehouse_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when warehouse_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
            when warehouse_hash_sum <> ledger_hash_sum
                then 'warehouse rows differ from those loaded (same count, other content)'
            when version_rows <> warehouse_rows
                then 'versions '
    || cast(abs((version_rows) - (warehouse_rows)) as varchar)
    || case when abs((version_rows) - (warehouse_rows)) = 1 then ' row ' else ' rows ' end
    || case when version_rows < warehouse_rows then 'short of ' else 'over ' end
    || 'warehouse'
            when version_hash_sum <> warehouse_hash_sum
                then 'versions differ from the warehouse (same count, other content)'
            when not is_dimension and mart_rows + superseded_rows <> version_rows
                then 'fact and superseded '
    || cast(abs((mart_rows + superseded_rows) - (version_rows)) as varchar)
    || case when abs((mart_rows + superseded_rows) - (version_rows)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows + superseded_rows < version_rows then 'short of ' else 'over ' end
    || 'versions'
            when mart_hash_sum + superseded_hash_sum <> version_hash_sum
                then 'fact and superseded differ from versions (same count, other content)'
            when is_dimension and mart_rows <> rows_loaded
                then 'dimension '
    || cast(abs((mart_rows) - (rows_loaded)) as varchar)
    || case when abs((mart_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
        end as difference
    from accounts
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        is_expected,
        is_committed,
        cast(load_id as varchar(64)) as load_id,
        cast(rows_read as bigint) as rows_read,
        cast(rows_loaded as bigint) as rows_loaded,
        cast(rows_quarantined as bigint) as rows_quarantined,
        cast(rows_deduplicated as bigint) as rows_deduplicated,
        cast(rows_erased as bigint) as rows_erased,
        cast(warehouse_rows as bigint) as warehouse_rows,
        cast(version_rows as bigint) as version_rows,
        cast(superseded_rows as bigint) as superseded_rows,
        cast(mart_rows as bigint) as mart_rows,
        cast(ledger_hash_sum as decimal(38, 0)) as ledger_hash_sum,
        cast(warehouse_hash_sum as decimal(38, 0)) as warehouse_hash_sum,
        cast(version_hash_sum as decimal(38, 0)) as version_hash_sum,
        cast(superseded_hash_sum as decimal(38, 0)) as superseded_hash_sum,
        cast(mart_hash_sum as decimal(38, 0)) as mart_hash_sum,
        cast(unmapped_columns as varchar(4096)) as unmapped_columns,
        difference is null as is_reconciled,
        cast(difference as varchar(256)) as difference
    from explained
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."reconciliation__dbt_tmp" rename to "reconciliation";

grant select on "coretelecoms"."quality"."reconciliation" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."reconciliation__dbt_backup" cascade;

commit;
