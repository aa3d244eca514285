begin;

select * from (
        select
    cast(null as varchar(64))
 as check_id,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(64))
 as subject,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as double precision)
 as value,
    cast(null as double precision)
 as earlier_value,
    cast(null as bigint)
 as base_rows,
    cast(null as double precision)
 as warn_above,
    cast(null as double precision)
 as fail_above,
    cast(null as boolean)
 as is_judged,
    cast(null as varchar(8))
 as level,
    cast(null as boolean)
 as is_new,
    cast(null as varchar(512))
 as message
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."checks__dbt_tmp"
  (
    check_id varchar(64) not null,
    source varchar(64) not null,
    subject varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    value double precision not null,
    earlier_value double precision,
    base_rows bigint,
    warn_above double precision,
    fail_above double precision,
    is_judged boolean not null,
    level varchar(8) not null,
    is_new boolean not null,
    message varchar(512) not null
    )
    diststyle all
      compound sortkey(partition_date,source);

insert into "coretelecoms"."quality"."checks__dbt_tmp"
    (
    select check_id, source, subject, partition_date, partition_hour, value, earlier_value, base_rows, warn_above, fail_above, is_judged, level, is_new, message
    from (
        with
most_frequent_reasons as (
    select
        source,
        partition_date,
        partition_hour,
        reason,
        reason_rows
    from "coretelecoms"."quality"."rejects"
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
    listagg(
        case when change = 'contract version' then 'new version of the contract' else change || ' ' || changed_column end,
        ', '
        )
        within group (order by change, changed_column) as changes_in_words
    from "coretelecoms"."quality"."schema_changes"
    group by source, partition_date, partition_hour
),
attributes as (
    select distinct source, attribute
    from "coretelecoms"."quality"."unknown_values"
),
unknown_rows as (
    select
        source,
        attribute,
        partition_date,
        partition_hour,
        sum(value_rows) as value_rows,
        sum(case when is_first_seen then 1 else 0 end) as new_values
    from "coretelecoms"."quality"."unknown_values"
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
    from "coretelecoms"."quality"."orphans_and_duplicates" as partitions
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
        case
        when audit.share_quarantined is null then 'none'
        else cast(cast(round(audit.share_quarantined * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of records rejected' as found,
        ', most for ' || reasons.reason || ' (' || cast(reasons.reason_rows as varchar(20)) || ')' as more
    from "coretelecoms"."quality"."load_audit" as audit
    left join most_frequent_reasons as reasons
        on reasons.source = audit.source
        and reasons.partition_date = audit.partition_date
        and reasons.partition_hour = audit.partition_hour
    where not audit.is_withdrawn
    union all
    select
        'duplicate_share',
        source,
        'records',
        partition_date,
        partition_hour,
        share_deduplicated,
        rows_read,
        case
        when share_deduplicated is null then 'none'
        else cast(cast(round(share_deduplicated * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of records identical to another',
        ''
    from "coretelecoms"."quality"."load_audit"
    where not is_withdrawn
    union all
    select
        'orphan_customer_share',
        source,
        'records',
        partition_date,
        partition_hour,
        share_orphan_customers,
        rows_with_customer,
        case
        when share_orphan_customers is null then 'none'
        else cast(cast(round(share_orphan_customers * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of customer ids not in the customers file',
        ''
    from "coretelecoms"."quality"."orphans_and_duplicates"
    union all
    select
        'orphan_agent_share',
        source,
        'records',
        partition_date,
        partition_hour,
        share_orphan_agents,
        rows_with_agent,
        case
        when share_orphan_agents is null then 'none'
        else cast(cast(round(share_orphan_agents * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of agent ids not in the agents list',
        ''
    from "coretelecoms"."quality"."orphans_and_duplicates"
    union all
    select
        'repeated_id_share',
        source,
        'records',
        partition_date,
        partition_hour,
        share_repeated_ids,
        version_rows,
        case
        when share_repeated_ids is null then 'none'
        else cast(cast(round(share_repeated_ids * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of complaint ids that are in another partition, too',
        ''
    from "coretelecoms"."quality"."orphans_and_duplicates"
    union all
    select
        'unknown_value_share',
        source,
        attribute,
        partition_date,
        partition_hour,
        cast(value_rows as double precision) / nullif(version_rows, 0),
        version_rows,
        case
        when cast(value_rows as double precision) / nullif(version_rows, 0) is null then 'none'
        else cast(cast(round(cast(value_rows as double precision) / nullif(version_rows, 0) * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of records with an unknown ' || attribute,
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
        case
        when share_unresolved is null then 'none'
        else cast(cast(round(share_unresolved * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ' of records without a customer that the customers file has',
        ''
    from "coretelecoms"."quality"."customer_resolution"
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
    from "coretelecoms"."quality"."load_audit" as audit
    left join changed_columns
        on changed_columns.source = audit.source
        and changed_columns.partition_date = audit.partition_date
        and changed_columns.partition_hour = audit.partition_hour
    where not audit.is_withdrawn
    union all
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
        cast(rows_read as varchar(20)) || ' records, where ' || cast(cast(round(median_rows, 1) as decimal(18, 1)) as varchar(24))
            || ' are usual (median of ' || cast(earlier_partitions as varchar(20)) || ' earlier partitions)',
        ''
    from "coretelecoms"."quality"."volumes"
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
    from "coretelecoms"."quality"."freshness"
    where newest_expected_date is not null
),
limited as (
    select
        measured.*,
        case when own.check_id is not null then own.warn_above else shared.warn_above end as warn_above,
        case when own.check_id is not null then own.fail_above else shared.fail_above end as fail_above,
        case when own.check_id is not null then own.minimum_rows else shared.minimum_rows end as minimum_rows
    from measured
    left join "coretelecoms"."staging"."quality_thresholds" as own
        on own.check_id = measured.check_id
        and own.source = measured.source
    left join "coretelecoms"."staging"."quality_thresholds" as shared
        on shared.check_id = measured.check_id
        and shared.source = '*'
    where measured.value is not null
),
judged as (
    select
        limited.*,
        coalesce(base_rows >= minimum_rows, true) as is_judged
    from limited
),
graded as (
    select
        judged.*,
        case
            when not is_judged then 0
            when value > fail_above then 2
            when value > warn_above then 1
            else 0
        end as severity
    from judged
),
compared as (
    select
        graded.*,
        lag(value) over (
            partition by check_id, source, subject
            order by partition_date, partition_hour
        ) as earlier_value,
        coalesce(
            lag(severity) over (
                partition by check_id, source, subject
                order by partition_date, partition_hour
            ),
            0
        ) as earlier_severity
    from graded
),
final as (
    select
        cast(check_id as varchar(64)) as check_id,
        cast(source as varchar(64)) as source,
        cast(subject as varchar(64)) as subject,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(value as double precision) as value,
        cast(earlier_value as double precision) as earlier_value,
        cast(base_rows as bigint) as base_rows,
        cast(warn_above as double precision) as warn_above,
        cast(fail_above as double precision) as fail_above,
        is_judged,
        cast(case severity when 2 then 'fail' when 1 then 'warn' else 'ok' end as varchar(8)) as level,
        severity > 0 and (check_id in ('schema_changes', 'new_unknown_values') or severity > earlier_severity) as is_new,
        cast(
            compared.source || ' ' || cast(compared.partition_date as varchar(10))
    || case
        when compared.partition_hour < 0 then ''
        else 'T' || right('0' || cast(compared.partition_hour as varchar(4)), 2)
    end || ': ' || found
            || case
                when check_id in ('schema_changes', 'new_unknown_values', 'volume_factor', 'days_behind') then ''
                when earlier_value is null then ' (first partition)'
                else ' (before: ' || case
        when earlier_value is null then 'none'
        else cast(cast(round(earlier_value * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end || ')'
            end
            || coalesce(more, '') || '.'
        as varchar(512)) as message
    from compared
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."checks__dbt_tmp" rename to "checks";

grant select on "coretelecoms"."quality"."checks" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."checks__dbt_backup" cascade;

commit;
