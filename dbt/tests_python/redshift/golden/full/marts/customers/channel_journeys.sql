begin;

select * from (
        with
contacts as (
    select
        *,
        coalesce(days_since_previous_in_category > 30, true) as is_first_step,
        coalesce(days_to_next_in_category > 30, true) as is_last_step
    from "coretelecoms"."intermediate"."int_customer_contacts"
),
journeys_of_one as (
    select
        customer_number,
        category,
        channel as path,
        1 as steps,
        0 as days,
        case when resolution_state = 'resolved' then 1 else 0 end as resolved_at_last
    from contacts
    where is_first_step
        and is_last_step
),
steps_of_several as (
    select
        *,
        max(case when is_first_step then category_contact_number end) over (
            partition by customer_number, category order by category_contact_number
            rows between unbounded preceding and current row
        ) as first_contact_number
    from contacts
    where not is_first_step
        or not is_last_step
),
journeys_of_several as (
    select
        customer_number,
        category,
    listagg(
        case when category_contact_number - first_contact_number < 10 then channel end,
        ' > '
        )
        within group (order by category_contact_number) || case when count(*) > 10 then ' > ...' else '' end as path,
        count(*) as steps,
        max(opened_date) - min(opened_date) as days,
        count(case when is_last_step and resolution_state = 'resolved' then 1 end) as resolved_at_last
    from steps_of_several
    group by customer_number, category, first_contact_number
),
journeys as (
    select * from journeys_of_one
    union all
    select * from journeys_of_several
),
counted as (
    select
        category,
        path,
        steps,
        count(*) as journeys,
        count(distinct customer_number) as customers,
        sum(steps) as complaints,
        cast(sum(days) as double precision) / nullif(count(*), 0) as mean_days,
        sum(resolved_at_last) as resolved_at_last
    from journeys
    group by category, path, steps
    union all
    select
        coalesce(category, '(none)') as category,
        '(not assignable)' as path,
        0 as steps,
        0 as journeys,
        0 as customers,
        count(*) as complaints,
        cast(null as double precision) as mean_days,
        0 as resolved_at_last
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
    group by coalesce(category, '(none)')
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(path as varchar(400)) as path,
        cast(steps as bigint) as steps,
        cast(journeys as bigint) as journeys,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        mean_days,
        cast(resolved_at_last as bigint) as resolved_at_last
    from counted
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(40))
 as category,
    cast(null as varchar(400))
 as path,
    cast(null as bigint)
 as steps,
    cast(null as bigint)
 as journeys,
    cast(null as bigint)
 as customers,
    cast(null as bigint)
 as complaints,
    cast(null as double precision)
 as mean_days,
    cast(null as bigint)
 as resolved_at_last
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."channel_journeys__dbt_tmp"
  (
    category varchar(40) not null,
    path varchar(400) not null,
    steps bigint not null,
    journeys bigint not null,
    customers bigint not null,
    complaints bigint not null,
    mean_days double precision,
    resolved_at_last bigint not null
    )
    diststyle all
      compound sortkey(category,path,steps);

insert into "coretelecoms"."marts"."channel_journeys__dbt_tmp"
    (
    select category, path, steps, journeys, customers, complaints, mean_days, resolved_at_last
    from (
        with
contacts as (
    select
        *,
        coalesce(days_since_previous_in_category > 30, true) as is_first_step,
        coalesce(days_to_next_in_category > 30, true) as is_last_step
    from "coretelecoms"."intermediate"."int_customer_contacts"
),
journeys_of_one as (
    select
        customer_number,
        category,
        channel as path,
        1 as steps,
        0 as days,
        case when resolution_state = 'resolved' then 1 else 0 end as resolved_at_last
    from contacts
    where is_first_step
        and is_last_step
),
steps_of_several as (
    select
        *,
        max(case when is_first_step then category_contact_number end) over (
            partition by customer_number, category order by category_contact_number
            rows between unbounded preceding and current row
        ) as first_contact_number
    from contacts
    where not is_first_step
        or not is_last_step
),
journeys_of_several as (
    select
        customer_number,
        category,
    listagg(
        case when category_contact_number - first_contact_number < 10 then channel end,
        ' > '
        )
        within group (order by category_contact_number) || case when count(*) > 10 then ' > ...' else '' end as path,
        count(*) as steps,
        max(opened_date) - min(opened_date) as days,
        count(case when is_last_step and resolution_state = 'resolved' then 1 end) as resolved_at_last
    from steps_of_several
    group by customer_number, category, first_contact_number
),
journeys as (
    select * from journeys_of_one
    union all
    select * from journeys_of_several
),
counted as (
    select
        category,
        path,
        steps,
        count(*) as journeys,
        count(distinct customer_number) as customers,
        sum(steps) as complaints,
        cast(sum(days) as double precision) / nullif(count(*), 0) as mean_days,
        sum(resolved_at_last) as resolved_at_last
    from journeys
    group by category, path, steps
    union all
    select
        coalesce(category, '(none)') as category,
        '(not assignable)' as path,
        0 as steps,
        0 as journeys,
        0 as customers,
        count(*) as complaints,
        cast(null as double precision) as mean_days,
        0 as resolved_at_last
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null)
    group by coalesce(category, '(none)')
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(path as varchar(400)) as path,
        cast(steps as bigint) as steps,
        cast(journeys as bigint) as journeys,
        cast(customers as bigint) as customers,
        cast(complaints as bigint) as complaints,
        mean_days,
        cast(resolved_at_last as bigint) as resolved_at_last
    from counted
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."channel_journeys__dbt_tmp" rename to "channel_journeys";

grant select on "coretelecoms"."marts"."channel_journeys" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."channel_journeys__dbt_backup" cascade;

commit;
