begin;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as topic,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as first_contacts,
    cast(null as bigint)
 as later_contacts,
    cast(null as bigint)
 as not_assignable,
    cast(null as bigint)
 as pending,
    cast(null as bigint)
 as repeated,
    cast(null as bigint)
 as resolved_without_repeat,
    cast(null as bigint)
 as unresolved_without_repeat,
    cast(null as bigint)
 as unknown_without_repeat,
    cast(null as double precision)
 as resolved_without_repeat_rate,
    cast(null as boolean)
 as is_closed,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp"
  (
    opened_month date,
    channel varchar(32) not null,
    topic varchar(40) not null,
    complaints bigint not null,
    first_contacts bigint not null,
    later_contacts bigint not null,
    not_assignable bigint not null,
    pending bigint not null,
    repeated bigint not null,
    resolved_without_repeat bigint not null,
    unresolved_without_repeat bigint not null,
    unknown_without_repeat bigint not null,
    resolved_without_repeat_rate double precision,
    is_closed boolean not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,channel,topic);

insert into "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp"
    (
    select opened_month, channel, topic, complaints, first_contacts, later_contacts, not_assignable, pending, repeated, resolved_without_repeat, unresolved_without_repeat, unknown_without_repeat, resolved_without_repeat_rate, is_closed, is_complete
    from (
        with
judged as (
    select
        contacts.opened_date,
        contacts.channel,
        contacts.topic,
        case
            when contacts.is_later_contact then 'later contact'
            when contacts.window_end_date > as_of.as_of_date then 'pending'
            when contacts.days_to_next_in_topic <= contacts.window_end_date - contacts.opened_date then 'repeated'
            else contacts.resolution_state
        end as outcome
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where contacts.topic is not null
    union all
    select
        opened_date,
        channel,
        cast(coalesce(topic, '(none)') as varchar(40)) as topic,
        'not assignable' as outcome
    from "coretelecoms"."marts"."fct_complaints"
    where is_complaint
        and (customer_key = 'unknown' or opened_at is null or topic is null)
),
counted as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        topic,
        cast(count(*) as bigint) as complaints,
        cast(count(case when outcome not in ('later contact', 'not assignable') then 1 end) as bigint) as first_contacts,
        cast(count(case when outcome = 'later contact' then 1 end) as bigint) as later_contacts,
        cast(count(case when outcome = 'not assignable' then 1 end) as bigint) as not_assignable,
        cast(count(case when outcome = 'pending' then 1 end) as bigint) as pending,
        cast(count(case when outcome = 'repeated' then 1 end) as bigint) as repeated,
        cast(count(case when outcome = 'resolved' then 1 end) as bigint) as resolved_without_repeat,
        cast(count(case when outcome = 'unresolved' then 1 end) as bigint) as unresolved_without_repeat,
        cast(count(case when outcome = 'unknown' then 1 end) as bigint) as unknown_without_repeat
    from judged
    group by date_trunc('month', opened_date), channel, topic
),
final as (
    select
        counted.opened_month,
        counted.channel,
        counted.topic,
        counted.complaints,
        counted.first_contacts,
        counted.later_contacts,
        counted.not_assignable,
        counted.pending,
        counted.repeated,
        counted.resolved_without_repeat,
        counted.unresolved_without_repeat,
        counted.unknown_without_repeat,
        cast(counted.resolved_without_repeat as double precision) / nullif(counted.repeated + counted.resolved_without_repeat + counted.unresolved_without_repeat + counted.unknown_without_repeat, 0) as resolved_without_repeat_rate,
        counted.pending = 0 as is_closed,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."resolved_without_repeat__dbt_tmp" rename to "resolved_without_repeat";

grant select on "coretelecoms"."marts"."resolved_without_repeat" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."resolved_without_repeat__dbt_backup" cascade;

commit;
