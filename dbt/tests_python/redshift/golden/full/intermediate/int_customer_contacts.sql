begin;

create  table
    "coretelecoms"."intermediate"."int_customer_contacts__dbt_tmp"
    diststyle key distkey (customer_number)
      compound sortkey(customer_number)
  as (
    with
assignable as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.channel,
        cast(coalesce(facts.category, '(none)') as varchar(40)) as category,
        facts.topic,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.opened_at,
        facts.opened_date,
        facts.reported_date,
        facts.seconds_to_resolve,
        facts.days_to_resolve,
        case when facts.resolution_time_state = 'measured' then cast(facts.resolved_at as date) end as resolved_date
    from "coretelecoms"."marts"."fct_complaints" as facts
    where facts.is_complaint
        and facts.customer_key <> 'unknown'
        and facts.opened_at is not null
),
customers as (
    select
        customer_key,
        cast(row_number() over (order by customer_key) as integer) as customer_number,
        cast(count(*) as integer) as customer_contacts
    from assignable
    group by customer_key
),
contacts as (
    select
        assignable.*,
        customers.customer_number,
        customers.customer_contacts,
        coalesce(assignable.resolved_date, assignable.opened_date) + 30 as window_end_date
    from assignable
    inner join customers
        on customers.customer_key = assignable.customer_key
),
final as (
    select
        complaint_key,
        customer_key,
        customer_number,
        customer_contacts,
        cast(row_number() over (partition by customer_number order by opened_at, complaint_key) as integer) as contact_number,
        case
            when topic is not null then cast(row_number() over (partition by customer_number, topic order by opened_at, complaint_key) as integer)
        end as topic_contact_number,
        channel,
        category,
        topic,
        opened_date,
        reported_date,
        resolution_state,
        resolution_time_state,
        resolved_date,
        seconds_to_resolve,
        days_to_resolve,
        window_end_date,
        cast(opened_date - lag(opened_date) over (partition by customer_number order by opened_at, complaint_key) as integer) as days_since_previous,
        case
            when topic is not null
                then cast(opened_date - lag(opened_date) over (partition by customer_number, topic order by opened_at, complaint_key) as integer)
        end as days_since_previous_in_topic,
        case
            when topic is not null
                then cast(lead(opened_date) over (partition by customer_number, topic order by opened_at, complaint_key) - opened_date as integer)
        end as days_to_next_in_topic,
        case
            when topic is not null
                then coalesce(
                    opened_date <= max(window_end_date) over (
                        partition by customer_number, topic order by opened_at, complaint_key rows between unbounded preceding and 1 preceding
                    ),
                    false
                )
        end as is_later_contact
    from contacts
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_customer_contacts__dbt_tmp" rename to "int_customer_contacts";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_customer_contacts__dbt_backup" cascade;

commit;
