begin;

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
