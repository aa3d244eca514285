{%- set known_categories = ['Technician Support', 'Network Failure', 'Router Delivery', 'Payments'] -%}
{%- set known_channels = ['call_centre', 'social_media', 'web_form', 'sms'] -%}
{%- set is_resolved_by_then = "resolution_time_state = 'measured' and resolved_date <= month_end" -%}
{%- set is_open_then = "(resolution_time_state = 'measured' and resolved_date > month_end)"
    ~ " or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved')" -%}

{#- What is counted of the contacts in a window, as name: condition. -#}
{%- set counts = {
    'complaints_30_days': 'days_before_end < 30',
    'complaints_90_days': 'days_before_end < 90',
    'complaints_365_days': 'true',
    'complaints_365_days_reported': 'reported_date <= month_end',
} -%}
{%- for category in known_categories -%}
    {%- do counts.update({(category | lower | replace(' ', '_')) ~ '_365_days': "category = '" ~ category ~ "'"}) -%}
{%- endfor -%}
{%- do counts.update({'other_category_365_days': "category not in ('" ~ known_categories | join("', '") ~ "')"}) -%}
{%- for channel in known_channels -%}
    {%- do counts.update({channel ~ '_365_days': "channel = '" ~ channel ~ "'"}) -%}
{%- endfor -%}
{%- do counts.update({
    'other_channel_365_days': "channel not in ('" ~ known_channels | join("', '") ~ "')",
    'repeats_30_days': 'days_since_previous <= 30',
    'timed_complaints_365_days':
        "resolution_time_state = 'measured' or (resolution_time_state = 'unresolved' and resolution_state = 'unresolved')",
    'timed_resolved_365_days': is_resolved_by_then,
    'timed_open_365_days': is_open_then,
}) -%}

{#- What is taken of them otherwise, as name: [aggregate, value]. -#}
{%- set values = {
    'days_since_last_complaint': ['min', 'days_before_end'],
    'days_since_first_complaint': ['max', 'days_before_end'],
    'seconds_to_resolve': ['sum', 'case when ' ~ is_resolved_by_then ~ ' then seconds_to_resolve end'],
    'max_days_to_resolve': ['max', 'case when ' ~ is_resolved_by_then ~ ' then days_to_resolve end'],
    'oldest_open_days': ['max', 'case when ' ~ is_open_then ~ ' then days_before_end end'],
} -%}
with

opened_months as (
    select
        opened_date,
        cast(date_trunc('month', opened_date) as date) as opened_month
    from {{ ref('int_customer_contacts') }}
    group by opened_date
),

{#- 31 days after a first of month is in the next month, and up to 11 times 31 days after it in the 11th: a year is 337 days or more. #}
following_months as (
    select
        opened_months.opened_date,
        cast(date_trunc('month', opened_months.opened_month + cast(31 * numbers.day_number as integer)) as date) as month
    from opened_months
    inner join {{ day_numbers() }} as numbers
        on numbers.day_number <= 11
),

{#- The months in whose window a day is. #}
windows as (
    select
        following_months.opened_date,
        following_months.month,
        last_day(following_months.month) as month_end,
        cast(last_day(following_months.month) - following_months.opened_date as integer) as days_before_end
    from following_months
    cross join {{ ref('int_as_of') }} as as_of
    where following_months.month <= as_of.as_of_date
        and last_day(following_months.month) - following_months.opened_date < 365
),

{#- Most customers have one contact only: what is counted of it is 0 or 1, and nothing needs grouping. #}
features_of_one_contact as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        {%- for name, condition in counts.items() %}
        case when {{ condition }} then 1 else 0 end as {{ name }},
        {%- endfor %}
        {%- for name, value in values.items() %}
        cast({{ value[1] }} as bigint) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_customer_contacts') }} as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.customer_contacts = 1
),

features_of_several_contacts as (
    select
        contacts.customer_number,
        windows.month,
        windows.month_end,
        {%- for name, condition in counts.items() %}
        cast(count(case when {{ condition }} then 1 end) as integer) as {{ name }},
        {%- endfor %}
        {%- for name, value in values.items() %}
        cast({{ value[0] }}({{ value[1] }}) as bigint) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_customer_contacts') }} as contacts
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
    from {{ ref('int_customer_contacts') }} as contacts
    inner join windows
        on windows.opened_date = contacts.opened_date
    where contacts.channel not in ('{{ known_channels | join("', '") }}')
    group by contacts.customer_number, windows.month
),

customers as (
    select
        contacts.customer_number,
        contacts.customer_key,
        dimension.state_code,
        dimension.signup_year
    from {{ ref('int_customer_contacts') }} as contacts
    inner join {{ ref('dim_customers') }} as dimension
        on dimension.customer_key = contacts.customer_key
    where contacts.contact_number = 1
),

final as (
    select
        customers.customer_key,
        features.month,
        features.month_end,
        features.month_end <= as_of.as_of_date as is_month_over,
        {#- Not by int_period_completeness, which has no row for a month without any complaint. #}
        features.month_end + {{ var('reporting_horizon_days') }} <= as_of.as_of_date as is_complete,
        {%- for name in counts %}
        features.{{ name }},
        {%- endfor %}
        cast(
            {%- for channel in known_channels %}
            case when features.{{ channel }}_365_days > 0 then 1 else 0 end +
            {%- endfor %} coalesce(other_channels.channels, 0) as integer
        ) as channels_365_days,
        cast(features.days_since_last_complaint as integer) as days_since_last_complaint,
        cast(features.days_since_first_complaint as integer) as days_since_first_complaint,
        cast(features.seconds_to_resolve as double precision)
        / nullif(86400 * features.timed_resolved_365_days, 0) as mean_days_to_resolve,
        cast(features.max_days_to_resolve as integer) as max_days_to_resolve,
        cast(features.oldest_open_days as integer) as oldest_open_days,
        cast(extract(year from features.month_end) - customers.signup_year as integer) as tenure_years,
        cast({{ dimension_member('customers.state_code') }} as varchar(40)) as state_code
    from features
    inner join customers
        on customers.customer_number = features.customer_number
    left join other_channels
        on other_channels.customer_number = features.customer_number
        and other_channels.month = features.month
    cross join {{ ref('int_as_of') }} as as_of
)

select * from final
