begin;

create  table
    "coretelecoms"."intermediate"."int_publication_rates__dbt_tmp"
    diststyle all
      compound sortkey(state_code)
  as (
    with
customers as (
    select
        case
            when customers.state_code is null then '(none)'
            when customers.state_name is null then '(other)'
            else customers.state_code
        end as state_code
    from "coretelecoms"."intermediate"."int_customers" as customers
    inner join "coretelecoms"."intermediate"."int_as_of" as as_of
        on customers.signup_date <= as_of.as_of_date
),
customers_by_state as (
    select
        state_code,
        count(*) as customers
    from customers
    group by state_code
),
states as (
    select
        member as state_code,
        complaints
    from "coretelecoms"."marts"."published_totals"
    where attribute = 'state_code'
        and member not in ('(none)', '(other)')
),
every_state as (
    select state_code from customers_by_state
    union
    select state_code from states
),
judged as (
    select
        every_state.state_code,
        coalesce(customers_by_state.customers, 0) as customers,
        states.complaints,
        states.state_code is not null as is_listed,
        states.complaints is not null
        and coalesce(customers_by_state.customers, 0) >= 10 as may_be_shown
    from every_state
    left join customers_by_state
        on customers_by_state.state_code = every_state.state_code
    left join states
        on states.state_code = every_state.state_code
),
hidden as (
    select
        coalesce(sum(customers), 0) as customers,
        coalesce(sum(case when is_listed then 1 else 0 end), 0) as listed_states
    from judged
    where not may_be_shown
),
ranked as (
    select
        judged.*,
        hidden.customers < 10
        and (hidden.customers > 0 or hidden.listed_states > 0) as needs_another,
        row_number() over (
            partition by judged.may_be_shown
            order by judged.customers, judged.state_code
        ) as position
    from judged
    cross join hidden
),
final as (
    select
        cast(state_code as varchar(40)) as state_code,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        is_listed,
        not may_be_shown or (needs_another and position = 1) as is_suppressed
    from ranked
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_rates__dbt_tmp" rename to "int_publication_rates";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_rates__dbt_backup" cascade;

commit;
