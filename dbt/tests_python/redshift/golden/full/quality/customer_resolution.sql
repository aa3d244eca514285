begin;

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
