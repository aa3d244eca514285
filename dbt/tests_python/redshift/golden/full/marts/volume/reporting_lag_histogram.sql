begin;

select * from (
        select
    cast(null as date)
 as reported_date,
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
    reported_date date not null,
    channel varchar(32) not null,
    reporting_lag_days integer not null,
    complaints bigint not null
    )
    diststyle all
      compound sortkey(reported_date,channel);

insert into "coretelecoms"."marts"."reporting_lag_histogram__dbt_tmp"
    (
    select reported_date, channel, reporting_lag_days, complaints
    from (
        with
final as (
    select
        reported_date,
        channel,
        reporting_lag_days,
        cast(count(*) as bigint) as complaints
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and reporting_lag_days >= 0
    group by reported_date, channel, reporting_lag_days
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
