begin;

select * from (
        select
    cast(null as varchar(40))
 as topic,
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
    topic varchar(40) not null,
    path varchar(400) not null,
    steps bigint not null,
    journeys bigint not null,
    customers bigint not null,
    complaints bigint not null,
    mean_days double precision,
    resolved_at_last bigint not null
    )
    diststyle all
      compound sortkey(topic,path,steps);

insert into "coretelecoms"."marts"."channel_journeys__dbt_tmp"
    (
    select topic, path, steps, journeys, customers, complaints, mean_days, resolved_at_last
    from (
        with
contacts as (
    select
        *,
        coalesce(days_since_previous_in_topic > 30, true) as is_first_step,
        coalesce(days_to_next_in_topic > 30, true) as is_last_step
    from "coretelecoms"."intermediate"."int_customer_contacts"
    where topic is not null
),
journeys_of_one as (
    select
        customer_number,
        topic,
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
        max(case when is_first_step then topic_contact_number end) over (
            partition by customer_number, topic order by topic_contact_number
            rows between unbounded preceding and current row
        ) as first_contact_number
    from contacts
    where not is_first_step
        or not is_last_step
),
journeys_of_several as (
    select
        customer_number,
        topic,
    listagg(
        case when topic_contact_number - first_contact_number < 10 then channel end,
        ' > '
        )
        within group (order by topic_contact_number) || case when count(*) > 10 then ' > ...' else '' end as path,
        count(*) as steps,
        max(opened_date) - min(opened_date) as days,
        count(case when is_last_step and resolution_state = 'resolved' then 1 end) as resolved_at_last
    from steps_of_several
    group by customer_number, topic, first_contact_number
),
journeys as (
    select * from journeys_of_one
    union all
    select * from journeys_of_several
),
counted as (
    select
        topic,
        path,
        steps,
        count(*) as journeys,
        count(distinct customer_number) as customers,
        sum(steps) as complaints,
        cast(sum(days) as double precision) / nullif(count(*), 0) as mean_days,
        sum(resolved_at_last) as resolved_at_last
    from journeys
    group by topic, path, steps
    union all
    select
        coalesce(topic, '(none)') as topic,
        '(not assignable)' as path,
        0 as steps,
        0 as journeys,
        0 as customers,
        count(*) as complaints,
        cast(null as double precision) as mean_days,
        0 as resolved_at_last
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null or topic is null)
    group by coalesce(topic, '(none)')
),
final as (
    select
        cast(topic as varchar(40)) as topic,
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
