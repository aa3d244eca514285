begin;

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
