{#- Two-sided error level of a month, shared by all agents that are compared in it. #}
{%- set error_level = 0.05 -%}
with

{#- What every agent was when the complaint was opened: a promotion counts from its day. #}
versioned as (
    select
        facts.*,
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        coalesce(agents.version_number, 0) as agent_version_number,
        {{ dimension_member('agents.experience') }} as experience,
        {{ dimension_member('agents.state_code') }} as state_code
    from {{ ref('fct_complaints') }} as facts
    left join {{ ref('dim_agents') }} as agents
        on {{ agent_version_at('agents', 'facts', 'opened_date') }}
),

counted as (
    select
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code,
        {{ complaint_counts('versioned') }},
        {{ count_where("versioned.is_complaint and versioned.channel = 'call_centre'") }} as calls,
        {{ count_where(
            "versioned.is_complaint and versioned.channel = 'call_centre' and versioned.handle_seconds is not null"
        ) }} as measured_calls,
        coalesce(
            sum(
                case
                    when versioned.is_complaint and versioned.channel = 'call_centre' then versioned.handle_seconds
                end
            ),
            0
        ) as handle_seconds
    from versioned
    group by
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code
),

comparable as (
    select
        counted.*,
        opened_month is not null and agent_key <> {{ unknown_key() }} and complaints_with_status > 0 as is_compared
    from counted
),

months as (
    select
        opened_month,
        count(*) as compared_agents,
        sum(resolved_complaints) as resolved_complaints,
        sum(complaints_with_status) as complaints_with_status,
        1.0 - cast({{ error_level }} as double precision) / (2.0 * count(*)) as confidence
    from comparable
    where is_compared
    group by opened_month
),

{#- The more agents are compared, the further off one has to be: else one in twenty would stand out by chance. #}
month_quantiles as (
    select
        months.*,
        {{ normal_quantile('confidence') }} as z
    from months
),

bounded as (
    select
        comparable.*,
        month_quantiles.compared_agents,
        {{ wilson_lower('comparable.resolved_complaints', 'comparable.complaints_with_status', 'month_quantiles.z') }}
            as resolution_rate_lower,
        {{ wilson_upper('comparable.resolved_complaints', 'comparable.complaints_with_status', 'month_quantiles.z') }}
            as resolution_rate_upper,
        {{ share(
            '(month_quantiles.resolved_complaints - comparable.resolved_complaints)',
            '(month_quantiles.complaints_with_status - comparable.complaints_with_status)'
        ) }} as peer_resolution_rate
    from comparable
    left join month_quantiles
        on comparable.is_compared
        and month_quantiles.opened_month = comparable.opened_month
),

final as (
    select
        bounded.opened_month,
        bounded.agent_key,
        cast(bounded.agent_version_number as integer) as agent_version_number,
        cast(bounded.experience as varchar(40)) as experience,
        cast(bounded.state_code as varchar(8)) as state_code,
        {%- for name in complaint_count_names() %}
        bounded.{{ name }},
        {%- endfor %}
        {{ share('bounded.resolved_complaints', 'bounded.complaints_with_status') }} as resolution_rate,
        cast(bounded.compared_agents as integer) as compared_agents,
        bounded.resolution_rate_lower,
        bounded.resolution_rate_upper,
        bounded.peer_resolution_rate,
        cast(
            case
                when not bounded.is_compared then null
                when bounded.resolution_rate_lower > bounded.peer_resolution_rate then 'above'
                when bounded.resolution_rate_upper < bounded.peer_resolution_rate then 'below'
                else 'as others'
            end as varchar(16)
        ) as comparison,
        bounded.calls,
        bounded.measured_calls,
        cast(bounded.handle_seconds as bigint) as handle_seconds,
        {{ share('bounded.handle_seconds', 'bounded.measured_calls') }} as mean_handle_seconds,
        coalesce(periods.is_complete, false) as is_complete
    from bounded
    left join {{ ref('int_period_completeness') }} as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = bounded.opened_month
)

select * from final
