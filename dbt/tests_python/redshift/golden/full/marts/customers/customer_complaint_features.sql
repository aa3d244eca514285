begin;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as date)
 as month,
    cast(null as date)
 as month_end,
    cast(null as boolean)
 as is_month_over,
    cast(null as boolean)
 as is_complete,
    cast(null as integer)
 as complaints_30_days,
    cast(null as integer)
 as complaints_90_days,
    cast(null as integer)
 as complaints_365_days,
    cast(null as integer)
 as complaints_365_days_reported,
    cast(null as integer)
 as technician_support_365_days,
    cast(null as integer)
 as network_failure_365_days,
    cast(null as integer)
 as router_delivery_365_days,
    cast(null as integer)
 as payments_365_days,
    cast(null as integer)
 as other_category_365_days,
    cast(null as integer)
 as call_centre_365_days,
    cast(null as integer)
 as social_media_365_days,
    cast(null as integer)
 as web_form_365_days,
    cast(null as integer)
 as sms_365_days,
    cast(null as integer)
 as other_channel_365_days,
    cast(null as integer)
 as channels_365_days,
    cast(null as integer)
 as days_since_last_complaint,
    cast(null as integer)
 as days_since_first_complaint,
    cast(null as integer)
 as repeats_30_days,
    cast(null as integer)
 as timed_complaints_365_days,
    cast(null as integer)
 as timed_resolved_365_days,
    cast(null as integer)
 as timed_open_365_days,
    cast(null as double precision)
 as mean_days_to_resolve,
    cast(null as integer)
 as max_days_to_resolve,
    cast(null as integer)
 as oldest_open_days,
    cast(null as integer)
 as tenure_years,
    cast(null as varchar(40))
 as state_code
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."customer_complaint_features__dbt_tmp"
  (
    customer_key varchar(64) not null,
    month date not null,
    month_end date not null,
    is_month_over boolean not null,
    is_complete boolean not null,
    complaints_30_days integer not null,
    complaints_90_days integer not null,
    complaints_365_days integer not null,
    complaints_365_days_reported integer not null,
    technician_support_365_days integer not null,
    network_failure_365_days integer not null,
    router_delivery_365_days integer not null,
    payments_365_days integer not null,
    other_category_365_days integer not null,
    call_centre_365_days integer not null,
    social_media_365_days integer not null,
    web_form_365_days integer not null,
    sms_365_days integer not null,
    other_channel_365_days integer not null,
    channels_365_days integer not null,
    days_since_last_complaint integer not null,
    days_since_first_complaint integer not null,
    repeats_30_days integer not null,
    timed_complaints_365_days integer not null,
    timed_resolved_365_days integer not null,
    timed_open_365_days integer not null,
    mean_days_to_resolve double precision,
    max_days_to_resolve integer,
    oldest_open_days integer,
    tenure_years integer,
    state_code varchar(40) not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(month,customer_key);

insert into "coretelecoms"."marts"."customer_complaint_features__dbt_tmp"
    (
    select customer_key, month, month_end, is_month_over, is_complete, complaints_30_days, complaints_90_days, complaints_365_days, complaints_365_days_reported, technician_support_365_days, network_failure_365_days, router_delivery_365_days, payments_365_days, other_category_365_days, call_centre_365_days, social_media_365_days, web_form_365_days, sms_365_days, other_channel_365_days, channels_365_days, days_since_last_complaint, days_since_first_complaint, repeats_30_days, timed_complaints_365_days, timed_resolved_365_days, timed_open_365_days, mean_days_to_resolve, max_days_to_resolve, oldest_open_days, tenure_years, state_code
    from (
        with
opened_months as (
    select
        opened_date,
        cast(date_trunc('month', opened_date) as date) as opened_month
    from "coretelecoms"."intermediate"."int_customer_contacts"
    group by opened_date
),
following_months as (
    select
        opened_months.opened_date,
        cast(date_trunc('month', opened_months.opened_month + cast(31 * numbers.day_number as integer)) as date) as month
    from opened_months
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number <= 11
),
windows as (
    select
        following_months.opened_date,
        following_months.month,
        last_day(following_months.month) as month_end,
        cast(last_day(following_months.month) - following_months.opened_date as integer) as days_before_end
    from following_months
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
    where following_months.month <= as_of.as_of_date
        and last_day(following_months.month) - following_months.opened_date < 365
),
features_of_one_contact as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        case when days_before_end < 30 then 1 else 0 end as complaints_30_days,
        case when days_before_end < 90 then 1 else 0 end as complaints_90_days,
        case when true then 1 else 0 end as complaints_365_days,
        case when reported_date <= month_end then 1 else 0 end as complaints_365_days_reported,
        case when category = 'Technician Support' then 1 else 0 end as technician_support_365_days,
        case when category = 'Network Failure' then 1 else 0 end as network_failure_365_days,
        case when category = 'Router Delivery' then 1 else 0 end as router_delivery_365_days,
        case when category = 'Payments' then 1 else 0 end as payments_365_days,
        case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 else 0 end as other_category_365_days,
        case when channel = 'call_centre' then 1 else 0 end as call_centre_365_days,
        case when channel = 'social_media' then 1 else 0 end as social_media_365_days,
        case when channel = 'web_form' then 1 else 0 end as web_form_365_days,
        case when channel = 'sms' then 1 else 0 end as sms_365_days,
        case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 else 0 end as other_channel_365_days,
        case when days_since_previous <= 30 then 1 else 0 end as repeats_30_days,
        case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_complaints_365_days,
        case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 else 0 end as timed_resolved_365_days,
        case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 else 0 end as timed_open_365_days,
        cast(days_before_end as bigint) as days_since_last_complaint,
        cast(days_before_end as bigint) as days_since_first_complaint,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end as bigint) as seconds_to_resolve,
        cast(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end as bigint) as max_days_to_resolve,
        cast(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts = 1
),
features_of_several_contacts as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        cast(count(case when days_before_end < 30 then 1 end) as integer) as complaints_30_days,
        cast(count(case when days_before_end < 90 then 1 end) as integer) as complaints_90_days,
        cast(count(case when true then 1 end) as integer) as complaints_365_days,
        cast(count(case when reported_date <= month_end then 1 end) as integer) as complaints_365_days_reported,
        cast(count(case when category = 'Technician Support' then 1 end) as integer) as technician_support_365_days,
        cast(count(case when category = 'Network Failure' then 1 end) as integer) as network_failure_365_days,
        cast(count(case when category = 'Router Delivery' then 1 end) as integer) as router_delivery_365_days,
        cast(count(case when category = 'Payments' then 1 end) as integer) as payments_365_days,
        cast(count(case when category not in ('Technician Support', 'Network Failure', 'Router Delivery', 'Payments') then 1 end) as integer) as other_category_365_days,
        cast(count(case when channel = 'call_centre' then 1 end) as integer) as call_centre_365_days,
        cast(count(case when channel = 'social_media' then 1 end) as integer) as social_media_365_days,
        cast(count(case when channel = 'web_form' then 1 end) as integer) as web_form_365_days,
        cast(count(case when channel = 'sms' then 1 end) as integer) as sms_365_days,
        cast(count(case when channel not in ('call_centre', 'social_media', 'web_form', 'sms') then 1 end) as integer) as other_channel_365_days,
        cast(count(case when days_since_previous <= 30 then 1 end) as integer) as repeats_30_days,
        cast(count(case when resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_complaints_365_days,
        cast(count(case when resolution_time_state = 'measured' and resolved_date <= month_end then 1 end) as integer) as timed_resolved_365_days,
        cast(count(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then 1 end) as integer) as timed_open_365_days,
        cast(min(days_before_end) as bigint) as days_since_last_complaint,
        cast(max(days_before_end) as bigint) as days_since_first_complaint,
        cast(sum(case when resolution_time_state = 'measured' and resolved_date <= month_end then seconds_to_resolve end) as bigint) as seconds_to_resolve,
        cast(max(case when resolution_time_state = 'measured' and resolved_date <= month_end then days_to_resolve end) as bigint) as max_days_to_resolve,
        cast(max(case when (resolution_time_state = 'measured' and resolved_date > month_end) or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved') then days_before_end end) as bigint) as oldest_open_days
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts > 1
    group by contacts.customer_number, windows.month, windows.month_end
),
features as (
    select * from features_of_one_contact
    union all
    select * from features_of_several_contacts
),
other_channels as (
    select
        contacts.customer_number,
        windows.month,
        count(distinct contacts.channel) as channels
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.channel not in ('call_centre', 'social_media', 'web_form', 'sms')
    group by contacts.customer_number, windows.month
),
customers as (
    select
        contacts.customer_number,
        contacts.customer_key,
        dimension.state_code,
        dimension.signup_year
    from "coretelecoms"."intermediate"."int_customer_contacts" as contacts
    inner join "coretelecoms"."marts"."dim_customers" as dimension
        on dimension.customer_key = contacts.customer_key
    where contacts.contact_number = 1
),
final as (
    select
        customers.customer_key,
        features.month,
        features.month_end,
        features.month_end <= as_of.as_of_date as is_month_over,
        features.month_end + 365 <= as_of.as_of_date as is_complete,
        features.complaints_30_days,
        features.complaints_90_days,
        features.complaints_365_days,
        features.complaints_365_days_reported,
        features.technician_support_365_days,
        features.network_failure_365_days,
        features.router_delivery_365_days,
        features.payments_365_days,
        features.other_category_365_days,
        features.call_centre_365_days,
        features.social_media_365_days,
        features.web_form_365_days,
        features.sms_365_days,
        features.other_channel_365_days,
        features.repeats_30_days,
        features.timed_complaints_365_days,
        features.timed_resolved_365_days,
        features.timed_open_365_days,
        cast(
            case when features.call_centre_365_days > 0 then 1 else 0 end +
            case when features.social_media_365_days > 0 then 1 else 0 end +
            case when features.web_form_365_days > 0 then 1 else 0 end +
            case when features.sms_365_days > 0 then 1 else 0 end + coalesce(other_channels.channels, 0) as integer
        ) as channels_365_days,
        cast(features.days_since_last_complaint as integer) as days_since_last_complaint,
        cast(features.days_since_first_complaint as integer) as days_since_first_complaint,
        cast(features.seconds_to_resolve as double precision)
        / nullif(86400 * features.timed_resolved_365_days, 0) as mean_days_to_resolve,
        cast(features.max_days_to_resolve as integer) as max_days_to_resolve,
        cast(features.oldest_open_days as integer) as oldest_open_days,
        cast(extract(year from features.month_end) - customers.signup_year as integer) as tenure_years,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code
    from features
    inner join customers
        on customers.customer_number = features.customer_number
    left join other_channels
        on other_channels.customer_number = features.customer_number
        and other_channels.month = features.month
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."customer_complaint_features__dbt_tmp" rename to "customer_complaint_features";

grant select on "coretelecoms"."marts"."customer_complaint_features" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."customer_complaint_features__dbt_backup" cascade;

commit;
