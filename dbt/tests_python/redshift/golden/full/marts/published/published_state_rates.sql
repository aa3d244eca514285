begin;

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
