with

assignable as (
    select
        facts.complaint_key,
        facts.customer_key,
        facts.channel,
        cast({{ dimension_member('facts.category') }} as varchar(40)) as category,
        facts.topic,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.opened_at,
        facts.opened_date,
        facts.reported_date,
        facts.seconds_to_resolve,
        facts.days_to_resolve,
        case when facts.resolution_time_state = 'measured' then cast(facts.resolved_at as date) end as resolved_date
    from {{ ref('fct_complaints') }} as facts
    where facts.is_complaint
        and facts.customer_key <> {{ unknown_key() }}
        and facts.opened_at is not null
),

{#- Numbers stand in for the long keys wherever contacts are sorted or grouped. #}
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

{#- Complaints without a topic stand beside each other in the windows by topic, but nothing is said of them there. #}
final as (
    select
        complaint_key,
        customer_key,
        customer_number,
        customer_contacts,
        cast(row_number() over ({{ contacts_in_order() }}) as integer) as contact_number,
        case
            when topic is not null then cast(row_number() over ({{ contacts_in_order('topic') }}) as integer)
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
        cast(opened_date - lag(opened_date) over ({{ contacts_in_order() }}) as integer) as days_since_previous,
        case
            when topic is not null
                then cast(opened_date - lag(opened_date) over ({{ contacts_in_order('topic') }}) as integer)
        end as days_since_previous_in_topic,
        case
            when topic is not null
                then cast(lead(opened_date) over ({{ contacts_in_order('topic') }}) - opened_date as integer)
        end as days_to_next_in_topic,
        case
            when topic is not null
                then coalesce(
                    opened_date <= max(window_end_date) over (
                        {{ contacts_in_order('topic') }} rows between unbounded preceding and 1 preceding
                    ),
                    false
                )
        end as is_later_contact
    from contacts
)

select * from final
