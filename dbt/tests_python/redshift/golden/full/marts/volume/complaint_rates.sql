begin;

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
 as complaints_with_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as double precision)
 as resolution_rate,
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
    complaints_with_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    resolution_rate double precision,
    customers_signed_up bigint,
    complaints_per_10000 double precision,
    complaints_per_100000 double precision,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(clock,month);

insert into "coretelecoms"."marts"."complaint_rates__dbt_tmp"
    (
    select clock, month, state_code, complaints, complaints_with_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, resolution_rate, customers_signed_up, complaints_per_10000, complaints_per_100000, is_complete
    from (
        with
complaints_by_state as (
    select
        clock,
        month,
        state_code,
        is_complete,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(unresolved_complaints) as unresolved_complaints,
        sum(status_unknown_complaints) as status_unknown_complaints
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
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(unresolved_complaints) as unresolved_complaints,
        sum(status_unknown_complaints) as status_unknown_complaints
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
        complaints.complaints_with_status,
        complaints.resolved_complaints,
        complaints.unresolved_complaints,
        complaints.status_unknown_complaints,
        case when complaints.month is not null then coalesce(sum(signups.customers), 0) end as customers_signed_up,
        complaints.is_complete
    from complaints
    left join signups
        on signups.state_code = complaints.state_code
        and signups.signup_month <= complaints.month
    where complaints.complaints > 0
    group by
        complaints.clock, complaints.month, complaints.state_code, complaints.is_complete,
        complaints.complaints,
        complaints.complaints_with_status,
        complaints.resolved_complaints,
        complaints.unresolved_complaints,
        complaints.status_unknown_complaints
),
final as (
    select
        clock,
        month,
        cast(state_code as varchar(40)) as state_code,
        cast(complaints as bigint) as complaints,
        cast(complaints_with_status as bigint) as complaints_with_status,
        cast(resolved_complaints as bigint) as resolved_complaints,
        cast(unresolved_complaints as bigint) as unresolved_complaints,
        cast(status_unknown_complaints as bigint) as status_unknown_complaints,
        cast(resolved_complaints as double precision) / nullif(complaints_with_status, 0) as resolution_rate,
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
