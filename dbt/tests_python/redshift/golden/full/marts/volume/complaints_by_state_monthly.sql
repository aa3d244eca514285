begin;

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
        cast(date_trunc('month', located.reported_date) as date) as month,
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
    group by date_trunc('month', located.reported_date), located.state_code, located.channel, located.category
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
