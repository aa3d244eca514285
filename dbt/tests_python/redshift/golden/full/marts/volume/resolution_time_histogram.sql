begin;

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
