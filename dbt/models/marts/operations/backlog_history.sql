{%- set members = ['channel', 'platform', 'category'] -%}
with

{#- Only records that tell when they were opened, and when they were resolved if they were, can be placed in time. #}
judged as (
    select
        facts.channel,
        {{ dimension_member('facts.platform') }} as platform,
        {{ dimension_member('facts.category') }} as category,
        facts.opened_date,
        cast(facts.resolved_at as date) as resolved_date,
        as_of.as_of_date,
        coalesce(
            facts.opened_date between cast('{{ var("first_calendar_date") }}' as date) and as_of.as_of_date,
            false
        ) as is_in_time,
        facts.opened_date is not null
        and (
            facts.resolution_time_state = 'measured'
            or (facts.resolution_time_state = 'unresolved' and facts.resolution_state = 'unresolved')
        ) as is_placed
    from {{ ref('fct_complaints') }} as facts
    cross join {{ ref('int_as_of') }} as as_of
    where facts.is_complaint
        and facts.resolution_time_state <> 'not_reported'
),

{#- What was opened, resolved or left out, and on which day; null for what no day of the history holds. #}
events as (
    select
        case when is_in_time then opened_date end as day,
        {{ members | join(', ') }},
        case when is_in_time and is_placed then 1 else 0 end as opened_complaints,
        0 as resolved_complaints,
        case when is_in_time and is_placed then 0 else 1 end as excluded_complaints
    from judged

    union all

    select
        resolved_date as day,
        {{ members | join(', ') }},
        0 as opened_complaints,
        1 as resolved_complaints,
        0 as excluded_complaints
    from judged
    where is_in_time
        and is_placed
        and resolved_date <= as_of_date
),

counted as (
    select
        day,
        {{ members | join(', ') }},
        sum(opened_complaints) as opened_complaints,
        sum(resolved_complaints) as resolved_complaints,
        sum(excluded_complaints) as excluded_complaints
    from events
    group by day, {{ members | join(', ') }}
),

groups as (
    select {{ members | join(', ') }}
    from counted
    group by {{ members | join(', ') }}
),

spine as (
    select dates.date_day as day
    from {{ ref('dim_dates') }} as dates
    cross join (select min(day) as first_day from counted) as opened
    cross join {{ ref('int_as_of') }} as as_of
    where dates.date_day between opened.first_day and as_of.as_of_date
),

daily as (
    select
        spine.day,
        {%- for member in members %}
        groups.{{ member }},
        {%- endfor %}
        coalesce(counted.opened_complaints, 0) as opened_complaints,
        coalesce(counted.resolved_complaints, 0) as resolved_complaints,
        sum(coalesce(counted.opened_complaints, 0) - coalesce(counted.resolved_complaints, 0)) over (
            partition by {% for member in members %}groups.{{ member }}{{ ', ' if not loop.last }}{% endfor %}
            order by spine.day
            rows between unbounded preceding and current row
        ) as open_complaints,
        coalesce(counted.excluded_complaints, 0) as excluded_complaints
    from groups
    cross join spine
    left join counted
        on counted.day = spine.day
        {%- for member in members %}
        and counted.{{ member }} = groups.{{ member }}
        {%- endfor %}

    union all

    select
        day,
        {{ members | join(', ') }},
        opened_complaints,
        resolved_complaints,
        cast(null as bigint) as open_complaints,
        excluded_complaints
    from counted
    where day is null
),

final as (
    select
        day,
        cast(channel as varchar(32)) as channel,
        cast(platform as varchar(40)) as platform,
        cast(category as varchar(40)) as category,
        cast(opened_complaints as bigint) as opened_complaints,
        cast(resolved_complaints as bigint) as resolved_complaints,
        cast(open_complaints as bigint) as open_complaints,
        cast(excluded_complaints as bigint) as excluded_complaints
    from daily
)

select * from final
