with

{#- What came: one ledger row per source and partition. #}
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
    from {{ source('platform', 'load_ledger') }}
),

{#- Raw rows by load; a carried-forward partition refers to the rows of the load it names. #}
warehouse_loads as (
    {%- for source_id in raw_sources() %}
    select
        '{{ source_id }}' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from {{ source('raw_data', source_id) }}
    group by _load_id
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

{#- Each version is either in the fact or has a later one there; counted one by one, never by subtraction. #}
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
    from {{ ref('int_complaint_versions') }} as versions
    left join {{ ref('fct_complaints') }} as facts
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
    from {{ ref('int_complaint_versions') }}
    group by source, partition_date, partition_hour
),

fact_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count
    from {{ ref('fct_complaints') }}
    group by source, partition_date, partition_hour
),

newest_snapshots as (
    select
        source,
        max(partition_date) as partition_date
    from ledger
    where load_id is not null
        and source in ('{{ dimension_sources() | join("', '") }}')
    group by source
),

{#- Dimension rows that the newest snapshot brought: neither inferred nor the unknown member. #}
dimension_rows as (
    select
        'customers' as source,
        count(*) as row_count
    from {{ ref('dim_customers') }}
    where not is_inferred
        and not is_unknown

    union all

    select
        'agents' as source,
        count(*) as row_count
    from {{ ref('dim_agents') }}
    where is_current
        and not is_inferred
        and not is_unknown
),

{#- What should have come, what came, and what is in the models: nothing that any of them knows is left out. #}
known_partitions as (
    select source, partition_date, partition_hour from {{ ref('expected_partitions') }}
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
        known_partitions.source in ('{{ dimension_sources() | join("', '") }}') as is_dimension,
        ledger.load_id,
        ledger.rows_read,
        ledger.rows_loaded,
        ledger.rows_quarantined,
        ledger.rows_deduplicated,
        ledger.rows_erased,
        ledger.hash_sum,
        ledger.unmapped_columns
    from known_partitions
    left join {{ ref('expected_partitions') }} as expected
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

{#- The first difference on the way from source to mart, in words. #}
explained as (
    select
        accounts.*,
        case
            when not is_committed and version_rows + mart_rows > 0 then 'in the models, but not in the ledger'
            when not is_committed then 'missing'
            when load_id is null and rows_read + rows_loaded + rows_quarantined + rows_deduplicated + rows_erased > 0
                then 'withdrawn, but the ledger still counts rows'
            when rows_read <> rows_loaded + rows_quarantined + rows_deduplicated + rows_erased
                then {{ difference_in_words(
                    'ledger accounts for', 'rows_loaded + rows_quarantined + rows_deduplicated + rows_erased',
                    'read', 'rows_read',
                ) }}
            when warehouse_rows <> rows_loaded
                then {{ difference_in_words('warehouse', 'warehouse_rows', 'loaded', 'rows_loaded') }}
            when warehouse_hash_sum <> ledger_hash_sum
                then 'warehouse rows differ from those loaded (same count, other content)'
            when version_rows <> warehouse_rows
                then {{ difference_in_words('versions', 'version_rows', 'warehouse', 'warehouse_rows') }}
            when version_hash_sum <> warehouse_hash_sum
                then 'versions differ from the warehouse (same count, other content)'
            when not is_dimension and mart_rows + superseded_rows <> version_rows
                then {{ difference_in_words(
                    'fact and superseded', 'mart_rows + superseded_rows', 'versions', 'version_rows',
                ) }}
            when mart_hash_sum + superseded_hash_sum <> version_hash_sum
                then 'fact and superseded differ from versions (same count, other content)'
            when is_dimension and mart_rows <> rows_loaded
                then {{ difference_in_words('dimension', 'mart_rows', 'loaded', 'rows_loaded') }}
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
