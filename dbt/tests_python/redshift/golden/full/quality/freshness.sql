begin;

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
