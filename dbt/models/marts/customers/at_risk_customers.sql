{#- What must hold of a customer, by term of the seed risk_terms. -#}
{%- set terms = {
    'several_complaints': 'recent_complaints >= 3',
    'repeat_same_category': 'recent_repeats > 0',
    'several_channels': 'first_recent_channel <> last_recent_channel',
    'open_overdue': 'overdue_complaints > 0',
    'blocked': 'blocked_complaints > 0',
    'slow_resolution': 'slow_complaints > 0',
} -%}
with

policy as (
    select
        {%- for term in terms %}
        max(case when term = '{{ term }}' then points end) as {{ term }}_points,
        max(case when term = '{{ term }}' then meaning end) as {{ term }}_meaning{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('risk_terms') }}
),

contacts as (
    select
        contacts.*,
        contacts.opened_date > as_of.as_of_date - 90 as is_recent,
        stuck.reason
    from {{ ref('int_customer_contacts') }} as contacts
    cross join {{ ref('int_as_of') }} as as_of
    left join {{ ref('stuck_complaints') }} as stuck
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
        {%- for term, condition in terms.items() %}
        case when {{ condition }} then coalesce(policy.{{ term }}_points, 0) else 0 end as {{ term }},
        policy.{{ term }}_meaning{{ ',' if not loop.last }}
        {%- endfor %}
    from customers
    cross join policy
),

scored as (
    select
        pointed.*,
        {{ terms | join(' + ') }} as risk_score
    from pointed
),

at_risk as (
    select
        scored.*,
        contacts.customer_key
    from scored
    inner join {{ ref('int_customer_contacts') }} as contacts
        on contacts.customer_number = scored.customer_number
        and contacts.contact_number = 1
    where scored.risk_score >= {{ var('at_risk_score') }}
),

final as (
    select
        at_risk.customer_key,
        cast({{ dimension_member('customers.state_code') }} as varchar(40)) as state_code,
        {%- for term in terms %}
        cast(at_risk.{{ term }} as integer) as {{ term }},
        {%- endfor %}
        cast(at_risk.risk_score as integer) as risk_score,
        {#- Each meaning begins with '; ', and the first two characters are cut off. #}
        cast(
            substring(
                {%- for term in terms %}
                case when at_risk.{{ term }} > 0 then '; ' || at_risk.{{ term }}_meaning else '' end{{ ' ||' if not loop.last }}
                {%- endfor %},
                3
            ) as varchar(512)
        ) as reason
    from at_risk
    inner join {{ ref('dim_customers') }} as customers
        on customers.customer_key = at_risk.customer_key
)

select * from final
