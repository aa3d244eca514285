{%- set groups = ['reported_date', 'channel'] -%}
with

counted as (
    select
        facts.reported_date,
        facts.channel,
        {{ complaint_counts('facts') }},
        {{ count_where('facts.is_complaint and facts.reporting_lag_days >= 0') }} as measured_complaints,
        {{ count_where('facts.is_complaint and facts.reporting_lag_days is null') }} as without_opening_time,
        {{ count_where('facts.is_complaint and facts.reporting_lag_days < 0') }} as opened_after_reported
    from {{ ref('fct_complaints') }} as facts
    group by facts.reported_date, facts.channel
),

cumulative as (
    {{ cumulative_histogram(ref('reporting_lag_histogram'), groups, 'reporting_lag_days') }}
),

measured as (
    select
        {{ groups | join(', ') }},
        {{ share('sum(reporting_lag_days * complaints)', 'sum(complaints)') }} as mean_lag_days,
        {{ percentile_days('reporting_lag_days', 50) }} as median_lag_days,
        {{ percentile_days('reporting_lag_days', 80) }} as p80_lag_days,
        {{ percentile_days('reporting_lag_days', 90) }} as p90_lag_days,
        max(reporting_lag_days) as max_lag_days
    from cumulative
    group by {{ groups | join(', ') }}
),

final as (
    select
        counted.*,
        measured.mean_lag_days,
        measured.median_lag_days,
        measured.p80_lag_days,
        measured.p90_lag_days,
        measured.max_lag_days
    from counted
    left join measured
        on measured.reported_date = counted.reported_date
        and measured.channel = counted.channel
)

select * from final
