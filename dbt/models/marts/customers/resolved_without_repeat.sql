{%- set outcomes = {
    'pending': 'pending',
    'repeated': 'repeated',
    'resolved_without_repeat': 'resolved',
    'unresolved_without_repeat': 'unresolved',
    'unknown_without_repeat': 'unknown',
} -%}
with

{#-
    What became of each contact. Nothing is said of an open window: those that are repeated are known before those that
    are not. The next contact follows within the window where no more days pass to it than to the window's end.
#}
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
    from {{ ref('int_customer_contacts') }} as contacts
    cross join {{ ref('int_as_of') }} as as_of
    where contacts.topic is not null

    union all

    select
        opened_date,
        channel,
        cast({{ dimension_member('topic') }} as varchar(40)) as topic,
        'not assignable' as outcome
    from {{ ref('fct_complaints') }}
    where is_complaint
        and (customer_key = {{ unknown_key() }} or opened_at is null or topic is null)
),

counted as (
    select
        cast(date_trunc('month', opened_date) as date) as opened_month,
        channel,
        topic,
        cast(count(*) as bigint) as complaints,
        {{ count_where("outcome not in ('later contact', 'not assignable')") }} as first_contacts,
        {{ count_where("outcome = 'later contact'") }} as later_contacts,
        {{ count_where("outcome = 'not assignable'") }} as not_assignable,
        {%- for name, outcome in outcomes.items() %}
        {{ count_where("outcome = '" ~ outcome ~ "'") }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
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
        {%- for name in outcomes %}
        counted.{{ name }},
        {%- endfor %}
        {{ share(
            'counted.resolved_without_repeat',
            'counted.repeated + counted.resolved_without_repeat'
            ~ ' + counted.unresolved_without_repeat + counted.unknown_without_repeat'
        ) }} as resolved_without_repeat_rate,
        counted.pending = 0 as is_closed,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join {{ ref('int_period_completeness') }} as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)

select * from final
