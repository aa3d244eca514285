begin;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as integer)
 as several_complaints,
    cast(null as integer)
 as repeat_same_category,
    cast(null as integer)
 as several_channels,
    cast(null as integer)
 as open_overdue,
    cast(null as integer)
 as blocked,
    cast(null as integer)
 as slow_resolution,
    cast(null as integer)
 as risk_score,
    cast(null as varchar(512))
 as reason
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."at_risk_customers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40) not null,
    several_complaints integer not null,
    repeat_same_category integer not null,
    several_channels integer not null,
    open_overdue integer not null,
    blocked integer not null,
    slow_resolution integer not null,
    risk_score integer not null,
    reason varchar(512) not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."at_risk_customers__dbt_tmp"
    (
    select customer_key, state_code, several_complaints, repeat_same_category, several_channels, open_overdue, blocked, slow_resolution, risk_score, reason
    from (
        with
policy as (
    select
        max(case when term = 'several_complaints' then points end) as several_complaints_points,
        max(case when term = 'several_complaints' then meaning end) as several_complaints_meaning,
        max(case when term = 'repeat_same_category' then points end) as repeat_same_category_points,
        max(case when term = 'repeat_same_category' then meaning end) as repeat_same_category_meaning,
        max(case when term = 'several_channels' then points end) as several_channels_points,
        max(case when term = 'several_channels' then meaning end) as several_channels_meaning,
        max(case when term = 'open_overdue' then points end) as open_overdue_points,
        max(case when term = 'open_overdue' then meaning end) as open_overdue_meaning,
        max(case when term = 'blocked' then points end) as blocked_points,
        max(case when term = 'blocked' then meaning end) as blocked_meaning,
        max(case when term = 'slow_resolution' then points end) as slow_resolution_points,
        max(case when term = 'slow_resolution' then meaning end) as slow_resolution_meaning
    from "coretelecoms"."staging"."risk_terms"
),
contacts as (
    select
        contacts.*,
        contacts.opened_date > as_of.as_of_date - 90 as is_recent,
        stuck.reason
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    left join "coretelecoms"."marts"."stuck_complaints" as stuck
        on stuck.complaint_key = contacts.complaint_key
    where contacts.opened_date > as_of.as_of_date - 365
        and contacts.opened_date <= as_of.as_of_date
),
customers as (
    select
        customer_number,
        count(case when is_recent then 1 end) as recent_complaints,
        count(case when is_recent and days_since_previous_in_topic <= 30 then 1 end) as recent_repeats,
        min(case when is_recent then channel end) as first_recent_channel,
        max(case when is_recent then channel end) as last_recent_channel,
        count(case when reason in ('overdue', 'blocked and overdue') then 1 end) as overdue_complaints,
        count(case when reason in ('blocked', 'blocked and overdue') then 1 end) as blocked_complaints,
        count(case when resolution_time_state = 'measured' and days_to_resolve > 20 then 1 end) as slow_complaints
    from contacts
    group by customer_number
),
pointed as (
    select
        customers.customer_number,
        case when recent_complaints >= 3 then coalesce(policy.several_complaints_points, 0) else 0 end as several_complaints,
        policy.several_complaints_meaning,
        case when recent_repeats > 0 then coalesce(policy.repeat_same_category_points, 0) else 0 end as repeat_same_category,
        policy.repeat_same_category_meaning,
        case when first_recent_channel <> last_recent_channel then coalesce(policy.several_channels_points, 0) else 0 end as several_channels,
        policy.several_channels_meaning,
        case when overdue_complaints > 0 then coalesce(policy.open_overdue_points, 0) else 0 end as open_overdue,
        policy.open_overdue_meaning,
        case when blocked_complaints > 0 then coalesce(policy.blocked_points, 0) else 0 end as blocked,
        policy.blocked_meaning,
        case when slow_complaints > 0 then coalesce(policy.slow_resolution_points, 0) else 0 end as slow_resolution,
        policy.slow_resolution_meaning
    from customers
    cross join policy
),
scored as (
    select
        pointed.*,
        several_complaints + repeat_same_category + several_channels + open_overdue + blocked + slow_resolution as risk_score
    from pointed
),
at_risk as (
    select
        scored.*,
        contacts.customer_key
    from scored
    inner join "coretelecoms"."intermediate"."int_customer_contacts" as contacts
        on contacts.customer_number = scored.customer_number
        and contacts.contact_number = 1
    where scored.risk_score >= 5
),
final as (
    select
        at_risk.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(at_risk.several_complaints as integer) as several_complaints,
        cast(at_risk.repeat_same_category as integer) as repeat_same_category,
        cast(at_risk.several_channels as integer) as several_channels,
        cast(at_risk.open_overdue as integer) as open_overdue,
        cast(at_risk.blocked as integer) as blocked,
        cast(at_risk.slow_resolution as integer) as slow_resolution,
        cast(at_risk.risk_score as integer) as risk_score,
        cast(
            substring(
                case when at_risk.several_complaints > 0 then '; ' || at_risk.several_complaints_meaning else '' end ||
                case when at_risk.repeat_same_category > 0 then '; ' || at_risk.repeat_same_category_meaning else '' end ||
                case when at_risk.several_channels > 0 then '; ' || at_risk.several_channels_meaning else '' end ||
                case when at_risk.open_overdue > 0 then '; ' || at_risk.open_overdue_meaning else '' end ||
                case when at_risk.blocked > 0 then '; ' || at_risk.blocked_meaning else '' end ||
                case when at_risk.slow_resolution > 0 then '; ' || at_risk.slow_resolution_meaning else '' end,
                3
            ) as varchar(512)
        ) as reason
    from at_risk
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = at_risk.customer_key
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."at_risk_customers__dbt_tmp" rename to "at_risk_customers";

grant select on "coretelecoms"."marts"."at_risk_customers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."at_risk_customers__dbt_backup" cascade;

commit;
