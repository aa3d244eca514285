begin;

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
