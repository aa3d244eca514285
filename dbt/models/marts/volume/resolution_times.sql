{%- set groups = ['opened_month', 'channel', 'platform', 'category'] -%}
{%- set states = {
    'measured_complaints': 'measured',
    'not_reported_complaints': 'not_reported',
    'open_complaints': 'unresolved',
    'missing_complaints': 'missing',
    'negative_complaints': 'negative',
    'flagged_complaints': 'flagged',
} -%}
with

counted as (
    select
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        facts.channel,
        cast({{ dimension_member('facts.platform') }} as varchar(40)) as platform,
        cast({{ dimension_member('facts.category') }} as varchar(40)) as category,
        {{ complaint_counts('facts') }},
        {%- for name, state in states.items() %}
        {{ count_where("facts.is_complaint and facts.resolution_time_state = '" ~ state ~ "'") }} as {{ name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('fct_complaints') }} as facts
    group by date_trunc('month', facts.opened_date), facts.channel, facts.platform, facts.category
),

cumulative as (
    {{ cumulative_histogram(ref('resolution_time_histogram'), groups, 'days_to_resolve') }}
),

{#- What is measured has an opening time, so that a plain join by month finds it. #}
measured as (
    select
        {{ groups | join(', ') }},
        {{ share('sum(seconds_to_resolve)', 'sum(complaints)') }} / 86400.0 as mean_days,
        {{ percentile_days('days_to_resolve', 50) }} as median_days,
        {{ percentile_days('days_to_resolve', 80) }} as p80_days,
        {{ percentile_days('days_to_resolve', 90) }} as p90_days
    from cumulative
    group by {{ groups | join(', ') }}
),

final as (
    select
        counted.*,
        measured.mean_days,
        measured.median_days,
        measured.p80_days,
        measured.p90_days,
        coalesce(
            last_day(counted.opened_month) + {{ var('resolution_settling_days') }} <= as_of.as_of_date,
            false
        ) as is_settled,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    cross join {{ ref('int_as_of') }} as as_of
    left join measured
        on measured.opened_month = counted.opened_month
        and measured.channel = counted.channel
        and measured.platform = counted.platform
        and measured.category = counted.category
    left join {{ ref('int_period_completeness') }} as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = counted.opened_month
)

select * from final
