{%- set dimensions = {
    'channel': 'channel', 'category': 'category', 'bucket': 'complaint_bucket', 'platform': 'platform'
} -%}
{%- set granularities = ['day', 'week', 'month'] -%}
with

counted_by_day as (
    {%- for dimension, column in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ dimension_member(column) }} as member,
        reported_date,
        count(*) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
    group by {{ column }}, reported_date
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

counted as (
    {%- for granularity in granularities %}
    select
        '{{ granularity }}' as granularity,
        cast(date_trunc('{{ granularity }}', reported_date) as date) as period_start,
        dimension,
        member,
        sum(complaints) as complaints
    from counted_by_day
    group by date_trunc('{{ granularity }}', reported_date), dimension, member
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

{#- Every count is shown twice: in its period, and as what was before in the period that follows. #}
shown as (
    select
        granularity,
        period_start,
        dimension,
        member,
        complaints,
        0 as previous_complaints
    from counted

    union all

    select
        granularity,
        case granularity
            when 'day' then period_start + 1
            when 'week' then period_start + 7
            else last_day(period_start) + 1
        end as period_start,
        dimension,
        member,
        0 as complaints,
        complaints as previous_complaints
    from counted
),

members as (
    select
        granularity,
        period_start,
        case granularity
            when 'day' then period_start - 1
            when 'week' then period_start - 7
            else cast(date_trunc('month', period_start - 1) as date)
        end as previous_period_start,
        dimension,
        member,
        sum(complaints) as complaints,
        sum(previous_complaints) as previous_complaints
    from shown
    group by granularity, period_start, dimension, member
),

periods as (
    select
        members.*,
        sum(complaints) over (partition by granularity, period_start, dimension) as period_complaints,
        sum(previous_complaints) over (partition by granularity, period_start, dimension) as previous_period_complaints
    from members
),

shares as (
    select
        periods.*,
        {{ share('periods.complaints', 'periods.period_complaints') }} as share_of_period,
        {{ share('periods.previous_complaints', 'periods.previous_period_complaints') }} as previous_share_of_period,
        coalesce(completeness.is_complete, false) as is_complete,
        coalesce(
            completeness.is_complete and previous_completeness.is_complete and periods.previous_period_complaints > 0,
            false
        ) as is_comparable
    from periods
    left join {{ ref('int_period_completeness') }} as completeness
        on completeness.clock = 'reported'
        and completeness.granularity = periods.granularity
        and completeness.period_start = periods.period_start
    left join {{ ref('int_period_completeness') }} as previous_completeness
        on previous_completeness.clock = 'reported'
        and previous_completeness.granularity = periods.granularity
        and previous_completeness.period_start = periods.previous_period_start
    where periods.period_complaints > 0
),

final as (
    select
        cast(granularity as varchar(16)) as granularity,
        period_start,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(complaints as bigint) as complaints,
        cast(period_complaints as bigint) as period_complaints,
        share_of_period,
        previous_share_of_period,
        case when is_comparable then 100 * (share_of_period - previous_share_of_period) end as change_percentage_points,
        is_complete,
        is_comparable
    from shares
)

select * from final
