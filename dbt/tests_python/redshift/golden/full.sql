begin;

select * from (
with
previous_build as (
    select cast(0 as bigint) as build_number
),
final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('<invocation>' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join previous_build
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as bigint)
 as build_number,
    cast(null as varchar(64))
 as invocation_id,
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as bigint)
 as commit_seq,
    cast(null as varchar(64))
 as load_id
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."build_loads"
  (
    build_number bigint not null,
    invocation_id varchar(64) not null,
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    commit_seq bigint,
    load_id varchar(64)
    )
    diststyle even
      compound sortkey(build_number,source,partition_date);

insert into "coretelecoms"."quality"."build_loads"
    (
    select build_number, invocation_id, source, partition_date, partition_hour, commit_seq, load_id
    from (
with
previous_build as (
    select cast(0 as bigint) as build_number
),
final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('<invocation>' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join previous_build
)
select * from final
    ) as model_subq
    );

grant select on "coretelecoms"."quality"."build_loads" to ROLE analyst, ROLE operations;

commit;

begin;

select * from (
        with
final as (
    select
        cast('call_centre' as varchar(32)) as channel,
        cast('Call centre' as varchar(64)) as channel_name,
        cast('call_logs' as varchar(256)) as sources
    union all
    select
        cast('sms' as varchar(32)) as channel,
        cast('SMS' as varchar(64)) as channel_name,
        cast('sms' as varchar(256)) as sources
    union all
    select
        cast('social_media' as varchar(32)) as channel,
        cast('Social media' as varchar(64)) as channel_name,
        cast('social_media' as varchar(256)) as sources
    union all
    select
        cast('web_form' as varchar(32)) as channel,
        cast('Web form' as varchar(64)) as channel_name,
        cast('web_forms' as varchar(256)) as sources
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(64))
 as channel_name,
    cast(null as varchar(256))
 as sources
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_channels__dbt_tmp"
  (
    channel varchar(32) not null,
    channel_name varchar(64) not null,
    sources varchar(256) not null
    )
    diststyle all
      compound sortkey(channel);

insert into "coretelecoms"."marts"."dim_channels__dbt_tmp"
    (
    select channel, channel_name, sources
    from (
        with
final as (
    select
        cast('call_centre' as varchar(32)) as channel,
        cast('Call centre' as varchar(64)) as channel_name,
        cast('call_logs' as varchar(256)) as sources
    union all
    select
        cast('sms' as varchar(32)) as channel,
        cast('SMS' as varchar(64)) as channel_name,
        cast('sms' as varchar(256)) as sources
    union all
    select
        cast('social_media' as varchar(32)) as channel,
        cast('Social media' as varchar(64)) as channel_name,
        cast('social_media' as varchar(256)) as sources
    union all
    select
        cast('web_form' as varchar(32)) as channel,
        cast('Web form' as varchar(64)) as channel_name,
        cast('web_forms' as varchar(256)) as sources
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_channels__dbt_tmp" rename to "dim_channels";

grant select on "coretelecoms"."marts"."dim_channels" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_channels__dbt_backup" cascade;

commit;

begin;

select * from (
        with
spans as (
    select
        calendar.source,
        calendar.partition_hour,
        calendar.first_date,
        calendar.last_date
    from "coretelecoms"."raw_data"."calendar" as calendar
),
final as (
    select distinct
        cast(spans.source as varchar(64)) as source,
        cast(spans.first_date + cast(numbers.day_number as integer) as date) as partition_date,
        cast(spans.partition_hour as integer) as partition_hour
    from spans
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number <= spans.last_date - spans.first_date
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."expected_partitions__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."expected_partitions__dbt_tmp"
    (
    select source, partition_date, partition_hour
    from (
        with
spans as (
    select
        calendar.source,
        calendar.partition_hour,
        calendar.first_date,
        calendar.last_date
    from "coretelecoms"."raw_data"."calendar" as calendar
),
final as (
    select distinct
        cast(spans.source as varchar(64)) as source,
        cast(spans.first_date + cast(numbers.day_number as integer) as date) as partition_date,
        cast(spans.partition_hour as integer) as partition_hour
    from spans
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number <= spans.last_date - spans.first_date
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."expected_partitions__dbt_tmp" rename to "expected_partitions";

grant select on "coretelecoms"."quality"."expected_partitions" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."expected_partitions__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."intermediate"."int_as_of__dbt_tmp" as (
with
final as (
    select max(partition_date) as as_of_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."intermediate"."int_as_of__dbt_tmp" rename to "int_as_of";

commit;

begin;

drop view if exists "coretelecoms"."intermediate"."int_as_of__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

create view "coretelecoms"."staging"."stg_sms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."sms"
),
typed as (
    select
        loaded.*,
        nullif(trim(received_at), '') as received_at_text,
        (try_cast(upper(nullif(trim(received_at), '')) as timestamp with time zone) at time zone 'UTC') as opened_at,
        nullif(case when length(regexp_replace(sender_msisdn, '[^0-9]', '')) = 10 then '1' || regexp_replace(sender_msisdn, '[^0-9]', '') else regexp_replace(sender_msisdn, '[^0-9]', '') end, '') as sender_digits
    from loaded
),
cleaned as (
    select
        'sms' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.message_id) as complaint_id,
        cast(null as varchar) as customer_id,
        cast(null as varchar) as agent_id,
        nullif(trim(typed.sender_msisdn), '') as sender_msisdn,
        coalesce(typed.sender_digits, nullif(trim(typed.sender_msisdn), '')) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        cast(null as varchar) as category_source,
        cast(null as varchar) as category,
        false as is_known_category,
        cast(null as varchar) as status,
        false as has_status,
        false as is_known_status,
        'unknown' as resolution_state,
        false as has_resolution_time,
        typed.opened_at,
        case
            when typed.opened_at is null then null
            when upper(right(typed.received_at_text, 1)) = 'Z' then '+00:00'
            else right(typed.received_at_text, 6)
        end as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        cast(null as date) as generation_date,
        true as is_free_text,
        replace(
        replace(
            replace(typed.message_text, chr(92) || chr(92), chr(1)),
            chr(92) || 'n', chr(10)
        ),
        chr(1), chr(92)
    ) as complaint_text,
        nullif(
        case when nullif(trim(typed.received_at), '') is not null and typed.opened_at is null then 'received_at,' else '' end,
        ''
    ) as failed_casts
    from typed
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'sms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_sms__dbt_tmp" rename to "stg_sms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_sms__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
        with
expected as (
    select
        source,
        max(partition_date) as newest_expected_date,
        count(*) as expected_partitions
    from "coretelecoms"."quality"."expected_partitions"
    group by source
),
loaded as (
    select
        source,
        max(case when load_id is not null then partition_date end) as newest_loaded_date,
        sum(case when load_id is null then 1 else 0 end) as withdrawn_partitions
    from "coretelecoms"."raw_data"."load_ledger"
    group by source
),
missing as (
    select
        expected_partitions.source,
        count(*) as missing_partitions,
        min(expected_partitions.partition_date) as oldest_missing_date
    from "coretelecoms"."quality"."expected_partitions" as expected_partitions
    left join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.source = expected_partitions.source
        and ledger.partition_date = expected_partitions.partition_date
        and ledger.partition_hour = expected_partitions.partition_hour
    where ledger.source is null
    group by expected_partitions.source
),
known_sources as (
    select source from expected
    union
    select source from loaded
),
final as (
    select
        cast(known_sources.source as varchar(64)) as source,
        cast(expected.newest_expected_date as date) as newest_expected_date,
        cast(loaded.newest_loaded_date as date) as newest_loaded_date,
        cast(
            case
                when expected.newest_expected_date > loaded.newest_loaded_date
                    then expected.newest_expected_date - loaded.newest_loaded_date
                when loaded.newest_loaded_date is not null then 0
            end as integer
        ) as days_behind,
        cast(coalesce(expected.expected_partitions, 0) as bigint) as expected_partitions,
        cast(coalesce(missing.missing_partitions, 0) as bigint) as missing_partitions,
        cast(missing.oldest_missing_date as date) as oldest_missing_date,
        cast(coalesce(loaded.withdrawn_partitions, 0) as bigint) as withdrawn_partitions
    from known_sources
    left join expected
        on expected.source = known_sources.source
    left join loaded
        on loaded.source = known_sources.source
    left join missing
        on missing.source = known_sources.source
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as newest_expected_date,
    cast(null as date)
 as newest_loaded_date,
    cast(null as integer)
 as days_behind,
    cast(null as bigint)
 as expected_partitions,
    cast(null as bigint)
 as missing_partitions,
    cast(null as date)
 as oldest_missing_date,
    cast(null as bigint)
 as withdrawn_partitions
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."freshness__dbt_tmp"
  (
    source varchar(64) not null,
    newest_expected_date date,
    newest_loaded_date date,
    days_behind integer,
    expected_partitions bigint not null,
    missing_partitions bigint not null,
    oldest_missing_date date,
    withdrawn_partitions bigint not null
    )
    diststyle all
      compound sortkey(source);

insert into "coretelecoms"."quality"."freshness__dbt_tmp"
    (
    select source, newest_expected_date, newest_loaded_date, days_behind, expected_partitions, missing_partitions, oldest_missing_date, withdrawn_partitions
    from (
        with
expected as (
    select
        source,
        max(partition_date) as newest_expected_date,
        count(*) as expected_partitions
    from "coretelecoms"."quality"."expected_partitions"
    group by source
),
loaded as (
    select
        source,
        max(case when load_id is not null then partition_date end) as newest_loaded_date,
        sum(case when load_id is null then 1 else 0 end) as withdrawn_partitions
    from "coretelecoms"."raw_data"."load_ledger"
    group by source
),
missing as (
    select
        expected_partitions.source,
        count(*) as missing_partitions,
        min(expected_partitions.partition_date) as oldest_missing_date
    from "coretelecoms"."quality"."expected_partitions" as expected_partitions
    left join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.source = expected_partitions.source
        and ledger.partition_date = expected_partitions.partition_date
        and ledger.partition_hour = expected_partitions.partition_hour
    where ledger.source is null
    group by expected_partitions.source
),
known_sources as (
    select source from expected
    union
    select source from loaded
),
final as (
    select
        cast(known_sources.source as varchar(64)) as source,
        cast(expected.newest_expected_date as date) as newest_expected_date,
        cast(loaded.newest_loaded_date as date) as newest_loaded_date,
        cast(
            case
                when expected.newest_expected_date > loaded.newest_loaded_date
                    then expected.newest_expected_date - loaded.newest_loaded_date
                when loaded.newest_loaded_date is not null then 0
            end as integer
        ) as days_behind,
        cast(coalesce(expected.expected_partitions, 0) as bigint) as expected_partitions,
        cast(coalesce(missing.missing_partitions, 0) as bigint) as missing_partitions,
        cast(missing.oldest_missing_date as date) as oldest_missing_date,
        cast(coalesce(loaded.withdrawn_partitions, 0) as bigint) as withdrawn_partitions
    from known_sources
    left join expected
        on expected.source = known_sources.source
    left join loaded
        on loaded.source = known_sources.source
    left join missing
        on missing.source = known_sources.source
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."freshness__dbt_tmp" rename to "freshness";

grant select on "coretelecoms"."quality"."freshness" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."freshness__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_call_logs__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."call_logs"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(call_start_time), '') as timestamp) as call_started_at,
        try_cast(nullif(trim(call_end_time), '') as timestamp) as call_ended_at,
        try_cast(nullif(trim(call_logs_generation_date), '') as date) as generation_date
    from loaded
),
cleaned as (
    select
        'call_centre' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.call_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        false as has_resolution_time,
        typed.call_started_at as opened_at,
        cast(null as varchar) as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        typed.call_started_at,
        typed.call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(call_start_time), '') is not null and typed.call_started_at is null then 'call_start_time,' else '' end ||
        case when nullif(trim(call_end_time), '') is not null and typed.call_ended_at is null then 'call_end_time,' else '' end ||
        case when nullif(trim(call_logs_generation_date), '') is not null and typed.generation_date is null then 'call_logs_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'call_logs'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_call_logs__dbt_tmp" rename to "stg_call_logs";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_call_logs__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_social_media__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."social_media"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(request_date), '') as timestamp) as opened_at,
        try_cast(nullif(trim(resolution_date), '') as timestamp) as resolved_at,
        try_cast(nullif(trim(media_complaint_generation_date), '') as date) as generation_date,
        case lower(trim(regexp_replace(media_channel, '[[:space:]]+', ' ')))
            when 'instagram' then 'Instagram'
            when 'twitter' then 'Twitter'
            when 'facebook' then 'Facebook'
            when 'linkedin' then 'LinkedIn'
        end as known_platform
    from loaded
),
cleaned as (
    select
        'social_media' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.complaint_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        coalesce(typed.known_platform, nullif(trim(typed.media_channel), '')) as platform,
        typed.known_platform is not null as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(request_date), '') is not null and typed.opened_at is null then 'request_date,' else '' end ||
        case when nullif(trim(resolution_date), '') is not null and typed.resolved_at is null then 'resolution_date,' else '' end ||
        case when nullif(trim(media_complaint_generation_date), '') is not null and typed.generation_date is null then 'media_complaint_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'social_media'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_social_media__dbt_tmp" rename to "stg_social_media";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_social_media__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_web_forms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."web_forms"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(request_date), '') as timestamp) as opened_at,
        try_cast(nullif(trim(resolution_date), '') as timestamp) as resolved_at,
        try_cast(nullif(trim(web_form_generation_date), '') as date) as generation_date
    from loaded
),
cleaned as (
    select
        'web_form' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.request_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(request_date), '') is not null and typed.opened_at is null then 'request_date,' else '' end ||
        case when nullif(trim(resolution_date), '') is not null and typed.resolved_at is null then 'resolution_date,' else '' end ||
        case when nullif(trim(web_form_generation_date), '') is not null and typed.generation_date is null then 'web_form_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'web_forms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_web_forms__dbt_tmp" rename to "stg_web_forms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_web_forms__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_agents__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."agents"
),
typed as (
    select
        loaded.*,
        case replace(replace(lower(trim(regexp_replace(experience, '[[:space:]]+', ' '))), '-', ''), ' ', '')
            when 'intern' then 'Intern'
            when 'junior' then 'Junior'
            when 'midlevel' then 'Mid-level'
            when 'senior' then 'Senior'
        end as known_experience
    from loaded
),
cleaned as (
    select
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        nullif(trim(typed.name), '') as agent_name,
        nullif(trim(typed.experience), '') as experience_source,
        coalesce(typed.known_experience, nullif(trim(typed.experience), '')) as experience,
        typed.known_experience is not null as is_known_experience,
        nullif(trim(typed.state), '') as state_source,
        states.state_code,
        coalesce(states.state_name, nullif(trim(typed.state), '')) as state_name,
        states.state_code is not null as is_known_state
    from typed
    left join "coretelecoms"."staging"."us_states" as states
        on lower(trim(regexp_replace(states.state_name, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.state, '[[:space:]]+', ' ')))
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'agents'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_agents__dbt_tmp" rename to "stg_agents";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_agents__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_customers__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."customers"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(date_of_birth), '') as date) as birth_date,
        try_cast(nullif(trim(signup_date), '') as date) as signed_up_date,
        nullif(trim(email), '') as email_source,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then split_part(trim(email), '@', 1)
        end as email_local_part,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then lower(split_part(trim(email), '@', 2))
        end as email_domain,
        rtrim(replace(replace(address, chr(13) || chr(10), chr(10)), chr(13), chr(10)), ' ' || chr(10)) as address_lines
    from loaded
),
tailed as (
    select
        typed.*,
        regexp_substr(address_lines, '[A-Z][A-Z] [0-9]{5}(-[0-9]{4})?$') as address_tail
    from typed
),
headed as (
    select
        tailed.*,
        rtrim(left(address_lines, length(address_lines) - length(address_tail)), ' ,' || chr(10)) as address_head
    from tailed
),
split as (
    select
        headed.*,
        coalesce(
            nullif(strpos(reverse(address_head), chr(10)), 0),
            nullif(strpos(reverse(address_head), ','), 0),
            length(address_head) + 1
        ) as city_length_plus_one
    from headed
),
cleaned as (
    select
        split._load_id as load_id,
        split._source_row as source_row,
        split._record_hash as record_hash,
        trim(split.customer_id) as customer_id,
        nullif(trim(split.name), '') as customer_name,
        nullif(trim(split.gender), '') as gender_source,
        case lower(trim(regexp_replace(split.gender, '[[:space:]]+', ' ')))
            when 'm' then 'Male'
            when 'male' then 'Male'
            when 'f' then 'Female'
            when 'female' then 'Female'
            else nullif(trim(split.gender), '')
        end as gender,
        split.birth_date as date_of_birth,
        split.signed_up_date as signup_date,
        split.email_source,
        case
            when split.email_domain is null then split.email_source
            else split.email_local_part || '@' || coalesce(repairs.domain, split.email_domain)
        end as email,
        repairs.domain is not null as is_email_repaired,
        nullif(trim(split.address), '') as address_source,
        case
            when split.address_tail <> ''
                then nullif(
                    rtrim(
                        left(
                            split.address_head,
                            case
                                when split.city_length_plus_one > length(split.address_head) then 0
                                else length(split.address_head) - split.city_length_plus_one
                            end
                        ),
                        ' ,' || chr(10)
                    ),
                    ''
                )
        end as street,
        case
            when split.address_tail <> ''
                then nullif(trim(right(split.address_head, split.city_length_plus_one - 1)), '')
        end as city,
        nullif(left(split.address_tail, 2), '') as state_code,
        states.state_name,
        states.state_kind,
        states.state_code is not null as is_known_state,
        nullif(substring(split.address_tail, 4), '') as postal_code,
        coalesce(split.address_tail <> '', false) as is_address_parsed,
        nullif(trim(split.phone), '') as phone_source,
        nullif(case when length(regexp_replace(split.phone, '[^0-9]', '')) = 10 then '1' || regexp_replace(split.phone, '[^0-9]', '') else regexp_replace(split.phone, '[^0-9]', '') end, '') as phone_digits,
        nullif(trim(split.location), '') as location,
        nullif(
        case when nullif(trim(split.date_of_birth), '') is not null and split.birth_date is null then 'date_of_birth,' else '' end ||
        case when nullif(trim(split.signup_date), '') is not null and split.signed_up_date is null then 'signup_date,' else '' end,
        ''
    ) as failed_casts
    from split
    left join "coretelecoms"."staging"."email_domain_repairs" as repairs
        on repairs.misspelt_domain = split.email_domain
    left join "coretelecoms"."staging"."us_states" as states
        on states.state_code = left(split.address_tail, 2)
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'customers'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_customers__dbt_tmp" rename to "stg_customers";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_customers__dbt_backup" cascade;

commit;

begin;

select 1;

create  table
    "coretelecoms"."intermediate"."int_complaint_versions"
    diststyle key distkey (complaint_key)
      compound sortkey(source,partition_date,partition_hour)
  as (
with
committed_partitions as (
    select
        source,
        partition_date,
        partition_hour
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
),
partitions_to_build as (
    select
        committed_partitions.source,
        committed_partitions.partition_date,
        committed_partitions.partition_hour
    from committed_partitions
),
call_logs_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_call_logs" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
sms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_sms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
social_media_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_social_media" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
web_forms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_web_forms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
complaints as (
    select * from call_logs_complaints
    union all
    select * from sms_complaints
    union all
    select * from social_media_complaints
    union all
    select * from web_forms_complaints
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':complaint:' || trim(complaints.source || ':' || trim(complaints.complaint_id)), 256), 256) as complaint_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':customer:' || trim(complaints.customer_id), 256), 256) as customer_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':agent:' || trim(complaints.agent_id), 256), 256) as agent_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':msisdn:' || trim(complaints.sender_id), 256), 256) as sender_key,
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        '<digest>' as rules_digest
    from complaints
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

attach masking policy mask_bigint on intermediate.int_complaint_versions (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_msisdn) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_text) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role pii_reader priority 10;

commit;

begin;

select * from (
        with
days as (
    select cast('2010-01-01' as date) + cast(numbers.day_number as integer) as date_day
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    where numbers.day_number
        <= cast('2035-12-31' as date) - cast('2010-01-01' as date)
),
described as (
    select
        days.date_day,
        extract(dow from days.date_day) in (0, 6) as is_weekend,
        holidays.holiday_name
    from days
    left join "coretelecoms"."staging"."us_federal_holidays" as holidays
        on holidays.holiday_date = days.date_day
),
final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(case extract(dow from date_day) when 0 then 7 else extract(dow from date_day) end as integer) as iso_weekday,
        cast(
            case extract(dow from date_day)
                when 0 then 'Sunday'
                when 1 then 'Monday'
                when 2 then 'Tuesday'
                when 3 then 'Wednesday'
                when 4 then 'Thursday'
                when 5 then 'Friday'
                when 6 then 'Saturday'
            end as varchar(16)
        ) as weekday_name,
        is_weekend,
        holiday_name is not null as is_federal_holiday,
        cast(holiday_name as varchar(64)) as holiday_name,
        not is_weekend and holiday_name is null as is_working_day,
        cast(
            sum(case when not is_weekend and holiday_name is null then 1 else 0 end) over (
                order by date_day
                rows between unbounded preceding and current row
            ) as integer
        ) as working_day_number
    from described
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as date_day,
    cast(null as integer)
 as year_number,
    cast(null as integer)
 as quarter_number,
    cast(null as integer)
 as month_number,
    cast(null as date)
 as month_start_date,
    cast(null as date)
 as week_start_date,
    cast(null as integer)
 as iso_weekday,
    cast(null as varchar(16))
 as weekday_name,
    cast(null as boolean)
 as is_weekend,
    cast(null as boolean)
 as is_federal_holiday,
    cast(null as varchar(64))
 as holiday_name,
    cast(null as boolean)
 as is_working_day,
    cast(null as integer)
 as working_day_number
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_dates__dbt_tmp"
  (
    date_day date not null,
    year_number integer not null,
    quarter_number integer not null,
    month_number integer not null,
    month_start_date date not null,
    week_start_date date not null,
    iso_weekday integer not null,
    weekday_name varchar(16) not null,
    is_weekend boolean not null,
    is_federal_holiday boolean not null,
    holiday_name varchar(64),
    is_working_day boolean not null,
    working_day_number integer not null
    )
    diststyle all
      compound sortkey(date_day);

insert into "coretelecoms"."marts"."dim_dates__dbt_tmp"
    (
    select date_day, year_number, quarter_number, month_number, month_start_date, week_start_date, iso_weekday, weekday_name, is_weekend, is_federal_holiday, holiday_name, is_working_day, working_day_number
    from (
        with
days as (
    select cast('2010-01-01' as date) + cast(numbers.day_number as integer) as date_day
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    where numbers.day_number
        <= cast('2035-12-31' as date) - cast('2010-01-01' as date)
),
described as (
    select
        days.date_day,
        extract(dow from days.date_day) in (0, 6) as is_weekend,
        holidays.holiday_name
    from days
    left join "coretelecoms"."staging"."us_federal_holidays" as holidays
        on holidays.holiday_date = days.date_day
),
final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(case extract(dow from date_day) when 0 then 7 else extract(dow from date_day) end as integer) as iso_weekday,
        cast(
            case extract(dow from date_day)
                when 0 then 'Sunday'
                when 1 then 'Monday'
                when 2 then 'Tuesday'
                when 3 then 'Wednesday'
                when 4 then 'Thursday'
                when 5 then 'Friday'
                when 6 then 'Saturday'
            end as varchar(16)
        ) as weekday_name,
        is_weekend,
        holiday_name is not null as is_federal_holiday,
        cast(holiday_name as varchar(64)) as holiday_name,
        not is_weekend and holiday_name is null as is_working_day,
        cast(
            sum(case when not is_weekend and holiday_name is null then 1 else 0 end) over (
                order by date_day
                rows between unbounded preceding and current row
            ) as integer
        ) as working_day_number
    from described
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_dates__dbt_tmp" rename to "dim_dates";

grant select on "coretelecoms"."marts"."dim_dates" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_dates__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
newest_partition as (
    select max(partition_date) as partition_date
    from "coretelecoms"."raw_data"."load_ledger"
    where source = 'customers'
        and load_id is not null
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':customer:' || trim(customers.customer_id), 256), 256) as customer_key,
        customers.*
    from "coretelecoms"."staging"."stg_customers" as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_customers__dbt_tmp" rename to "int_customers";

attach masking policy mask_bigint on intermediate.int_customers (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender) to role pii_reader priority 10;

attach masking policy mask_date on intermediate.int_customers (date_of_birth) to public priority 0;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role transform priority 10;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (address_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (street) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (street) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (street) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (city) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (city) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (city) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (postal_code) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_digits) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (location) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (location) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (location) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_customers__dbt_backup" cascade;

commit;

begin;

select * from (
        with
known_dates as (
    select
        partition_date as as_known_date,
        coalesce(
            lag(partition_date) over (order by partition_date),
            partition_date - 1
        ) as previous_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
    group by partition_date
),
seen_dates as (
    select
        cast(known_dates.as_known_date - numbers.day_number as date) as change_date,
        known_dates.as_known_date
    from known_dates
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number < known_dates.as_known_date - known_dates.previous_date
),
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
repeated_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key, versions.partition_date
        order by versions.partition_hour desc
    ) = 1
),
valid_versions as (
    select
        versions.channel,
        versions.category,
        versions.is_known_category,
        versions.has_status,
        versions.resolution_state,
        versions.opened_at,
        versions.partition_date as valid_from,
        cast(null as date) as valid_to,
        versions.partition_date as first_date
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
    union all
    select
        channel,
        category,
        is_known_category,
        has_status,
        resolution_state,
        opened_at,
        partition_date as valid_from,
        lead(partition_date) over (partition by complaint_key order by partition_date) as valid_to,
        min(partition_date) over (partition by complaint_key) as first_date
    from repeated_versions
),
cohorts as (
    select
        valid_versions.channel,
        coalesce(case
        when valid_versions.category is null then null
        when valid_versions.is_known_category then valid_versions.category
        when (valid_versions.category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then valid_versions.category
        else '(unrecognised)'
    end, '(none)') as category,
        coalesce(categories.complaint_bucket, 'Unclassified') as complaint_bucket,
        valid_versions.resolution_state,
        cast(valid_versions.opened_at as date) as opened_date,
        valid_versions.valid_from,
        valid_versions.valid_to,
        valid_versions.first_date,
        count(*) as complaints
    from valid_versions
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = valid_versions.category
    where valid_versions.has_status
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
bands as (
    select
        '0-3' as age_band,
        1 as age_band_order,
        0 as first_age,
        3 as last_age
    union all
    select
        '4-7' as age_band,
        2 as age_band_order,
        4 as first_age,
        7 as last_age
    union all
    select
        '8-30' as age_band,
        3 as age_band_order,
        8 as first_age,
        30 as last_age
    union all
    select
        '31-90' as age_band,
        4 as age_band_order,
        31 as first_age,
        90 as last_age
    union all
    select
        '91-180' as age_band,
        5 as age_band_order,
        91 as first_age,
        180 as last_age
    union all
    select
        'over 180' as age_band,
        6 as age_band_order,
        181 as first_age,
        cast(null as integer) as last_age
    union all
    select
        '(none)' as age_band,
        7 as age_band_order,
        cast(null as integer) as first_age,
        -1 as last_age
),
spans as (
    select
        cohorts.channel,
        cohorts.category,
        cohorts.complaint_bucket,
        bands.age_band,
        cohorts.resolution_state,
        cohorts.opened_date,
        cohorts.first_date,
        cohorts.complaints,
        greatest(cohorts.valid_from, cohorts.opened_date + bands.first_age) as starts_on,
        least(cohorts.valid_to, cohorts.opened_date + bands.last_age + 1) as ends_on
    from cohorts
    inner join bands
        on cohorts.opened_date is not null
        or bands.age_band = '(none)'
),
held as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on,
        ends_on,
        complaints as known_complaints,
        case when resolution_state = 'resolved' then complaints else 0 end as resolved_complaints,
        case when resolution_state = 'unresolved' then complaints else 0 end as open_complaints,
        case when resolution_state = 'unknown' then complaints else 0 end as status_unknown_complaints,
        0 as open_known_before
    from spans
    union all
    select
        channel, category, complaint_bucket, age_band,
        greatest(starts_on, first_date + 1) as starts_on,
        ends_on,
        0 as known_complaints,
        0 as resolved_complaints,
        0 as open_complaints,
        0 as status_unknown_complaints,
        complaints as open_known_before
    from spans
    where resolution_state = 'unresolved'
),
changes as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on as change_date,
        known_complaints as known_complaints,
        resolved_complaints as resolved_complaints,
        open_complaints as open_complaints,
        status_unknown_complaints as status_unknown_complaints,
        open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
    union all
    select
        channel, category, complaint_bucket, age_band,
        ends_on as change_date,
        -known_complaints as known_complaints,
        -resolved_complaints as resolved_complaints,
        -open_complaints as open_complaints,
        -status_unknown_complaints as status_unknown_complaints,
        -open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
),
moves as (
    select
        seen_dates.as_known_date,
        changes.channel,
        changes.category,
        changes.complaint_bucket,
        changes.age_band,
        sum(changes.known_complaints) as known_complaints,
        sum(changes.resolved_complaints) as resolved_complaints,
        sum(changes.open_complaints) as open_complaints,
        sum(changes.status_unknown_complaints) as status_unknown_complaints,
        sum(changes.open_known_before) as open_known_before
    from changes
    inner join seen_dates
        on seen_dates.change_date = changes.change_date
    group by 1, 2, 3, 4, 5
),
groups as (
    select channel, category, complaint_bucket, age_band
    from moves
    group by channel, category, complaint_bucket, age_band
),
totals as (
    select
        known_dates.as_known_date,
        groups.channel,
        groups.category,
        groups.complaint_bucket,
        groups.age_band,
        sum(moves.known_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as known_complaints,
        sum(moves.resolved_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as resolved_complaints,
        sum(moves.open_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_complaints,
        sum(moves.status_unknown_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as status_unknown_complaints,
        sum(moves.open_known_before) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_known_before
    from groups
    cross join known_dates
    left join moves
        on moves.as_known_date = known_dates.as_known_date
        and moves.channel = groups.channel
        and moves.category = groups.category
        and moves.complaint_bucket = groups.complaint_bucket
        and moves.age_band = groups.age_band
),
new_complaints as (
    select
        spans.first_date as as_known_date,
        spans.channel,
        spans.category,
        spans.complaint_bucket,
        spans.age_band,
        sum(case when spans.opened_date > known_dates.previous_date then spans.complaints else 0 end) as open_newly_opened,
        sum(
            case when spans.opened_date > known_dates.previous_date then 0 else spans.complaints end
        ) as open_newly_reported
    from spans
    inner join known_dates
        on known_dates.as_known_date = spans.first_date
    where spans.resolution_state = 'unresolved'
        and spans.starts_on = spans.first_date
        and (spans.ends_on is null or spans.starts_on < spans.ends_on)
    group by 1, 2, 3, 4, 5
),
final as (
    select
        totals.as_known_date,
        cast(totals.channel as varchar(32)) as channel,
        cast(totals.category as varchar(40)) as category,
        cast(totals.complaint_bucket as varchar(40)) as complaint_bucket,
        cast(totals.age_band as varchar(16)) as age_band,
        cast(bands.age_band_order as integer) as age_band_order,
        cast(totals.known_complaints as bigint) as known_complaints,
        cast(totals.resolved_complaints as bigint) as resolved_complaints,
        cast(totals.open_complaints as bigint) as open_complaints,
        cast(totals.status_unknown_complaints as bigint) as status_unknown_complaints,
        cast(totals.open_known_before as bigint) as open_known_before,
        cast(coalesce(new_complaints.open_newly_opened, 0) as bigint) as open_newly_opened,
        cast(coalesce(new_complaints.open_newly_reported, 0) as bigint) as open_newly_reported
    from totals
    inner join bands
        on bands.age_band = totals.age_band
    left join new_complaints
        on new_complaints.as_known_date = totals.as_known_date
        and new_complaints.channel = totals.channel
        and new_complaints.category = totals.category
        and new_complaints.complaint_bucket = totals.complaint_bucket
        and new_complaints.age_band = totals.age_band
    where totals.known_complaints > 0
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as as_known_date,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as age_band_order,
    cast(null as bigint)
 as known_complaints,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as bigint)
 as open_known_before,
    cast(null as bigint)
 as open_newly_opened,
    cast(null as bigint)
 as open_newly_reported
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."backlog_daily__dbt_tmp"
  (
    as_known_date date not null,
    channel varchar(32) not null,
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    age_band varchar(16) not null,
    age_band_order integer not null,
    known_complaints bigint not null,
    resolved_complaints bigint not null,
    open_complaints bigint not null,
    status_unknown_complaints bigint not null,
    open_known_before bigint not null,
    open_newly_opened bigint not null,
    open_newly_reported bigint not null
    )
    diststyle all
      compound sortkey(as_known_date,channel);

insert into "coretelecoms"."marts"."backlog_daily__dbt_tmp"
    (
    select as_known_date, channel, category, complaint_bucket, age_band, age_band_order, known_complaints, resolved_complaints, open_complaints, status_unknown_complaints, open_known_before, open_newly_opened, open_newly_reported
    from (
        with
known_dates as (
    select
        partition_date as as_known_date,
        coalesce(
            lag(partition_date) over (order by partition_date),
            partition_date - 1
        ) as previous_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
    group by partition_date
),
seen_dates as (
    select
        cast(known_dates.as_known_date - numbers.day_number as date) as change_date,
        known_dates.as_known_date
    from known_dates
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number < known_dates.as_known_date - known_dates.previous_date
),
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
repeated_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key, versions.partition_date
        order by versions.partition_hour desc
    ) = 1
),
valid_versions as (
    select
        versions.channel,
        versions.category,
        versions.is_known_category,
        versions.has_status,
        versions.resolution_state,
        versions.opened_at,
        versions.partition_date as valid_from,
        cast(null as date) as valid_to,
        versions.partition_date as first_date
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
    union all
    select
        channel,
        category,
        is_known_category,
        has_status,
        resolution_state,
        opened_at,
        partition_date as valid_from,
        lead(partition_date) over (partition by complaint_key order by partition_date) as valid_to,
        min(partition_date) over (partition by complaint_key) as first_date
    from repeated_versions
),
cohorts as (
    select
        valid_versions.channel,
        coalesce(case
        when valid_versions.category is null then null
        when valid_versions.is_known_category then valid_versions.category
        when (valid_versions.category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then valid_versions.category
        else '(unrecognised)'
    end, '(none)') as category,
        coalesce(categories.complaint_bucket, 'Unclassified') as complaint_bucket,
        valid_versions.resolution_state,
        cast(valid_versions.opened_at as date) as opened_date,
        valid_versions.valid_from,
        valid_versions.valid_to,
        valid_versions.first_date,
        count(*) as complaints
    from valid_versions
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = valid_versions.category
    where valid_versions.has_status
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
bands as (
    select
        '0-3' as age_band,
        1 as age_band_order,
        0 as first_age,
        3 as last_age
    union all
    select
        '4-7' as age_band,
        2 as age_band_order,
        4 as first_age,
        7 as last_age
    union all
    select
        '8-30' as age_band,
        3 as age_band_order,
        8 as first_age,
        30 as last_age
    union all
    select
        '31-90' as age_band,
        4 as age_band_order,
        31 as first_age,
        90 as last_age
    union all
    select
        '91-180' as age_band,
        5 as age_band_order,
        91 as first_age,
        180 as last_age
    union all
    select
        'over 180' as age_band,
        6 as age_band_order,
        181 as first_age,
        cast(null as integer) as last_age
    union all
    select
        '(none)' as age_band,
        7 as age_band_order,
        cast(null as integer) as first_age,
        -1 as last_age
),
spans as (
    select
        cohorts.channel,
        cohorts.category,
        cohorts.complaint_bucket,
        bands.age_band,
        cohorts.resolution_state,
        cohorts.opened_date,
        cohorts.first_date,
        cohorts.complaints,
        greatest(cohorts.valid_from, cohorts.opened_date + bands.first_age) as starts_on,
        least(cohorts.valid_to, cohorts.opened_date + bands.last_age + 1) as ends_on
    from cohorts
    inner join bands
        on cohorts.opened_date is not null
        or bands.age_band = '(none)'
),
held as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on,
        ends_on,
        complaints as known_complaints,
        case when resolution_state = 'resolved' then complaints else 0 end as resolved_complaints,
        case when resolution_state = 'unresolved' then complaints else 0 end as open_complaints,
        case when resolution_state = 'unknown' then complaints else 0 end as status_unknown_complaints,
        0 as open_known_before
    from spans
    union all
    select
        channel, category, complaint_bucket, age_band,
        greatest(starts_on, first_date + 1) as starts_on,
        ends_on,
        0 as known_complaints,
        0 as resolved_complaints,
        0 as open_complaints,
        0 as status_unknown_complaints,
        complaints as open_known_before
    from spans
    where resolution_state = 'unresolved'
),
changes as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on as change_date,
        known_complaints as known_complaints,
        resolved_complaints as resolved_complaints,
        open_complaints as open_complaints,
        status_unknown_complaints as status_unknown_complaints,
        open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
    union all
    select
        channel, category, complaint_bucket, age_band,
        ends_on as change_date,
        -known_complaints as known_complaints,
        -resolved_complaints as resolved_complaints,
        -open_complaints as open_complaints,
        -status_unknown_complaints as status_unknown_complaints,
        -open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
),
moves as (
    select
        seen_dates.as_known_date,
        changes.channel,
        changes.category,
        changes.complaint_bucket,
        changes.age_band,
        sum(changes.known_complaints) as known_complaints,
        sum(changes.resolved_complaints) as resolved_complaints,
        sum(changes.open_complaints) as open_complaints,
        sum(changes.status_unknown_complaints) as status_unknown_complaints,
        sum(changes.open_known_before) as open_known_before
    from changes
    inner join seen_dates
        on seen_dates.change_date = changes.change_date
    group by 1, 2, 3, 4, 5
),
groups as (
    select channel, category, complaint_bucket, age_band
    from moves
    group by channel, category, complaint_bucket, age_band
),
totals as (
    select
        known_dates.as_known_date,
        groups.channel,
        groups.category,
        groups.complaint_bucket,
        groups.age_band,
        sum(moves.known_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as known_complaints,
        sum(moves.resolved_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as resolved_complaints,
        sum(moves.open_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_complaints,
        sum(moves.status_unknown_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as status_unknown_complaints,
        sum(moves.open_known_before) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_known_before
    from groups
    cross join known_dates
    left join moves
        on moves.as_known_date = known_dates.as_known_date
        and moves.channel = groups.channel
        and moves.category = groups.category
        and moves.complaint_bucket = groups.complaint_bucket
        and moves.age_band = groups.age_band
),
new_complaints as (
    select
        spans.first_date as as_known_date,
        spans.channel,
        spans.category,
        spans.complaint_bucket,
        spans.age_band,
        sum(case when spans.opened_date > known_dates.previous_date then spans.complaints else 0 end) as open_newly_opened,
        sum(
            case when spans.opened_date > known_dates.previous_date then 0 else spans.complaints end
        ) as open_newly_reported
    from spans
    inner join known_dates
        on known_dates.as_known_date = spans.first_date
    where spans.resolution_state = 'unresolved'
        and spans.starts_on = spans.first_date
        and (spans.ends_on is null or spans.starts_on < spans.ends_on)
    group by 1, 2, 3, 4, 5
),
final as (
    select
        totals.as_known_date,
        cast(totals.channel as varchar(32)) as channel,
        cast(totals.category as varchar(40)) as category,
        cast(totals.complaint_bucket as varchar(40)) as complaint_bucket,
        cast(totals.age_band as varchar(16)) as age_band,
        cast(bands.age_band_order as integer) as age_band_order,
        cast(totals.known_complaints as bigint) as known_complaints,
        cast(totals.resolved_complaints as bigint) as resolved_complaints,
        cast(totals.open_complaints as bigint) as open_complaints,
        cast(totals.status_unknown_complaints as bigint) as status_unknown_complaints,
        cast(totals.open_known_before as bigint) as open_known_before,
        cast(coalesce(new_complaints.open_newly_opened, 0) as bigint) as open_newly_opened,
        cast(coalesce(new_complaints.open_newly_reported, 0) as bigint) as open_newly_reported
    from totals
    inner join bands
        on bands.age_band = totals.age_band
    left join new_complaints
        on new_complaints.as_known_date = totals.as_known_date
        and new_complaints.channel = totals.channel
        and new_complaints.category = totals.category
        and new_complaints.complaint_bucket = totals.complaint_bucket
        and new_complaints.age_band = totals.age_band
    where totals.known_complaints > 0
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."backlog_daily__dbt_tmp" rename to "backlog_daily";

grant select on "coretelecoms"."marts"."backlog_daily" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."backlog_daily__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_agents__dbt_tmp"
    diststyle all
      compound sortkey(agent_id,version_number)
  as (
    with
committed_partitions as (
    select
        partition_date,
        row_number() over (order by partition_date) as partition_number
    from "coretelecoms"."raw_data"."load_ledger"
    where source = 'agents'
        and load_id is not null
),
observations as (
    select
        agents.*,
        committed_partitions.partition_number,
        coalesce(agents.agent_name, '')
        || chr(31) || coalesce(agents.experience, '')
        || chr(31) || coalesce(agents.state_name, '') as attributes
    from "coretelecoms"."staging"."stg_agents" as agents
    inner join committed_partitions
        on committed_partitions.partition_date = agents.partition_date
),
compared as (
    select
        observations.*,
        lag(partition_number) over (partition by agent_id order by partition_number) as previous_number,
        lag(attributes) over (partition by agent_id order by partition_number) as previous_attributes
    from observations
),
numbered as (
    select
        compared.*,
        sum(
            case when previous_number = partition_number - 1 and previous_attributes = attributes then 0 else 1 end
        ) over (
            partition by agent_id order by partition_number
            rows between unbounded preceding and current row
        ) as version_number
    from compared
),
observed_versions as (
    select
        agent_id,
        version_number,
        min(agent_name) as agent_name,
        min(experience) as experience,
        min(state_code) as state_code,
        min(state_name) as state_name,
        min(case when is_known_experience then 1 else 0 end) = 1 as is_known_experience,
        min(case when is_known_state then 1 else 0 end) = 1 as is_known_state,
        min(partition_date) as first_partition_date,
        max(partition_number) as last_partition_number
    from numbered
    group by agent_id, version_number
),
known_versions as (
    select
        observed_versions.*,
        next_partition.partition_date as valid_to,
        false as is_inferred
    from observed_versions
    left join committed_partitions as next_partition
        on next_partition.partition_number = observed_versions.last_partition_number + 1
),
inferred_versions as (
    select distinct
        complaints.agent_id,
        1 as version_number,
        cast(null as varchar) as agent_name,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        false as is_known_experience,
        false as is_known_state,
        cast(null as date) as first_partition_date,
        cast(null as bigint) as last_partition_number,
        cast(null as date) as valid_to,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_complaint_versions" as complaints
    left join observed_versions
        on observed_versions.agent_id = complaints.agent_id
    where complaints.agent_id is not null
        and observed_versions.agent_id is null
),
versions as (
    select * from known_versions
    union all
    select * from inferred_versions
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':agent:' || trim(versions.agent_id), 256), 256) as agent_key,
        versions.agent_id,
        cast(versions.version_number as integer) as version_number,
        versions.agent_name,
        versions.experience,
        versions.is_known_experience,
        versions.state_code,
        versions.state_name,
        versions.is_known_state,
        case
            when versions.version_number = 1 then cast('1900-01-01' as date)
            else versions.first_partition_date
        end as valid_from,
        versions.version_number = 1 as is_valid_from_assumed,
        versions.valid_to,
        versions.valid_to is null as is_current,
        versions.is_inferred
    from versions
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_agents__dbt_tmp" rename to "int_agents";

attach masking policy mask_varchar on intermediate.int_agents (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_agents (agent_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_agents__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_classified_texts__dbt_tmp"
    diststyle key distkey (text_key)
      compound sortkey(text_key)
  as (
    with
texts as (
    select
        sha2(trim(complaint_text), 256) as text_key,
        min(complaint_text) as text
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where is_free_text
        and complaint_text is not null
    group by sha2(trim(complaint_text), 256)
),
classifier_tokenised as (
    select
        text_key,
        trim(regexp_replace(replace(replace(replace(replace(replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(replace(lower(regexp_replace(translate(
            text,
            'ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØòóôõöøÙÚÛÜùúûüÝýÿŠšŽžŁłẸẹỌọṢṣẠạỊịỤụĄąĆćĘęŃńŚśŹźŻż’‘`´“”–—£€₦₵₹¥¿¡？！^~|😡😠🤬👎😤🖕💩😒🙄🤡😑👍😊😀😃😄😁🙂😍🥰❤💖🎉👏🔥😎💯🥳🫶🤗😭😢😞😔😩😫💀🥺̧̣̀́̂̃̈­​‌‍️﻿',
            'AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOOooooooUUUUuuuuYyySsZzLlEeOoSsAaIiUuAaCcEeNnSsZzZz''''''''""--$$$$$$?!?!   ^^^^^^^^^^^~~~~~~~~~~~~~~~~~~~||||||||'
        ), '[^ -~]', ' ')), '''', ''), '(https?:|www[.])[^ ]*', ' URL '), '[^ ]*@[^ ]*', ' '), '[a-z0-9-]+[.][a-z.]*[/][^ ]*', ' URL '), '[0-9]+([.,:/-][0-9]+)*', '0'), '[$] *0', ' MONEY '), '0 *[$]', ' MONEY '), '?', ' ASK '), '!', ' BANG '), '^', ' ANGRY '), '~', ' HAPPY '), '|', ' SAD '), '[^a-zA-Z0]+', ' ')) as tokens
    from texts
),
classifier_read_texts as (
    select
        min(text_key) as text_key,
        tokens
    from classifier_tokenised
    group by tokens
),
classifier_positions as (
    select cast(day_number + 1 as integer) as token_position
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    where day_number < 200
),
classifier_words_read as (
    select
        read_texts.text_key,
        positions.token_position,
        split_part(read_texts.tokens, ' ', positions.token_position) as token
    from classifier_read_texts as read_texts
    inner join classifier_positions as positions
        on
            positions.token_position
            <= length(read_texts.tokens) - length(replace(read_texts.tokens, ' ', '')) + 1
    where read_texts.tokens <> ''
),
classifier_concepts as (
    select
        words_read.text_key,
        words_read.token_position,
        words_read.token,
        coalesce(words.concept, words_read.token) as concept
    from classifier_words_read as words_read
    left join "coretelecoms"."staging"."classifier_words" as words
        on words.word = words_read.token
),
classifier_pairs as (
    select
        text_key,
        concept,
        coalesce(lag(concept) over (partition by text_key order by token_position), 'START') as previous_concept
    from classifier_concepts
    where concept <> '-'
),
classifier_terms_read as (
    select text_key, '(always)' as term from classifier_read_texts
    union
    select text_key, token as term from classifier_concepts
    union
    select text_key, concept as term from classifier_pairs
    union
    select text_key, previous_concept || ' ' || concept as term from classifier_pairs
),
classifier_weighed_terms as (
    select
        terms_read.text_key,
        terms.*
    from classifier_terms_read as terms_read
    inner join "coretelecoms"."staging"."classifier_terms" as terms
        on terms.term = terms_read.term
),
classifier_totals as (
    select
        text_key,
        cast(sum(network) as bigint) as network,
        cast(sum(billing) as bigint) as billing,
        cast(sum(service) as bigint) as service,
        cast(sum(not_complaint) as bigint) as not_complaint,
        count(*) as known_terms
    from classifier_weighed_terms
    group by text_key
    having count(*) > 1
),
classifier_best as (
    select
        totals.*,
        case
        when totals.network >= totals.billing and totals.network >= totals.service and totals.network >= totals.not_complaint then 'network'
        when totals.billing >= totals.network and totals.billing >= totals.service and totals.billing >= totals.not_complaint then 'billing'
        when totals.service >= totals.network and totals.service >= totals.billing and totals.service >= totals.not_complaint then 'service'
        when totals.not_complaint >= totals.network and totals.not_complaint >= totals.billing and totals.not_complaint >= totals.service then 'not_complaint'
    end as best_class
    from classifier_totals as totals
),
classifier_two_best as (
    select
        best.*,
        case best.best_class
        when 'network' then best.network
        when 'billing' then best.billing
        when 'service' then best.service
        when 'not_complaint' then best.not_complaint
    end as best_total,
        case best.best_class
            when 'network' then case
        when best.billing >= best.service and best.billing >= best.not_complaint then 'billing'
        when best.service >= best.billing and best.service >= best.not_complaint then 'service'
        when best.not_complaint >= best.billing and best.not_complaint >= best.service then 'not_complaint'
    end
            when 'billing' then case
        when best.network >= best.service and best.network >= best.not_complaint then 'network'
        when best.service >= best.network and best.service >= best.not_complaint then 'service'
        when best.not_complaint >= best.network and best.not_complaint >= best.service then 'not_complaint'
    end
            when 'service' then case
        when best.network >= best.billing and best.network >= best.not_complaint then 'network'
        when best.billing >= best.network and best.billing >= best.not_complaint then 'billing'
        when best.not_complaint >= best.network and best.not_complaint >= best.billing then 'not_complaint'
    end
            when 'not_complaint' then case
        when best.network >= best.billing and best.network >= best.service then 'network'
        when best.billing >= best.network and best.billing >= best.service then 'billing'
        when best.service >= best.network and best.service >= best.billing then 'service'
    end
        end as second_class
    from classifier_best as best
),
classifier_leads as (
    select
        weighed_terms.text_key,
        weighed_terms.term,
        case two_best.best_class
        when 'network' then weighed_terms.network
        when 'billing' then weighed_terms.billing
        when 'service' then weighed_terms.service
        when 'not_complaint' then weighed_terms.not_complaint
    end
        - case two_best.second_class
        when 'network' then weighed_terms.network
        when 'billing' then weighed_terms.billing
        when 'service' then weighed_terms.service
        when 'not_complaint' then weighed_terms.not_complaint
    end as lead_weight
    from classifier_weighed_terms as weighed_terms
    inner join classifier_two_best as two_best
        on two_best.text_key = weighed_terms.text_key
    where weighed_terms.term <> '(always)'
),
classifier_ranked_leads as (
    select
        text_key,
        term,
        row_number() over (partition by text_key order by lead_weight desc, term) as term_rank
    from classifier_leads
    where lead_weight > 0
),
classifier_matched_terms as (
    select
        text_key,
    listagg(
        term,
        ', '
        )
        within group (order by term_rank) as matched_terms
    from classifier_ranked_leads
    where term_rank <= 5
    group by text_key
),
classifier_margins as (
    select
        two_best.*,
        two_best.best_total - case two_best.second_class
        when 'network' then two_best.network
        when 'billing' then two_best.billing
        when 'service' then two_best.service
        when 'not_complaint' then two_best.not_complaint
    end as margin,
        two_best.best_total - two_best.not_complaint as complaint_margin,
        case two_best.best_class
        when 'network' then margins.network
        when 'billing' then margins.billing
        when 'service' then margins.service
        when 'not_complaint' then margins.not_complaint
    end as needed_margin
    from classifier_two_best as two_best
    cross join "coretelecoms"."staging"."classifier_terms" as margins
    where margins.term = '(margin)'
),
classified as (
    select
        tokenised.text_key,
        tokenised.tokens,
        cast(
            case
                when margins.margin >= margins.needed_margin
                    then case margins.best_class
                        when 'network' then 'Network (Latency)'
                        when 'billing' then 'Incorrect Billing'
                        when 'service' then 'Bad Customer Service'
                        else 'Unclassified'
                    end
                else 'Unclassified'
            end as varchar(40)
        ) as complaint_bucket,
        case
            when margins.best_class = 'not_complaint'
                then case when margins.margin >= margins.needed_margin then false end
            when margins.complaint_margin >= margins.needed_margin then true
        end as is_complaint,
        margins.best_total as score,
        margins.margin,
        matched_terms.matched_terms
    from classifier_tokenised as tokenised
    inner join classifier_read_texts as read_texts
        on read_texts.tokens = tokenised.tokens
    left join classifier_margins as margins
        on margins.text_key = read_texts.text_key
    left join classifier_matched_terms as matched_terms
        on matched_terms.text_key = read_texts.text_key
),
final as (
    select
        text_key,
        complaint_bucket,
        is_complaint,
        cast(score as integer) as classifier_score,
        cast(margin as integer) as classifier_margin,
        cast(matched_terms as varchar(256)) as matched_terms
    from classified
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_classified_texts__dbt_tmp" rename to "int_classified_texts";

attach masking policy mask_varchar on intermediate.int_classified_texts (text_key) to public priority 0;

attach masking policy show_varchar on intermediate.int_classified_texts (text_key) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_classified_texts (text_key) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_classified_texts__dbt_backup" cascade;

commit;

begin;

select * from (
        with
unknown as (
    select
        source,
        partition_date,
        partition_hour,
        'category' as attribute,
        case
        when category is null then null
        when false then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where category is not null
        and not is_known_category
    group by source, partition_date, partition_hour, case
        when category is null then null
        when false then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end
    union all
    select
        source,
        partition_date,
        partition_hour,
        'status' as attribute,
        case
        when status is null then null
        when false then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where status is not null
        and not is_known_status
    group by source, partition_date, partition_hour, case
        when status is null then null
        when false then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end
    union all
    select
        source,
        partition_date,
        partition_hour,
        'platform' as attribute,
        case
        when platform is null then null
        when false then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where platform is not null
        and not is_known_platform
    group by source, partition_date, partition_hour, case
        when platform is null then null
        when false then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(attribute as varchar(32)) as attribute,
        cast(unknown_value as varchar(40)) as unknown_value,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(row_count as bigint) as value_rows,
        cast(
            min(partition_date) over (partition by source, attribute, unknown_value) as date
        ) as first_seen_date,
        row_number() over (
            partition by source, attribute, unknown_value
            order by partition_date, partition_hour
        ) = 1 as is_first_seen
    from unknown
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as varchar(32))
 as attribute,
    cast(null as varchar(40))
 as unknown_value,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as bigint)
 as value_rows,
    cast(null as date)
 as first_seen_date,
    cast(null as boolean)
 as is_first_seen
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."unknown_values__dbt_tmp"
  (
    source varchar(64) not null,
    attribute varchar(32) not null,
    unknown_value varchar(40) not null,
    partition_date date not null,
    partition_hour integer not null,
    value_rows bigint not null,
    first_seen_date date not null,
    is_first_seen boolean not null
    )
    diststyle all
      compound sortkey(source,attribute,partition_date);

insert into "coretelecoms"."quality"."unknown_values__dbt_tmp"
    (
    select source, attribute, unknown_value, partition_date, partition_hour, value_rows, first_seen_date, is_first_seen
    from (
        with
unknown as (
    select
        source,
        partition_date,
        partition_hour,
        'category' as attribute,
        case
        when category is null then null
        when false then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where category is not null
        and not is_known_category
    group by source, partition_date, partition_hour, case
        when category is null then null
        when false then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end
    union all
    select
        source,
        partition_date,
        partition_hour,
        'status' as attribute,
        case
        when status is null then null
        when false then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where status is not null
        and not is_known_status
    group by source, partition_date, partition_hour, case
        when status is null then null
        when false then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end
    union all
    select
        source,
        partition_date,
        partition_hour,
        'platform' as attribute,
        case
        when platform is null then null
        when false then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as unknown_value,
        count(*) as row_count
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where platform is not null
        and not is_known_platform
    group by source, partition_date, partition_hour, case
        when platform is null then null
        when false then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(attribute as varchar(32)) as attribute,
        cast(unknown_value as varchar(40)) as unknown_value,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(row_count as bigint) as value_rows,
        cast(
            min(partition_date) over (partition by source, attribute, unknown_value) as date
        ) as first_seen_date,
        row_number() over (
            partition by source, attribute, unknown_value
            order by partition_date, partition_hour
        ) = 1 as is_first_seen
    from unknown
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."unknown_values__dbt_tmp" rename to "unknown_values";

grant select on "coretelecoms"."quality"."unknown_values" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."unknown_values__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp"
    diststyle key distkey (sender_id)
      compound sortkey(sender_id)
  as (
    with
senders as (
    select distinct
        sender_id,
        sender_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where sender_id is not null
),
phone_owners as (
    select
        phone_digits,
        min(customer_key) as customer_key
    from "coretelecoms"."intermediate"."int_customers"
    where phone_digits is not null
    group by phone_digits
    having count(*) = 1
),
final as (
    select
        senders.sender_id,
        coalesce(phone_owners.customer_key, senders.sender_key) as customer_key,
        phone_owners.customer_key is not null as is_matched
    from senders
    left join phone_owners
        on phone_owners.phone_digits = senders.sender_id
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp" rename to "int_sms_senders";

attach masking policy mask_varchar on intermediate.int_sms_senders (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_sms_senders__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
unknown_ids as (
    select
        versions.customer_key,
        min(versions.customer_id) as customer_id
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."intermediate"."int_customers" as customers
        on customers.customer_key = versions.customer_key
    where versions.customer_key is not null
        and customers.customer_key is null
    group by versions.customer_key
),
final as (
    select
        customer_key,
        'customer_id' as identified_by,
        customer_id,
        cast(null as varchar) as sender_id
    from unknown_ids
    union all
    select
        customer_key,
        'msisdn' as identified_by,
        cast(null as varchar) as customer_id,
        sender_id
    from "coretelecoms"."intermediate"."int_sms_senders"
    where not is_matched
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp" rename to "int_inferred_customers";

attach masking policy mask_varchar on intermediate.int_inferred_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_inferred_customers (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_inferred_customers__dbt_backup" cascade;

commit;

begin;

select * from (
        with
final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from "coretelecoms"."intermediate"."int_agents" as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(65535))
 as agent_name,
    cast(null as boolean)
 as is_inferred
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."restricted"."agent_identities__dbt_tmp"
  (
    agent_key varchar(64) not null,
    agent_id varchar(1024) not null,
    agent_name varchar(65535),
    is_inferred boolean not null
    )
    diststyle all
      compound sortkey(agent_key);

insert into "coretelecoms"."restricted"."agent_identities__dbt_tmp"
    (
    select agent_key, agent_id, agent_name, is_inferred
    from (
        with
final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from "coretelecoms"."intermediate"."int_agents" as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."restricted"."agent_identities__dbt_tmp" rename to "agent_identities";

attach masking policy mask_varchar on restricted.agent_identities (agent_id) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on restricted.agent_identities (agent_name) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role pii_reader priority 10;

grant select on "coretelecoms"."restricted"."agent_identities" to ROLE pii_reader;

commit;

begin;

drop table if exists "coretelecoms"."restricted"."agent_identities__dbt_backup" cascade;

commit;

begin;

select * from (
        with
members as (
    select
        agent_key,
        version_number,
        case
        when experience is null then null
        when is_known_experience then experience
        when (experience ~ '^[A-Za-z][A-Za-z -]{0,39}$') then experience
        else '(unrecognised)'
    end as experience,
        state_code,
        case
        when state_name is null then null
        when is_known_state then state_name
        when (state_name ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_name
        else '(unrecognised)'
    end as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_agents"
    union all
    select
        'unknown' as agent_key,
        1 as version_number,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast('1900-01-01' as date) as valid_from,
        true as is_valid_from_assumed,
        cast(null as date) as valid_to,
        true as is_current,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(agent_key as varchar(64)) as agent_key,
        cast(version_number as integer) as version_number,
        cast(experience as varchar(40)) as experience,
        cast(state_code as varchar(2)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as integer)
 as version_number,
    cast(null as varchar(40))
 as experience,
    cast(null as varchar(2))
 as state_code,
    cast(null as varchar(64))
 as state_name,
    cast(null as date)
 as valid_from,
    cast(null as boolean)
 as is_valid_from_assumed,
    cast(null as date)
 as valid_to,
    cast(null as boolean)
 as is_current,
    cast(null as boolean)
 as is_inferred,
    cast(null as boolean)
 as is_unknown
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_agents__dbt_tmp"
  (
    agent_key varchar(64) not null,
    version_number integer not null,
    experience varchar(40),
    state_code varchar(2),
    state_name varchar(64),
    valid_from date not null,
    is_valid_from_assumed boolean not null,
    valid_to date,
    is_current boolean not null,
    is_inferred boolean not null,
    is_unknown boolean not null
    )
    diststyle all
      compound sortkey(agent_key,valid_from);

insert into "coretelecoms"."marts"."dim_agents__dbt_tmp"
    (
    select agent_key, version_number, experience, state_code, state_name, valid_from, is_valid_from_assumed, valid_to, is_current, is_inferred, is_unknown
    from (
        with
members as (
    select
        agent_key,
        version_number,
        case
        when experience is null then null
        when is_known_experience then experience
        when (experience ~ '^[A-Za-z][A-Za-z -]{0,39}$') then experience
        else '(unrecognised)'
    end as experience,
        state_code,
        case
        when state_name is null then null
        when is_known_state then state_name
        when (state_name ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_name
        else '(unrecognised)'
    end as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_agents"
    union all
    select
        'unknown' as agent_key,
        1 as version_number,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast('1900-01-01' as date) as valid_from,
        true as is_valid_from_assumed,
        cast(null as date) as valid_to,
        true as is_current,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(agent_key as varchar(64)) as agent_key,
        cast(version_number as integer) as version_number,
        cast(experience as varchar(40)) as experience,
        cast(state_code as varchar(2)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_agents__dbt_tmp" rename to "dim_agents";

grant select on "coretelecoms"."marts"."dim_agents" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_agents__dbt_backup" cascade;

commit;

begin;

select * from (
with
identities as (
    select
        customer_key,
        customer_id,
        cast(null as varchar) as sender_msisdn,
        customer_name,
        gender,
        gender_source,
        date_of_birth,
        signup_date,
        email,
        email_source,
        is_email_repaired,
        address_source,
        street,
        city,
        state_code,
        postal_code,
        is_address_parsed,
        phone_source,
        phone_digits,
        location,
        false as is_inferred
    from "coretelecoms"."intermediate"."int_customers"
    union all
    select
        customer_key,
        customer_id,
        sender_id as sender_msisdn,
        null as customer_name,
        null as gender,
        null as gender_source,
        null as date_of_birth,
        null as signup_date,
        null as email,
        null as email_source,
        false as is_email_repaired,
        null as address_source,
        null as street,
        null as city,
        null as state_code,
        null as postal_code,
        false as is_address_parsed,
        null as phone_source,
        null as phone_digits,
        null as location,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_inferred_customers"
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(customer_id as varchar(1024)) as customer_id,
        cast(sender_msisdn as varchar(1024)) as sender_msisdn,
        cast(customer_name as varchar(65535)) as customer_name,
        cast(gender as varchar(1024)) as gender,
        cast(gender_source as varchar(1024)) as gender_source,
        date_of_birth,
        signup_date,
        cast(email as varchar(65535)) as email,
        cast(email_source as varchar(65535)) as email_source,
        is_email_repaired,
        cast(address_source as varchar(65535)) as address_source,
        cast(street as varchar(65535)) as street,
        cast(city as varchar(65535)) as city,
        cast(state_code as varchar(2)) as state_code,
        cast(postal_code as varchar(10)) as postal_code,
        is_address_parsed,
        cast(phone_source as varchar(1024)) as phone_source,
        cast(phone_digits as varchar(1024)) as phone_digits,
        cast(location as varchar(65535)) as location,
        is_inferred
    from identities
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(1024))
 as customer_id,
    cast(null as varchar(1024))
 as sender_msisdn,
    cast(null as varchar(65535))
 as customer_name,
    cast(null as varchar(1024))
 as gender,
    cast(null as varchar(1024))
 as gender_source,
    cast(null as date)
 as date_of_birth,
    cast(null as date)
 as signup_date,
    cast(null as varchar(65535))
 as email,
    cast(null as varchar(65535))
 as email_source,
    cast(null as boolean)
 as is_email_repaired,
    cast(null as varchar(65535))
 as address_source,
    cast(null as varchar(65535))
 as street,
    cast(null as varchar(65535))
 as city,
    cast(null as varchar(2))
 as state_code,
    cast(null as varchar(10))
 as postal_code,
    cast(null as boolean)
 as is_address_parsed,
    cast(null as varchar(1024))
 as phone_source,
    cast(null as varchar(1024))
 as phone_digits,
    cast(null as varchar(65535))
 as location,
    cast(null as boolean)
 as is_inferred
    ) as __dbt_sbq
    where false
    limit 0;

create view "coretelecoms"."restricted"."customer_identities__dbt_tmp" as (
with
identities as (
    select
        customer_key,
        customer_id,
        cast(null as varchar) as sender_msisdn,
        customer_name,
        gender,
        gender_source,
        date_of_birth,
        signup_date,
        email,
        email_source,
        is_email_repaired,
        address_source,
        street,
        city,
        state_code,
        postal_code,
        is_address_parsed,
        phone_source,
        phone_digits,
        location,
        false as is_inferred
    from "coretelecoms"."intermediate"."int_customers"
    union all
    select
        customer_key,
        customer_id,
        sender_id as sender_msisdn,
        null as customer_name,
        null as gender,
        null as gender_source,
        null as date_of_birth,
        null as signup_date,
        null as email,
        null as email_source,
        false as is_email_repaired,
        null as address_source,
        null as street,
        null as city,
        null as state_code,
        null as postal_code,
        false as is_address_parsed,
        null as phone_source,
        null as phone_digits,
        null as location,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_inferred_customers"
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(customer_id as varchar(1024)) as customer_id,
        cast(sender_msisdn as varchar(1024)) as sender_msisdn,
        cast(customer_name as varchar(65535)) as customer_name,
        cast(gender as varchar(1024)) as gender,
        cast(gender_source as varchar(1024)) as gender_source,
        date_of_birth,
        signup_date,
        cast(email as varchar(65535)) as email,
        cast(email_source as varchar(65535)) as email_source,
        is_email_repaired,
        cast(address_source as varchar(65535)) as address_source,
        cast(street as varchar(65535)) as street,
        cast(city as varchar(65535)) as city,
        cast(state_code as varchar(2)) as state_code,
        cast(postal_code as varchar(10)) as postal_code,
        is_address_parsed,
        cast(phone_source as varchar(1024)) as phone_source,
        cast(phone_digits as varchar(1024)) as phone_digits,
        cast(location as varchar(65535)) as location,
        is_inferred
    from identities
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."restricted"."customer_identities__dbt_tmp" rename to "customer_identities";

grant select on "coretelecoms"."restricted"."customer_identities" to ROLE pii_reader;

commit;

begin;

drop view if exists "coretelecoms"."restricted"."customer_identities__dbt_backup" cascade;

commit;

begin;

select * from (
        with
known_customers as (
    select
        customers.customer_key,
        case
        when customers.state_code is null then null
        when customers.is_known_state then customers.state_code
        when (customers.state_code ~ '^[A-Za-z][A-Za-z -]{0,39}$') then customers.state_code
        else '(unrecognised)'
    end as state_code,
        customers.state_name,
        customers.state_kind,
        extract(year from as_of.as_of_date) - extract(year from customers.date_of_birth)
        - case
            when extract(month from as_of.as_of_date) * 100 + extract(day from as_of.as_of_date)
                < extract(month from customers.date_of_birth) * 100 + extract(day from customers.date_of_birth)
                then 1
            else 0
        end as age,
        extract(year from customers.signup_date) as signup_year
    from "coretelecoms"."intermediate"."int_customers" as customers
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
members as (
    select
        customer_key,
        state_code,
        state_name,
        state_kind,
        case
            when age is null or age < 0 then null
            when age < 18 then 'under 18'
            when age < 25 then '18-24'
            when age < 35 then '25-34'
            when age < 45 then '35-44'
            when age < 55 then '45-54'
            when age < 65 then '55-64'
            when age < 75 then '65-74'
            else '75 and over'
        end as age_band,
        signup_year,
        'customer_id' as identified_by,
        false as is_inferred,
        false as is_unknown
    from known_customers
    union all
    select
        customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        identified_by,
        true as is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_inferred_customers"
    union all
    select
        'unknown' as customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        cast(null as varchar) as identified_by,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(state_code as varchar(40)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        cast(state_kind as varchar(16)) as state_kind,
        cast(age_band as varchar(16)) as age_band,
        cast(signup_year as integer) as signup_year,
        cast(identified_by as varchar(16)) as identified_by,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as varchar(64))
 as state_name,
    cast(null as varchar(16))
 as state_kind,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as signup_year,
    cast(null as varchar(16))
 as identified_by,
    cast(null as boolean)
 as is_inferred,
    cast(null as boolean)
 as is_unknown
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_customers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40),
    state_name varchar(64),
    state_kind varchar(16),
    age_band varchar(16),
    signup_year integer,
    identified_by varchar(16),
    is_inferred boolean not null,
    is_unknown boolean not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."dim_customers__dbt_tmp"
    (
    select customer_key, state_code, state_name, state_kind, age_band, signup_year, identified_by, is_inferred, is_unknown
    from (
        with
known_customers as (
    select
        customers.customer_key,
        case
        when customers.state_code is null then null
        when customers.is_known_state then customers.state_code
        when (customers.state_code ~ '^[A-Za-z][A-Za-z -]{0,39}$') then customers.state_code
        else '(unrecognised)'
    end as state_code,
        customers.state_name,
        customers.state_kind,
        extract(year from as_of.as_of_date) - extract(year from customers.date_of_birth)
        - case
            when extract(month from as_of.as_of_date) * 100 + extract(day from as_of.as_of_date)
                < extract(month from customers.date_of_birth) * 100 + extract(day from customers.date_of_birth)
                then 1
            else 0
        end as age,
        extract(year from customers.signup_date) as signup_year
    from "coretelecoms"."intermediate"."int_customers" as customers
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
members as (
    select
        customer_key,
        state_code,
        state_name,
        state_kind,
        case
            when age is null or age < 0 then null
            when age < 18 then 'under 18'
            when age < 25 then '18-24'
            when age < 35 then '25-34'
            when age < 45 then '35-44'
            when age < 55 then '45-54'
            when age < 65 then '55-64'
            when age < 75 then '65-74'
            else '75 and over'
        end as age_band,
        signup_year,
        'customer_id' as identified_by,
        false as is_inferred,
        false as is_unknown
    from known_customers
    union all
    select
        customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        identified_by,
        true as is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_inferred_customers"
    union all
    select
        'unknown' as customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        cast(null as varchar) as identified_by,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(state_code as varchar(40)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        cast(state_kind as varchar(16)) as state_kind,
        cast(age_band as varchar(16)) as age_band,
        cast(signup_year as integer) as signup_year,
        cast(identified_by as varchar(16)) as identified_by,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_customers__dbt_tmp" rename to "dim_customers";

grant select on "coretelecoms"."marts"."dim_customers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_customers__dbt_backup" cascade;

commit;

begin;

select * from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
single_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),
newest_of_repeated as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key
        order by versions.partition_date desc, versions.partition_hour desc
    ) = 1
),
latest_versions as (
    select * from single_versions
    union all
    select * from newest_of_repeated
),
versions_with_texts as (
    select
        latest_versions.*,
        case when is_free_text then sha2(trim(complaint_text), 256) end as text_key
    from latest_versions
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
resolved_people as (
    select
        versions_with_texts.*,
        cast(versions_with_texts.opened_at as date) as opened_date,
        senders.customer_key as sender_customer_key,
        senders.is_matched as is_sender_matched,
        orphan_customers.customer_key is not null as is_orphan_customer,
        orphan_agents.agent_key is not null as is_orphan_agent,
        categories.complaint_bucket as mapped_bucket,
        classified_texts.complaint_bucket as classified_bucket,
        classified_texts.is_complaint as is_classified_complaint,
        classified_texts.classifier_score,
        classified_texts.classifier_margin,
        classified_texts.matched_terms
    from versions_with_texts
    left join "coretelecoms"."intermediate"."int_sms_senders" as senders
        on senders.sender_id = versions_with_texts.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = versions_with_texts.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions_with_texts.agent_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = versions_with_texts.category
    left join "coretelecoms"."intermediate"."int_classified_texts" as classified_texts
        on classified_texts.text_key = versions_with_texts.text_key
),
flagged as (
    select
        resolved_people.*,
        coalesce(call_ended_at < call_started_at, false) as has_invalid_duration,
        coalesce(resolved_at < opened_at, false) as is_resolved_before_opened,
        coalesce(opened_date > partition_date, false) as is_opened_in_future,
        coalesce(
            has_resolution_time
            and (
                (resolution_state = 'resolved' and resolved_at is null)
                or (resolution_state = 'unresolved' and resolved_at is not null)
            ),
            false
        ) as has_status_resolution_mismatch,
        case
        when customer_id is null then false
        when strpos(lower(complaint_id), replace(lower(customer_id), '-', '')) > 0 then false
        else (lower(complaint_id) ~ '[0-9a-f]{32}')
    end as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
),
timed as (
    select
        flagged.*,
        case
            when not has_resolution_time then 'not_reported'
            when resolved_at is null and resolution_state <> 'resolved' then 'unresolved'
            when resolved_at is null or opened_at is null then 'missing'
            when is_resolved_before_opened then 'negative'
            when is_opened_in_future or has_status_resolution_mismatch or has_id_customer_mismatch then 'flagged'
            else 'measured'
        end as resolution_time_state
    from flagged
),
measured as (
    select
        timed.*,
        case
            when not has_invalid_duration and not is_opened_in_future and not has_id_customer_mismatch
                then cast(datediff(
        second,
        call_started_at,
        call_ended_at
        ) as bigint)
        end as handle_seconds,
        case
            when resolution_time_state = 'measured'
                then cast(datediff(
        second,
        opened_at,
        resolved_at
        ) as bigint)
        end as seconds_to_resolve
    from timed
),
final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, 'unknown') as varchar(64)) as customer_key,
        cast(coalesce(agent_key, 'unknown') as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(case
        when platform is null then null
        when is_known_platform then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as varchar(40)) as platform,
        cast(case
        when category is null then null
        when is_known_category then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as varchar(40)) as category,
        cast(coalesce(mapped_bucket, classified_bucket, 'Unclassified') as varchar(40)) as complaint_bucket,
        cast(
            case
                when mapped_bucket is not null then 'mapping'
                when is_free_text then 'classifier'
                when category is null then 'no_category'
                else 'unmapped_category'
            end as varchar(32)
        ) as bucket_source,
        case when is_free_text then is_classified_complaint else true end as is_complaint,
        classifier_score,
        classifier_margin,
        cast(matched_terms as varchar(256)) as matched_terms,
        cast(case
        when status is null then null
        when is_known_status then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as varchar(40)) as status,
        cast(resolution_state as varchar(16)) as resolution_state,
        has_status,
        opened_at,
        opened_date,
        resolved_at,
        call_started_at,
        call_ended_at,
        handle_seconds,
        seconds_to_resolve,
        cast(ceiling(cast(seconds_to_resolve as double precision) / 86400) as integer) as days_to_resolve,
        cast(resolution_time_state as varchar(16)) as resolution_time_state,
        partition_date,
        partition_hour,
        cast(partition_date - opened_date as integer) as reporting_lag_days,
        is_orphan_customer,
        is_orphan_agent,
        coalesce(not is_sender_matched, false) as is_unmatched_sender,
        category is not null and not is_known_category as is_unknown_category,
        has_status and not is_known_status as is_unknown_status,
        platform is not null and not is_known_platform as is_unknown_platform,
        has_invalid_duration,
        is_resolved_before_opened,
        is_opened_in_future,
        has_status_resolution_mismatch,
        has_id_customer_mismatch,
        has_generation_date_mismatch
    from measured
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(32))
 as bucket_source,
    cast(null as boolean)
 as is_complaint,
    cast(null as integer)
 as classifier_score,
    cast(null as integer)
 as classifier_margin,
    cast(null as varchar(256))
 as matched_terms,
    cast(null as varchar(40))
 as status,
    cast(null as varchar(16))
 as resolution_state,
    cast(null as boolean)
 as has_status,
    cast(null as timestamp)
 as opened_at,
    cast(null as date)
 as opened_date,
    cast(null as timestamp)
 as resolved_at,
    cast(null as timestamp)
 as call_started_at,
    cast(null as timestamp)
 as call_ended_at,
    cast(null as bigint)
 as handle_seconds,
    cast(null as bigint)
 as seconds_to_resolve,
    cast(null as integer)
 as days_to_resolve,
    cast(null as varchar(16))
 as resolution_time_state,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as integer)
 as reporting_lag_days,
    cast(null as boolean)
 as is_orphan_customer,
    cast(null as boolean)
 as is_orphan_agent,
    cast(null as boolean)
 as is_unmatched_sender,
    cast(null as boolean)
 as is_unknown_category,
    cast(null as boolean)
 as is_unknown_status,
    cast(null as boolean)
 as is_unknown_platform,
    cast(null as boolean)
 as has_invalid_duration,
    cast(null as boolean)
 as is_resolved_before_opened,
    cast(null as boolean)
 as is_opened_in_future,
    cast(null as boolean)
 as has_status_resolution_mismatch,
    cast(null as boolean)
 as has_id_customer_mismatch,
    cast(null as boolean)
 as has_generation_date_mismatch
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."fct_complaints__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    customer_key varchar(64) not null,
    agent_key varchar(64) not null,
    source varchar(64) not null,
    channel varchar(32) not null,
    platform varchar(40),
    category varchar(40),
    complaint_bucket varchar(40) not null,
    bucket_source varchar(32) not null,
    is_complaint boolean,
    classifier_score integer,
    classifier_margin integer,
    matched_terms varchar(256),
    status varchar(40),
    resolution_state varchar(16) not null,
    has_status boolean not null,
    opened_at timestamp,
    opened_date date,
    resolved_at timestamp,
    call_started_at timestamp,
    call_ended_at timestamp,
    handle_seconds bigint,
    seconds_to_resolve bigint,
    days_to_resolve integer,
    resolution_time_state varchar(16) not null,
    partition_date date not null,
    partition_hour integer not null,
    reporting_lag_days integer,
    is_orphan_customer boolean not null,
    is_orphan_agent boolean not null,
    is_unmatched_sender boolean not null,
    is_unknown_category boolean not null,
    is_unknown_status boolean not null,
    is_unknown_platform boolean not null,
    has_invalid_duration boolean not null,
    is_resolved_before_opened boolean not null,
    is_opened_in_future boolean not null,
    has_status_resolution_mismatch boolean not null,
    has_id_customer_mismatch boolean not null,
    has_generation_date_mismatch boolean not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(partition_date,opened_date);

insert into "coretelecoms"."marts"."fct_complaints__dbt_tmp"
    (
    select complaint_key, customer_key, agent_key, source, channel, platform, category, complaint_bucket, bucket_source, is_complaint, classifier_score, classifier_margin, matched_terms, status, resolution_state, has_status, opened_at, opened_date, resolved_at, call_started_at, call_ended_at, handle_seconds, seconds_to_resolve, days_to_resolve, resolution_time_state, partition_date, partition_hour, reporting_lag_days, is_orphan_customer, is_orphan_agent, is_unmatched_sender, is_unknown_category, is_unknown_status, is_unknown_platform, has_invalid_duration, is_resolved_before_opened, is_opened_in_future, has_status_resolution_mismatch, has_id_customer_mismatch, has_generation_date_mismatch
    from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
single_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),
newest_of_repeated as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key
        order by versions.partition_date desc, versions.partition_hour desc
    ) = 1
),
latest_versions as (
    select * from single_versions
    union all
    select * from newest_of_repeated
),
versions_with_texts as (
    select
        latest_versions.*,
        case when is_free_text then sha2(trim(complaint_text), 256) end as text_key
    from latest_versions
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
resolved_people as (
    select
        versions_with_texts.*,
        cast(versions_with_texts.opened_at as date) as opened_date,
        senders.customer_key as sender_customer_key,
        senders.is_matched as is_sender_matched,
        orphan_customers.customer_key is not null as is_orphan_customer,
        orphan_agents.agent_key is not null as is_orphan_agent,
        categories.complaint_bucket as mapped_bucket,
        classified_texts.complaint_bucket as classified_bucket,
        classified_texts.is_complaint as is_classified_complaint,
        classified_texts.classifier_score,
        classified_texts.classifier_margin,
        classified_texts.matched_terms
    from versions_with_texts
    left join "coretelecoms"."intermediate"."int_sms_senders" as senders
        on senders.sender_id = versions_with_texts.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = versions_with_texts.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions_with_texts.agent_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = versions_with_texts.category
    left join "coretelecoms"."intermediate"."int_classified_texts" as classified_texts
        on classified_texts.text_key = versions_with_texts.text_key
),
flagged as (
    select
        resolved_people.*,
        coalesce(call_ended_at < call_started_at, false) as has_invalid_duration,
        coalesce(resolved_at < opened_at, false) as is_resolved_before_opened,
        coalesce(opened_date > partition_date, false) as is_opened_in_future,
        coalesce(
            has_resolution_time
            and (
                (resolution_state = 'resolved' and resolved_at is null)
                or (resolution_state = 'unresolved' and resolved_at is not null)
            ),
            false
        ) as has_status_resolution_mismatch,
        case
        when customer_id is null then false
        when strpos(lower(complaint_id), replace(lower(customer_id), '-', '')) > 0 then false
        else (lower(complaint_id) ~ '[0-9a-f]{32}')
    end as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
),
timed as (
    select
        flagged.*,
        case
            when not has_resolution_time then 'not_reported'
            when resolved_at is null and resolution_state <> 'resolved' then 'unresolved'
            when resolved_at is null or opened_at is null then 'missing'
            when is_resolved_before_opened then 'negative'
            when is_opened_in_future or has_status_resolution_mismatch or has_id_customer_mismatch then 'flagged'
            else 'measured'
        end as resolution_time_state
    from flagged
),
measured as (
    select
        timed.*,
        case
            when not has_invalid_duration and not is_opened_in_future and not has_id_customer_mismatch
                then cast(datediff(
        second,
        call_started_at,
        call_ended_at
        ) as bigint)
        end as handle_seconds,
        case
            when resolution_time_state = 'measured'
                then cast(datediff(
        second,
        opened_at,
        resolved_at
        ) as bigint)
        end as seconds_to_resolve
    from timed
),
final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, 'unknown') as varchar(64)) as customer_key,
        cast(coalesce(agent_key, 'unknown') as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(case
        when platform is null then null
        when is_known_platform then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as varchar(40)) as platform,
        cast(case
        when category is null then null
        when is_known_category then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as varchar(40)) as category,
        cast(coalesce(mapped_bucket, classified_bucket, 'Unclassified') as varchar(40)) as complaint_bucket,
        cast(
            case
                when mapped_bucket is not null then 'mapping'
                when is_free_text then 'classifier'
                when category is null then 'no_category'
                else 'unmapped_category'
            end as varchar(32)
        ) as bucket_source,
        case when is_free_text then is_classified_complaint else true end as is_complaint,
        classifier_score,
        classifier_margin,
        cast(matched_terms as varchar(256)) as matched_terms,
        cast(case
        when status is null then null
        when is_known_status then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as varchar(40)) as status,
        cast(resolution_state as varchar(16)) as resolution_state,
        has_status,
        opened_at,
        opened_date,
        resolved_at,
        call_started_at,
        call_ended_at,
        handle_seconds,
        seconds_to_resolve,
        cast(ceiling(cast(seconds_to_resolve as double precision) / 86400) as integer) as days_to_resolve,
        cast(resolution_time_state as varchar(16)) as resolution_time_state,
        partition_date,
        partition_hour,
        cast(partition_date - opened_date as integer) as reporting_lag_days,
        is_orphan_customer,
        is_orphan_agent,
        coalesce(not is_sender_matched, false) as is_unmatched_sender,
        category is not null and not is_known_category as is_unknown_category,
        has_status and not is_known_status as is_unknown_status,
        platform is not null and not is_known_platform as is_unknown_platform,
        has_invalid_duration,
        is_resolved_before_opened,
        is_opened_in_future,
        has_status_resolution_mismatch,
        has_id_customer_mismatch,
        has_generation_date_mismatch
    from measured
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."fct_complaints__dbt_tmp" rename to "fct_complaints";

grant select on "coretelecoms"."marts"."fct_complaints" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."fct_complaints__dbt_backup" cascade;

commit;

begin;

select * from (
        with
judged as (
    select
        facts.channel,
        coalesce(facts.platform, '(none)') as platform,
        coalesce(facts.category, '(none)') as category,
        facts.opened_date,
        cast(facts.resolved_at as date) as resolved_date,
        as_of.as_of_date,
        coalesce(
            facts.opened_date between cast('2010-01-01' as date) and as_of.as_of_date,
            false
        ) as is_in_time,
        facts.opened_date is not null
        and (
            facts.resolution_time_state = 'measured'
            or (facts.resolution_time_state = 'unresolved' and facts.resolution_state = 'unresolved')
        ) as is_placed
    from "coretelecoms"."marts"."fct_complaints" as facts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where facts.is_complaint
        and facts.resolution_time_state <> 'not_reported'
),
events as (
    select
        case when is_in_time then opened_date end as day,
        channel, platform, category,
        case when is_in_time and is_placed then 1 else 0 end as opened_complaints,
        0 as resolved_complaints,
        case when is_in_time and is_placed then 0 else 1 end as excluded_complaints
    from judged
    union all
    select
        resolved_date as day,
        channel, platform, category,
        0 as opened_complaints,
        1 as resolved_complaints,
        0 as excluded_complaints
    from judged
    where is_in_time
        and is_placed
        and resolved_date <= as_of_date
),
counted as (
    select
        day,
        channel, platform, category,
        sum(opened_complaints) as opened_complaints,
        sum(resolved_complaints) as resolved_complaints,
        sum(excluded_complaints) as excluded_complaints
    from events
    group by day, channel, platform, category
),
groups as (
    select channel, platform, category
    from counted
    group by channel, platform, category
),
spine as (
    select dates.date_day as day
    from "coretelecoms"."marts"."dim_dates" as dates
    cross join (select min(day) as first_day from counted) as opened
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where dates.date_day between opened.first_day and as_of.as_of_date
),
daily as (
    select
        spine.day,
        groups.channel,
        groups.platform,
        groups.category,
        coalesce(counted.opened_complaints, 0) as opened_complaints,
        coalesce(counted.resolved_complaints, 0) as resolved_complaints,
        sum(coalesce(counted.opened_complaints, 0) - coalesce(counted.resolved_complaints, 0)) over (
            partition by groups.channel, groups.platform, groups.category
            order by spine.day
            rows between unbounded preceding and current row
        ) as open_complaints,
        coalesce(counted.excluded_complaints, 0) as excluded_complaints
    from groups
    cross join spine
    left join counted
        on counted.day = spine.day
        and counted.channel = groups.channel
        and counted.platform = groups.platform
        and counted.category = groups.category
    union all
    select
        day,
        channel, platform, category,
        opened_complaints,
        resolved_complaints,
        cast(null as bigint) as open_complaints,
        excluded_complaints
    from counted
    where day is null
),
final as (
    select
        day,
        cast(channel as varchar(32)) as channel,
        cast(platform as varchar(40)) as platform,
        cast(category as varchar(40)) as category,
        cast(opened_complaints as bigint) as opened_complaints,
        cast(resolved_complaints as bigint) as resolved_complaints,
        cast(open_complaints as bigint) as open_complaints,
        cast(excluded_complaints as bigint) as excluded_complaints
    from daily
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as day,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as opened_complaints,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as excluded_complaints
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."backlog_history__dbt_tmp"
  (
    day date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    opened_complaints bigint not null,
    resolved_complaints bigint not null,
    open_complaints bigint,
    excluded_complaints bigint not null
    )
    diststyle all
      compound sortkey(day,channel);

insert into "coretelecoms"."marts"."backlog_history__dbt_tmp"
    (
    select day, channel, platform, category, opened_complaints, resolved_complaints, open_complaints, excluded_complaints
    from (
        with
judged as (
    select
        facts.channel,
        coalesce(facts.platform, '(none)') as platform,
        coalesce(facts.category, '(none)') as category,
        facts.opened_date,
        cast(facts.resolved_at as date) as resolved_date,
        as_of.as_of_date,
        coalesce(
            facts.opened_date between cast('2010-01-01' as date) and as_of.as_of_date,
            false
        ) as is_in_time,
        facts.opened_date is not null
        and (
            facts.resolution_time_state = 'measured'
            or (facts.resolution_time_state = 'unresolved' and facts.resolution_state = 'unresolved')
        ) as is_placed
    from "coretelecoms"."marts"."fct_complaints" as facts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where facts.is_complaint
        and facts.resolution_time_state <> 'not_reported'
),
events as (
    select
        case when is_in_time then opened_date end as day,
        channel, platform, category,
        case when is_in_time and is_placed then 1 else 0 end as opened_complaints,
        0 as resolved_complaints,
        case when is_in_time and is_placed then 0 else 1 end as excluded_complaints
    from judged
    union all
    select
        resolved_date as day,
        channel, platform, category,
        0 as opened_complaints,
        1 as resolved_complaints,
        0 as excluded_complaints
    from judged
    where is_in_time
        and is_placed
        and resolved_date <= as_of_date
),
counted as (
    select
        day,
        channel, platform, category,
        sum(opened_complaints) as opened_complaints,
        sum(resolved_complaints) as resolved_complaints,
        sum(excluded_complaints) as excluded_complaints
    from events
    group by day, channel, platform, category
),
groups as (
    select channel, platform, category
    from counted
    group by channel, platform, category
),
spine as (
    select dates.date_day as day
    from "coretelecoms"."marts"."dim_dates" as dates
    cross join (select min(day) as first_day from counted) as opened
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where dates.date_day between opened.first_day and as_of.as_of_date
),
daily as (
    select
        spine.day,
        groups.channel,
        groups.platform,
        groups.category,
        coalesce(counted.opened_complaints, 0) as opened_complaints,
        coalesce(counted.resolved_complaints, 0) as resolved_complaints,
        sum(coalesce(counted.opened_complaints, 0) - coalesce(counted.resolved_complaints, 0)) over (
            partition by groups.channel, groups.platform, groups.category
            order by spine.day
            rows between unbounded preceding and current row
        ) as open_complaints,
        coalesce(counted.excluded_complaints, 0) as excluded_complaints
    from groups
    cross join spine
    left join counted
        on counted.day = spine.day
        and counted.channel = groups.channel
        and counted.platform = groups.platform
        and counted.category = groups.category
    union all
    select
        day,
        channel, platform, category,
        opened_complaints,
        resolved_complaints,
        cast(null as bigint) as open_complaints,
        excluded_complaints
    from counted
    where day is null
),
final as (
    select
        day,
        cast(channel as varchar(32)) as channel,
        cast(platform as varchar(40)) as platform,
        cast(category as varchar(40)) as category,
        cast(opened_complaints as bigint) as opened_complaints,
        cast(resolved_complaints as bigint) as resolved_complaints,
        cast(open_complaints as bigint) as open_complaints,
        cast(excluded_complaints as bigint) as excluded_complaints
    from daily
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."backlog_history__dbt_tmp" rename to "backlog_history";

grant select on "coretelecoms"."marts"."backlog_history" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."backlog_history__dbt_backup" cascade;

commit;

begin;

select * from (
with
final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from "coretelecoms"."marts"."fct_complaints" as complaints
    inner join "coretelecoms"."intermediate"."int_complaint_versions" as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(1024))
 as complaint_id,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(1024))
 as customer_id,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(1024))
 as sender_msisdn
    ) as __dbt_sbq
    where false
    limit 0;

create view "coretelecoms"."restricted"."complaint_identities__dbt_tmp" as (
with
final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from "coretelecoms"."marts"."fct_complaints" as complaints
    inner join "coretelecoms"."intermediate"."int_complaint_versions" as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."restricted"."complaint_identities__dbt_tmp" rename to "complaint_identities";

grant select on "coretelecoms"."restricted"."complaint_identities" to ROLE pii_reader;

commit;

begin;

drop view if exists "coretelecoms"."restricted"."complaint_identities__dbt_backup" cascade;

commit;

begin;

select * from (
        with
resolved as (
    select
        source,
        channel,
        partition_date,
        case
            when customer_key = 'unknown' then 'unknown'
            when is_orphan_customer then 'inferred'
            when is_unmatched_sender then 'unmatched number'
            else 'known'
        end as resolution
    from "coretelecoms"."marts"."fct_complaints"
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(partition_date as date) as partition_date,
        cast(count(*) as bigint) as records,
        cast(count(case when resolution = 'known' then 1 end) as bigint) as known_records,
        cast(count(case when resolution = 'unknown' then 1 end) as bigint) as unknown_records,
        cast(count(case when resolution = 'inferred' then 1 end) as bigint) as inferred_records,
        cast(count(case when resolution = 'unmatched number' then 1 end) as bigint) as unmatched_number_records,
        cast(count(case when resolution <> 'known' then 1 end) as double precision) / nullif(count(*), 0) as share_unresolved,
        cast(count(case when resolution = 'unknown' then 1 end) as double precision) / nullif(count(*), 0) as share_unknown,
        cast(count(case when resolution = 'inferred' then 1 end) as double precision) / nullif(count(*), 0) as share_inferred,
        cast(count(case when resolution = 'unmatched number' then 1 end) as double precision) / nullif(count(*), 0) as share_unmatched_number
    from resolved
    group by source, channel, partition_date
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as varchar(32))
 as channel,
    cast(null as date)
 as partition_date,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as known_records,
    cast(null as bigint)
 as unknown_records,
    cast(null as bigint)
 as inferred_records,
    cast(null as bigint)
 as unmatched_number_records,
    cast(null as double precision)
 as share_unresolved,
    cast(null as double precision)
 as share_unknown,
    cast(null as double precision)
 as share_inferred,
    cast(null as double precision)
 as share_unmatched_number
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."customer_resolution__dbt_tmp"
  (
    source varchar(64) not null,
    channel varchar(32) not null,
    partition_date date not null,
    records bigint not null,
    known_records bigint not null,
    unknown_records bigint not null,
    inferred_records bigint not null,
    unmatched_number_records bigint not null,
    share_unresolved double precision,
    share_unknown double precision,
    share_inferred double precision,
    share_unmatched_number double precision
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."customer_resolution__dbt_tmp"
    (
    select source, channel, partition_date, records, known_records, unknown_records, inferred_records, unmatched_number_records, share_unresolved, share_unknown, share_inferred, share_unmatched_number
    from (
        with
resolved as (
    select
        source,
        channel,
        partition_date,
        case
            when customer_key = 'unknown' then 'unknown'
            when is_orphan_customer then 'inferred'
            when is_unmatched_sender then 'unmatched number'
            else 'known'
        end as resolution
    from "coretelecoms"."marts"."fct_complaints"
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(partition_date as date) as partition_date,
        cast(count(*) as bigint) as records,
        cast(count(case when resolution = 'known' then 1 end) as bigint) as known_records,
        cast(count(case when resolution = 'unknown' then 1 end) as bigint) as unknown_records,
        cast(count(case when resolution = 'inferred' then 1 end) as bigint) as inferred_records,
        cast(count(case when resolution = 'unmatched number' then 1 end) as bigint) as unmatched_number_records,
        cast(count(case when resolution <> 'known' then 1 end) as double precision) / nullif(count(*), 0) as share_unresolved,
        cast(count(case when resolution = 'unknown' then 1 end) as double precision) / nullif(count(*), 0) as share_unknown,
        cast(count(case when resolution = 'inferred' then 1 end) as double precision) / nullif(count(*), 0) as share_inferred,
        cast(count(case when resolution = 'unmatched number' then 1 end) as double precision) / nullif(count(*), 0) as share_unmatched_number
    from resolved
    group by source, channel, partition_date
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."customer_resolution__dbt_tmp" rename to "customer_resolution";

grant select on "coretelecoms"."quality"."customer_resolution" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."customer_resolution__dbt_backup" cascade;

commit;

begin;

select * from (
        with
known_categories as (
    select
        category,
        complaint_bucket
    from "coretelecoms"."staging"."complaint_categories"
),
unknown_categories as (
    select distinct category
    from "coretelecoms"."marts"."fct_complaints"
    where is_unknown_category
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(complaint_bucket as varchar(40)) as complaint_bucket,
        true as is_known
    from known_categories
    union all
    select
        category,
        cast('Unclassified' as varchar(40)) as complaint_bucket,
        false as is_known
    from unknown_categories
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as boolean)
 as is_known
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp"
  (
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    is_known boolean not null
    )
    diststyle all
      compound sortkey(category);

insert into "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp"
    (
    select category, complaint_bucket, is_known
    from (
        with
known_categories as (
    select
        category,
        complaint_bucket
    from "coretelecoms"."staging"."complaint_categories"
),
unknown_categories as (
    select distinct category
    from "coretelecoms"."marts"."fct_complaints"
    where is_unknown_category
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(complaint_bucket as varchar(40)) as complaint_bucket,
        true as is_known
    from known_categories
    union all
    select
        category,
        cast('Unclassified' as varchar(40)) as complaint_bucket,
        false as is_known
    from unknown_categories
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp" rename to "dim_complaint_categories";

grant select on "coretelecoms"."marts"."dim_complaint_categories" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_complaint_categories__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_customer_contacts__dbt_tmp"
    diststyle key distkey (customer_number)
      compound sortkey(customer_number)
  as (
    with
assignable as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.channel,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.opened_at,
        facts.opened_date,
        facts.seconds_to_resolve,
        facts.days_to_resolve,
        case when facts.resolution_time_state = 'measured' then cast(facts.resolved_at as date) end as resolved_date
    from "coretelecoms"."marts"."fct_complaints" as facts
    where facts.is_complaint
        and facts.customer_key <> 'unknown'
        and facts.opened_at is not null
),
customers as (
    select
        customer_key,
        cast(row_number() over (order by customer_key) as integer) as customer_number,
        cast(count(*) as integer) as customer_contacts
    from assignable
    group by customer_key
),
contacts as (
    select
        assignable.*,
        customers.customer_number,
        customers.customer_contacts,
        coalesce(assignable.resolved_date, assignable.opened_date) + 30 as window_end_date
    from assignable
    inner join customers
        on customers.customer_key = assignable.customer_key
),
final as (
    select
        complaint_key,
        customer_key,
        customer_number,
        customer_contacts,
        cast(row_number() over (partition by customer_number order by opened_at, complaint_key) as integer) as contact_number,
        cast(row_number() over (partition by customer_number, category order by opened_at, complaint_key) as integer) as category_contact_number,
        channel,
        category,
        opened_date,
        resolution_state,
        resolution_time_state,
        resolved_date,
        seconds_to_resolve,
        days_to_resolve,
        window_end_date,
        cast(opened_date - lag(opened_date) over (partition by customer_number order by opened_at, complaint_key) as integer) as days_since_previous,
        cast(
            opened_date - lag(opened_date) over (partition by customer_number, category order by opened_at, complaint_key) as integer
        ) as days_since_previous_in_category,
        cast(
            lead(opened_date) over (partition by customer_number, category order by opened_at, complaint_key) - opened_date as integer
        ) as days_to_next_in_category,
        coalesce(
            opened_date <= max(window_end_date) over (
                partition by customer_number, category order by opened_at, complaint_key rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_later_contact
    from contacts
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_customer_contacts__dbt_tmp" rename to "int_customer_contacts";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_customer_contacts__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_insight_cells__dbt_tmp"
    diststyle all
      compound sortkey(state_code)
  as (
with
known_states as (
    select
        customer_key,
        state_code
    from "coretelecoms"."marts"."dim_customers"
    where state_kind is not null
),
counted as (
    select
        known_states.state_code,
        facts.channel,
        facts.category,
        agents.experience,
        case when not facts.is_opened_in_future then cast(date_trunc('month', facts.opened_date) as date) end
            as opened_month,
        sum(case when true then 1 else 0 end) as complaints,
        sum(case when facts.has_status then 1 else 0 end) as complaints_with_status,
        sum(case when facts.has_status and facts.resolution_state = 'resolved' then 1 else 0 end) as resolved_complaints,
        sum(case when facts.has_status and facts.reporting_lag_days >= 60 then 1 else 0 end) as followed_up_complaints,
        sum(case when facts.has_status and facts.reporting_lag_days >= 60 and facts.resolution_state = 'resolved' then 1 else 0 end) as resolved_followed_up_complaints,
        sum(case when (
        facts.resolution_time_state = 'measured'
        and facts.reporting_lag_days >= 60
        and facts.days_to_resolve <= 60
    ) then 1 else 0 end) as timed_complaints,
        sum(case when (
        facts.resolution_time_state = 'measured'
        and facts.reporting_lag_days >= 60
        and facts.days_to_resolve <= 60
    ) and facts.days_to_resolve <= 14 then 1 else 0 end) as quickly_resolved_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join known_states
        on known_states.customer_key = facts.customer_key
    left join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
    where facts.is_complaint
    group by
        known_states.state_code,
        facts.channel,
        facts.category,
        agents.experience,
        case when not facts.is_opened_in_future then cast(date_trunc('month', facts.opened_date) as date) end
),
named as (
    select
        counted.*,
        coalesce(counted.state_code, '(none)') as named_state,
        case
            when categories.category is not null then categories.category
            when counted.category is not null then '(unknown)'
            else '(none)'
        end as named_category,
        case when counted.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then counted.experience else '(none)' end as named_experience,
        coalesce(substring(cast(counted.opened_month as varchar), 1, 7), '(none)') as named_month
    from counted
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = counted.category
),
final as (
    select
        cast(named_state as varchar(40)) as state_code,
        cast(channel as varchar(40)) as channel,
        cast(named_category as varchar(40)) as category,
        cast(named_experience as varchar(40)) as experience,
        cast(named_month as varchar(40)) as opened_month,
        cast(sum(complaints) as bigint) as complaints,
        cast(sum(complaints_with_status) as bigint) as complaints_with_status,
        cast(sum(resolved_complaints) as bigint) as resolved_complaints,
        cast(sum(followed_up_complaints) as bigint) as followed_up_complaints,
        cast(sum(resolved_followed_up_complaints) as bigint) as resolved_followed_up_complaints,
        cast(sum(timed_complaints) as bigint) as timed_complaints,
        cast(sum(quickly_resolved_complaints) as bigint) as quickly_resolved_complaints
    from named
    group by named_state, channel, named_category, named_experience, named_month
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_cells__dbt_tmp" rename to "int_insight_cells";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_cells__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_insight_clusters__dbt_tmp"
    diststyle all
      compound sortkey(cluster_kind)
  as (
with
numbered_categories as (
    select
        category,
        row_number() over (order by category) as category_number
    from "coretelecoms"."staging"."complaint_categories"
),
complaints as (
    select
        facts.customer_key,
        facts.agent_key,
        facts.opened_date,
        not facts.is_orphan_customer and not facts.is_unmatched_sender as is_of_known_customer,
        numbered_categories.category_number,
        facts.category,
        facts.has_status,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.reporting_lag_days,
        facts.days_to_resolve
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join numbered_categories
        on numbered_categories.category = facts.category
    where facts.is_complaint
),
steady_agents as (
    select
        agent_key,
        max(case when experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then experience else '(none)' end) as experience
    from "coretelecoms"."marts"."dim_agents"
    where not is_inferred
        and not is_unknown
    group by agent_key
    having count(*) = 1 and max(case when is_current then 1 else 0 end) = 1
),
days_of_agents as (
    select
        agent_key,
        opened_date,
        count(*) as complaints,
        count(complaints.category) as categorised,
        count(case when complaints.category_number = 1 then 1 end) as category_1,
        count(case when complaints.category_number = 2 then 1 end) as category_2,
        count(case when complaints.category_number = 3 then 1 end) as category_3,
        count(case when complaints.category_number = 4 then 1 end) as category_4,
        count(case when complaints.category_number = 5 then 1 end) as category_5,
        count(case when complaints.category_number = 6 then 1 end) as category_6,
        count(case when complaints.category_number = 7 then 1 end) as category_7,
        count(case when complaints.category_number = 8 then 1 end) as category_8,
        count(case when complaints.has_status then 1 end) as with_status,
        count(case when complaints.has_status and complaints.resolution_state = 'resolved' then 1 end) as resolved,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) then 1 end) as timed,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) and complaints.days_to_resolve <= 14 then 1 end)
            as quick
    from complaints
    where agent_key <> 'unknown'
    group by agent_key, opened_date
),
clusters as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        customer_key as cluster_key,
        is_of_known_customer as is_exposed,
        count(*) as complaints,
        count(complaints.category) as categorised,
        count(case when complaints.category_number = 1 then 1 end) as category_1,
        count(case when complaints.category_number = 2 then 1 end) as category_2,
        count(case when complaints.category_number = 3 then 1 end) as category_3,
        count(case when complaints.category_number = 4 then 1 end) as category_4,
        count(case when complaints.category_number = 5 then 1 end) as category_5,
        count(case when complaints.category_number = 6 then 1 end) as category_6,
        count(case when complaints.category_number = 7 then 1 end) as category_7,
        count(case when complaints.category_number = 8 then 1 end) as category_8,
        count(case when complaints.has_status then 1 end) as with_status,
        count(case when complaints.has_status and complaints.resolution_state = 'resolved' then 1 end) as resolved,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) then 1 end) as timed,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) and complaints.days_to_resolve <= 14 then 1 end)
            as quick
    from complaints
    where customer_key <> 'unknown'
    group by customer_key, is_of_known_customer
    union all
    select
        'agent' as cluster_kind,
        case when agents.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then agents.experience else '(none)' end as member,
        agents.agent_key as cluster_key,
        steady_agents.agent_key is not null as is_exposed,
        sum(days_of_agents.complaints) as complaints,
        sum(days_of_agents.categorised) as categorised,
        sum(days_of_agents.category_1) as category_1,
        sum(days_of_agents.category_2) as category_2,
        sum(days_of_agents.category_3) as category_3,
        sum(days_of_agents.category_4) as category_4,
        sum(days_of_agents.category_5) as category_5,
        sum(days_of_agents.category_6) as category_6,
        sum(days_of_agents.category_7) as category_7,
        sum(days_of_agents.category_8) as category_8,
        sum(days_of_agents.with_status) as with_status,
        sum(days_of_agents.resolved) as resolved,
        sum(days_of_agents.timed) as timed,
        sum(days_of_agents.quick) as quick
    from days_of_agents
    inner join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = days_of_agents.agent_key
        and days_of_agents.opened_date >= agents.valid_from
        and (days_of_agents.opened_date < agents.valid_to or agents.valid_to is null)
    left join steady_agents
        on steady_agents.agent_key = agents.agent_key
    where not agents.is_inferred
    group by case when agents.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then agents.experience else '(none)' end, agents.agent_key, steady_agents.agent_key
),
exposed as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        count(*) as exposed
    from "coretelecoms"."marts"."dim_customers"
    where not is_inferred
        and not is_unknown
    union all
    select
        'agent' as cluster_kind,
        experience as member,
        count(*) as exposed
    from steady_agents
    group by experience
),
totals as (
    select
        cluster_kind,
        member,
        sum(case when is_exposed then complaints else 0 end) as exposed_complaints,
        sum(case when is_exposed then complaints * complaints else 0 end) as squared_exposed_complaints,
        sum(case when with_status > 0 then 1 else 0 end) as resolution_rate_clusters,
        sum(with_status) as resolution_rate_trials,
        sum(resolved) as resolution_rate_successes,
        sum(with_status * with_status) as resolution_rate_squared_trials,
        sum(resolved * resolved) as resolution_rate_squared_successes,
        sum(with_status * resolved) as resolution_rate_trials_times_successes,
        sum(case when timed > 0 then 1 else 0 end) as quick_resolution_clusters,
        sum(timed) as quick_resolution_trials,
        sum(quick) as quick_resolution_successes,
        sum(timed * timed) as quick_resolution_squared_trials,
        sum(quick * quick) as quick_resolution_squared_successes,
        sum(timed * quick) as quick_resolution_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_1_clusters,
        sum(categorised) as category_share_1_trials,
        sum(category_1) as category_share_1_successes,
        sum(categorised * categorised) as category_share_1_squared_trials,
        sum(category_1 * category_1) as category_share_1_squared_successes,
        sum(categorised * category_1) as category_share_1_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_2_clusters,
        sum(categorised) as category_share_2_trials,
        sum(category_2) as category_share_2_successes,
        sum(categorised * categorised) as category_share_2_squared_trials,
        sum(category_2 * category_2) as category_share_2_squared_successes,
        sum(categorised * category_2) as category_share_2_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_3_clusters,
        sum(categorised) as category_share_3_trials,
        sum(category_3) as category_share_3_successes,
        sum(categorised * categorised) as category_share_3_squared_trials,
        sum(category_3 * category_3) as category_share_3_squared_successes,
        sum(categorised * category_3) as category_share_3_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_4_clusters,
        sum(categorised) as category_share_4_trials,
        sum(category_4) as category_share_4_successes,
        sum(categorised * categorised) as category_share_4_squared_trials,
        sum(category_4 * category_4) as category_share_4_squared_successes,
        sum(categorised * category_4) as category_share_4_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_5_clusters,
        sum(categorised) as category_share_5_trials,
        sum(category_5) as category_share_5_successes,
        sum(categorised * categorised) as category_share_5_squared_trials,
        sum(category_5 * category_5) as category_share_5_squared_successes,
        sum(categorised * category_5) as category_share_5_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_6_clusters,
        sum(categorised) as category_share_6_trials,
        sum(category_6) as category_share_6_successes,
        sum(categorised * categorised) as category_share_6_squared_trials,
        sum(category_6 * category_6) as category_share_6_squared_successes,
        sum(categorised * category_6) as category_share_6_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_7_clusters,
        sum(categorised) as category_share_7_trials,
        sum(category_7) as category_share_7_successes,
        sum(categorised * categorised) as category_share_7_squared_trials,
        sum(category_7 * category_7) as category_share_7_squared_successes,
        sum(categorised * category_7) as category_share_7_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_8_clusters,
        sum(categorised) as category_share_8_trials,
        sum(category_8) as category_share_8_successes,
        sum(categorised * categorised) as category_share_8_squared_trials,
        sum(category_8 * category_8) as category_share_8_squared_successes,
        sum(categorised * category_8) as category_share_8_trials_times_successes
    from clusters
    group by cluster_kind, member
),
compared as (
    select
        exposed.cluster_kind,
        exposed.member,
        'complaint_rate' as metric,
        0 as category_number,
        exposed.exposed as clusters,
        exposed.exposed as trials,
        coalesce(totals.exposed_complaints, 0) as successes,
        exposed.exposed as squared_trials,
        coalesce(totals.squared_exposed_complaints, 0) as squared_successes,
        coalesce(totals.exposed_complaints, 0) as trials_times_successes
    from exposed
    left join totals
        on totals.cluster_kind = exposed.cluster_kind
        and totals.member = exposed.member
    union all
    select
        cluster_kind,
        member,
        'resolution_rate' as metric,
        0 as category_number,
        resolution_rate_clusters as clusters,
        resolution_rate_trials as trials,
        resolution_rate_successes as successes,
        resolution_rate_squared_trials as squared_trials,
        resolution_rate_squared_successes as squared_successes,
        resolution_rate_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'quick_resolution' as metric,
        0 as category_number,
        quick_resolution_clusters as clusters,
        quick_resolution_trials as trials,
        quick_resolution_successes as successes,
        quick_resolution_squared_trials as squared_trials,
        quick_resolution_squared_successes as squared_successes,
        quick_resolution_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        1 as category_number,
        category_share_1_clusters as clusters,
        category_share_1_trials as trials,
        category_share_1_successes as successes,
        category_share_1_squared_trials as squared_trials,
        category_share_1_squared_successes as squared_successes,
        category_share_1_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        2 as category_number,
        category_share_2_clusters as clusters,
        category_share_2_trials as trials,
        category_share_2_successes as successes,
        category_share_2_squared_trials as squared_trials,
        category_share_2_squared_successes as squared_successes,
        category_share_2_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        3 as category_number,
        category_share_3_clusters as clusters,
        category_share_3_trials as trials,
        category_share_3_successes as successes,
        category_share_3_squared_trials as squared_trials,
        category_share_3_squared_successes as squared_successes,
        category_share_3_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        4 as category_number,
        category_share_4_clusters as clusters,
        category_share_4_trials as trials,
        category_share_4_successes as successes,
        category_share_4_squared_trials as squared_trials,
        category_share_4_squared_successes as squared_successes,
        category_share_4_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        5 as category_number,
        category_share_5_clusters as clusters,
        category_share_5_trials as trials,
        category_share_5_successes as successes,
        category_share_5_squared_trials as squared_trials,
        category_share_5_squared_successes as squared_successes,
        category_share_5_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        6 as category_number,
        category_share_6_clusters as clusters,
        category_share_6_trials as trials,
        category_share_6_successes as successes,
        category_share_6_squared_trials as squared_trials,
        category_share_6_squared_successes as squared_successes,
        category_share_6_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        7 as category_number,
        category_share_7_clusters as clusters,
        category_share_7_trials as trials,
        category_share_7_successes as successes,
        category_share_7_squared_trials as squared_trials,
        category_share_7_squared_successes as squared_successes,
        category_share_7_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        8 as category_number,
        category_share_8_clusters as clusters,
        category_share_8_trials as trials,
        category_share_8_successes as successes,
        category_share_8_squared_trials as squared_trials,
        category_share_8_squared_successes as squared_successes,
        category_share_8_trials_times_successes as trials_times_successes
    from totals
),
final as (
    select
        cast(compared.cluster_kind as varchar(16)) as cluster_kind,
        cast(compared.member as varchar(40)) as member,
        cast(compared.metric as varchar(32)) as metric,
        cast(coalesce(numbered_categories.category, '(all)') as varchar(40)) as category,
        cast(compared.clusters as bigint) as clusters,
        cast(compared.trials as bigint) as trials,
        cast(compared.successes as bigint) as successes,
        cast(compared.squared_trials as bigint) as squared_trials,
        cast(compared.squared_successes as bigint) as squared_successes,
        cast(compared.trials_times_successes as bigint) as trials_times_successes
    from compared
    left join numbered_categories
        on numbered_categories.category_number = compared.category_number
    where compared.category_number = 0
        or numbered_categories.category is not null
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_clusters__dbt_tmp" rename to "int_insight_clusters";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_clusters__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_period_completeness__dbt_tmp"
    diststyle all
      compound sortkey(clock,granularity,period_start)
  as (
    with
days as (
    select
        'opened' as clock,
        opened_date as day,
        0 as expected_partitions,
        0 as missing_partitions
    from "coretelecoms"."marts"."fct_complaints"
    where opened_date is not null
    group by opened_date
    union all
    select
        'reported' as clock,
        partition_date as day,
        0 as expected_partitions,
        0 as missing_partitions
    from "coretelecoms"."marts"."fct_complaints"
    group by partition_date
    union all
    select
        'reported' as clock,
        expected.partition_date as day,
        count(*) as expected_partitions,
        sum(case when ledger.load_id is null then 1 else 0 end) as missing_partitions
    from "coretelecoms"."quality"."expected_partitions" as expected
    left join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.source = expected.source
        and ledger.partition_date = expected.partition_date
        and ledger.partition_hour = expected.partition_hour
    where expected.source in ('call_logs', 'sms', 'social_media', 'web_forms')
    group by expected.partition_date
),
period_days as (
    select
        days.*,
        'day' as granularity,
        day as period_start,
        day as period_end
    from days
    union all
    select
        days.*,
        'month' as granularity,
        cast(date_trunc('month', day) as date) as period_start,
        last_day(day) as period_end
    from days
),
periods as (
    select
        clock,
        granularity,
        period_start,
        period_end,
        sum(expected_partitions) as expected_partitions,
        sum(missing_partitions) as missing_partitions
    from period_days
    group by clock, granularity, period_start, period_end
),
final as (
    select
        cast(periods.clock as varchar(16)) as clock,
        cast(periods.granularity as varchar(16)) as granularity,
        periods.period_start,
        periods.period_end,
        coalesce(
            case periods.clock
                when 'opened' then periods.period_end + 365 <= as_of.as_of_date
                else periods.period_end <= as_of.as_of_date
                    and periods.expected_partitions > 0
                    and periods.missing_partitions = 0
            end,
            false
        ) as is_complete
    from periods
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_period_completeness__dbt_tmp" rename to "int_period_completeness";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_period_completeness__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."intermediate"."int_publication_records__dbt_tmp" as (
with
complaints as (
    select
        facts.*,
        customers.state_code,
        customers.state_name,
        categories.category as known_category,
        facts.bucket_source = 'classifier' as is_free_text
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = facts.customer_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = facts.category
    where facts.is_complaint
),
final as (
    select
        case when customer_key <> 'unknown' then customer_key end as customer_key,
        cast(channel as varchar(40)) as channel,
        cast(coalesce(substring(cast(opened_date as varchar(10)), 1, 7), '(none)') as varchar(40)) as opened_month,
        cast(
            case
                when known_category is not null then known_category
                when category is not null then '(other)'
                when is_free_text then '(free text)'
                else '(none)'
            end as varchar(40)
        ) as category,
        cast(
            case
                when not has_status and is_free_text then '(free text)'
                when not has_status then '(none)'
                when resolution_state <> 'resolved' then resolution_state
                when days_to_resolve is null then 'resolved, not measured'
                when days_to_resolve > 30 then 'resolved in over 30 days'
                else 'resolved in ' || right('0' || cast(days_to_resolve as varchar(10)), 2) || ' days'
            end as varchar(40)
        ) as resolution,
        cast(
            case
                when state_code is null then '(none)'
                when state_name is null then '(other)'
                else state_code
            end as varchar(40)
        ) as state_code
    from complaints
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."intermediate"."int_publication_records__dbt_tmp" rename to "int_publication_records";

commit;

begin;

drop view if exists "coretelecoms"."intermediate"."int_publication_records__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
        with
final as (
    select
        partition_date,
        channel,
        reporting_lag_days,
        cast(count(*) as bigint) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and reporting_lag_days >= 0
    group by partition_date, channel, reporting_lag_days
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as partition_date,
    cast(null as varchar(32))
 as channel,
    cast(null as integer)
 as reporting_lag_days,
    cast(null as bigint)
 as complaints
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."reporting_lag_histogram__dbt_tmp"
  (
    partition_date date not null,
    channel varchar(32) not null,
    reporting_lag_days integer not null,
    complaints bigint not null
    )
    diststyle all
      compound sortkey(partition_date,channel);

insert into "coretelecoms"."marts"."reporting_lag_histogram__dbt_tmp"
    (
    select partition_date, channel, reporting_lag_days, complaints
    from (
        with
final as (
    select
        partition_date,
        channel,
        reporting_lag_days,
        cast(count(*) as bigint) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and reporting_lag_days >= 0
    group by partition_date, channel, reporting_lag_days
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."reporting_lag_histogram__dbt_tmp" rename to "reporting_lag_histogram";

grant select on "coretelecoms"."marts"."reporting_lag_histogram" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."reporting_lag_histogram__dbt_backup" cascade;

commit;

begin;

select * from (
        with
final as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        cast(coalesce(platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(category, '(none)') as varchar(40)) as category,
        days_to_resolve,
        cast(count(*) as bigint) as complaints,
        cast(sum(seconds_to_resolve) as bigint) as seconds_to_resolve
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and resolution_time_state = 'measured'
    group by date_trunc('month', opened_date), channel, platform, category, days_to_resolve
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as integer)
 as days_to_resolve,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as seconds_to_resolve
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."resolution_time_histogram__dbt_tmp"
  (
    opened_month date not null,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    days_to_resolve integer not null,
    complaints bigint not null,
    seconds_to_resolve bigint not null
    )
    diststyle all
      compound sortkey(opened_month,channel);

insert into "coretelecoms"."marts"."resolution_time_histogram__dbt_tmp"
    (
    select opened_month, channel, platform, category, days_to_resolve, complaints, seconds_to_resolve
    from (
        with
final as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        cast(coalesce(platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(category, '(none)') as varchar(40)) as category,
        days_to_resolve,
        cast(count(*) as bigint) as complaints,
        cast(sum(seconds_to_resolve) as bigint) as seconds_to_resolve
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and resolution_time_state = 'measured'
    group by date_trunc('month', opened_date), channel, platform, category, days_to_resolve
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."resolution_time_histogram__dbt_tmp" rename to "resolution_time_histogram";

grant select on "coretelecoms"."marts"."resolution_time_histogram" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."resolution_time_histogram__dbt_backup" cascade;

commit;

begin;

select * from (
        with
working_days as (
    select
        date_day,
        working_day_number
    from "coretelecoms"."marts"."dim_dates"
    where is_working_day
),
dated as (
    select
        facts.*,
        cast(facts.opened_at as date) as day_opened,
        cast(facts.resolved_at as date) as day_resolved,
        as_of.as_of_date,
        coalesce(urgencies.urgency, 'standard') as urgency
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."staging"."sla_urgencies" as urgencies
        on urgencies.category = facts.category
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
placed as (
    select
        dated.*,
        policies.allowed_working_days,
        due_days.date_day as due_date,
        last_days.working_day_number - opened_days.working_day_number as working_days_taken,
        case when dated.resolution_state = 'resolved' then dated.day_resolved else dated.as_of_date end as last_date
    from dated
    inner join "coretelecoms"."staging"."sla_policies" as policies
        on policies.urgency = dated.urgency
    left join "coretelecoms"."marts"."dim_dates" as opened_days
        on opened_days.date_day = dated.day_opened
    left join working_days as due_days
        on due_days.working_day_number = opened_days.working_day_number + policies.allowed_working_days
    left join "coretelecoms"."marts"."dim_dates" as last_days
        on last_days.date_day
            = case when dated.resolution_state = 'resolved' then dated.day_resolved else dated.as_of_date end
),
judged as (
    select
        placed.*,
        case
            when not has_status then 'no_status'
            when resolution_state = 'unknown' then 'unknown_status'
            when day_opened is null then 'no_opening_time'
            when is_opened_in_future then 'opened_in_future'
            when is_resolved_before_opened then 'resolved_before_opened'
            when resolution_state = 'unresolved' and day_resolved is not null then 'status_and_time_disagree'
            when resolution_state = 'resolved' and day_resolved is null then 'resolved_without_time'
            when due_date is null or working_days_taken is null then 'outside_calendar'
        end as not_measurable_reason
    from placed
),
final as (
    select
        complaint_key,
        channel,
        category,
        is_complaint,
        status,
        resolution_state,
        day_opened as opened_date,
        cast(urgency as varchar(16)) as urgency,
        cast(allowed_working_days as integer) as allowed_working_days,
        due_date,
        day_resolved as resolved_date,
        cast(
            case
                when not_measurable_reason is not null then 'not_measurable'
                when last_date > due_date then 'breached'
                when resolution_state = 'resolved' then 'met'
                else 'running'
            end as varchar(16)
        ) as sla_status,
        cast(not_measurable_reason as varchar(32)) as not_measurable_reason,
        cast(case when not_measurable_reason is null then working_days_taken end as integer) as working_days_taken,
        cast(
            case
                when not_measurable_reason is null and working_days_taken > allowed_working_days
                    then working_days_taken - allowed_working_days
                else 0
            end as integer
        ) as working_days_overdue,
        partition_date
    from judged
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as boolean)
 as is_complaint,
    cast(null as varchar(40))
 as status,
    cast(null as varchar(16))
 as resolution_state,
    cast(null as date)
 as opened_date,
    cast(null as varchar(16))
 as urgency,
    cast(null as integer)
 as allowed_working_days,
    cast(null as date)
 as due_date,
    cast(null as date)
 as resolved_date,
    cast(null as varchar(16))
 as sla_status,
    cast(null as varchar(32))
 as not_measurable_reason,
    cast(null as integer)
 as working_days_taken,
    cast(null as integer)
 as working_days_overdue,
    cast(null as date)
 as partition_date
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."sla_status__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    channel varchar(32) not null,
    category varchar(40),
    is_complaint boolean,
    status varchar(40),
    resolution_state varchar(16) not null,
    opened_date date,
    urgency varchar(16) not null,
    allowed_working_days integer not null,
    due_date date,
    resolved_date date,
    sla_status varchar(16) not null,
    not_measurable_reason varchar(32),
    working_days_taken integer,
    working_days_overdue integer not null,
    partition_date date not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(partition_date,opened_date);

insert into "coretelecoms"."marts"."sla_status__dbt_tmp"
    (
    select complaint_key, channel, category, is_complaint, status, resolution_state, opened_date, urgency, allowed_working_days, due_date, resolved_date, sla_status, not_measurable_reason, working_days_taken, working_days_overdue, partition_date
    from (
        with
working_days as (
    select
        date_day,
        working_day_number
    from "coretelecoms"."marts"."dim_dates"
    where is_working_day
),
dated as (
    select
        facts.*,
        cast(facts.opened_at as date) as day_opened,
        cast(facts.resolved_at as date) as day_resolved,
        as_of.as_of_date,
        coalesce(urgencies.urgency, 'standard') as urgency
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."staging"."sla_urgencies" as urgencies
        on urgencies.category = facts.category
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
placed as (
    select
        dated.*,
        policies.allowed_working_days,
        due_days.date_day as due_date,
        last_days.working_day_number - opened_days.working_day_number as working_days_taken,
        case when dated.resolution_state = 'resolved' then dated.day_resolved else dated.as_of_date end as last_date
    from dated
    inner join "coretelecoms"."staging"."sla_policies" as policies
        on policies.urgency = dated.urgency
    left join "coretelecoms"."marts"."dim_dates" as opened_days
        on opened_days.date_day = dated.day_opened
    left join working_days as due_days
        on due_days.working_day_number = opened_days.working_day_number + policies.allowed_working_days
    left join "coretelecoms"."marts"."dim_dates" as last_days
        on last_days.date_day
            = case when dated.resolution_state = 'resolved' then dated.day_resolved else dated.as_of_date end
),
judged as (
    select
        placed.*,
        case
            when not has_status then 'no_status'
            when resolution_state = 'unknown' then 'unknown_status'
            when day_opened is null then 'no_opening_time'
            when is_opened_in_future then 'opened_in_future'
            when is_resolved_before_opened then 'resolved_before_opened'
            when resolution_state = 'unresolved' and day_resolved is not null then 'status_and_time_disagree'
            when resolution_state = 'resolved' and day_resolved is null then 'resolved_without_time'
            when due_date is null or working_days_taken is null then 'outside_calendar'
        end as not_measurable_reason
    from placed
),
final as (
    select
        complaint_key,
        channel,
        category,
        is_complaint,
        status,
        resolution_state,
        day_opened as opened_date,
        cast(urgency as varchar(16)) as urgency,
        cast(allowed_working_days as integer) as allowed_working_days,
        due_date,
        day_resolved as resolved_date,
        cast(
            case
                when not_measurable_reason is not null then 'not_measurable'
                when last_date > due_date then 'breached'
                when resolution_state = 'resolved' then 'met'
                else 'running'
            end as varchar(16)
        ) as sla_status,
        cast(not_measurable_reason as varchar(32)) as not_measurable_reason,
        cast(case when not_measurable_reason is null then working_days_taken end as integer) as working_days_taken,
        cast(
            case
                when not_measurable_reason is null and working_days_taken > allowed_working_days
                    then working_days_taken - allowed_working_days
                else 0
            end as integer
        ) as working_days_overdue,
        partition_date
    from judged
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."sla_status__dbt_tmp" rename to "sla_status";

grant select on "coretelecoms"."marts"."sla_status" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."sla_status__dbt_backup" cascade;

commit;

begin;

select * from (
        with
calls as (
    select
        call_started_at as started_at,
        handle_seconds,
        is_opened_in_future
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and channel = 'call_centre'
),
calls_by_slot as (
    select
        case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end as iso_weekday,
        extract(hour from started_at) as hour,
        count(*) as calls,
        count(handle_seconds) as measured_calls,
        sum(handle_seconds) as handle_seconds
    from calls
    group by case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end, extract(hour from started_at)
),
observed as (
    select
        cast(min(started_at) as date) as first_date,
        cast(max(started_at) as date) as last_date
    from calls
    where not is_opened_in_future
),
weekdays as (
    select
        numbers.day_number + 1 as iso_weekday,
        observed.last_date - observed.first_date as last_day_number,
        (numbers.day_number + 8 - case extract(dow from observed.first_date) when 0 then 7 else extract(dow from observed.first_date) end) % 7 as first_such_day_number
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    cross join observed
    where numbers.day_number < 7
),
slots as (
    select
        weekdays.iso_weekday,
        hours.day_number as hour,
        coalesce(floor((weekdays.last_day_number - weekdays.first_such_day_number) / 7.0) + 1, 0) as days_observed
    from weekdays
    cross join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as hours
    where hours.day_number < 24
),
counted as (
    select
        slots.iso_weekday,
        slots.hour,
        coalesce(calls_by_slot.calls, 0) as calls,
        coalesce(calls_by_slot.measured_calls, 0) as measured_calls,
        coalesce(calls_by_slot.handle_seconds, 0) as handle_seconds,
        slots.days_observed
    from slots
    left join calls_by_slot
        on calls_by_slot.iso_weekday = slots.iso_weekday
        and calls_by_slot.hour = slots.hour
    union all
    select
        iso_weekday,
        hour,
        calls,
        measured_calls,
        coalesce(handle_seconds, 0) as handle_seconds,
        null as days_observed
    from calls_by_slot
    where iso_weekday is null
),
final as (
    select
        cast(iso_weekday as integer) as iso_weekday,
        cast(hour as integer) as hour,
        cast(calls as bigint) as calls,
        cast(measured_calls as bigint) as measured_calls,
        cast(handle_seconds as bigint) as handle_seconds,
        cast(handle_seconds as double precision) / nullif(measured_calls, 0) as mean_handle_seconds,
        cast(days_observed as bigint) as days_observed,
        cast(calls as double precision) / nullif(days_observed, 0) as mean_calls
    from counted
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as integer)
 as iso_weekday,
    cast(null as integer)
 as hour,
    cast(null as bigint)
 as calls,
    cast(null as bigint)
 as measured_calls,
    cast(null as bigint)
 as handle_seconds,
    cast(null as double precision)
 as mean_handle_seconds,
    cast(null as bigint)
 as days_observed,
    cast(null as double precision)
 as mean_calls
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."staffing_hours__dbt_tmp"
  (
    iso_weekday integer,
    hour integer,
    calls bigint not null,
    measured_calls bigint not null,
    handle_seconds bigint not null,
    mean_handle_seconds double precision,
    days_observed bigint,
    mean_calls double precision
    )
    diststyle all
      compound sortkey(iso_weekday,hour);

insert into "coretelecoms"."marts"."staffing_hours__dbt_tmp"
    (
    select iso_weekday, hour, calls, measured_calls, handle_seconds, mean_handle_seconds, days_observed, mean_calls
    from (
        with
calls as (
    select
        call_started_at as started_at,
        handle_seconds,
        is_opened_in_future
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and channel = 'call_centre'
),
calls_by_slot as (
    select
        case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end as iso_weekday,
        extract(hour from started_at) as hour,
        count(*) as calls,
        count(handle_seconds) as measured_calls,
        sum(handle_seconds) as handle_seconds
    from calls
    group by case extract(dow from started_at) when 0 then 7 else extract(dow from started_at) end, extract(hour from started_at)
),
observed as (
    select
        cast(min(started_at) as date) as first_date,
        cast(max(started_at) as date) as last_date
    from calls
    where not is_opened_in_future
),
weekdays as (
    select
        numbers.day_number + 1 as iso_weekday,
        observed.last_date - observed.first_date as last_day_number,
        (numbers.day_number + 8 - case extract(dow from observed.first_date) when 0 then 7 else extract(dow from observed.first_date) end) % 7 as first_such_day_number
    from (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
    cross join observed
    where numbers.day_number < 7
),
slots as (
    select
        weekdays.iso_weekday,
        hours.day_number as hour,
        coalesce(floor((weekdays.last_day_number - weekdays.first_such_day_number) / 7.0) + 1, 0) as days_observed
    from weekdays
    cross join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as hours
    where hours.day_number < 24
),
counted as (
    select
        slots.iso_weekday,
        slots.hour,
        coalesce(calls_by_slot.calls, 0) as calls,
        coalesce(calls_by_slot.measured_calls, 0) as measured_calls,
        coalesce(calls_by_slot.handle_seconds, 0) as handle_seconds,
        slots.days_observed
    from slots
    left join calls_by_slot
        on calls_by_slot.iso_weekday = slots.iso_weekday
        and calls_by_slot.hour = slots.hour
    union all
    select
        iso_weekday,
        hour,
        calls,
        measured_calls,
        coalesce(handle_seconds, 0) as handle_seconds,
        null as days_observed
    from calls_by_slot
    where iso_weekday is null
),
final as (
    select
        cast(iso_weekday as integer) as iso_weekday,
        cast(hour as integer) as hour,
        cast(calls as bigint) as calls,
        cast(measured_calls as bigint) as measured_calls,
        cast(handle_seconds as bigint) as handle_seconds,
        cast(handle_seconds as double precision) / nullif(measured_calls, 0) as mean_handle_seconds,
        cast(days_observed as bigint) as days_observed,
        cast(calls as double precision) / nullif(days_observed, 0) as mean_calls
    from counted
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."staffing_hours__dbt_tmp" rename to "staffing_hours";

grant select on "coretelecoms"."marts"."staffing_hours" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."staffing_hours__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_insight_candidates__dbt_tmp"
    diststyle all
      compound sortkey(metric,dimension)
  as (
with
margins as (
    select
        'state' as dimension,
        state_code as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where state_code not in ('(none)', '(unknown)')
    group by state_code, category
    union all
    select
        'channel' as dimension,
        channel as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where channel not in ('(none)', '(unknown)')
    group by channel, category
    union all
    select
        'category' as dimension,
        category as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where category not in ('(none)', '(unknown)')
    group by category, category
    union all
    select
        'experience' as dimension,
        experience as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where experience not in ('(none)', '(unknown)')
    group by experience, category
    union all
    select
        'month' as dimension,
        opened_month as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where opened_month not in ('(none)', '(unknown)')
    group by opened_month, category
),
members as (
    select
        dimension,
        member,
        sum(case when category <> '(none)' then complaints else 0 end) as categorised_complaints,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from margins
    group by dimension, member
),
customers as (
    select
        state_code as member,
        count(*) as customers
    from "coretelecoms"."marts"."dim_customers"
    where state_kind is not null
    group by state_code
),
counted as (
    select
        'category_share' as metric,
        members.dimension,
        members.member,
        categories.category,
        members.categorised_complaints as trials,
        coalesce(margins.complaints, 0) as successes
    from members
    cross join "coretelecoms"."staging"."complaint_categories" as categories
    left join margins
        on margins.dimension = members.dimension
        and margins.member = members.member
        and margins.category = categories.category
    where members.dimension <> 'category'
    union all
    select
        'resolution_rate' as metric,
        dimension,
        member,
        '(all)' as category,
        case when dimension = 'month' then followed_up_complaints else complaints_with_status end as trials,
        case when dimension = 'month' then resolved_followed_up_complaints else resolved_complaints end as successes
    from members
    union all
    select
        'quick_resolution' as metric,
        dimension,
        member,
        '(all)' as category,
        timed_complaints as trials,
        quickly_resolved_complaints as successes
    from members
    union all
    select
        'complaint_rate' as metric,
        'state' as dimension,
        customers.member,
        '(all)' as category,
        customers.customers as trials,
        coalesce(members.complaints, 0) as successes
    from customers
    left join members
        on members.member = customers.member
        and members.dimension = 'state'
    union all
    select
        metric,
        'experience' as dimension,
        member,
        category,
        trials,
        successes
    from "coretelecoms"."intermediate"."int_insight_clusters"
    where metric = 'complaint_rate'
        and cluster_kind = 'agent'
        and member <> '(none)'
),
spreads as (
    select
        cluster_kind,
        member,
        metric,
        category,
        clusters,
        squared_successes - 2.0 * mean * trials_times_successes + mean * mean * squared_trials as seen,
        case when metric = 'complaint_rate' then mean * trials else mean * (1.0 - mean) * trials end as expected
    from (
        select
            clusters_of_members.*,
            cast(successes as double precision) / trials as mean
        from "coretelecoms"."intermediate"."int_insight_clusters" as clusters_of_members
        where trials > 0
    ) as means
),
design_effects as (
    select
        cluster_kind,
        metric,
        category,
        sum(clusters) as clusters,
        cast(sum(seen) as double precision) / nullif(sum(expected), 0)
        * (cast(sum(clusters) as double precision) / nullif(sum(clusters) - count(*), 0)) as design_effect
    from spreads
    group by cluster_kind, metric, category
),
agents_of_members as (
    select
        metric,
        member,
        category,
        clusters
    from "coretelecoms"."intermediate"."int_insight_clusters"
    where cluster_kind = 'agent'
),
grouped as (
    select
        counted.*,
        sum(trials) over (partition by metric, dimension, category) as group_trials,
        sum(successes) over (partition by metric, dimension, category) as group_successes
    from counted
    where trials > 0
),
compared as (
    select
        grouped.*,
        case
            when design_effects.design_effect > 1 then design_effects.design_effect
            when design_effects.design_effect <= 1 then 1.0
        end as design_effect,
        agents_of_members.clusters as agents,
        design_effects.clusters as group_clusters,
        cast(grouped.trials as double precision) / grouped.group_trials as share_of_trials,
        case
            when grouped.metric = 'complaint_rate' then grouped.group_successes
            when grouped.group_successes * 2 <= grouped.group_trials then grouped.group_successes
            else grouped.group_trials - grouped.group_successes
        end as rarer_outcome
    from grouped
    left join design_effects
        on design_effects.metric = grouped.metric
        and design_effects.category = grouped.category
        and design_effects.cluster_kind = case when grouped.dimension = 'experience' then 'agent' else 'customer' end
    left join agents_of_members
        on agents_of_members.metric = grouped.metric
        and agents_of_members.category = grouped.category
        and agents_of_members.member = grouped.member
        and grouped.dimension = 'experience'
),
expected as (
    select
        compared.*,
        case when share_of_trials < 0.5 then share_of_trials else 1.0 - share_of_trials end
        * rarer_outcome / design_effect as least_expected
    from compared
),
final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(trials as bigint) as trials,
        cast(successes as bigint) as successes,
        cast(group_trials as bigint) as group_trials,
        cast(group_successes as bigint) as group_successes,
        cast(round(cast(design_effect as double precision), 9) as double precision) as design_effect,
        cast(round(cast(least_expected as double precision), 6) as double precision) as least_expected,
        coalesce(
            least_expected >= 50
            and (
                dimension <> 'experience'
                or (
                    agents >= 5
                    and group_clusters >= 50
                )
            ),
            false
        ) as is_tested
    from expected
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_candidates__dbt_tmp" rename to "int_insight_candidates";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_candidates__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_combinations__dbt_tmp"
    diststyle all
      compound sortkey(channel,opened_month)
  as (
    with
final as (
    select
        channel,
        opened_month,
        category,
        resolution,
        state_code,
        cast(count(*) as bigint) as complaints,
        cast(count(customer_key) as bigint) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_records"
    group by channel, opened_month, category, resolution, state_code
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_combinations__dbt_tmp" rename to "int_publication_combinations";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_combinations__dbt_backup" cascade;

commit;

begin;

select * from (
        with
contacts as (
    select
        *,
        coalesce(days_since_previous_in_category > 30, true) as is_first_step,
        coalesce(days_to_next_in_category > 30, true) as is_last_step
    from "coretelecoms"."intermediate"."int_customer_contacts"
),
journeys_of_one as (
    select
        customer_number,
        category,
        channel as path,
        1 as steps,
        0 as days,
        case when resolution_state = 'resolved' then 1 else 0 end as resolved_at_last
    from contacts
    where is_first_step
        and is_last_step
),
steps_of_several as (
    select
        *,
        max(case when is_first_step then category_contact_number end) over (
            partition by customer_number, category order by category_contact_number
            rows between unbounded preceding and current row
        ) as first_contact_number
    from contacts
    where not is_first_step
        or not is_last_step
),
journeys_of_several as (
    select
        customer_number,
        category,
    listagg(
        case when category_contact_number - first_contact_number < 10 then channel end,
        ' > '
        )
        within group (order by category_contact_number) || case when count(*) > 10 then ' > ...' else '' end as path,
        count(*) as steps,
        max(opened_date) - min(opened_date) as days,
        count(case when is_last_step and resolution_state = 'resolved' then 1 end) as resolved_at_last
    from steps_of_several
    group by customer_number, category, first_contact_number
),
journeys as (
    select * from journeys_of_one
    union all
    select * from journeys_of_several
),
counted as (
    select
        category,
        path,
        steps,
        count(*) as journeys,
        count(distinct customer_number) as customers,
        sum(steps) as complaints,
        cast(sum(days) as double precision) / nullif(count(*), 0) as mean_days,
        sum(resolved_at_last) as resolved_at_last
    from journeys
    group by category, path, steps
    union all
    select
        coalesce(category, '(none)') as category,
        '(not assignable)' as path,
        0 as steps,
        0 as journeys,
        0 as customers,
        count(*) as complaints,
        cast(null as double precision) as mean_days,
        0 as resolved_at_last
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
    group by coalesce(category, '(none)')
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(path as varchar(400)) as path,
        cast(steps as bigint) as steps,
        cast(journeys as bigint) as journeys,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        mean_days,
        cast(resolved_at_last as bigint) as resolved_at_last
    from counted
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as category,
    cast(null as varchar(400))
 as path,
    cast(null as bigint)
 as steps,
    cast(null as bigint)
 as journeys,
    cast(null as bigint)
 as customers,
    cast(null as bigint)
 as complaints,
    cast(null as double precision)
 as mean_days,
    cast(null as bigint)
 as resolved_at_last
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."channel_journeys__dbt_tmp"
  (
    category varchar(40) not null,
    path varchar(400) not null,
    steps bigint not null,
    journeys bigint not null,
    customers bigint not null,
    complaints bigint not null,
    mean_days double precision,
    resolved_at_last bigint not null
    )
    diststyle all
      compound sortkey(category,path,steps);

insert into "coretelecoms"."marts"."channel_journeys__dbt_tmp"
    (
    select category, path, steps, journeys, customers, complaints, mean_days, resolved_at_last
    from (
        with
contacts as (
    select
        *,
        coalesce(days_since_previous_in_category > 30, true) as is_first_step,
        coalesce(days_to_next_in_category > 30, true) as is_last_step
    from "coretelecoms"."intermediate"."int_customer_contacts"
),
journeys_of_one as (
    select
        customer_number,
        category,
        channel as path,
        1 as steps,
        0 as days,
        case when resolution_state = 'resolved' then 1 else 0 end as resolved_at_last
    from contacts
    where is_first_step
        and is_last_step
),
steps_of_several as (
    select
        *,
        max(case when is_first_step then category_contact_number end) over (
            partition by customer_number, category order by category_contact_number
            rows between unbounded preceding and current row
        ) as first_contact_number
    from contacts
    where not is_first_step
        or not is_last_step
),
journeys_of_several as (
    select
        customer_number,
        category,
    listagg(
        case when category_contact_number - first_contact_number < 10 then channel end,
        ' > '
        )
        within group (order by category_contact_number) || case when count(*) > 10 then ' > ...' else '' end as path,
        count(*) as steps,
        max(opened_date) - min(opened_date) as days,
        count(case when is_last_step and resolution_state = 'resolved' then 1 end) as resolved_at_last
    from steps_of_several
    group by customer_number, category, first_contact_number
),
journeys as (
    select * from journeys_of_one
    union all
    select * from journeys_of_several
),
counted as (
    select
        category,
        path,
        steps,
        count(*) as journeys,
        count(distinct customer_number) as customers,
        sum(steps) as complaints,
        cast(sum(days) as double precision) / nullif(count(*), 0) as mean_days,
        sum(resolved_at_last) as resolved_at_last
    from journeys
    group by category, path, steps
    union all
    select
        coalesce(category, '(none)') as category,
        '(not assignable)' as path,
        0 as steps,
        0 as journeys,
        0 as customers,
        count(*) as complaints,
        cast(null as double precision) as mean_days,
        0 as resolved_at_last
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
    group by coalesce(category, '(none)')
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(path as varchar(400)) as path,
        cast(steps as bigint) as steps,
        cast(journeys as bigint) as journeys,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        mean_days,
        cast(resolved_at_last as bigint) as resolved_at_last
    from counted
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."channel_journeys__dbt_tmp" rename to "channel_journeys";

grant select on "coretelecoms"."marts"."channel_journeys" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."channel_journeys__dbt_backup" cascade;

commit;

begin;

select * from (
        with
opened_months as (
    select
        opened_date,
        cast(date_trunc('month', opened_date) as date) as opened_month
    from "coretelecoms"."intermediate"."int_customer_contacts"
    group by opened_date
),
following_months as (
    select
        opened_months.opened_date,
        cast(date_trunc('month', opened_months.opened_month + cast(31 * numbers.day_number as integer)) as date) as month
    from opened_months
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number <= 11
),
windows as (
    select
        following_months.opened_date,
        following_months.month,
        last_day(following_months.month) as month_end,
        cast(last_day(following_months.month) - following_months.opened_date as integer) as days_before_end
    from following_months
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where following_months.month <= as_of.as_of_date
        and last_day(following_months.month) - following_months.opened_date < 365
),
features_of_one_contact as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        case when days_before_end < 30 then 1 else 0 end as complaints_30_days,
        case when days_before_end < 90 then 1 else 0 end as complaints_90_days,
        case when true then 1 else 0 end as complaints_365_days,
        case when category = 'Technician Support' then 1 else 0 end as technician_support_365_days,
        case when category = 'Network Failure' then 1 else 0 end as network_failure_365_days,
        case when category = 'Router Delivery' then 1 else 0 end as router_delivery_365_days,
        case when category = 'Payments' then 1 else 0 end as payments_365_days,
        case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 else 0 end as other_category_365_days,
        case when channel = 'call_centre' then 1 else 0 end as call_centre_365_days,
        case when channel = 'social_media' then 1 else 0 end as social_media_365_days,
        case when channel = 'web_form' then 1 else 0 end as web_form_365_days,
        case when channel = 'sms' then 1 else 0 end as sms_365_days,
        case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 else 0 end as other_channel_365_days,
        case when days_since_previous <= 30 then 1 else 0 end as repeats_30_days,
        case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_complaints_365_days,
        case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 else 0 end as timed_resolved_365_days,
        case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_open_365_days,
        cast(days_before_end as bigint) as days_since_last_complaint,
        cast(days_before_end as bigint) as days_since_first_complaint,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end as bigint) as seconds_to_resolve,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end as bigint) as max_days_to_resolve,
        cast(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts = 1
),
features_of_several_contacts as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        cast(count(case when days_before_end < 30 then 1 end) as integer) as complaints_30_days,
        cast(count(case when days_before_end < 90 then 1 end) as integer) as complaints_90_days,
        cast(count(case when true then 1 end) as integer) as complaints_365_days,
        cast(count(case when category = 'Technician Support' then 1 end) as integer) as technician_support_365_days,
        cast(count(case when category = 'Network Failure' then 1 end) as integer) as network_failure_365_days,
        cast(count(case when category = 'Router Delivery' then 1 end) as integer) as router_delivery_365_days,
        cast(count(case when category = 'Payments' then 1 end) as integer) as payments_365_days,
        cast(count(case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 end) as integer) as other_category_365_days,
        cast(count(case when channel = 'call_centre' then 1 end) as integer) as call_centre_365_days,
        cast(count(case when channel = 'social_media' then 1 end) as integer) as social_media_365_days,
        cast(count(case when channel = 'web_form' then 1 end) as integer) as web_form_365_days,
        cast(count(case when channel = 'sms' then 1 end) as integer) as sms_365_days,
        cast(count(case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 end) as integer) as other_channel_365_days,
        cast(count(case when days_since_previous <= 30 then 1 end) as integer) as repeats_30_days,
        cast(count(case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_complaints_365_days,
        cast(count(case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 end) as integer) as timed_resolved_365_days,
        cast(count(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_open_365_days,
        cast(min(days_before_end) as bigint) as days_since_last_complaint,
        cast(max(days_before_end) as bigint) as days_since_first_complaint,
        cast(sum(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end) as bigint) as seconds_to_resolve,
        cast(max(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end) as bigint) as max_days_to_resolve,
        cast(max(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end) as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts > 1
    group by contacts.customer_number, windows.month, windows.month_end
),
features as (
    select * from features_of_one_contact
    union all
    select * from features_of_several_contacts
),
other_channels as (
    select
        contacts.customer_number,
        windows.month,
        count(distinct contacts.channel) as channels
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.channel not in ('call_centre', 'social_media', 'web_form', 'sms')
    group by contacts.customer_number, windows.month
),
customers as (
    select
        contacts.customer_number,
        contacts.customer_key,
        dimension.state_code,
        dimension.signup_year
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join "coretelecoms"."marts"."dim_customers" as dimension
        on dimension.customer_key = contacts.customer_key
    where contacts.contact_number = 1
),
final as (
    select
        customers.customer_key,
        features.month,
        features.month_end,
        features.month_end <= as_of.as_of_date as is_complete,
        features.complaints_30_days,
        features.complaints_90_days,
        features.complaints_365_days,
        features.technician_support_365_days,
        features.network_failure_365_days,
        features.router_delivery_365_days,
        features.payments_365_days,
        features.other_category_365_days,
        features.call_centre_365_days,
        features.social_media_365_days,
        features.web_form_365_days,
        features.sms_365_days,
        features.other_channel_365_days,
        features.repeats_30_days,
        features.timed_complaints_365_days,
        features.timed_resolved_365_days,
        features.timed_open_365_days,
        cast(
            case when features.call_centre_365_days > 0 then 1 else 0 end +
            case when features.social_media_365_days > 0 then 1 else 0 end +
            case when features.web_form_365_days > 0 then 1 else 0 end +
            case when features.sms_365_days > 0 then 1 else 0 end + coalesce(other_channels.channels, 0) as integer
        ) as channels_365_days,
        cast(features.days_since_last_complaint as integer) as days_since_last_complaint,
        cast(features.days_since_first_complaint as integer) as days_since_first_complaint,
        cast(features.seconds_to_resolve as double precision)
        / nullif(86400 * features.timed_resolved_365_days, 0) as mean_days_to_resolve,
        cast(features.max_days_to_resolve as integer) as max_days_to_resolve,
        cast(features.oldest_open_days as integer) as oldest_open_days,
        cast(extract(year from features.month_end) - customers.signup_year as integer) as tenure_years,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code
    from features
    inner join customers
        on customers.customer_number = features.customer_number
    left join other_channels
        on other_channels.customer_number = features.customer_number
        and other_channels.month = features.month
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as date)
 as month,
    cast(null as date)
 as month_end,
    cast(null as boolean)
 as is_complete,
    cast(null as integer)
 as complaints_30_days,
    cast(null as integer)
 as complaints_90_days,
    cast(null as integer)
 as complaints_365_days,
    cast(null as integer)
 as technician_support_365_days,
    cast(null as integer)
 as network_failure_365_days,
    cast(null as integer)
 as router_delivery_365_days,
    cast(null as integer)
 as payments_365_days,
    cast(null as integer)
 as other_category_365_days,
    cast(null as integer)
 as call_centre_365_days,
    cast(null as integer)
 as social_media_365_days,
    cast(null as integer)
 as web_form_365_days,
    cast(null as integer)
 as sms_365_days,
    cast(null as integer)
 as other_channel_365_days,
    cast(null as integer)
 as channels_365_days,
    cast(null as integer)
 as days_since_last_complaint,
    cast(null as integer)
 as days_since_first_complaint,
    cast(null as integer)
 as repeats_30_days,
    cast(null as integer)
 as timed_complaints_365_days,
    cast(null as integer)
 as timed_resolved_365_days,
    cast(null as integer)
 as timed_open_365_days,
    cast(null as double precision)
 as mean_days_to_resolve,
    cast(null as integer)
 as max_days_to_resolve,
    cast(null as integer)
 as oldest_open_days,
    cast(null as integer)
 as tenure_years,
    cast(null as varchar(40))
 as state_code
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."customer_complaint_features__dbt_tmp"
  (
    customer_key varchar(64) not null,
    month date not null,
    month_end date not null,
    is_complete boolean not null,
    complaints_30_days integer not null,
    complaints_90_days integer not null,
    complaints_365_days integer not null,
    technician_support_365_days integer not null,
    network_failure_365_days integer not null,
    router_delivery_365_days integer not null,
    payments_365_days integer not null,
    other_category_365_days integer not null,
    call_centre_365_days integer not null,
    social_media_365_days integer not null,
    web_form_365_days integer not null,
    sms_365_days integer not null,
    other_channel_365_days integer not null,
    channels_365_days integer not null,
    days_since_last_complaint integer not null,
    days_since_first_complaint integer not null,
    repeats_30_days integer not null,
    timed_complaints_365_days integer not null,
    timed_resolved_365_days integer not null,
    timed_open_365_days integer not null,
    mean_days_to_resolve double precision,
    max_days_to_resolve integer,
    oldest_open_days integer,
    tenure_years integer,
    state_code varchar(40) not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(month,customer_key);

insert into "coretelecoms"."marts"."customer_complaint_features__dbt_tmp"
    (
    select customer_key, month, month_end, is_complete, complaints_30_days, complaints_90_days, complaints_365_days, technician_support_365_days, network_failure_365_days, router_delivery_365_days, payments_365_days, other_category_365_days, call_centre_365_days, social_media_365_days, web_form_365_days, sms_365_days, other_channel_365_days, channels_365_days, days_since_last_complaint, days_since_first_complaint, repeats_30_days, timed_complaints_365_days, timed_resolved_365_days, timed_open_365_days, mean_days_to_resolve, max_days_to_resolve, oldest_open_days, tenure_years, state_code
    from (
        with
opened_months as (
    select
        opened_date,
        cast(date_trunc('month', opened_date) as date) as opened_month
    from "coretelecoms"."intermediate"."int_customer_contacts"
    group by opened_date
),
following_months as (
    select
        opened_months.opened_date,
        cast(date_trunc('month', opened_months.opened_month + cast(31 * numbers.day_number as integer)) as date) as month
    from opened_months
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number <= 11
),
windows as (
    select
        following_months.opened_date,
        following_months.month,
        last_day(following_months.month) as month_end,
        cast(last_day(following_months.month) - following_months.opened_date as integer) as days_before_end
    from following_months
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where following_months.month <= as_of.as_of_date
        and last_day(following_months.month) - following_months.opened_date < 365
),
features_of_one_contact as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        case when days_before_end < 30 then 1 else 0 end as complaints_30_days,
        case when days_before_end < 90 then 1 else 0 end as complaints_90_days,
        case when true then 1 else 0 end as complaints_365_days,
        case when category = 'Technician Support' then 1 else 0 end as technician_support_365_days,
        case when category = 'Network Failure' then 1 else 0 end as network_failure_365_days,
        case when category = 'Router Delivery' then 1 else 0 end as router_delivery_365_days,
        case when category = 'Payments' then 1 else 0 end as payments_365_days,
        case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 else 0 end as other_category_365_days,
        case when channel = 'call_centre' then 1 else 0 end as call_centre_365_days,
        case when channel = 'social_media' then 1 else 0 end as social_media_365_days,
        case when channel = 'web_form' then 1 else 0 end as web_form_365_days,
        case when channel = 'sms' then 1 else 0 end as sms_365_days,
        case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 else 0 end as other_channel_365_days,
        case when days_since_previous <= 30 then 1 else 0 end as repeats_30_days,
        case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_complaints_365_days,
        case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 else 0 end as timed_resolved_365_days,
        case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_open_365_days,
        cast(days_before_end as bigint) as days_since_last_complaint,
        cast(days_before_end as bigint) as days_since_first_complaint,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end as bigint) as seconds_to_resolve,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end as bigint) as max_days_to_resolve,
        cast(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts = 1
),
features_of_several_contacts as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        cast(count(case when days_before_end < 30 then 1 end) as integer) as complaints_30_days,
        cast(count(case when days_before_end < 90 then 1 end) as integer) as complaints_90_days,
        cast(count(case when true then 1 end) as integer) as complaints_365_days,
        cast(count(case when category = 'Technician Support' then 1 end) as integer) as technician_support_365_days,
        cast(count(case when category = 'Network Failure' then 1 end) as integer) as network_failure_365_days,
        cast(count(case when category = 'Router Delivery' then 1 end) as integer) as router_delivery_365_days,
        cast(count(case when category = 'Payments' then 1 end) as integer) as payments_365_days,
        cast(count(case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 end) as integer) as other_category_365_days,
        cast(count(case when channel = 'call_centre' then 1 end) as integer) as call_centre_365_days,
        cast(count(case when channel = 'social_media' then 1 end) as integer) as social_media_365_days,
        cast(count(case when channel = 'web_form' then 1 end) as integer) as web_form_365_days,
        cast(count(case when channel = 'sms' then 1 end) as integer) as sms_365_days,
        cast(count(case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 end) as integer) as other_channel_365_days,
        cast(count(case when days_since_previous <= 30 then 1 end) as integer) as repeats_30_days,
        cast(count(case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_complaints_365_days,
        cast(count(case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 end) as integer) as timed_resolved_365_days,
        cast(count(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_open_365_days,
        cast(min(days_before_end) as bigint) as days_since_last_complaint,
        cast(max(days_before_end) as bigint) as days_since_first_complaint,
        cast(sum(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end) as bigint) as seconds_to_resolve,
        cast(max(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end) as bigint) as max_days_to_resolve,
        cast(max(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end) as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts > 1
    group by contacts.customer_number, windows.month, windows.month_end
),
features as (
    select * from features_of_one_contact
    union all
    select * from features_of_several_contacts
),
other_channels as (
    select
        contacts.customer_number,
        windows.month,
        count(distinct contacts.channel) as channels
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.channel not in ('call_centre', 'social_media', 'web_form', 'sms')
    group by contacts.customer_number, windows.month
),
customers as (
    select
        contacts.customer_number,
        contacts.customer_key,
        dimension.state_code,
        dimension.signup_year
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join "coretelecoms"."marts"."dim_customers" as dimension
        on dimension.customer_key = contacts.customer_key
    where contacts.contact_number = 1
),
final as (
    select
        customers.customer_key,
        features.month,
        features.month_end,
        features.month_end <= as_of.as_of_date as is_complete,
        features.complaints_30_days,
        features.complaints_90_days,
        features.complaints_365_days,
        features.technician_support_365_days,
        features.network_failure_365_days,
        features.router_delivery_365_days,
        features.payments_365_days,
        features.other_category_365_days,
        features.call_centre_365_days,
        features.social_media_365_days,
        features.web_form_365_days,
        features.sms_365_days,
        features.other_channel_365_days,
        features.repeats_30_days,
        features.timed_complaints_365_days,
        features.timed_resolved_365_days,
        features.timed_open_365_days,
        cast(
            case when features.call_centre_365_days > 0 then 1 else 0 end +
            case when features.social_media_365_days > 0 then 1 else 0 end +
            case when features.web_form_365_days > 0 then 1 else 0 end +
            case when features.sms_365_days > 0 then 1 else 0 end + coalesce(other_channels.channels, 0) as integer
        ) as channels_365_days,
        cast(features.days_since_last_complaint as integer) as days_since_last_complaint,
        cast(features.days_since_first_complaint as integer) as days_since_first_complaint,
        cast(features.seconds_to_resolve as double precision)
        / nullif(86400 * features.timed_resolved_365_days, 0) as mean_days_to_resolve,
        cast(features.max_days_to_resolve as integer) as max_days_to_resolve,
        cast(features.oldest_open_days as integer) as oldest_open_days,
        cast(extract(year from features.month_end) - customers.signup_year as integer) as tenure_years,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code
    from features
    inner join customers
        on customers.customer_number = features.customer_number
    left join other_channels
        on other_channels.customer_number = features.customer_number
        and other_channels.month = features.month
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."customer_complaint_features__dbt_tmp" rename to "customer_complaint_features";

grant select on "coretelecoms"."marts"."customer_complaint_features" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."customer_complaint_features__dbt_backup" cascade;

commit;

begin;

select * from (
        with
repeaters as (
    select
        customer_key,
        count(*) as complaints,
        count(distinct channel) as channels,
        min(opened_date) as first_opened_date,
        max(opened_date) as last_opened_date,
        min(days_since_previous) as shortest_gap_days,
        count(case when days_since_previous <= 30 then 1 end) as repeats_within_30_days,
        count(case when days_since_previous <= 90 then 1 end) as repeats_within_90_days,
        count(case when days_since_previous_in_category <= 30 then 1 end) as same_category_repeats_within_30_days,
        count(case when days_since_previous_in_category <= 90 then 1 end) as same_category_repeats_within_90_days
    from "coretelecoms"."intermediate"."int_customer_contacts"
    where customer_contacts > 1
    group by customer_key
    having min(days_since_previous) <= 90
),
final as (
    select
        repeaters.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(repeaters.complaints as bigint) as complaints,
        cast(repeaters.channels as bigint) as channels,
        repeaters.first_opened_date,
        repeaters.last_opened_date,
        repeaters.shortest_gap_days,
        cast(repeaters.repeats_within_30_days as bigint) as repeats_within_30_days,
        cast(repeaters.repeats_within_90_days as bigint) as repeats_within_90_days,
        cast(repeaters.same_category_repeats_within_30_days as bigint) as same_category_repeats_within_30_days,
        cast(repeaters.same_category_repeats_within_90_days as bigint) as same_category_repeats_within_90_days,
        repeaters.repeats_within_30_days > 0 as is_repeat_within_30_days,
        repeaters.same_category_repeats_within_30_days > 0 as is_repeat_same_category_30_days,
        repeaters.same_category_repeats_within_90_days > 0 as is_repeat_same_category_90_days
    from repeaters
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = repeaters.customer_key
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as channels,
    cast(null as date)
 as first_opened_date,
    cast(null as date)
 as last_opened_date,
    cast(null as integer)
 as shortest_gap_days,
    cast(null as bigint)
 as repeats_within_30_days,
    cast(null as bigint)
 as repeats_within_90_days,
    cast(null as bigint)
 as same_category_repeats_within_30_days,
    cast(null as bigint)
 as same_category_repeats_within_90_days,
    cast(null as boolean)
 as is_repeat_within_30_days,
    cast(null as boolean)
 as is_repeat_same_category_30_days,
    cast(null as boolean)
 as is_repeat_same_category_90_days
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."repeat_complainers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40) not null,
    complaints bigint not null,
    channels bigint not null,
    first_opened_date date not null,
    last_opened_date date not null,
    shortest_gap_days integer not null,
    repeats_within_30_days bigint not null,
    repeats_within_90_days bigint not null,
    same_category_repeats_within_30_days bigint not null,
    same_category_repeats_within_90_days bigint not null,
    is_repeat_within_30_days boolean not null,
    is_repeat_same_category_30_days boolean not null,
    is_repeat_same_category_90_days boolean not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."repeat_complainers__dbt_tmp"
    (
    select customer_key, state_code, complaints, channels, first_opened_date, last_opened_date, shortest_gap_days, repeats_within_30_days, repeats_within_90_days, same_category_repeats_within_30_days, same_category_repeats_within_90_days, is_repeat_within_30_days, is_repeat_same_category_30_days, is_repeat_same_category_90_days
    from (
        with
repeaters as (
    select
        customer_key,
        count(*) as complaints,
        count(distinct channel) as channels,
        min(opened_date) as first_opened_date,
        max(opened_date) as last_opened_date,
        min(days_since_previous) as shortest_gap_days,
        count(case when days_since_previous <= 30 then 1 end) as repeats_within_30_days,
        count(case when days_since_previous <= 90 then 1 end) as repeats_within_90_days,
        count(case when days_since_previous_in_category <= 30 then 1 end) as same_category_repeats_within_30_days,
        count(case when days_since_previous_in_category <= 90 then 1 end) as same_category_repeats_within_90_days
    from "coretelecoms"."intermediate"."int_customer_contacts"
    where customer_contacts > 1
    group by customer_key
    having min(days_since_previous) <= 90
),
final as (
    select
        repeaters.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(repeaters.complaints as bigint) as complaints,
        cast(repeaters.channels as bigint) as channels,
        repeaters.first_opened_date,
        repeaters.last_opened_date,
        repeaters.shortest_gap_days,
        cast(repeaters.repeats_within_30_days as bigint) as repeats_within_30_days,
        cast(repeaters.repeats_within_90_days as bigint) as repeats_within_90_days,
        cast(repeaters.same_category_repeats_within_30_days as bigint) as same_category_repeats_within_30_days,
        cast(repeaters.same_category_repeats_within_90_days as bigint) as same_category_repeats_within_90_days,
        repeaters.repeats_within_30_days > 0 as is_repeat_within_30_days,
        repeaters.same_category_repeats_within_30_days > 0 as is_repeat_same_category_30_days,
        repeaters.same_category_repeats_within_90_days > 0 as is_repeat_same_category_90_days
    from repeaters
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = repeaters.customer_key
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."repeat_complainers__dbt_tmp" rename to "repeat_complainers";

grant select on "coretelecoms"."marts"."repeat_complainers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."repeat_complainers__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_insight_tests__dbt_tmp"
    diststyle all
      compound sortkey(metric,dimension)
  as (
with
candidates as (
    select
        metric,
        dimension,
        member,
        category,
        cast(trials as double precision) as trials,
        cast(successes as double precision) as successes,
        cast(group_trials - trials as double precision) as other_trials,
        cast(group_successes - successes as double precision) as other_successes,
        coalesce(design_effect, 1.0) as design_effect,
        is_tested
    from "coretelecoms"."intermediate"."int_insight_candidates"
),
chances as (
    select
        count(*) as comparisons,
        1.0 - 0.01 / 2.0 / nullif(cast(count(*) as double precision), 0.0) as chance
    from candidates
    where is_tested
),
levels as (
    select
        comparisons,
        case
        when chance <= 0 or chance >= 1 then cast(null as double precision)
        when chance < 0.02425 then (((((-0.007784894002430293 * sqrt(-2.0 * ln(cast(chance as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(cast(chance as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(cast(chance as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(cast(chance as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(cast(chance as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(cast(chance as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(cast(chance as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(cast(chance as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(cast(chance as double precision))) + 1.0)
        when chance > 0.97575 then -1.0 * ((((((-0.007784894002430293 * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 1.0))
        else (cast(chance as double precision) - 0.5) * (((((-39.69683028665376 * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 220.9460984245205) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -275.9285104469687) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 138.3577518672690) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -30.66479806614716) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 2.506628277459239) / (((((-54.47609879822406 * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 161.5858368580409) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -155.6989798598866) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 66.80131188771972) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -13.28068155288572) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 1.0)
    end as critical_value
    from chances
),
first_look as (
    select
        candidates.*,
        round(
            cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (trials + other_trials) / (trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when other_successes > 0
            then other_successes * ln(
                cast(cast(other_successes as double precision) * (trials + other_trials) / (other_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaint_rate' then 0.0
            else
                case
        when (trials - successes) > 0
            then (trials - successes) * ln(
                cast(cast((trials - successes) as double precision) * (trials + other_trials) / (trials * (trials + other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (other_trials - other_successes) > 0
            then (other_trials - other_successes) * ln(
                cast(cast((other_trials - other_successes) as double precision) * (trials + other_trials) / (other_trials * (trials + other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision), 6
        ) as deviance
    from candidates
),
ranked as (
    select
        first_look.*,
        row_number() over (partition by metric, dimension, category, is_tested order by deviance desc, trials, member) as place,
        row_number() over (partition by metric, dimension, member, is_tested order by deviance desc, category)
            as place_of_category
    from first_look
),
without_those_before as (
    select
        ranked.*,
        other_trials - coalesce(
            sum(trials) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_trials,
        other_successes - coalesce(
            sum(successes) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_successes
    from ranked
),
first_categories as (
    select
        dimension,
        member,
        is_tested as is_first_tested,
        successes as first_successes,
        other_successes as first_other_successes
    from ranked
    where metric = 'category_share'
        and place_of_category = 1
),
compared as (
    select
        without_those_before.*,
        case
            when metric = 'category_share' and place_of_category > 1 then trials - first_successes
            else trials
        end as own_trials,
        case
            when metric = 'category_share' and place_of_category > 1 then other_trials - first_other_successes
            else other_trials
        end as own_other_trials,
        cast(successes as double precision) / design_effect as effective_successes,
        cast(
            case when metric = 'complaint_rate' then successes + rest_successes else trials end as double precision
        ) / design_effect as effective_trials,
        cast(rest_successes as double precision) / design_effect as effective_rest_successes,
        cast(
            case when metric = 'complaint_rate' then successes + rest_successes else rest_trials end as double precision
        ) / design_effect as effective_rest_trials,
        cast(successes as double precision) / trials as member_share,
        cast(rest_successes as double precision) / nullif(rest_trials, 0.0) as rest_share,
        cast(rest_trials as double precision) / (trials + rest_trials) / design_effect as rest_weight
    from without_those_before
    left join first_categories
        on first_categories.dimension = without_those_before.dimension
        and first_categories.member = without_those_before.member
        and first_categories.is_first_tested = without_those_before.is_tested
),
bounded as (
    select
        compared.*,
        levels.comparisons,
        levels.critical_value,
        cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (trials + rest_trials) / (trials * (successes + rest_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when rest_successes > 0
            then rest_successes * ln(
                cast(cast(rest_successes as double precision) * (trials + rest_trials) / (rest_trials * (successes + rest_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaint_rate' then 0.0
            else
                case
        when (trials - successes) > 0
            then (trials - successes) * ln(
                cast(cast((trials - successes) as double precision) * (trials + rest_trials) / (trials * (trials + rest_trials - successes - rest_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (rest_trials - rest_successes) > 0
            then (rest_trials - rest_successes) * ln(
                cast(cast((rest_trials - rest_successes) as double precision) * (trials + rest_trials) / (rest_trials * (trials + rest_trials - successes - rest_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision)
        / design_effect as deviance_from_rest,
        cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (own_trials + own_other_trials) / (own_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when other_successes > 0
            then other_successes * ln(
                cast(cast(other_successes as double precision) * (own_trials + own_other_trials) / (own_other_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaint_rate' then 0.0
            else
                case
        when (own_trials - successes) > 0
            then (own_trials - successes) * ln(
                cast(cast((own_trials - successes) as double precision) * (own_trials + own_other_trials) / (own_trials * (own_trials + own_other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (own_other_trials - other_successes) > 0
            then (own_other_trials - other_successes) * ln(
                cast(cast((own_other_trials - other_successes) as double precision) * (own_trials + own_other_trials) / (own_other_trials * (own_trials + own_other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision)
        / design_effect as deviance_without_first,
        (
        2.0 * cast(effective_successes as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast(effective_successes as double precision) * (nullif(cast(effective_trials as double precision), 0.0) - cast(effective_successes as double precision)) / nullif(cast(effective_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_trials as double precision), 0.0) + critical_value * critical_value)) as member_lower,
        (1.0 - (
        2.0 * cast((effective_trials - effective_successes) as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast((effective_trials - effective_successes) as double precision) * (nullif(cast(effective_trials as double precision), 0.0) - cast((effective_trials - effective_successes) as double precision)) / nullif(cast(effective_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_trials as double precision), 0.0) + critical_value * critical_value))) as member_upper,
        (
        2.0 * cast(effective_rest_successes as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast(effective_rest_successes as double precision) * (nullif(cast(effective_rest_trials as double precision), 0.0) - cast(effective_rest_successes as double precision)) / nullif(cast(effective_rest_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_rest_trials as double precision), 0.0) + critical_value * critical_value)) as rest_lower,
        (1.0 - (
        2.0 * cast((effective_rest_trials - effective_rest_successes) as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast((effective_rest_trials - effective_rest_successes) as double precision) * (nullif(cast(effective_rest_trials as double precision), 0.0) - cast((effective_rest_trials - effective_rest_successes) as double precision)) / nullif(cast(effective_rest_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_rest_trials as double precision), 0.0) + critical_value * critical_value))) as rest_upper
    from compared
    cross join levels
),
measured as (
    select
        bounded.*,
        case
            when metric = 'complaint_rate' then cast(member_share as double precision) / nullif(rest_share, 0.0) - 1.0
            else member_share - rest_share
        end as difference,
        case
            when metric = 'complaint_rate'
                then member_lower / nullif(1.0 - member_lower, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share - sqrt(
                    (member_share - member_lower) * (member_share - member_lower)
                    + (rest_upper - rest_share) * (rest_upper - rest_share)
                )
        end as difference_lower,
        case
            when metric = 'complaint_rate'
                then member_upper / nullif(1.0 - member_upper, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share + sqrt(
                    (member_upper - member_share) * (member_upper - member_share)
                    + (rest_share - rest_lower) * (rest_share - rest_lower)
                )
        end as difference_upper
    from bounded
),
judged as (
    select
        measured.*,
        case
            when rest_weight * (successes + rest_successes) < 50 then 1
            when metric <> 'complaint_rate'
                and rest_weight * (trials + rest_trials - successes - rest_successes)
                < 50
                then 1
            when deviance_from_rest > critical_value * critical_value
                and (difference_lower > 0 or difference_upper < 0)
                then 0
            else 1
        end as is_alike
    from measured
    where rest_trials > 0
),
ended as (
    select
        judged.*,
        max(is_alike) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and current row) as has_ended
    from judged
),
final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(place as integer) as place,
        cast(trials as bigint) as trials,
        cast(successes as bigint) as successes,
        cast(rest_trials as bigint) as rest_trials,
        cast(rest_successes as bigint) as rest_successes,
        cast(round(cast(member_share as double precision), 9) as double precision) as member_share,
        cast(round(cast(rest_share as double precision), 9) as double precision) as rest_share,
        cast(round(cast(difference as double precision), 9) as double precision) as difference,
        cast(round(cast(difference_lower as double precision), 9) as double precision) as difference_lower,
        cast(round(cast(difference_upper as double precision), 9) as double precision) as difference_upper,
        cast(round(cast(design_effect as double precision), 9) as double precision) as design_effect,
        cast(round(cast(deviance_from_rest as double precision), 6) as double precision) as deviance_from_rest,
        cast(round(cast(deviance_without_first as double precision), 6) as double precision) as deviance_without_first,
        cast(round(cast(critical_value as double precision), 6) as double precision) as critical_value,
        cast(comparisons as integer) as comparisons,
        is_tested,
        coalesce(
            is_tested and has_ended = 0 and deviance_without_first > critical_value * critical_value, false
        ) as is_finding
    from ended
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_tests__dbt_tmp" rename to "int_insight_tests";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_tests__dbt_backup" cascade;

commit;

begin;

select * from (
        with
versioned as (
    select
        facts.*,
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        coalesce(agents.version_number, 0) as agent_version_number,
        coalesce(agents.experience, '(none)') as experience,
        coalesce(agents.state_code, '(none)') as state_code
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
),
counted as (
    select
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code,
        cast(count(*) as bigint) as records,
        cast(count(case when versioned.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when versioned.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not versioned.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when versioned.is_complaint and not versioned.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' then 1 end) as bigint) as calls,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' and versioned.handle_seconds is not null then 1 end) as bigint) as measured_calls,
        coalesce(
            sum(
                case
                    when versioned.is_complaint and versioned.channel = 'call_centre' then versioned.handle_seconds
                end
            ),
            0
        ) as handle_seconds
    from versioned
    group by
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code
),
comparable as (
    select
        counted.*,
        opened_month is not null and agent_key <> 'unknown' and complaints_with_status > 0 as is_compared
    from counted
),
months as (
    select
        opened_month,
        count(*) as compared_agents,
        sum(resolved_complaints) as resolved_complaints,
        sum(complaints_with_status) as complaints_with_status,
        1.0 - cast(0.05 as double precision) / (2.0 * count(*)) as confidence
    from comparable
    where is_compared
    group by opened_month
),
month_quantiles as (
    select
        months.*,
        case
        when confidence <= 0 or confidence >= 1 then cast(null as double precision)
        when confidence < 0.02425 then (((((-0.007784894002430293 * sqrt(-2.0 * ln(cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 1.0)
        when confidence > 0.97575 then -1.0 * ((((((-0.007784894002430293 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 1.0))
        else (cast(confidence as double precision) - 0.5) * (((((-39.69683028665376 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 220.9460984245205) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -275.9285104469687) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 138.3577518672690) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -30.66479806614716) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 2.506628277459239) / (((((-54.47609879822406 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 161.5858368580409) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -155.6989798598866) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 66.80131188771972) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -13.28068155288572) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 1.0)
    end as z
    from months
),
bounded as (
    select
        comparable.*,
        month_quantiles.compared_agents,
        (
        2.0 * cast(comparable.resolved_complaints as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast(comparable.resolved_complaints as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast(comparable.resolved_complaints as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z))
            as resolution_rate_lower,
        (1.0 - (
        2.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z)))
            as resolution_rate_upper,
        cast((month_quantiles.resolved_complaints - comparable.resolved_complaints) as double precision) / nullif((month_quantiles.complaints_with_status - comparable.complaints_with_status), 0) as peer_resolution_rate
    from comparable
    left join month_quantiles
        on comparable.is_compared
        and month_quantiles.opened_month = comparable.opened_month
),
final as (
    select
        bounded.opened_month,
        bounded.agent_key,
        cast(bounded.agent_version_number as integer) as agent_version_number,
        cast(bounded.experience as varchar(40)) as experience,
        cast(bounded.state_code as varchar(8)) as state_code,
        bounded.records,
        bounded.complaints,
        bounded.undecided_records,
        bounded.not_complaints,
        bounded.complaints_with_status,
        bounded.complaints_without_status,
        bounded.resolved_complaints,
        bounded.unresolved_complaints,
        bounded.status_unknown_complaints,
        cast(bounded.resolved_complaints as double precision) / nullif(bounded.complaints_with_status, 0) as resolution_rate,
        cast(bounded.compared_agents as integer) as compared_agents,
        bounded.resolution_rate_lower,
        bounded.resolution_rate_upper,
        bounded.peer_resolution_rate,
        cast(
            case
                when not bounded.is_compared then null
                when bounded.resolution_rate_lower > bounded.peer_resolution_rate then 'above'
                when bounded.resolution_rate_upper < bounded.peer_resolution_rate then 'below'
                else 'as others'
            end as varchar(16)
        ) as comparison,
        bounded.calls,
        bounded.measured_calls,
        cast(bounded.handle_seconds as bigint) as handle_seconds,
        cast(bounded.handle_seconds as double precision) / nullif(bounded.measured_calls, 0) as mean_handle_seconds,
        coalesce(periods.is_complete, false) as is_complete
    from bounded
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = bounded.opened_month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(64))
 as agent_key,
    cast(null as integer)
 as agent_version_number,
    cast(null as varchar(40))
 as experience,
    cast(null as varchar(8))
 as state_code,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as double precision)
 as resolution_rate,
    cast(null as integer)
 as compared_agents,
    cast(null as double precision)
 as resolution_rate_lower,
    cast(null as double precision)
 as resolution_rate_upper,
    cast(null as double precision)
 as peer_resolution_rate,
    cast(null as varchar(16))
 as comparison,
    cast(null as bigint)
 as calls,
    cast(null as bigint)
 as measured_calls,
    cast(null as bigint)
 as handle_seconds,
    cast(null as double precision)
 as mean_handle_seconds,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."agent_performance__dbt_tmp"
  (
    opened_month date,
    agent_key varchar(64) not null,
    agent_version_number integer not null,
    experience varchar(40) not null,
    state_code varchar(8) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    resolution_rate double precision,
    compared_agents integer,
    resolution_rate_lower double precision,
    resolution_rate_upper double precision,
    peer_resolution_rate double precision,
    comparison varchar(16),
    calls bigint not null,
    measured_calls bigint not null,
    handle_seconds bigint not null,
    mean_handle_seconds double precision,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,agent_key);

insert into "coretelecoms"."marts"."agent_performance__dbt_tmp"
    (
    select opened_month, agent_key, agent_version_number, experience, state_code, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, resolution_rate, compared_agents, resolution_rate_lower, resolution_rate_upper, peer_resolution_rate, comparison, calls, measured_calls, handle_seconds, mean_handle_seconds, is_complete
    from (
        with
versioned as (
    select
        facts.*,
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        coalesce(agents.version_number, 0) as agent_version_number,
        coalesce(agents.experience, '(none)') as experience,
        coalesce(agents.state_code, '(none)') as state_code
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
),
counted as (
    select
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code,
        cast(count(*) as bigint) as records,
        cast(count(case when versioned.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when versioned.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not versioned.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when versioned.is_complaint and not versioned.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' then 1 end) as bigint) as calls,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' and versioned.handle_seconds is not null then 1 end) as bigint) as measured_calls,
        coalesce(
            sum(
                case
                    when versioned.is_complaint and versioned.channel = 'call_centre' then versioned.handle_seconds
                end
            ),
            0
        ) as handle_seconds
    from versioned
    group by
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code
),
comparable as (
    select
        counted.*,
        opened_month is not null and agent_key <> 'unknown' and complaints_with_status > 0 as is_compared
    from counted
),
months as (
    select
        opened_month,
        count(*) as compared_agents,
        sum(resolved_complaints) as resolved_complaints,
        sum(complaints_with_status) as complaints_with_status,
        1.0 - cast(0.05 as double precision) / (2.0 * count(*)) as confidence
    from comparable
    where is_compared
    group by opened_month
),
month_quantiles as (
    select
        months.*,
        case
        when confidence <= 0 or confidence >= 1 then cast(null as double precision)
        when confidence < 0.02425 then (((((-0.007784894002430293 * sqrt(-2.0 * ln(cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 1.0)
        when confidence > 0.97575 then -1.0 * ((((((-0.007784894002430293 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 1.0))
        else (cast(confidence as double precision) - 0.5) * (((((-39.69683028665376 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 220.9460984245205) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -275.9285104469687) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 138.3577518672690) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -30.66479806614716) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 2.506628277459239) / (((((-54.47609879822406 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 161.5858368580409) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -155.6989798598866) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 66.80131188771972) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -13.28068155288572) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 1.0)
    end as z
    from months
),
bounded as (
    select
        comparable.*,
        month_quantiles.compared_agents,
        (
        2.0 * cast(comparable.resolved_complaints as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast(comparable.resolved_complaints as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast(comparable.resolved_complaints as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z))
            as resolution_rate_lower,
        (1.0 - (
        2.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z)))
            as resolution_rate_upper,
        cast((month_quantiles.resolved_complaints - comparable.resolved_complaints) as double precision) / nullif((month_quantiles.complaints_with_status - comparable.complaints_with_status), 0) as peer_resolution_rate
    from comparable
    left join month_quantiles
        on comparable.is_compared
        and month_quantiles.opened_month = comparable.opened_month
),
final as (
    select
        bounded.opened_month,
        bounded.agent_key,
        cast(bounded.agent_version_number as integer) as agent_version_number,
        cast(bounded.experience as varchar(40)) as experience,
        cast(bounded.state_code as varchar(8)) as state_code,
        bounded.records,
        bounded.complaints,
        bounded.undecided_records,
        bounded.not_complaints,
        bounded.complaints_with_status,
        bounded.complaints_without_status,
        bounded.resolved_complaints,
        bounded.unresolved_complaints,
        bounded.status_unknown_complaints,
        cast(bounded.resolved_complaints as double precision) / nullif(bounded.complaints_with_status, 0) as resolution_rate,
        cast(bounded.compared_agents as integer) as compared_agents,
        bounded.resolution_rate_lower,
        bounded.resolution_rate_upper,
        bounded.peer_resolution_rate,
        cast(
            case
                when not bounded.is_compared then null
                when bounded.resolution_rate_lower > bounded.peer_resolution_rate then 'above'
                when bounded.resolution_rate_upper < bounded.peer_resolution_rate then 'below'
                else 'as others'
            end as varchar(16)
        ) as comparison,
        bounded.calls,
        bounded.measured_calls,
        cast(bounded.handle_seconds as bigint) as handle_seconds,
        cast(bounded.handle_seconds as double precision) / nullif(bounded.measured_calls, 0) as mean_handle_seconds,
        coalesce(periods.is_complete, false) as is_complete
    from bounded
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = bounded.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."agent_performance__dbt_tmp" rename to "agent_performance";

grant select on "coretelecoms"."marts"."agent_performance" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."agent_performance__dbt_backup" cascade;

commit;

begin;

select * from (
        with
located as (
    select
        facts.*,
        coalesce(customers.state_code, '(none)') as state_code
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = facts.customer_key
),
counted as (
    select
        cast('opened' as varchar(16)) as clock,
        cast(date_trunc('month', located.opened_date) as date) as month,
        cast(located.state_code as varchar(40)) as state_code,
        located.channel,
        cast(coalesce(located.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when located.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when located.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not located.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when located.is_complaint and located.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when located.is_complaint and not located.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(
            count(
                distinct case
                    when located.is_complaint and located.customer_key <> 'unknown'
                        then located.customer_key
                end
            ) as bigint
        ) as customers
    from located
    group by date_trunc('month', located.opened_date), located.state_code, located.channel, located.category
    union all
    select
        cast('reported' as varchar(16)) as clock,
        cast(date_trunc('month', located.partition_date) as date) as month,
        cast(located.state_code as varchar(40)) as state_code,
        located.channel,
        cast(coalesce(located.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when located.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when located.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not located.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when located.is_complaint and located.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when located.is_complaint and not located.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(
            count(
                distinct case
                    when located.is_complaint and located.customer_key <> 'unknown'
                        then located.customer_key
                end
            ) as bigint
        ) as customers
    from located
    group by date_trunc('month', located.partition_date), located.state_code, located.channel, located.category
),
final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = counted.clock
        and periods.granularity = 'month'
        and periods.period_start = counted.month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(16))
 as clock,
    cast(null as date)
 as month,
    cast(null as varchar(40))
 as state_code,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as bigint)
 as customers,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."complaints_by_state_monthly__dbt_tmp"
  (
    clock varchar(16) not null,
    month date,
    state_code varchar(40) not null,
    channel varchar(32) not null,
    category varchar(40) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    customers bigint not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(clock,month);

insert into "coretelecoms"."marts"."complaints_by_state_monthly__dbt_tmp"
    (
    select clock, month, state_code, channel, category, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, customers, is_complete
    from (
        with
located as (
    select
        facts.*,
        coalesce(customers.state_code, '(none)') as state_code
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = facts.customer_key
),
counted as (
    select
        cast('opened' as varchar(16)) as clock,
        cast(date_trunc('month', located.opened_date) as date) as month,
        cast(located.state_code as varchar(40)) as state_code,
        located.channel,
        cast(coalesce(located.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when located.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when located.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not located.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when located.is_complaint and located.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when located.is_complaint and not located.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(
            count(
                distinct case
                    when located.is_complaint and located.customer_key <> 'unknown'
                        then located.customer_key
                end
            ) as bigint
        ) as customers
    from located
    group by date_trunc('month', located.opened_date), located.state_code, located.channel, located.category
    union all
    select
        cast('reported' as varchar(16)) as clock,
        cast(date_trunc('month', located.partition_date) as date) as month,
        cast(located.state_code as varchar(40)) as state_code,
        located.channel,
        cast(coalesce(located.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when located.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when located.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not located.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when located.is_complaint and located.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when located.is_complaint and not located.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when located.is_complaint and located.has_status and located.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(
            count(
                distinct case
                    when located.is_complaint and located.customer_key <> 'unknown'
                        then located.customer_key
                end
            ) as bigint
        ) as customers
    from located
    group by date_trunc('month', located.partition_date), located.state_code, located.channel, located.category
),
final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = counted.clock
        and periods.granularity = 'month'
        and periods.period_start = counted.month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."complaints_by_state_monthly__dbt_tmp" rename to "complaints_by_state_monthly";

grant select on "coretelecoms"."marts"."complaints_by_state_monthly" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."complaints_by_state_monthly__dbt_backup" cascade;

commit;

begin;

select * from (
        with
counted as (
    select
        cast('opened' as varchar(16)) as clock,
        facts.opened_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.opened_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
    union all
    select
        cast('reported' as varchar(16)) as clock,
        facts.partition_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.partition_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
),
final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = counted.clock
        and periods.granularity = 'day'
        and periods.period_start = counted.day
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(16))
 as clock,
    cast(null as date)
 as day,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(40))
 as status,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."complaints_daily__dbt_tmp"
  (
    clock varchar(16) not null,
    day date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    status varchar(40) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(clock,day);

insert into "coretelecoms"."marts"."complaints_daily__dbt_tmp"
    (
    select clock, day, channel, platform, category, complaint_bucket, status, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, is_complete
    from (
        with
counted as (
    select
        cast('opened' as varchar(16)) as clock,
        facts.opened_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.opened_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
    union all
    select
        cast('reported' as varchar(16)) as clock,
        facts.partition_date as day,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.complaint_bucket,
        cast(coalesce(facts.status, '(none)') as varchar(40)) as status,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.partition_date, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
),
final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = counted.clock
        and periods.granularity = 'day'
        and periods.period_start = counted.day
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."complaints_daily__dbt_tmp" rename to "complaints_daily";

grant select on "coretelecoms"."marts"."complaints_daily" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."complaints_daily__dbt_backup" cascade;

commit;

begin;

select * from (
        with
judged as (
    select
        contacts.opened_date,
        contacts.channel,
        contacts.category,
        case
            when contacts.is_later_contact then 'later contact'
            when contacts.days_to_next_in_category <= contacts.window_end_date - contacts.opened_date then 'repeated'
            when contacts.window_end_date > as_of.as_of_date then 'pending'
            else contacts.resolution_state
        end as outcome
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    union all
    select
        opened_date,
        channel,
        cast(coalesce(category, '(none)') as varchar(40)) as category,
        'not assignable' as outcome
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
),
counted as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        category,
        cast(count(*) as bigint) as complaints,
        cast(count(case when outcome not in ('later contact', 'not assignable') then 1 end) as bigint) as first_contacts,
        cast(count(case when outcome = 'later contact' then 1 end) as bigint) as later_contacts,
        cast(count(case when outcome = 'not assignable' then 1 end) as bigint) as not_assignable,
        cast(count(case when outcome = 'repeated' then 1 end) as bigint) as repeated,
        cast(count(case when outcome = 'pending' then 1 end) as bigint) as pending,
        cast(count(case when outcome = 'resolved' then 1 end) as bigint) as resolved_without_repeat,
        cast(count(case when outcome = 'unresolved' then 1 end) as bigint) as unresolved_without_repeat,
        cast(count(case when outcome = 'unknown' then 1 end) as bigint) as unknown_without_repeat
    from judged
    group by date_trunc('month', opened_date), channel, category
),
final as (
    select
        counted.opened_month,
        counted.channel,
        counted.category,
        counted.complaints,
        counted.first_contacts,
        counted.later_contacts,
        counted.not_assignable,
        counted.repeated,
        counted.pending,
        counted.resolved_without_repeat,
        counted.unresolved_without_repeat,
        counted.unknown_without_repeat,
        cast(counted.resolved_without_repeat as double precision) / nullif(counted.repeated + counted.resolved_without_repeat + counted.unresolved_without_repeat + counted.unknown_without_repeat, 0) as resolved_without_repeat_rate,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as first_contacts,
    cast(null as bigint)
 as later_contacts,
    cast(null as bigint)
 as not_assignable,
    cast(null as bigint)
 as repeated,
    cast(null as bigint)
 as pending,
    cast(null as bigint)
 as resolved_without_repeat,
    cast(null as bigint)
 as unresolved_without_repeat,
    cast(null as bigint)
 as unknown_without_repeat,
    cast(null as double precision)
 as resolved_without_repeat_rate,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp"
  (
    opened_month date,
    channel varchar(32) not null,
    category varchar(40) not null,
    complaints bigint not null,
    first_contacts bigint not null,
    later_contacts bigint not null,
    not_assignable bigint not null,
    repeated bigint not null,
    pending bigint not null,
    resolved_without_repeat bigint not null,
    unresolved_without_repeat bigint not null,
    unknown_without_repeat bigint not null,
    resolved_without_repeat_rate double precision,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,channel,category);

insert into "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp"
    (
    select opened_month, channel, category, complaints, first_contacts, later_contacts, not_assignable, repeated, pending, resolved_without_repeat, unresolved_without_repeat, unknown_without_repeat, resolved_without_repeat_rate, is_complete
    from (
        with
judged as (
    select
        contacts.opened_date,
        contacts.channel,
        contacts.category,
        case
            when contacts.is_later_contact then 'later contact'
            when contacts.days_to_next_in_category <= contacts.window_end_date - contacts.opened_date then 'repeated'
            when contacts.window_end_date > as_of.as_of_date then 'pending'
            else contacts.resolution_state
        end as outcome
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    union all
    select
        opened_date,
        channel,
        cast(coalesce(category, '(none)') as varchar(40)) as category,
        'not assignable' as outcome
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
),
counted as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        category,
        cast(count(*) as bigint) as complaints,
        cast(count(case when outcome not in ('later contact', 'not assignable') then 1 end) as bigint) as first_contacts,
        cast(count(case when outcome = 'later contact' then 1 end) as bigint) as later_contacts,
        cast(count(case when outcome = 'not assignable' then 1 end) as bigint) as not_assignable,
        cast(count(case when outcome = 'repeated' then 1 end) as bigint) as repeated,
        cast(count(case when outcome = 'pending' then 1 end) as bigint) as pending,
        cast(count(case when outcome = 'resolved' then 1 end) as bigint) as resolved_without_repeat,
        cast(count(case when outcome = 'unresolved' then 1 end) as bigint) as unresolved_without_repeat,
        cast(count(case when outcome = 'unknown' then 1 end) as bigint) as unknown_without_repeat
    from judged
    group by date_trunc('month', opened_date), channel, category
),
final as (
    select
        counted.opened_month,
        counted.channel,
        counted.category,
        counted.complaints,
        counted.first_contacts,
        counted.later_contacts,
        counted.not_assignable,
        counted.repeated,
        counted.pending,
        counted.resolved_without_repeat,
        counted.unresolved_without_repeat,
        counted.unknown_without_repeat,
        cast(counted.resolved_without_repeat as double precision) / nullif(counted.repeated + counted.resolved_without_repeat + counted.unresolved_without_repeat + counted.unknown_without_repeat, 0) as resolved_without_repeat_rate,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp" rename to "resolved_without_repeat";

grant select on "coretelecoms"."marts"."resolved_without_repeat" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."resolved_without_repeat__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_members__dbt_tmp"
    diststyle all
      compound sortkey(attribute,member)
  as (
    with
raw_counts as (
    select
        cast('all' as varchar(64)) as table_name,
        cast('all' as varchar(40)) as raw_inner,
        cast('(all)' as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('channel' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as raw_inner,
        cast(cells.channel as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('opened_month' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as raw_inner,
        cast(cells.opened_month as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('category' as varchar(64)) as table_name,
        cast('category' as varchar(40)) as raw_inner,
        cast(cells.category as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('resolution' as varchar(64)) as table_name,
        cast('resolution' as varchar(40)) as raw_inner,
        cast(cells.resolution as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('state_code' as varchar(64)) as table_name,
        cast('state_code' as varchar(40)) as raw_inner,
        cast(cells.state_code as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
),
mapped_counts as (
    select
        raw_counts.*,
        raw_inner as inner_member,
        raw_outer as outer_member
    from raw_counts
),
merged_counts as (
    select
        table_name,
        inner_member,
        outer_member,
        sum(complaints) as complaints,
        sum(known_complaints) as known_complaints
    from mapped_counts
    group by table_name, inner_member, outer_member
),
complaints_by_customer as (
    select count(*) as complaints
    from "coretelecoms"."intermediate"."int_publication_records"
    where customer_key is not null
    group by customer_key
),
most_of_one_customer as (
    select coalesce(max(complaints), 0) as complaints
    from complaints_by_customer
),
doubtful_counts as (
    select
        mapped_counts.table_name,
        mapped_counts.raw_inner,
        mapped_counts.raw_outer,
        mapped_counts.inner_member,
        mapped_counts.outer_member
    from mapped_counts
    inner join merged_counts
        on merged_counts.table_name = mapped_counts.table_name
        and merged_counts.inner_member = mapped_counts.inner_member
        and merged_counts.outer_member = mapped_counts.outer_member
    cross join most_of_one_customer
    where merged_counts.known_complaints >= 10
        and merged_counts.known_complaints < 10 * most_of_one_customer.complaints
),
doubtful_combinations as (
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'all'
        and doubtful_counts.raw_inner = 'all'
        and doubtful_counts.raw_outer = '(all)' union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'channel'
        and doubtful_counts.raw_inner = 'channel'
        and doubtful_counts.raw_outer = cells.channel union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'opened_month'
        and doubtful_counts.raw_inner = 'opened_month'
        and doubtful_counts.raw_outer = cells.opened_month union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'category'
        and doubtful_counts.raw_inner = 'category'
        and doubtful_counts.raw_outer = cells.category union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'resolution'
        and doubtful_counts.raw_inner = 'resolution'
        and doubtful_counts.raw_outer = cells.resolution union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'state_code'
        and doubtful_counts.raw_inner = 'state_code'
        and doubtful_counts.raw_outer = cells.state_code
),
doubtful_records as (
    select records.*
    from "coretelecoms"."intermediate"."int_publication_records" as records
    inner join doubtful_combinations as doubtful
        on doubtful.channel = records.channel
        and doubtful.opened_month = records.opened_month
        and doubtful.category = records.category
        and doubtful.resolution = records.resolution
        and doubtful.state_code = records.state_code
        where records.customer_key is not null
),
counted_customers as (
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'all'
        and doubtful_counts.raw_inner = 'all'
        and doubtful_counts.raw_outer = '(all)'
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'channel'
        and doubtful_counts.raw_inner = 'channel'
        and doubtful_counts.raw_outer = cells.channel
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'opened_month'
        and doubtful_counts.raw_inner = 'opened_month'
        and doubtful_counts.raw_outer = cells.opened_month
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'category'
        and doubtful_counts.raw_inner = 'category'
        and doubtful_counts.raw_outer = cells.category
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'resolution'
        and doubtful_counts.raw_inner = 'resolution'
        and doubtful_counts.raw_outer = cells.resolution
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'state_code'
        and doubtful_counts.raw_inner = 'state_code'
        and doubtful_counts.raw_outer = cells.state_code
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
),
checked_counts as (
    select
        merged_counts.table_name,
        merged_counts.inner_member,
        merged_counts.outer_member,
        merged_counts.complaints,
        case
            when merged_counts.known_complaints < 10 then false
            when counted_customers.customers is null then true
            else counted_customers.customers >= 10
        end as has_enough_customers
    from merged_counts
    left join counted_customers
        on counted_customers.table_name = merged_counts.table_name
        and counted_customers.inner_member = merged_counts.inner_member
        and counted_customers.outer_member = merged_counts.outer_member
),
sizes as (
    select
        inner_member as attribute,
        count(*) as members
    from checked_counts
    group by inner_member
),
tables as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('opened_month' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('category' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('resolution' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as inner_attribute,
        cast('state_code' as varchar(40)) as outer_attribute,
        false as has_impossible_pairs
),
neighbours as (
    select inner_attribute as attribute, outer_attribute as neighbour
    from tables
    where has_impossible_pairs
    union all
    select outer_attribute as attribute, inner_attribute as neighbour
    from tables
    where has_impossible_pairs
),
required as (
    select
        neighbours.attribute,
        max(sizes.members) as known_complaints
    from neighbours
    inner join sizes
        on sizes.attribute = neighbours.neighbour
    group by neighbours.attribute
),
judged as (
    select
        checked_counts.inner_member as attribute,
        checked_counts.outer_member as member,
        case
        when checked_counts.outer_member = '(free text)' then 'free text'
        when left(checked_counts.outer_member, 11) = 'resolved in' then 'resolution time'
        else 'any'
    end as kind,
        checked_counts.complaints,
        not checked_counts.has_enough_customers
        or checked_counts.complaints < 10 + coalesce(required.known_complaints, 1) as is_small
    from checked_counts
    left join required
        on required.attribute = checked_counts.inner_member
),
ranked as (
    select
        judged.*,
        sum(case when is_small then 1 else 0 end) over (partition by attribute, kind) as small_members,
        count(*) over (partition by attribute, kind) as members,
        row_number() over (partition by attribute, kind order by is_small, complaints, member) as position
    from judged
),
given_up as (
    select distinct attribute
    from ranked
    where small_members > 0
        and attribute <> 'all'
        and (small_members = members or attribute = 'channel')
),
hidden as (
    select
        ranked.*,
        given_up.attribute is null as is_attribute_published,
        given_up.attribute is not null
        or (ranked.attribute <> 'all' and small_members > 0 and (is_small or position = 1)) as is_merged
    from ranked
    left join given_up
        on given_up.attribute = ranked.attribute
),
final as (
    select
        cast(attribute as varchar(40)) as attribute,
        cast(member as varchar(40)) as member,
        cast(kind as varchar(16)) as kind,
        cast(complaints as bigint) as complaints,
        is_small,
        cast(
            case
                when not is_merged then member
                when is_attribute_published and kind = 'resolution time' then '(small, resolved in days)'
                else '(small)'
            end as varchar(40)
        ) as published_member,
        is_merged or (attribute = 'all' and is_small) as is_suppressed,
        is_attribute_published
    from hidden
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_members__dbt_tmp" rename to "int_publication_members";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_members__dbt_backup" cascade;

commit;

begin;

select * from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        count(*) as row_count,
        count(versions.customer_key) as rows_with_customer,
        count(orphan_customers.customer_key) as orphan_customer_rows,
        count(versions.agent_key) as rows_with_agent,
        count(orphan_agents.agent_key) as orphan_agent_rows,
        count(repeated_complaints.complaint_key) as repeated_id_rows
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join orphan_customers
        on orphan_customers.customer_key = versions.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions.agent_key
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    group by versions.source, versions.partition_date, versions.partition_hour
),
final as (
    select
        accounts.source,
        accounts.partition_date,
        accounts.partition_hour,
        accounts.rows_read,
        accounts.rows_deduplicated,
        cast(coalesce(versions.row_count, 0) as bigint) as version_rows,
        cast(coalesce(versions.rows_with_customer, 0) as bigint) as rows_with_customer,
        cast(coalesce(versions.orphan_customer_rows, 0) as bigint) as orphan_customer_rows,
        cast(coalesce(versions.rows_with_agent, 0) as bigint) as rows_with_agent,
        cast(coalesce(versions.orphan_agent_rows, 0) as bigint) as orphan_agent_rows,
        cast(coalesce(versions.repeated_id_rows, 0) as bigint) as repeated_id_rows,
        accounts.superseded_rows,
        cast(accounts.rows_deduplicated as double precision) / nullif(accounts.rows_read, 0) as share_deduplicated,
        cast(versions.orphan_customer_rows as double precision) / nullif(versions.rows_with_customer, 0) as share_orphan_customers,
        cast(versions.orphan_agent_rows as double precision) / nullif(versions.rows_with_agent, 0) as share_orphan_agents,
        cast(versions.repeated_id_rows as double precision) / nullif(versions.row_count, 0) as share_repeated_ids,
        cast(accounts.superseded_rows as double precision) / nullif(versions.row_count, 0) as share_superseded
    from "coretelecoms"."quality"."reconciliation" as accounts
    left join versions
        on versions.source = accounts.source
        and versions.partition_date = accounts.partition_date
        and versions.partition_hour = accounts.partition_hour
    where accounts.load_id is not null
        and accounts.source not in ('customers', 'agents')
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

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
    cast(null as bigint)
 as rows_deduplicated,
    cast(null as bigint)
 as version_rows,
    cast(null as bigint)
 as rows_with_customer,
    cast(null as bigint)
 as orphan_customer_rows,
    cast(null as bigint)
 as rows_with_agent,
    cast(null as bigint)
 as orphan_agent_rows,
    cast(null as bigint)
 as repeated_id_rows,
    cast(null as bigint)
 as superseded_rows,
    cast(null as double precision)
 as share_deduplicated,
    cast(null as double precision)
 as share_orphan_customers,
    cast(null as double precision)
 as share_orphan_agents,
    cast(null as double precision)
 as share_repeated_ids,
    cast(null as double precision)
 as share_superseded
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    rows_read bigint not null,
    rows_deduplicated bigint not null,
    version_rows bigint not null,
    rows_with_customer bigint not null,
    orphan_customer_rows bigint not null,
    rows_with_agent bigint not null,
    orphan_agent_rows bigint not null,
    repeated_id_rows bigint not null,
    superseded_rows bigint not null,
    share_deduplicated double precision,
    share_orphan_customers double precision,
    share_orphan_agents double precision,
    share_repeated_ids double precision,
    share_superseded double precision
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp"
    (
    select source, partition_date, partition_hour, rows_read, rows_deduplicated, version_rows, rows_with_customer, orphan_customer_rows, rows_with_agent, orphan_agent_rows, repeated_id_rows, superseded_rows, share_deduplicated, share_orphan_customers, share_orphan_agents, share_repeated_ids, share_superseded
    from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        count(*) as row_count,
        count(versions.customer_key) as rows_with_customer,
        count(orphan_customers.customer_key) as orphan_customer_rows,
        count(versions.agent_key) as rows_with_agent,
        count(orphan_agents.agent_key) as orphan_agent_rows,
        count(repeated_complaints.complaint_key) as repeated_id_rows
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join orphan_customers
        on orphan_customers.customer_key = versions.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions.agent_key
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    group by versions.source, versions.partition_date, versions.partition_hour
),
final as (
    select
        accounts.source,
        accounts.partition_date,
        accounts.partition_hour,
        accounts.rows_read,
        accounts.rows_deduplicated,
        cast(coalesce(versions.row_count, 0) as bigint) as version_rows,
        cast(coalesce(versions.rows_with_customer, 0) as bigint) as rows_with_customer,
        cast(coalesce(versions.orphan_customer_rows, 0) as bigint) as orphan_customer_rows,
        cast(coalesce(versions.rows_with_agent, 0) as bigint) as rows_with_agent,
        cast(coalesce(versions.orphan_agent_rows, 0) as bigint) as orphan_agent_rows,
        cast(coalesce(versions.repeated_id_rows, 0) as bigint) as repeated_id_rows,
        accounts.superseded_rows,
        cast(accounts.rows_deduplicated as double precision) / nullif(accounts.rows_read, 0) as share_deduplicated,
        cast(versions.orphan_customer_rows as double precision) / nullif(versions.rows_with_customer, 0) as share_orphan_customers,
        cast(versions.orphan_agent_rows as double precision) / nullif(versions.rows_with_agent, 0) as share_orphan_agents,
        cast(versions.repeated_id_rows as double precision) / nullif(versions.row_count, 0) as share_repeated_ids,
        cast(accounts.superseded_rows as double precision) / nullif(versions.row_count, 0) as share_superseded
    from "coretelecoms"."quality"."reconciliation" as accounts
    left join versions
        on versions.source = accounts.source
        and versions.partition_date = accounts.partition_date
        and versions.partition_hour = accounts.partition_hour
    where accounts.load_id is not null
        and accounts.source not in ('customers', 'agents')
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp" rename to "orphans_and_duplicates";

grant select on "coretelecoms"."quality"."orphans_and_duplicates" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."orphans_and_duplicates__dbt_backup" cascade;

commit;

begin;

select * from (
        with
counted as (
    select
        facts.partition_date,
        facts.channel,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days >= 0 then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days is null then 1 end) as bigint) as without_opening_time,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days < 0 then 1 end) as bigint) as opened_in_future
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.partition_date, facts.channel
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by partition_date, channel
            order by reporting_lag_days
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by partition_date, channel) as complaints_of_group
    from "coretelecoms"."marts"."reporting_lag_histogram" as histogram
),
measured as (
    select
        partition_date, channel,
        cast(sum(reporting_lag_days * complaints) as double precision) / nullif(sum(complaints), 0) as mean_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then reporting_lag_days end) as integer
    ) as median_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then reporting_lag_days end) as integer
    ) as p80_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then reporting_lag_days end) as integer
    ) as p90_lag_days,
        max(reporting_lag_days) as max_lag_days
    from cumulative
    group by partition_date, channel
),
final as (
    select
        counted.*,
        measured.mean_lag_days,
        measured.median_lag_days,
        measured.p80_lag_days,
        measured.p90_lag_days,
        measured.max_lag_days
    from counted
    left join measured
        on measured.partition_date = counted.partition_date
        and measured.channel = counted.channel
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as partition_date,
    cast(null as varchar(32))
 as channel,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as bigint)
 as measured_complaints,
    cast(null as bigint)
 as without_opening_time,
    cast(null as bigint)
 as opened_in_future,
    cast(null as double precision)
 as mean_lag_days,
    cast(null as integer)
 as median_lag_days,
    cast(null as integer)
 as p80_lag_days,
    cast(null as integer)
 as p90_lag_days,
    cast(null as integer)
 as max_lag_days
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."reporting_lag__dbt_tmp"
  (
    partition_date date not null,
    channel varchar(32) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    measured_complaints bigint not null,
    without_opening_time bigint not null,
    opened_in_future bigint not null,
    mean_lag_days double precision,
    median_lag_days integer,
    p80_lag_days integer,
    p90_lag_days integer,
    max_lag_days integer
    )
    diststyle all
      compound sortkey(partition_date,channel);

insert into "coretelecoms"."marts"."reporting_lag__dbt_tmp"
    (
    select partition_date, channel, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, measured_complaints, without_opening_time, opened_in_future, mean_lag_days, median_lag_days, p80_lag_days, p90_lag_days, max_lag_days
    from (
        with
counted as (
    select
        facts.partition_date,
        facts.channel,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days >= 0 then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days is null then 1 end) as bigint) as without_opening_time,
        cast(count(case when facts.is_complaint and facts.reporting_lag_days < 0 then 1 end) as bigint) as opened_in_future
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by facts.partition_date, facts.channel
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by partition_date, channel
            order by reporting_lag_days
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by partition_date, channel) as complaints_of_group
    from "coretelecoms"."marts"."reporting_lag_histogram" as histogram
),
measured as (
    select
        partition_date, channel,
        cast(sum(reporting_lag_days * complaints) as double precision) / nullif(sum(complaints), 0) as mean_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then reporting_lag_days end) as integer
    ) as median_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then reporting_lag_days end) as integer
    ) as p80_lag_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then reporting_lag_days end) as integer
    ) as p90_lag_days,
        max(reporting_lag_days) as max_lag_days
    from cumulative
    group by partition_date, channel
),
final as (
    select
        counted.*,
        measured.mean_lag_days,
        measured.median_lag_days,
        measured.p80_lag_days,
        measured.p90_lag_days,
        measured.max_lag_days
    from counted
    left join measured
        on measured.partition_date = counted.partition_date
        and measured.channel = counted.channel
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."reporting_lag__dbt_tmp" rename to "reporting_lag";

grant select on "coretelecoms"."marts"."reporting_lag" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."reporting_lag__dbt_backup" cascade;

commit;

begin;

select * from (
        with
counted as (
    select
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'measured' then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'not_reported' then 1 end) as bigint) as not_reported_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'unresolved' then 1 end) as bigint) as open_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'missing' then 1 end) as bigint) as missing_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'negative' then 1 end) as bigint) as negative_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'flagged' then 1 end) as bigint) as flagged_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by date_trunc('month', facts.opened_date), facts.channel, facts.platform, facts.category
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by opened_month, channel, platform, category
            order by days_to_resolve
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by opened_month, channel, platform, category) as complaints_of_group
    from "coretelecoms"."marts"."resolution_time_histogram" as histogram
),
measured as (
    select
        opened_month, channel, platform, category,
        cast(sum(seconds_to_resolve) as double precision) / nullif(sum(complaints), 0) / 86400.0 as mean_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then days_to_resolve end) as integer
    ) as median_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then days_to_resolve end) as integer
    ) as p80_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then days_to_resolve end) as integer
    ) as p90_days
    from cumulative
    group by opened_month, channel, platform, category
),
final as (
    select
        counted.*,
        measured.mean_days,
        measured.median_days,
        measured.p80_days,
        measured.p90_days,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join measured
        on measured.opened_month = counted.opened_month
        and measured.channel = counted.channel
        and measured.platform = counted.platform
        and measured.category = counted.category
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as bigint)
 as measured_complaints,
    cast(null as bigint)
 as not_reported_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as missing_complaints,
    cast(null as bigint)
 as negative_complaints,
    cast(null as bigint)
 as flagged_complaints,
    cast(null as double precision)
 as mean_days,
    cast(null as integer)
 as median_days,
    cast(null as integer)
 as p80_days,
    cast(null as integer)
 as p90_days,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."resolution_times__dbt_tmp"
  (
    opened_month date,
    channel varchar(32) not null,
    platform varchar(40) not null,
    category varchar(40) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    measured_complaints bigint not null,
    not_reported_complaints bigint not null,
    open_complaints bigint not null,
    missing_complaints bigint not null,
    negative_complaints bigint not null,
    flagged_complaints bigint not null,
    mean_days double precision,
    median_days integer,
    p80_days integer,
    p90_days integer,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,channel);

insert into "coretelecoms"."marts"."resolution_times__dbt_tmp"
    (
    select opened_month, channel, platform, category, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, measured_complaints, not_reported_complaints, open_complaints, missing_complaints, negative_complaints, flagged_complaints, mean_days, median_days, p80_days, p90_days, is_complete
    from (
        with
counted as (
    select
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        facts.channel,
        cast(coalesce(facts.platform, '(none)') as varchar(40)) as platform,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        cast(count(*) as bigint) as records,
        cast(count(case when facts.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when facts.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not facts.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when facts.is_complaint and facts.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when facts.is_complaint and not facts.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when facts.is_complaint and facts.has_status and facts.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'measured' then 1 end) as bigint) as measured_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'not_reported' then 1 end) as bigint) as not_reported_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'unresolved' then 1 end) as bigint) as open_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'missing' then 1 end) as bigint) as missing_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'negative' then 1 end) as bigint) as negative_complaints,
        cast(count(case when facts.is_complaint and facts.resolution_time_state = 'flagged' then 1 end) as bigint) as flagged_complaints
    from "coretelecoms"."marts"."fct_complaints" as facts
    group by date_trunc('month', facts.opened_date), facts.channel, facts.platform, facts.category
),
cumulative as (
    select
        histogram.*,
        sum(complaints) over (
            partition by opened_month, channel, platform, category
            order by days_to_resolve
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by opened_month, channel, platform, category) as complaints_of_group
    from "coretelecoms"."marts"."resolution_time_histogram" as histogram
),
measured as (
    select
        opened_month, channel, platform, category,
        cast(sum(seconds_to_resolve) as double precision) / nullif(sum(complaints), 0) / 86400.0 as mean_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 50 then days_to_resolve end) as integer
    ) as median_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 80 then days_to_resolve end) as integer
    ) as p80_days,
        cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * 90 then days_to_resolve end) as integer
    ) as p90_days
    from cumulative
    group by opened_month, channel, platform, category
),
final as (
    select
        counted.*,
        measured.mean_days,
        measured.median_days,
        measured.p80_days,
        measured.p90_days,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join measured
        on measured.opened_month = counted.opened_month
        and measured.channel = counted.channel
        and measured.platform = counted.platform
        and measured.category = counted.category
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."resolution_times__dbt_tmp" rename to "resolution_times";

grant select on "coretelecoms"."marts"."resolution_times" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."resolution_times__dbt_backup" cascade;

commit;

begin;

select * from (
        with
reports as (
    select
        complaint_key,
        count(*) as times_reported
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
),
unresolved as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.agent_key,
        facts.channel,
        facts.platform,
        facts.category,
        facts.complaint_bucket,
        facts.status,
        facts.partition_date,
        sla.opened_date,
        sla.urgency,
        sla.due_date,
        sla.working_days_overdue,
        as_of.as_of_date - sla.opened_date as age_days,
        lower(trim(regexp_replace(facts.status, '[[:space:]]+', ' '))) = 'blocked' as is_blocked,
        sla.sla_status = 'breached' as is_overdue
    from "coretelecoms"."marts"."fct_complaints" as facts
    inner join "coretelecoms"."marts"."sla_status" as sla
        on sla.complaint_key = facts.complaint_key
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where facts.is_complaint
        and facts.resolution_state = 'unresolved'
),
stuck as (
    select *
    from unresolved
    where is_blocked or is_overdue
),
final as (
    select
        stuck.complaint_key,
        stuck.customer_key,
        stuck.agent_key,
        stuck.channel,
        stuck.platform,
        stuck.category,
        stuck.complaint_bucket,
        stuck.status,
        stuck.opened_date,
        cast(stuck.age_days as integer) as age_days,
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then '(none)'
        when stuck.age_days <= 3 then '0-3'
        when stuck.age_days <= 7 then '4-7'
        when stuck.age_days <= 30 then '8-30'
        when stuck.age_days <= 90 then '31-90'
        when stuck.age_days <= 180 then '91-180'
        else 'over 180'
    end as varchar(16)) as age_band,
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then 7
        when stuck.age_days <= 3 then 1
        when stuck.age_days <= 7 then 2
        when stuck.age_days <= 30 then 3
        when stuck.age_days <= 90 then 4
        when stuck.age_days <= 180 then 5
        else 6
    end as integer) as age_band_order,
        stuck.urgency,
        stuck.due_date,
        stuck.working_days_overdue,
        stuck.partition_date,
        cast(reports.times_reported as integer) as times_reported,
        cast(
            case
                when stuck.is_blocked and stuck.is_overdue then 'blocked and overdue'
                when stuck.is_blocked then 'blocked'
                else 'overdue'
            end as varchar(32)
        ) as reason,
        cast(
            row_number() over (
                partition by stuck.agent_key
                order by
                    case when stuck.urgency = 'urgent' then 0 else 1 end,
                    stuck.working_days_overdue desc,
                    stuck.opened_date nulls last,
                    stuck.complaint_key
            ) as integer
        ) as queue_position
    from stuck
    inner join reports
        on reports.complaint_key = stuck.complaint_key
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(40))
 as status,
    cast(null as date)
 as opened_date,
    cast(null as integer)
 as age_days,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as age_band_order,
    cast(null as varchar(16))
 as urgency,
    cast(null as date)
 as due_date,
    cast(null as integer)
 as working_days_overdue,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as times_reported,
    cast(null as varchar(32))
 as reason,
    cast(null as integer)
 as queue_position
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."stuck_complaints__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    customer_key varchar(64) not null,
    agent_key varchar(64) not null,
    channel varchar(32) not null,
    platform varchar(40),
    category varchar(40),
    complaint_bucket varchar(40) not null,
    status varchar(40),
    opened_date date,
    age_days integer,
    age_band varchar(16) not null,
    age_band_order integer not null,
    urgency varchar(16) not null,
    due_date date,
    working_days_overdue integer not null,
    partition_date date not null,
    times_reported integer not null,
    reason varchar(32) not null,
    queue_position integer not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(agent_key,queue_position);

insert into "coretelecoms"."marts"."stuck_complaints__dbt_tmp"
    (
    select complaint_key, customer_key, agent_key, channel, platform, category, complaint_bucket, status, opened_date, age_days, age_band, age_band_order, urgency, due_date, working_days_overdue, partition_date, times_reported, reason, queue_position
    from (
        with
reports as (
    select
        complaint_key,
        count(*) as times_reported
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
),
unresolved as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.agent_key,
        facts.channel,
        facts.platform,
        facts.category,
        facts.complaint_bucket,
        facts.status,
        facts.partition_date,
        sla.opened_date,
        sla.urgency,
        sla.due_date,
        sla.working_days_overdue,
        as_of.as_of_date - sla.opened_date as age_days,
        lower(trim(regexp_replace(facts.status, '[[:space:]]+', ' '))) = 'blocked' as is_blocked,
        sla.sla_status = 'breached' as is_overdue
    from "coretelecoms"."marts"."fct_complaints" as facts
    inner join "coretelecoms"."marts"."sla_status" as sla
        on sla.complaint_key = facts.complaint_key
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where facts.is_complaint
        and facts.resolution_state = 'unresolved'
),
stuck as (
    select *
    from unresolved
    where is_blocked or is_overdue
),
final as (
    select
        stuck.complaint_key,
        stuck.customer_key,
        stuck.agent_key,
        stuck.channel,
        stuck.platform,
        stuck.category,
        stuck.complaint_bucket,
        stuck.status,
        stuck.opened_date,
        cast(stuck.age_days as integer) as age_days,
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then '(none)'
        when stuck.age_days <= 3 then '0-3'
        when stuck.age_days <= 7 then '4-7'
        when stuck.age_days <= 30 then '8-30'
        when stuck.age_days <= 90 then '31-90'
        when stuck.age_days <= 180 then '91-180'
        else 'over 180'
    end as varchar(16)) as age_band,
        cast(case
        when stuck.age_days is null or stuck.age_days < 0 then 7
        when stuck.age_days <= 3 then 1
        when stuck.age_days <= 7 then 2
        when stuck.age_days <= 30 then 3
        when stuck.age_days <= 90 then 4
        when stuck.age_days <= 180 then 5
        else 6
    end as integer) as age_band_order,
        stuck.urgency,
        stuck.due_date,
        stuck.working_days_overdue,
        stuck.partition_date,
        cast(reports.times_reported as integer) as times_reported,
        cast(
            case
                when stuck.is_blocked and stuck.is_overdue then 'blocked and overdue'
                when stuck.is_blocked then 'blocked'
                else 'overdue'
            end as varchar(32)
        ) as reason,
        cast(
            row_number() over (
                partition by stuck.agent_key
                order by
                    case when stuck.urgency = 'urgent' then 0 else 1 end,
                    stuck.working_days_overdue desc,
                    stuck.opened_date nulls last,
                    stuck.complaint_key
            ) as integer
        ) as queue_position
    from stuck
    inner join reports
        on reports.complaint_key = stuck.complaint_key
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."stuck_complaints__dbt_tmp" rename to "stuck_complaints";

grant select on "coretelecoms"."marts"."stuck_complaints" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."stuck_complaints__dbt_backup" cascade;

commit;

begin;

select * from (
with
partition_set as (
    select
        count(*) as partitions,
        min(partition_date) as first_partition_date,
        max(partition_date) as last_partition_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
),
compared as (
    select count(*) as comparisons
    from "coretelecoms"."intermediate"."int_insight_candidates"
    where is_tested
),
findings as (
    select
        tests.*,
        row_number() over (order by deviance_from_rest desc, metric, dimension, member, category) as insight_number
    from "coretelecoms"."intermediate"."int_insight_tests" as tests
    where is_finding
),
found as (
    select count(*) as findings
    from findings
),
in_words as (
    select
        findings.*,
        case
            when findings.dimension = 'state' then 'of customers in ' || coalesce(states.state_name, findings.member)
            when findings.dimension = 'channel' then 'by ' || replace(findings.member, '_', ' ')
            when findings.dimension = 'category' then 'about ' || findings.member
            when findings.dimension = 'experience' then 'handled by agents of experience ' || findings.member
            else 'opened in ' || findings.member
        end as members_complaints,
        case
            when findings.dimension = 'experience' then 'Agents of experience ' || findings.member
            else 'Customers in ' || coalesce(states.state_name, findings.member)
        end as members,
        case
            when findings.metric = 'category_share' then 'are about ' || findings.category
            when findings.metric = 'resolution_rate' then 'are resolved'
            else 'were resolved within 14 days'
        end as outcome,
        case
            when findings.metric = 'category_share' then 'complaints '
            when findings.metric = 'resolution_rate' and findings.dimension = 'month'
                then 'complaints with a status, reported 60 days or more after opening, '
            when findings.metric = 'resolution_rate' then 'complaints with a status '
            else 'complaints resolved within 60 days, '
        end as base_in_words,
        case
            when findings.dimension = 'state' then 1000.0
            else 1.0
        end as rate_base
    from findings
    left join "coretelecoms"."staging"."us_states" as states
        on findings.dimension = 'state'
        and states.state_code = findings.member
),
sentences as (
    select
        in_words.*,
        case
            when metric = 'complaint_rate' and dimension = 'state'
                then
                    members || ' complain ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'less' end || ' often than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(1000.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' complaints per 1000 of '
                    || cast(cast(trials as bigint) as varchar) || ' customers, against '
                    || cast(cast(round(1000.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' per 1000 of '
                    || cast(cast(rest_trials as bigint) as varchar) || '.'
            when metric = 'complaint_rate'
                then
                    members || ' handle ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'fewer' end || ' complaints each than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(member_share, 1) as decimal(18, 1)) as varchar) || ' for each of '
                    || cast(cast(trials as bigint) as varchar) || ' agents, against ' || cast(cast(round(rest_share, 1) as decimal(18, 1)) as varchar)
                    || ' for each of ' || cast(cast(rest_trials as bigint) as varchar) || '.'
            else
                'Of ' || cast(cast(trials as bigint) as varchar) || ' ' || base_in_words || members_complaints || ', '
                || cast(cast(round(100.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' % ' || outcome || ', against '
                || cast(cast(round(100.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' % of ' || cast(cast(rest_trials as bigint) as varchar)
                || ' others: ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' percentage points '
                || case when difference > 0 then 'more' else 'less' end || ' ('
                || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar) || ').'
        end as sentence
    from in_words
),
printed as (
    select
        insight_number,
        true as is_finding,
        metric,
        dimension,
        member,
        nullif(category, '(all)') as category,
        case when metric = 'complaint_rate' then member_share * rate_base else member_share end as member_value,
        case when metric = 'complaint_rate' then rest_share * rate_base else rest_share end as reference_value,
        difference,
        difference_lower,
        difference_upper,
        case
            when metric = 'complaint_rate' then 'share of the reference value'
            else 'difference of shares'
        end as difference_unit,
        trials as base,
        rest_trials as reference_base,
        design_effect,
        sqrt(deviance_from_rest) as test_statistic,
        critical_value,
        comparisons,
        sentence
    from sentences
    union all
    select
        1 as insight_number,
        false as is_finding,
        cast(null as varchar) as metric,
        cast(null as varchar) as dimension,
        cast(null as varchar) as member,
        cast(null as varchar) as category,
        cast(null as double precision) as member_value,
        cast(null as double precision) as reference_value,
        cast(null as double precision) as difference,
        cast(null as double precision) as difference_lower,
        cast(null as double precision) as difference_upper,
        cast(null as varchar) as difference_unit,
        cast(null as double precision) as base,
        cast(null as double precision) as reference_base,
        cast(null as double precision) as design_effect,
        cast(null as double precision) as test_statistic,
        cast(null as double precision) as critical_value,
        compared.comparisons,
        'No difference found in ' || cast(compared.comparisons as varchar) || ' comparisons.' as sentence
    from compared
    cross join found
    where found.findings = 0
),
final as (
    select
        cast(printed.insight_number as integer) as insight_number,
        printed.is_finding,
        cast(printed.metric as varchar(32)) as metric,
        cast(printed.dimension as varchar(16)) as dimension,
        cast(printed.member as varchar(40)) as member,
        cast(printed.category as varchar(40)) as category,
        cast(round(cast(printed.member_value as double precision), 6) as double precision) as member_value,
        cast(round(cast(printed.reference_value as double precision), 6) as double precision) as reference_value,
        cast(round(cast(printed.difference as double precision), 6) as double precision) as difference,
        cast(round(cast(printed.difference_lower as double precision), 6) as double precision) as difference_lower,
        cast(round(cast(printed.difference_upper as double precision), 6) as double precision) as difference_upper,
        cast(printed.difference_unit as varchar(32)) as difference_unit,
        cast(printed.base as bigint) as base,
        cast(printed.reference_base as bigint) as reference_base,
        cast(round(cast(printed.design_effect as double precision), 6) as double precision) as design_effect,
        cast(round(cast(printed.test_statistic as double precision), 6) as double precision) as test_statistic,
        cast(round(cast(printed.critical_value as double precision), 6) as double precision) as critical_value,
        cast(printed.comparisons as integer) as comparisons,
        cast(0.01 as double precision) as error_level,
        cast(partition_set.first_partition_date as date) as first_partition_date,
        cast(partition_set.last_partition_date as date) as last_partition_date,
        cast(partition_set.partitions as integer) as partitions,
        cast(printed.sentence as varchar(512)) as sentence
    from printed
    cross join partition_set
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as integer)
 as insight_number,
    cast(null as boolean)
 as is_finding,
    cast(null as varchar(32))
 as metric,
    cast(null as varchar(16))
 as dimension,
    cast(null as varchar(40))
 as member,
    cast(null as varchar(40))
 as category,
    cast(null as double precision)
 as member_value,
    cast(null as double precision)
 as reference_value,
    cast(null as double precision)
 as difference,
    cast(null as double precision)
 as difference_lower,
    cast(null as double precision)
 as difference_upper,
    cast(null as varchar(32))
 as difference_unit,
    cast(null as bigint)
 as base,
    cast(null as bigint)
 as reference_base,
    cast(null as double precision)
 as design_effect,
    cast(null as double precision)
 as test_statistic,
    cast(null as double precision)
 as critical_value,
    cast(null as integer)
 as comparisons,
    cast(null as double precision)
 as error_level,
    cast(null as date)
 as first_partition_date,
    cast(null as date)
 as last_partition_date,
    cast(null as integer)
 as partitions,
    cast(null as varchar(512))
 as sentence
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."insights__dbt_tmp"
  (
    insight_number integer not null,
    is_finding boolean not null,
    metric varchar(32),
    dimension varchar(16),
    member varchar(40),
    category varchar(40),
    member_value double precision,
    reference_value double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    difference_unit varchar(32),
    base bigint,
    reference_base bigint,
    design_effect double precision,
    test_statistic double precision,
    critical_value double precision,
    comparisons integer not null,
    error_level double precision not null,
    first_partition_date date,
    last_partition_date date,
    partitions integer not null,
    sentence varchar(512) not null
    )
    diststyle all
      compound sortkey(insight_number);

insert into "coretelecoms"."marts"."insights__dbt_tmp"
    (
    select insight_number, is_finding, metric, dimension, member, category, member_value, reference_value, difference, difference_lower, difference_upper, difference_unit, base, reference_base, design_effect, test_statistic, critical_value, comparisons, error_level, first_partition_date, last_partition_date, partitions, sentence
    from (
with
partition_set as (
    select
        count(*) as partitions,
        min(partition_date) as first_partition_date,
        max(partition_date) as last_partition_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
),
compared as (
    select count(*) as comparisons
    from "coretelecoms"."intermediate"."int_insight_candidates"
    where is_tested
),
findings as (
    select
        tests.*,
        row_number() over (order by deviance_from_rest desc, metric, dimension, member, category) as insight_number
    from "coretelecoms"."intermediate"."int_insight_tests" as tests
    where is_finding
),
found as (
    select count(*) as findings
    from findings
),
in_words as (
    select
        findings.*,
        case
            when findings.dimension = 'state' then 'of customers in ' || coalesce(states.state_name, findings.member)
            when findings.dimension = 'channel' then 'by ' || replace(findings.member, '_', ' ')
            when findings.dimension = 'category' then 'about ' || findings.member
            when findings.dimension = 'experience' then 'handled by agents of experience ' || findings.member
            else 'opened in ' || findings.member
        end as members_complaints,
        case
            when findings.dimension = 'experience' then 'Agents of experience ' || findings.member
            else 'Customers in ' || coalesce(states.state_name, findings.member)
        end as members,
        case
            when findings.metric = 'category_share' then 'are about ' || findings.category
            when findings.metric = 'resolution_rate' then 'are resolved'
            else 'were resolved within 14 days'
        end as outcome,
        case
            when findings.metric = 'category_share' then 'complaints '
            when findings.metric = 'resolution_rate' and findings.dimension = 'month'
                then 'complaints with a status, reported 60 days or more after opening, '
            when findings.metric = 'resolution_rate' then 'complaints with a status '
            else 'complaints resolved within 60 days, '
        end as base_in_words,
        case
            when findings.dimension = 'state' then 1000.0
            else 1.0
        end as rate_base
    from findings
    left join "coretelecoms"."staging"."us_states" as states
        on findings.dimension = 'state'
        and states.state_code = findings.member
),
sentences as (
    select
        in_words.*,
        case
            when metric = 'complaint_rate' and dimension = 'state'
                then
                    members || ' complain ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'less' end || ' often than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(1000.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' complaints per 1000 of '
                    || cast(cast(trials as bigint) as varchar) || ' customers, against '
                    || cast(cast(round(1000.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' per 1000 of '
                    || cast(cast(rest_trials as bigint) as varchar) || '.'
            when metric = 'complaint_rate'
                then
                    members || ' handle ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'fewer' end || ' complaints each than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(member_share, 1) as decimal(18, 1)) as varchar) || ' for each of '
                    || cast(cast(trials as bigint) as varchar) || ' agents, against ' || cast(cast(round(rest_share, 1) as decimal(18, 1)) as varchar)
                    || ' for each of ' || cast(cast(rest_trials as bigint) as varchar) || '.'
            else
                'Of ' || cast(cast(trials as bigint) as varchar) || ' ' || base_in_words || members_complaints || ', '
                || cast(cast(round(100.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' % ' || outcome || ', against '
                || cast(cast(round(100.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' % of ' || cast(cast(rest_trials as bigint) as varchar)
                || ' others: ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' percentage points '
                || case when difference > 0 then 'more' else 'less' end || ' ('
                || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar) || ').'
        end as sentence
    from in_words
),
printed as (
    select
        insight_number,
        true as is_finding,
        metric,
        dimension,
        member,
        nullif(category, '(all)') as category,
        case when metric = 'complaint_rate' then member_share * rate_base else member_share end as member_value,
        case when metric = 'complaint_rate' then rest_share * rate_base else rest_share end as reference_value,
        difference,
        difference_lower,
        difference_upper,
        case
            when metric = 'complaint_rate' then 'share of the reference value'
            else 'difference of shares'
        end as difference_unit,
        trials as base,
        rest_trials as reference_base,
        design_effect,
        sqrt(deviance_from_rest) as test_statistic,
        critical_value,
        comparisons,
        sentence
    from sentences
    union all
    select
        1 as insight_number,
        false as is_finding,
        cast(null as varchar) as metric,
        cast(null as varchar) as dimension,
        cast(null as varchar) as member,
        cast(null as varchar) as category,
        cast(null as double precision) as member_value,
        cast(null as double precision) as reference_value,
        cast(null as double precision) as difference,
        cast(null as double precision) as difference_lower,
        cast(null as double precision) as difference_upper,
        cast(null as varchar) as difference_unit,
        cast(null as double precision) as base,
        cast(null as double precision) as reference_base,
        cast(null as double precision) as design_effect,
        cast(null as double precision) as test_statistic,
        cast(null as double precision) as critical_value,
        compared.comparisons,
        'No difference found in ' || cast(compared.comparisons as varchar) || ' comparisons.' as sentence
    from compared
    cross join found
    where found.findings = 0
),
final as (
    select
        cast(printed.insight_number as integer) as insight_number,
        printed.is_finding,
        cast(printed.metric as varchar(32)) as metric,
        cast(printed.dimension as varchar(16)) as dimension,
        cast(printed.member as varchar(40)) as member,
        cast(printed.category as varchar(40)) as category,
        cast(round(cast(printed.member_value as double precision), 6) as double precision) as member_value,
        cast(round(cast(printed.reference_value as double precision), 6) as double precision) as reference_value,
        cast(round(cast(printed.difference as double precision), 6) as double precision) as difference,
        cast(round(cast(printed.difference_lower as double precision), 6) as double precision) as difference_lower,
        cast(round(cast(printed.difference_upper as double precision), 6) as double precision) as difference_upper,
        cast(printed.difference_unit as varchar(32)) as difference_unit,
        cast(printed.base as bigint) as base,
        cast(printed.reference_base as bigint) as reference_base,
        cast(round(cast(printed.design_effect as double precision), 6) as double precision) as design_effect,
        cast(round(cast(printed.test_statistic as double precision), 6) as double precision) as test_statistic,
        cast(round(cast(printed.critical_value as double precision), 6) as double precision) as critical_value,
        cast(printed.comparisons as integer) as comparisons,
        cast(0.01 as double precision) as error_level,
        cast(partition_set.first_partition_date as date) as first_partition_date,
        cast(partition_set.last_partition_date as date) as last_partition_date,
        cast(partition_set.partitions as integer) as partitions,
        cast(printed.sentence as varchar(512)) as sentence
    from printed
    cross join partition_set
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."insights__dbt_tmp" rename to "insights";

grant select on "coretelecoms"."marts"."insights" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."insights__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_pairs__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
raw_counts as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.opened_month as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.category as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.resolution as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast(cells.opened_month as varchar(40)) as raw_inner,
        cast(cells.state_code as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
),
tables as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('opened_month' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('category' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('resolution' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as inner_attribute,
        cast('state_code' as varchar(40)) as outer_attribute,
        false as has_impossible_pairs
),
mapped_counts as (
    select
        raw_counts.*,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from raw_counts
    inner join tables
        on tables.table_name = raw_counts.table_name
    inner join "coretelecoms"."intermediate"."int_publication_members" as inner_members
        on inner_members.attribute = tables.inner_attribute
        and inner_members.member = raw_counts.raw_inner
    inner join "coretelecoms"."intermediate"."int_publication_members" as outer_members
        on outer_members.attribute = tables.outer_attribute
        and outer_members.member = raw_counts.raw_outer
),
merged_counts as (
    select
        table_name,
        inner_member,
        outer_member,
        sum(complaints) as complaints,
        sum(known_complaints) as known_complaints
    from mapped_counts
    group by table_name, inner_member, outer_member
),
complaints_by_customer as (
    select count(*) as complaints
    from "coretelecoms"."intermediate"."int_publication_records"
    where customer_key is not null
    group by customer_key
),
most_of_one_customer as (
    select coalesce(max(complaints), 0) as complaints
    from complaints_by_customer
),
doubtful_counts as (
    select
        mapped_counts.table_name,
        mapped_counts.raw_inner,
        mapped_counts.raw_outer,
        mapped_counts.inner_member,
        mapped_counts.outer_member
    from mapped_counts
    inner join merged_counts
        on merged_counts.table_name = mapped_counts.table_name
        and merged_counts.inner_member = mapped_counts.inner_member
        and merged_counts.outer_member = mapped_counts.outer_member
    cross join most_of_one_customer
    where merged_counts.known_complaints >= 10
        and merged_counts.known_complaints < 10 * most_of_one_customer.complaints
),
doubtful_combinations as (
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_months'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.opened_month union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_categories'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.category union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_resolutions'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.resolution union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_month_states'
        and doubtful_counts.raw_inner = cells.opened_month
        and doubtful_counts.raw_outer = cells.state_code
),
doubtful_records as (
    select records.*
    from "coretelecoms"."intermediate"."int_publication_records" as records
    inner join doubtful_combinations as doubtful
        on doubtful.channel = records.channel
        and doubtful.opened_month = records.opened_month
        and doubtful.category = records.category
        and doubtful.resolution = records.resolution
        and doubtful.state_code = records.state_code
        where records.customer_key is not null
),
counted_customers as (
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_months'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.opened_month
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_categories'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.category
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_resolutions'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.resolution
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_month_states'
        and doubtful_counts.raw_inner = cells.opened_month
        and doubtful_counts.raw_outer = cells.state_code
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
),
checked_counts as (
    select
        merged_counts.table_name,
        merged_counts.inner_member,
        merged_counts.outer_member,
        merged_counts.complaints,
        case
            when merged_counts.known_complaints < 10 then false
            when counted_customers.customers is null then true
            else counted_customers.customers >= 10
        end as has_enough_customers
    from merged_counts
    left join counted_customers
        on counted_customers.table_name = merged_counts.table_name
        and counted_customers.inner_member = merged_counts.inner_member
        and counted_customers.outer_member = merged_counts.outer_member
),
published_members as (
    select distinct attribute, published_member
    from "coretelecoms"."intermediate"."int_publication_members"
),
possible_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from tables
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    where not tables.has_impossible_pairs
    union
    select
        table_name,
        inner_member,
        outer_member
    from checked_counts
),
final as (
    select
        cast(possible_pairs.table_name as varchar(64)) as table_name,
        cast(possible_pairs.inner_member as varchar(40)) as inner_member,
        cast(possible_pairs.outer_member as varchar(40)) as outer_member,
        cast(coalesce(checked_counts.complaints, 0) as bigint) as complaints,
        coalesce(checked_counts.has_enough_customers, false) as has_enough_customers,
        case when tables.has_impossible_pairs then 1 else 0 end as known_complaints
    from possible_pairs
    inner join tables
        on tables.table_name = possible_pairs.table_name
    left join checked_counts
        on checked_counts.table_name = possible_pairs.table_name
        and checked_counts.inner_member = possible_pairs.inner_member
        and checked_counts.outer_member = possible_pairs.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_pairs__dbt_tmp" rename to "int_publication_pairs";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_pairs__dbt_backup" cascade;

commit;

begin;

select * from (
        with
complaints_by_state as (
    select
        clock,
        month,
        state_code,
        is_complete,
        sum(complaints) as complaints
    from "coretelecoms"."marts"."complaints_by_state_monthly"
    group by clock, month, state_code, is_complete
),
complaints as (
    select * from complaints_by_state
    union all
    select
        clock,
        month,
        '(all)' as state_code,
        is_complete,
        sum(complaints) as complaints
    from complaints_by_state
    group by clock, month, is_complete
),
signups_by_state as (
    select
        coalesce(case
        when state_code is null then null
        when is_known_state then state_code
        when (state_code ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_code
        else '(unrecognised)'
    end, '(none)') as state_code,
        cast(date_trunc('month', signup_date) as date) as signup_month,
        count(*) as customers
    from "coretelecoms"."intermediate"."int_customers"
    where signup_date is not null
    group by state_code, is_known_state, date_trunc('month', signup_date)
),
signups as (
    select * from signups_by_state
    union all
    select
        '(all)' as state_code,
        signup_month,
        sum(customers) as customers
    from signups_by_state
    group by signup_month
),
compared as (
    select
        complaints.clock,
        complaints.month,
        complaints.state_code,
        complaints.complaints,
        case when complaints.month is not null then coalesce(sum(signups.customers), 0) end as customers_signed_up,
        complaints.is_complete
    from complaints
    left join signups
        on signups.state_code = complaints.state_code
        and signups.signup_month <= complaints.month
    where complaints.complaints > 0
    group by
        complaints.clock, complaints.month, complaints.state_code, complaints.complaints, complaints.is_complete
),
final as (
    select
        clock,
        month,
        cast(state_code as varchar(40)) as state_code,
        cast(complaints as bigint) as complaints,
        cast(customers_signed_up as bigint) as customers_signed_up,
        cast(complaints * 10000 as double precision) / nullif(customers_signed_up, 0) as complaints_per_10000,
        cast(complaints * 100000 as double precision) / nullif(customers_signed_up, 0) as complaints_per_100000,
        is_complete
    from compared
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(16))
 as clock,
    cast(null as date)
 as month,
    cast(null as varchar(40))
 as state_code,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as customers_signed_up,
    cast(null as double precision)
 as complaints_per_10000,
    cast(null as double precision)
 as complaints_per_100000,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."complaint_rates__dbt_tmp"
  (
    clock varchar(16) not null,
    month date,
    state_code varchar(40) not null,
    complaints bigint not null,
    customers_signed_up bigint,
    complaints_per_10000 double precision,
    complaints_per_100000 double precision,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(clock,month);

insert into "coretelecoms"."marts"."complaint_rates__dbt_tmp"
    (
    select clock, month, state_code, complaints, customers_signed_up, complaints_per_10000, complaints_per_100000, is_complete
    from (
        with
complaints_by_state as (
    select
        clock,
        month,
        state_code,
        is_complete,
        sum(complaints) as complaints
    from "coretelecoms"."marts"."complaints_by_state_monthly"
    group by clock, month, state_code, is_complete
),
complaints as (
    select * from complaints_by_state
    union all
    select
        clock,
        month,
        '(all)' as state_code,
        is_complete,
        sum(complaints) as complaints
    from complaints_by_state
    group by clock, month, is_complete
),
signups_by_state as (
    select
        coalesce(case
        when state_code is null then null
        when is_known_state then state_code
        when (state_code ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_code
        else '(unrecognised)'
    end, '(none)') as state_code,
        cast(date_trunc('month', signup_date) as date) as signup_month,
        count(*) as customers
    from "coretelecoms"."intermediate"."int_customers"
    where signup_date is not null
    group by state_code, is_known_state, date_trunc('month', signup_date)
),
signups as (
    select * from signups_by_state
    union all
    select
        '(all)' as state_code,
        signup_month,
        sum(customers) as customers
    from signups_by_state
    group by signup_month
),
compared as (
    select
        complaints.clock,
        complaints.month,
        complaints.state_code,
        complaints.complaints,
        case when complaints.month is not null then coalesce(sum(signups.customers), 0) end as customers_signed_up,
        complaints.is_complete
    from complaints
    left join signups
        on signups.state_code = complaints.state_code
        and signups.signup_month <= complaints.month
    where complaints.complaints > 0
    group by
        complaints.clock, complaints.month, complaints.state_code, complaints.complaints, complaints.is_complete
),
final as (
    select
        clock,
        month,
        cast(state_code as varchar(40)) as state_code,
        cast(complaints as bigint) as complaints,
        cast(customers_signed_up as bigint) as customers_signed_up,
        cast(complaints * 10000 as double precision) / nullif(customers_signed_up, 0) as complaints_per_10000,
        cast(complaints * 100000 as double precision) / nullif(customers_signed_up, 0) as complaints_per_100000,
        is_complete
    from compared
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."complaint_rates__dbt_tmp" rename to "complaint_rates";

grant select on "coretelecoms"."marts"."complaint_rates" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."complaint_rates__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_rectangles__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
pairs as (
    select
        counted.*,
        has_enough_customers and complaints - known_complaints >= 10 as is_strong
    from "coretelecoms"."intermediate"."int_publication_pairs" as counted
),
small_cells as (
    select * from pairs
    where not has_enough_customers
),
crosses as (
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        cast('cross' as varchar(16)) as kind,
        below.inner_member as partner_inner,
        beside.outer_member as partner_outer,
        small.complaints + beside.complaints + below.complaints + opposite.complaints as cost
    from small_cells as small
    inner join pairs as beside
        on beside.table_name = small.table_name
        and beside.inner_member = small.inner_member
        and beside.is_strong
    inner join pairs as below
        on below.table_name = small.table_name
        and below.outer_member = small.outer_member
        and below.is_strong
    inner join pairs as opposite
        on opposite.table_name = small.table_name
        and opposite.inner_member = below.inner_member
        and opposite.outer_member = beside.outer_member
),
places as (
    select table_name, cast('row' as varchar(16)) as kind, inner_member as line, outer_member as place, complaints, is_strong
    from pairs
    union all
    select table_name, cast('column' as varchar(16)) as kind, outer_member as line, inner_member as place, complaints, is_strong
    from pairs
),
line_sizes as (
    select
        table_name,
        kind,
        line,
        count(*) as places
    from places
    group by table_name, kind, line
),
line_pairs as (
    select
        own.table_name,
        own.kind,
        own.line,
        partner.line as partner_line,
        sum(own.complaints) + sum(partner.complaints) as cost
    from places as own
    inner join places as partner
        on partner.table_name = own.table_name
        and partner.kind = own.kind
        and partner.place = own.place
        and partner.line <> own.line
        and partner.is_strong
    inner join line_sizes
        on line_sizes.table_name = own.table_name
        and line_sizes.kind = own.kind
        and line_sizes.line = own.line
    group by own.table_name, own.kind, own.line, partner.line, line_sizes.places
    having count(*) = line_sizes.places
        and count(*) >= 2
),
candidates as (
    select * from crosses
    union all
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        line_pairs.kind,
        case when line_pairs.kind = 'row' then line_pairs.partner_line end as partner_inner,
        case when line_pairs.kind = 'column' then line_pairs.partner_line end as partner_outer,
        line_pairs.cost
    from small_cells as small
    inner join line_pairs
        on line_pairs.table_name = small.table_name
        and line_pairs.line = case when line_pairs.kind = 'row' then small.inner_member else small.outer_member end
),
cheapest as (
    select candidates.*
    from candidates
    where cost is not null
    qualify row_number() over (
        partition by table_name, inner_member, outer_member
        order by cost, kind, coalesce(partner_inner, ''), coalesce(partner_outer, '')
    ) = 1
),
final as (
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        cast(cheapest.kind as varchar(16)) as kind,
        cast(cheapest.partner_inner as varchar(40)) as partner_inner,
        cast(cheapest.partner_outer as varchar(40)) as partner_outer
    from small_cells as small
    left join cheapest
        on cheapest.table_name = small.table_name
        and cheapest.inner_member = small.inner_member
        and cheapest.outer_member = small.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_rectangles__dbt_tmp" rename to "int_publication_rectangles";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_rectangles__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
        with
policy as (
    select
        max(case when term = 'several_complaints' then points end) as several_complaints_points,
        max(case when term = 'several_complaints' then meaning end) as several_complaints_meaning,
        max(case when term = 'repeat_same_category' then points end) as repeat_same_category_points,
        max(case when term = 'repeat_same_category' then meaning end) as repeat_same_category_meaning,
        max(case when term = 'several_channels' then points end) as several_channels_points,
        max(case when term = 'several_channels' then meaning end) as several_channels_meaning,
        max(case when term = 'open_overdue' then points end) as open_overdue_points,
        max(case when term = 'open_overdue' then meaning end) as open_overdue_meaning,
        max(case when term = 'blocked' then points end) as blocked_points,
        max(case when term = 'blocked' then meaning end) as blocked_meaning,
        max(case when term = 'slow_resolution' then points end) as slow_resolution_points,
        max(case when term = 'slow_resolution' then meaning end) as slow_resolution_meaning
    from "coretelecoms"."staging"."risk_terms"
),
contacts as (
    select
        contacts.*,
        contacts.opened_date > as_of.as_of_date - 90 as is_recent,
        stuck.reason
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    left join "coretelecoms"."marts"."stuck_complaints" as stuck
        on stuck.complaint_key = contacts.complaint_key
    where contacts.opened_date > as_of.as_of_date - 365
        and contacts.opened_date <= as_of.as_of_date
),
customers as (
    select
        customer_number,
        count(case when is_recent then 1 end) as recent_complaints,
        count(case when is_recent and days_since_previous_in_category <= 30 then 1 end) as recent_repeats,
        min(case when is_recent then channel end) as first_recent_channel,
        max(case when is_recent then channel end) as last_recent_channel,
        count(case when reason in ('overdue', 'blocked and overdue') then 1 end) as overdue_complaints,
        count(case when reason in ('blocked', 'blocked and overdue') then 1 end) as blocked_complaints,
        count(case when resolution_time_state = 'measured' and days_to_resolve > 20 then 1 end) as slow_complaints
    from contacts
    group by customer_number
),
pointed as (
    select
        customers.customer_number,
        case when recent_complaints >= 3 then coalesce(policy.several_complaints_points, 0) else 0 end as several_complaints,
        policy.several_complaints_meaning,
        case when recent_repeats > 0 then coalesce(policy.repeat_same_category_points, 0) else 0 end as repeat_same_category,
        policy.repeat_same_category_meaning,
        case when first_recent_channel <> last_recent_channel then coalesce(policy.several_channels_points, 0) else 0 end as several_channels,
        policy.several_channels_meaning,
        case when overdue_complaints > 0 then coalesce(policy.open_overdue_points, 0) else 0 end as open_overdue,
        policy.open_overdue_meaning,
        case when blocked_complaints > 0 then coalesce(policy.blocked_points, 0) else 0 end as blocked,
        policy.blocked_meaning,
        case when slow_complaints > 0 then coalesce(policy.slow_resolution_points, 0) else 0 end as slow_resolution,
        policy.slow_resolution_meaning
    from customers
    cross join policy
),
scored as (
    select
        pointed.*,
        several_complaints + repeat_same_category + several_channels + open_overdue + blocked + slow_resolution as risk_score
    from pointed
),
at_risk as (
    select
        scored.*,
        contacts.customer_key
    from scored
    inner join "coretelecoms"."intermediate"."int_customer_contacts" as contacts
        on contacts.customer_number = scored.customer_number
        and contacts.contact_number = 1
    where scored.risk_score >= 5
),
final as (
    select
        at_risk.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(at_risk.several_complaints as integer) as several_complaints,
        cast(at_risk.repeat_same_category as integer) as repeat_same_category,
        cast(at_risk.several_channels as integer) as several_channels,
        cast(at_risk.open_overdue as integer) as open_overdue,
        cast(at_risk.blocked as integer) as blocked,
        cast(at_risk.slow_resolution as integer) as slow_resolution,
        cast(at_risk.risk_score as integer) as risk_score,
        cast(
            substring(
                case when at_risk.several_complaints > 0 then '; ' || at_risk.several_complaints_meaning else '' end ||
                case when at_risk.repeat_same_category > 0 then '; ' || at_risk.repeat_same_category_meaning else '' end ||
                case when at_risk.several_channels > 0 then '; ' || at_risk.several_channels_meaning else '' end ||
                case when at_risk.open_overdue > 0 then '; ' || at_risk.open_overdue_meaning else '' end ||
                case when at_risk.blocked > 0 then '; ' || at_risk.blocked_meaning else '' end ||
                case when at_risk.slow_resolution > 0 then '; ' || at_risk.slow_resolution_meaning else '' end,
                3
            ) as varchar(512)
        ) as reason
    from at_risk
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = at_risk.customer_key
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as integer)
 as several_complaints,
    cast(null as integer)
 as repeat_same_category,
    cast(null as integer)
 as several_channels,
    cast(null as integer)
 as open_overdue,
    cast(null as integer)
 as blocked,
    cast(null as integer)
 as slow_resolution,
    cast(null as integer)
 as risk_score,
    cast(null as varchar(512))
 as reason
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."at_risk_customers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40) not null,
    several_complaints integer not null,
    repeat_same_category integer not null,
    several_channels integer not null,
    open_overdue integer not null,
    blocked integer not null,
    slow_resolution integer not null,
    risk_score integer not null,
    reason varchar(512) not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."at_risk_customers__dbt_tmp"
    (
    select customer_key, state_code, several_complaints, repeat_same_category, several_channels, open_overdue, blocked, slow_resolution, risk_score, reason
    from (
        with
policy as (
    select
        max(case when term = 'several_complaints' then points end) as several_complaints_points,
        max(case when term = 'several_complaints' then meaning end) as several_complaints_meaning,
        max(case when term = 'repeat_same_category' then points end) as repeat_same_category_points,
        max(case when term = 'repeat_same_category' then meaning end) as repeat_same_category_meaning,
        max(case when term = 'several_channels' then points end) as several_channels_points,
        max(case when term = 'several_channels' then meaning end) as several_channels_meaning,
        max(case when term = 'open_overdue' then points end) as open_overdue_points,
        max(case when term = 'open_overdue' then meaning end) as open_overdue_meaning,
        max(case when term = 'blocked' then points end) as blocked_points,
        max(case when term = 'blocked' then meaning end) as blocked_meaning,
        max(case when term = 'slow_resolution' then points end) as slow_resolution_points,
        max(case when term = 'slow_resolution' then meaning end) as slow_resolution_meaning
    from "coretelecoms"."staging"."risk_terms"
),
contacts as (
    select
        contacts.*,
        contacts.opened_date > as_of.as_of_date - 90 as is_recent,
        stuck.reason
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    left join "coretelecoms"."marts"."stuck_complaints" as stuck
        on stuck.complaint_key = contacts.complaint_key
    where contacts.opened_date > as_of.as_of_date - 365
        and contacts.opened_date <= as_of.as_of_date
),
customers as (
    select
        customer_number,
        count(case when is_recent then 1 end) as recent_complaints,
        count(case when is_recent and days_since_previous_in_category <= 30 then 1 end) as recent_repeats,
        min(case when is_recent then channel end) as first_recent_channel,
        max(case when is_recent then channel end) as last_recent_channel,
        count(case when reason in ('overdue', 'blocked and overdue') then 1 end) as overdue_complaints,
        count(case when reason in ('blocked', 'blocked and overdue') then 1 end) as blocked_complaints,
        count(case when resolution_time_state = 'measured' and days_to_resolve > 20 then 1 end) as slow_complaints
    from contacts
    group by customer_number
),
pointed as (
    select
        customers.customer_number,
        case when recent_complaints >= 3 then coalesce(policy.several_complaints_points, 0) else 0 end as several_complaints,
        policy.several_complaints_meaning,
        case when recent_repeats > 0 then coalesce(policy.repeat_same_category_points, 0) else 0 end as repeat_same_category,
        policy.repeat_same_category_meaning,
        case when first_recent_channel <> last_recent_channel then coalesce(policy.several_channels_points, 0) else 0 end as several_channels,
        policy.several_channels_meaning,
        case when overdue_complaints > 0 then coalesce(policy.open_overdue_points, 0) else 0 end as open_overdue,
        policy.open_overdue_meaning,
        case when blocked_complaints > 0 then coalesce(policy.blocked_points, 0) else 0 end as blocked,
        policy.blocked_meaning,
        case when slow_complaints > 0 then coalesce(policy.slow_resolution_points, 0) else 0 end as slow_resolution,
        policy.slow_resolution_meaning
    from customers
    cross join policy
),
scored as (
    select
        pointed.*,
        several_complaints + repeat_same_category + several_channels + open_overdue + blocked + slow_resolution as risk_score
    from pointed
),
at_risk as (
    select
        scored.*,
        contacts.customer_key
    from scored
    inner join "coretelecoms"."intermediate"."int_customer_contacts" as contacts
        on contacts.customer_number = scored.customer_number
        and contacts.contact_number = 1
    where scored.risk_score >= 5
),
final as (
    select
        at_risk.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(at_risk.several_complaints as integer) as several_complaints,
        cast(at_risk.repeat_same_category as integer) as repeat_same_category,
        cast(at_risk.several_channels as integer) as several_channels,
        cast(at_risk.open_overdue as integer) as open_overdue,
        cast(at_risk.blocked as integer) as blocked,
        cast(at_risk.slow_resolution as integer) as slow_resolution,
        cast(at_risk.risk_score as integer) as risk_score,
        cast(
            substring(
                case when at_risk.several_complaints > 0 then '; ' || at_risk.several_complaints_meaning else '' end ||
                case when at_risk.repeat_same_category > 0 then '; ' || at_risk.repeat_same_category_meaning else '' end ||
                case when at_risk.several_channels > 0 then '; ' || at_risk.several_channels_meaning else '' end ||
                case when at_risk.open_overdue > 0 then '; ' || at_risk.open_overdue_meaning else '' end ||
                case when at_risk.blocked > 0 then '; ' || at_risk.blocked_meaning else '' end ||
                case when at_risk.slow_resolution > 0 then '; ' || at_risk.slow_resolution_meaning else '' end,
                3
            ) as varchar(512)
        ) as reason
    from at_risk
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = at_risk.customer_key
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."at_risk_customers__dbt_tmp" rename to "at_risk_customers";

grant select on "coretelecoms"."marts"."at_risk_customers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."at_risk_customers__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_tables__dbt_tmp"
    diststyle all
      compound sortkey(table_name)
  as (
    with
design as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('opened_month' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('category' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('resolution' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as inner_attribute,
        cast('state_code' as varchar(40)) as outer_attribute,
        false as has_impossible_pairs
),
unprotected as (
    select
        table_name,
        count(*) as cells
    from "coretelecoms"."intermediate"."int_publication_rectangles"
    where kind is null
    group by table_name
),
judged as (
    select
        design.*,
        coalesce(unprotected.cells, 0) as unprotected_cells
    from design
    left join unprotected
        on unprotected.table_name = design.table_name
),
final as (
    select
        cast(judged.table_name as varchar(64)) as table_name,
        cast(judged.inner_attribute as varchar(40)) as inner_attribute,
        cast(judged.outer_attribute as varchar(40)) as outer_attribute,
        cast(judged.unprotected_cells as bigint) as unprotected_cells,
        judged.unprotected_cells = 0 and coalesce(towards_root.unprotected_cells, 0) = 0 as is_published,
        judged.unprotected_cells = 0 or not judged.has_impossible_pairs as is_outer_attribute_published
    from judged
    left join judged as towards_root
        on towards_root.outer_attribute = judged.inner_attribute
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_tables__dbt_tmp" rename to "int_publication_tables";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_tables__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_cells__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
rectangles as (
    select * from "coretelecoms"."intermediate"."int_publication_rectangles"
    where kind is not null
),
pairs as (
    select * from "coretelecoms"."intermediate"."int_publication_pairs"
),
rectangle_cells as (
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and (pairs.inner_member = rectangles.inner_member or pairs.inner_member = rectangles.partner_inner)
        and (pairs.outer_member = rectangles.outer_member or pairs.outer_member = rectangles.partner_outer)
    where rectangles.kind = 'cross'
    union all
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs as own_row
        on own_row.table_name = rectangles.table_name
        and own_row.inner_member = rectangles.inner_member
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and (pairs.inner_member = rectangles.inner_member or pairs.inner_member = rectangles.partner_inner)
        and pairs.outer_member = own_row.outer_member
    where rectangles.kind = 'row'
    union all
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs as own_column
        on own_column.table_name = rectangles.table_name
        and own_column.outer_member = rectangles.outer_member
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and pairs.inner_member = own_column.inner_member
        and (pairs.outer_member = rectangles.outer_member or pairs.outer_member = rectangles.partner_outer)
    where rectangles.kind = 'column'
),
movable as (
    select
        rectangle_cells.*,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer, inner_member) as row_sum,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer, outer_member) as column_sum,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer) as total
    from rectangle_cells
),
bounded as (
    select
        table_name,
        inner_member,
        outer_member,
        known_complaints
        + case when row_sum + column_sum > total then row_sum + column_sum - total else 0 end as lower_bound,
        known_complaints
        + case when row_sum < column_sum then row_sum else column_sum end as upper_bound
    from movable
),
hidden_cells as (
    select
        table_name,
        inner_member,
        outer_member,
        min(lower_bound) as lower_bound,
        max(upper_bound) as upper_bound
    from bounded
    group by table_name, inner_member, outer_member
),
final as (
    select
        pairs.table_name,
        pairs.inner_member,
        pairs.outer_member,
        pairs.complaints,
        hidden_cells.table_name is not null as is_suppressed,
        cast(hidden_cells.lower_bound as bigint) as lower_bound,
        cast(hidden_cells.upper_bound as bigint) as upper_bound
    from pairs
    inner join "coretelecoms"."intermediate"."int_publication_tables" as tables
        on tables.table_name = pairs.table_name
        and tables.is_published
    left join hidden_cells
        on hidden_cells.table_name = pairs.table_name
        and hidden_cells.inner_member = pairs.inner_member
        and hidden_cells.outer_member = pairs.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_cells__dbt_tmp" rename to "int_publication_cells";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_cells__dbt_backup" cascade;

commit;

begin;

select * from (
        with
given_up as (
    select outer_attribute as attribute
    from "coretelecoms"."intermediate"."int_publication_tables"
    where not is_outer_attribute_published
),
final as (
    select
        members.attribute,
        members.member,
        case when not members.is_suppressed then members.complaints end as complaints,
        members.is_suppressed
    from "coretelecoms"."intermediate"."int_publication_members" as members
    left join given_up
        on given_up.attribute = members.attribute
    where members.is_attribute_published
        and given_up.attribute is null
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as attribute,
    cast(null as varchar(40))
 as member,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_totals__dbt_tmp"
  (
    attribute varchar(40) not null,
    member varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(attribute,member);

insert into "coretelecoms"."marts"."published_totals__dbt_tmp"
    (
    select attribute, member, complaints, is_suppressed
    from (
        with
given_up as (
    select outer_attribute as attribute
    from "coretelecoms"."intermediate"."int_publication_tables"
    where not is_outer_attribute_published
),
final as (
    select
        members.attribute,
        members.member,
        case when not members.is_suppressed then members.complaints end as complaints,
        members.is_suppressed
    from "coretelecoms"."intermediate"."int_publication_members" as members
    left join given_up
        on given_up.attribute = members.attribute
    where members.is_attribute_published
        and given_up.attribute is null
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_totals__dbt_tmp" rename to "published_totals";

grant select on "coretelecoms"."marts"."published_totals" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_totals__dbt_backup" cascade;

commit;

begin;

select * from (
        with
final as (
    select
        inner_member as channel,
        outer_member as category,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_categories'
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_categories__dbt_tmp"
  (
    channel varchar(40) not null,
    category varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(channel,category);

insert into "coretelecoms"."marts"."published_channel_categories__dbt_tmp"
    (
    select channel, category, complaints, is_suppressed
    from (
        with
final as (
    select
        inner_member as channel,
        outer_member as category,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_categories'
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_categories__dbt_tmp" rename to "published_channel_categories";

grant select on "coretelecoms"."marts"."published_channel_categories" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_categories__dbt_backup" cascade;

commit;

begin;

select * from (
        with
cells as (
    select
        inner_member as channel,
        outer_member as opened_month,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_months'
),
months as (
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from "coretelecoms"."intermediate"."int_period_completeness"
    where clock = 'opened'
        and granularity = 'month'
),
final as (
    select
        cells.channel,
        cells.opened_month,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as opened_month,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_months__dbt_tmp"
  (
    channel varchar(40) not null,
    opened_month varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(channel,opened_month);

insert into "coretelecoms"."marts"."published_channel_months__dbt_tmp"
    (
    select channel, opened_month, complaints, is_suppressed, is_complete
    from (
        with
cells as (
    select
        inner_member as channel,
        outer_member as opened_month,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_months'
),
months as (
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from "coretelecoms"."intermediate"."int_period_completeness"
    where clock = 'opened'
        and granularity = 'month'
),
final as (
    select
        cells.channel,
        cells.opened_month,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_months__dbt_tmp" rename to "published_channel_months";

grant select on "coretelecoms"."marts"."published_channel_months" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_months__dbt_backup" cascade;

commit;

begin;

select * from (
        with
final as (
    select
        inner_member as channel,
        outer_member as resolution,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_resolutions'
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as resolution,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp"
  (
    channel varchar(40) not null,
    resolution varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(channel,resolution);

insert into "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp"
    (
    select channel, resolution, complaints, is_suppressed
    from (
        with
final as (
    select
        inner_member as channel,
        outer_member as resolution,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_resolutions'
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp" rename to "published_channel_resolutions";

grant select on "coretelecoms"."marts"."published_channel_resolutions" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_resolutions__dbt_backup" cascade;

commit;

begin;

select * from (
        with
cells as (
    select
        inner_member as opened_month,
        outer_member as state_code,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_month_states'
),
months as (
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from "coretelecoms"."intermediate"."int_period_completeness"
    where clock = 'opened'
        and granularity = 'month'
),
final as (
    select
        cells.opened_month,
        cells.state_code,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as opened_month,
    cast(null as varchar(40))
 as state_code,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_month_states__dbt_tmp"
  (
    opened_month varchar(40) not null,
    state_code varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,state_code);

insert into "coretelecoms"."marts"."published_month_states__dbt_tmp"
    (
    select opened_month, state_code, complaints, is_suppressed, is_complete
    from (
        with
cells as (
    select
        inner_member as opened_month,
        outer_member as state_code,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_month_states'
),
months as (
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from "coretelecoms"."intermediate"."int_period_completeness"
    where clock = 'opened'
        and granularity = 'month'
),
final as (
    select
        cells.opened_month,
        cells.state_code,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_month_states__dbt_tmp" rename to "published_month_states";

grant select on "coretelecoms"."marts"."published_month_states" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_month_states__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_publication_rates__dbt_tmp"
    diststyle all
      compound sortkey(state_code)
  as (
    with
customers as (
    select
        case
            when customers.state_code is null then '(none)'
            when customers.state_name is null then '(other)'
            else customers.state_code
        end as state_code
    from "coretelecoms"."intermediate"."int_customers" as customers
    inner join "coretelecoms"."intermediate"."int_as_of" as as_of
        on customers.signup_date <= as_of.as_of_date
),
customers_by_state as (
    select
        state_code,
        count(*) as customers
    from customers
    group by state_code
),
states as (
    select
        member as state_code,
        complaints
    from "coretelecoms"."marts"."published_totals"
    where attribute = 'state_code'
        and member not in ('(none)', '(other)')
),
every_state as (
    select state_code from customers_by_state
    union
    select state_code from states
),
judged as (
    select
        every_state.state_code,
        coalesce(customers_by_state.customers, 0) as customers,
        states.complaints,
        states.state_code is not null as is_listed,
        states.complaints is not null
        and coalesce(customers_by_state.customers, 0) >= 10 as may_be_shown
    from every_state
    left join customers_by_state
        on customers_by_state.state_code = every_state.state_code
    left join states
        on states.state_code = every_state.state_code
),
hidden as (
    select coalesce(sum(customers), 0) as customers
    from judged
    where not may_be_shown
),
ranked as (
    select
        judged.*,
        hidden.customers > 0 and hidden.customers < 10 as needs_another,
        row_number() over (
            partition by judged.may_be_shown
            order by judged.customers, judged.state_code
        ) as position
    from judged
    cross join hidden
),
final as (
    select
        cast(state_code as varchar(40)) as state_code,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        is_listed,
        not may_be_shown or (needs_another and position = 1) as is_suppressed
    from ranked
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_rates__dbt_tmp" rename to "int_publication_rates";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_rates__dbt_backup" cascade;

commit;

begin;

select * from (
        with
rates as (
    select
        state_code,
        customers,
        complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_rates"
    where is_listed
),
everything as (
    select sum(customers) as customers
    from "coretelecoms"."intermediate"."int_publication_rates"
),
all_states as (
    select
        totals.member as state_code,
        everything.customers,
        totals.complaints,
        totals.is_suppressed or coalesce(everything.customers, 0) < 10 as is_suppressed
    from "coretelecoms"."marts"."published_totals" as totals
    cross join everything
    where totals.attribute = 'all'
),
shown as (
    select * from rates
    union all
    select * from all_states
),
final as (
    select
        cast(state_code as varchar(40)) as state_code,
        case when not is_suppressed then cast(complaints * 10000 as double precision) / nullif(customers, 0) end as complaints_per_10000,
        case when not is_suppressed then cast(complaints * 100000 as double precision) / nullif(customers, 0) end as complaints_per_100000,
        is_suppressed
    from shown
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as state_code,
    cast(null as double precision)
 as complaints_per_10000,
    cast(null as double precision)
 as complaints_per_100000,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_state_rates__dbt_tmp"
  (
    state_code varchar(40) not null,
    complaints_per_10000 double precision,
    complaints_per_100000 double precision,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(state_code);

insert into "coretelecoms"."marts"."published_state_rates__dbt_tmp"
    (
    select state_code, complaints_per_10000, complaints_per_100000, is_suppressed
    from (
        with
rates as (
    select
        state_code,
        customers,
        complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_rates"
    where is_listed
),
everything as (
    select sum(customers) as customers
    from "coretelecoms"."intermediate"."int_publication_rates"
),
all_states as (
    select
        totals.member as state_code,
        everything.customers,
        totals.complaints,
        totals.is_suppressed or coalesce(everything.customers, 0) < 10 as is_suppressed
    from "coretelecoms"."marts"."published_totals" as totals
    cross join everything
    where totals.attribute = 'all'
),
shown as (
    select * from rates
    union all
    select * from all_states
),
final as (
    select
        cast(state_code as varchar(40)) as state_code,
        case when not is_suppressed then cast(complaints * 10000 as double precision) / nullif(customers, 0) end as complaints_per_10000,
        case when not is_suppressed then cast(complaints * 100000 as double precision) / nullif(customers, 0) end as complaints_per_100000,
        is_suppressed
    from shown
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_state_rates__dbt_tmp" rename to "published_state_rates";

grant select on "coretelecoms"."marts"."published_state_rates" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_state_rates__dbt_backup" cascade;

commit;

begin;

select * from (
        with
totals as (
    select complaints
    from "coretelecoms"."marts"."published_totals"
    where attribute = 'all'
        and not is_suppressed
),
hidden_cells as (
    select
        table_name,
        inner_member,
        outer_member,
        'complaints' as counted,
        lower_bound,
        upper_bound
    from "coretelecoms"."intermediate"."int_publication_cells"
    where is_suppressed
),
hidden_members as (
    select
        'published_totals' as table_name,
        attribute as inner_member,
        member as outer_member,
        'complaints' as counted,
        1 as lower_bound,
        sum(complaints) over (partition by attribute, kind)
        - count(*) over (partition by attribute, kind) + 1 as upper_bound
    from "coretelecoms"."intermediate"."int_publication_members"
    where is_suppressed
        and is_attribute_published
        and attribute <> 'all'
),
listed_hidden_members as (
    select hidden_members.*
    from hidden_members
    inner join "coretelecoms"."marts"."published_totals" as listed
        on listed.attribute = hidden_members.inner_member
        and listed.member = hidden_members.outer_member
),
published_members as (
    select
        attribute,
        published_member,
        sum(complaints) as complaints
    from "coretelecoms"."intermediate"."int_publication_members"
    group by attribute, published_member
),
withheld_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member,
        'complaints' as counted,
        case
            when inner_members.complaints + outer_members.complaints > totals.complaints
                then inner_members.complaints + outer_members.complaints - totals.complaints
            else 0
        end as lower_bound,
        case
            when inner_members.complaints < outer_members.complaints then inner_members.complaints
            else outer_members.complaints
        end as upper_bound
    from "coretelecoms"."intermediate"."int_publication_tables" as tables
    inner join "coretelecoms"."intermediate"."int_publication_tables" as towards_root
        on towards_root.outer_attribute = tables.inner_attribute
        and towards_root.is_outer_attribute_published
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    cross join totals
    where not tables.is_published
        and tables.is_outer_attribute_published
),
customers_without_rate as (
    select sum(bases.customers) as customers
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
    inner join "coretelecoms"."marts"."published_state_rates" as all_states
        on all_states.state_code = '(all)'
        and not all_states.is_suppressed
    where bases.is_suppressed
    having count(*) > 0
),
hidden_bases as (
    select
        'published_state_rates' as table_name,
        'state_code' as inner_member,
        bases.state_code as outer_member,
        'customers' as counted,
        0 as lower_bound,
        everyone_else.customers as upper_bound
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
    cross join customers_without_rate as everyone_else
    where bases.is_suppressed
        and bases.is_listed
),
hidden as (
    select * from hidden_cells
    union all
    select * from listed_hidden_members
    union all
    select * from withheld_pairs
    union all
    select * from hidden_bases
),
final as (
    select
        cast(table_name as varchar(64)) as table_name,
        cast(inner_member as varchar(40)) as inner_member,
        cast(outer_member as varchar(40)) as outer_member,
        cast(counted as varchar(16)) as counted,
        cast(lower_bound as bigint) as lower_bound,
        cast(upper_bound as bigint) as upper_bound,
        cast(upper_bound - lower_bound as bigint) as width
    from hidden
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as table_name,
    cast(null as varchar(40))
 as inner_member,
    cast(null as varchar(40))
 as outer_member,
    cast(null as varchar(16))
 as counted,
    cast(null as bigint)
 as lower_bound,
    cast(null as bigint)
 as upper_bound,
    cast(null as bigint)
 as width
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."publication_audit__dbt_tmp"
  (
    table_name varchar(64) not null,
    inner_member varchar(40) not null,
    outer_member varchar(40) not null,
    counted varchar(16) not null,
    lower_bound bigint not null,
    upper_bound bigint not null,
    width bigint not null
    )
    diststyle all
      compound sortkey(table_name,inner_member,outer_member);

insert into "coretelecoms"."quality"."publication_audit__dbt_tmp"
    (
    select table_name, inner_member, outer_member, counted, lower_bound, upper_bound, width
    from (
        with
totals as (
    select complaints
    from "coretelecoms"."marts"."published_totals"
    where attribute = 'all'
        and not is_suppressed
),
hidden_cells as (
    select
        table_name,
        inner_member,
        outer_member,
        'complaints' as counted,
        lower_bound,
        upper_bound
    from "coretelecoms"."intermediate"."int_publication_cells"
    where is_suppressed
),
hidden_members as (
    select
        'published_totals' as table_name,
        attribute as inner_member,
        member as outer_member,
        'complaints' as counted,
        1 as lower_bound,
        sum(complaints) over (partition by attribute, kind)
        - count(*) over (partition by attribute, kind) + 1 as upper_bound
    from "coretelecoms"."intermediate"."int_publication_members"
    where is_suppressed
        and is_attribute_published
        and attribute <> 'all'
),
listed_hidden_members as (
    select hidden_members.*
    from hidden_members
    inner join "coretelecoms"."marts"."published_totals" as listed
        on listed.attribute = hidden_members.inner_member
        and listed.member = hidden_members.outer_member
),
published_members as (
    select
        attribute,
        published_member,
        sum(complaints) as complaints
    from "coretelecoms"."intermediate"."int_publication_members"
    group by attribute, published_member
),
withheld_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member,
        'complaints' as counted,
        case
            when inner_members.complaints + outer_members.complaints > totals.complaints
                then inner_members.complaints + outer_members.complaints - totals.complaints
            else 0
        end as lower_bound,
        case
            when inner_members.complaints < outer_members.complaints then inner_members.complaints
            else outer_members.complaints
        end as upper_bound
    from "coretelecoms"."intermediate"."int_publication_tables" as tables
    inner join "coretelecoms"."intermediate"."int_publication_tables" as towards_root
        on towards_root.outer_attribute = tables.inner_attribute
        and towards_root.is_outer_attribute_published
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    cross join totals
    where not tables.is_published
        and tables.is_outer_attribute_published
),
customers_without_rate as (
    select sum(bases.customers) as customers
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
    inner join "coretelecoms"."marts"."published_state_rates" as all_states
        on all_states.state_code = '(all)'
        and not all_states.is_suppressed
    where bases.is_suppressed
    having count(*) > 0
),
hidden_bases as (
    select
        'published_state_rates' as table_name,
        'state_code' as inner_member,
        bases.state_code as outer_member,
        'customers' as counted,
        0 as lower_bound,
        everyone_else.customers as upper_bound
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
    cross join customers_without_rate as everyone_else
    where bases.is_suppressed
        and bases.is_listed
),
hidden as (
    select * from hidden_cells
    union all
    select * from listed_hidden_members
    union all
    select * from withheld_pairs
    union all
    select * from hidden_bases
),
final as (
    select
        cast(table_name as varchar(64)) as table_name,
        cast(inner_member as varchar(40)) as inner_member,
        cast(outer_member as varchar(40)) as outer_member,
        cast(counted as varchar(16)) as counted,
        cast(lower_bound as bigint) as lower_bound,
        cast(upper_bound as bigint) as upper_bound,
        cast(upper_bound - lower_bound as bigint) as width
    from hidden
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."publication_audit__dbt_tmp" rename to "publication_audit";

grant select on "coretelecoms"."quality"."publication_audit" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."publication_audit__dbt_backup" cascade;

commit;

