{#
    The CTEs that measure what quality.checks judges; the last one is `measured`, one row per check, source, subject and
    partition. `found` is what is said of the value, `more` what is said after the value before; both hold no personal
    data.
#}
{% macro measured_ctes() %}
{#- Checks of a share of a partition's rows: check, model, share, rows it is a share of, what it is a share of. -#}
{%- set share_checks = [
    ('duplicate_share', 'load_audit', 'share_deduplicated', 'rows_read', 'records identical to another'),
    ('orphan_customer_share', 'orphans_and_duplicates', 'share_orphan_customers', 'rows_with_customer',
        'customer ids not in the customers file'),
    ('orphan_agent_share', 'orphans_and_duplicates', 'share_orphan_agents', 'rows_with_agent',
        'agent ids not in the agents list'),
    ('repeated_id_share', 'orphans_and_duplicates', 'share_repeated_ids', 'version_rows',
        'complaint ids that are in another partition, too'),
] -%}

most_frequent_reasons as (
    select
        source,
        partition_date,
        partition_hour,
        reason,
        reason_rows
    from {{ ref('rejects') }}
    where reason_code <> 'duplicate'
    qualify row_number() over (
        partition by source, partition_date, partition_hour
        order by reason_rows desc, reason
    ) = 1
),

changed_columns as (
    select
        source,
        partition_date,
        partition_hour,
        sum(changes) as changes,
        {{ dbt.listagg("case when change = 'contract version' then 'new version of the contract'"
            " else change || ' ' || changed_column end", "', '", 'order by change, changed_column') }} as changes_in_words
    from {{ ref('schema_changes') }}
    group by source, partition_date, partition_hour
),

{#- Values that are no known members, for every partition of a source that ever had one: none is a value, too. #}
attributes as (
    select distinct source, attribute
    from {{ ref('unknown_values') }}
),

unknown_rows as (
    select
        source,
        attribute,
        partition_date,
        partition_hour,
        sum(value_rows) as value_rows,
        sum(case when is_first_seen then 1 else 0 end) as new_values
    from {{ ref('unknown_values') }}
    group by source, attribute, partition_date, partition_hour
),

attribute_partitions as (
    select
        partitions.source,
        partitions.partition_date,
        partitions.partition_hour,
        partitions.version_rows,
        attributes.attribute,
        coalesce(unknown_rows.value_rows, 0) as value_rows,
        coalesce(unknown_rows.new_values, 0) as new_values
    from {{ ref('orphans_and_duplicates') }} as partitions
    inner join attributes
        on attributes.source = partitions.source
    left join unknown_rows
        on unknown_rows.source = partitions.source
        and unknown_rows.attribute = attributes.attribute
        and unknown_rows.partition_date = partitions.partition_date
        and unknown_rows.partition_hour = partitions.partition_hour
),

measured as (
    select
        cast('rejected_share' as varchar(64)) as check_id,
        audit.source,
        cast('records' as varchar(64)) as subject,
        audit.partition_date,
        audit.partition_hour,
        audit.share_quarantined as value,
        audit.rows_read as base_rows,
        {{ percent('audit.share_quarantined') }} || ' of records rejected' as found,
        ', most for ' || reasons.reason || ' (' || cast(reasons.reason_rows as varchar(20)) || ')' as more
    from {{ ref('load_audit') }} as audit
    left join most_frequent_reasons as reasons
        on reasons.source = audit.source
        and reasons.partition_date = audit.partition_date
        and reasons.partition_hour = audit.partition_hour
    where not audit.is_withdrawn

    {%- for check_id, model, share, base, what in share_checks %}

    union all

    select
        '{{ check_id }}',
        source,
        'records',
        partition_date,
        partition_hour,
        {{ share }},
        {{ base }},
        {{ percent(share) }} || ' of {{ what }}',
        ''
    from {{ ref(model) }}
    {%- if model == 'load_audit' %}
    where not is_withdrawn
    {%- endif %}
    {%- endfor %}

    union all

    select
        'unknown_value_share',
        source,
        attribute,
        partition_date,
        partition_hour,
        {{ share('value_rows', 'version_rows') }},
        version_rows,
        {{ percent(share('value_rows', 'version_rows')) }} || ' of records with an unknown ' || attribute,
        ''
    from attribute_partitions

    union all

    select
        'new_unknown_values',
        source,
        attribute,
        partition_date,
        partition_hour,
        cast(new_values as double precision),
        version_rows,
        {#- which they are stands in quality.unknown_values: a message holds no value of a row #}
        'unknown values of ' || attribute || ' that no earlier partition had: ' || cast(new_values as varchar(20)),
        ''
    from attribute_partitions

    union all

    select
        'unresolved_customer_share',
        source,
        channel,
        partition_date,
        -1,
        share_unresolved,
        records,
        {{ percent('share_unresolved') }} || ' of records without a customer that the customers file has',
        ''
    from {{ ref('customer_resolution') }}

    union all

    select
        'schema_changes',
        audit.source,
        'columns',
        audit.partition_date,
        audit.partition_hour,
        cast(coalesce(changed_columns.changes, 0) as double precision),
        cast(null as bigint),
        case
            when changed_columns.changes is null then 'no change of columns'
            else left(changed_columns.changes_in_words, 300)
        end,
        ''
    from {{ ref('load_audit') }} as audit
    left join changed_columns
        on changed_columns.source = audit.source
        and changed_columns.partition_date = audit.partition_date
        and changed_columns.partition_hour = audit.partition_hour
    where not audit.is_withdrawn

    union all

    {#- how many times more, or fewer, than usual; judged with three earlier partitions, as at the door. #}
    select
        'volume_factor',
        source,
        'records',
        partition_date,
        partition_hour,
        case
            when rows_read > median_rows
                then cast(rows_read as double precision) / case when median_rows < 1 then 1.0 else median_rows end
            else median_rows / case when rows_read < 1 then 1.0 else cast(rows_read as double precision) end
        end,
        cast(round(median_rows, 0) as bigint),
        cast(rows_read as varchar(20)) || ' records, where ' || {{ one_decimal('median_rows') }}
            || ' are usual (median of ' || cast(earlier_partitions as varchar(20)) || ' earlier partitions)',
        ''
    from {{ ref('volumes') }}
    where earlier_partitions >= 3

    union all

    select
        'days_behind',
        source,
        'partitions',
        newest_expected_date,
        -1,
        cast(coalesce(days_behind, expected_partitions) as double precision),
        cast(null as bigint),
        coalesce('loaded through ' || cast(newest_loaded_date as varchar(10)), 'nothing loaded')
            || ', expected through ' || cast(newest_expected_date as varchar(10)) || ', '
            || cast(missing_partitions as varchar(20)) || ' partitions missing',
        ''
    from {{ ref('freshness') }}
    where newest_expected_date is not null
),
{%- endmacro %}
