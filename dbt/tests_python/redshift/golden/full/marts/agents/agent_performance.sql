begin;

select * from (
        select
    cast(null as date)
 as opened_month,
    cast(null as varchar(64))
 as agent_key,
    cast(null as integer)
 as agent_version_number,
    cast(null as varchar(40))
 as experience,
    cast(null as varchar(8))
 as state_code,
    cast(null as bigint)
 as records,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as undecided_records,
    cast(null as bigint)
 as not_complaints,
    cast(null as bigint)
 as complaints_with_status,
    cast(null as bigint)
 as complaints_without_status,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as unresolved_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as double precision)
 as resolution_rate,
    cast(null as integer)
 as compared_agents,
    cast(null as double precision)
 as resolution_rate_lower,
    cast(null as double precision)
 as resolution_rate_upper,
    cast(null as double precision)
 as peer_resolution_rate,
    cast(null as varchar(16))
 as comparison,
    cast(null as bigint)
 as calls,
    cast(null as bigint)
 as measured_calls,
    cast(null as bigint)
 as handle_seconds,
    cast(null as double precision)
 as mean_handle_seconds,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."agent_performance__dbt_tmp"
  (
    opened_month date,
    agent_key varchar(64) not null,
    agent_version_number integer not null,
    experience varchar(40) not null,
    state_code varchar(8) not null,
    records bigint not null,
    complaints bigint not null,
    undecided_records bigint not null,
    not_complaints bigint not null,
    complaints_with_status bigint not null,
    complaints_without_status bigint not null,
    resolved_complaints bigint not null,
    unresolved_complaints bigint not null,
    status_unknown_complaints bigint not null,
    resolution_rate double precision,
    compared_agents integer,
    resolution_rate_lower double precision,
    resolution_rate_upper double precision,
    peer_resolution_rate double precision,
    comparison varchar(16),
    calls bigint not null,
    measured_calls bigint not null,
    handle_seconds bigint not null,
    mean_handle_seconds double precision,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(opened_month,agent_key);

insert into "coretelecoms"."marts"."agent_performance__dbt_tmp"
    (
    select opened_month, agent_key, agent_version_number, experience, state_code, records, complaints, undecided_records, not_complaints, complaints_with_status, complaints_without_status, resolved_complaints, unresolved_complaints, status_unknown_complaints, resolution_rate, compared_agents, resolution_rate_lower, resolution_rate_upper, peer_resolution_rate, comparison, calls, measured_calls, handle_seconds, mean_handle_seconds, is_complete
    from (
        with
versioned as (
    select
        facts.*,
        cast(date_trunc('month', facts.opened_date) as date) as opened_month,
        coalesce(agents.version_number, 0) as agent_version_number,
        coalesce(agents.experience, '(none)') as experience,
        coalesce(agents.state_code, '(none)') as state_code
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = facts.agent_key
        and facts.opened_date >= agents.valid_from
        and (facts.opened_date < agents.valid_to or agents.valid_to is null)
),
counted as (
    select
        versioned.opened_month,
        versioned.agent_key,
        versioned.agent_version_number,
        versioned.experience,
        versioned.state_code,
        cast(count(*) as bigint) as records,
        cast(count(case when versioned.is_complaint then 1 end) as bigint) as complaints,
        cast(count(case when versioned.is_complaint is null then 1 end) as bigint) as undecided_records,
        cast(count(case when not versioned.is_complaint then 1 end) as bigint) as not_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status then 1 end) as bigint) as complaints_with_status,
        cast(count(case when versioned.is_complaint and not versioned.has_status then 1 end) as bigint) as complaints_without_status,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'resolved' then 1 end) as bigint) as resolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unresolved' then 1 end) as bigint) as unresolved_complaints,
        cast(count(case when versioned.is_complaint and versioned.has_status and versioned.resolution_state = 'unknown' then 1 end) as bigint) as status_unknown_complaints,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' then 1 end) as bigint) as calls,
        cast(count(case when versioned.is_complaint and versioned.channel = 'call_centre' and versioned.handle_seconds is not null then 1 end) as bigint) as measured_calls,
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
        opened_month is not null and agent_key <> 'unknown' and complaints_with_status > 0 as is_compared
    from counted
),
months as (
    select
        opened_month,
        count(*) as compared_agents,
        sum(resolved_complaints) as resolved_complaints,
        sum(complaints_with_status) as complaints_with_status,
        1.0 - cast(0.05 as double precision) / (2.0 * count(*)) as confidence
    from comparable
    where is_compared
    group by opened_month
),
month_quantiles as (
    select
        months.*,
        case
        when confidence <= 0 or confidence >= 1 then cast(null as double precision)
        when confidence < 0.02425 then (((((-0.007784894002430293 * sqrt(-2.0 * ln(cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(cast(confidence as double precision))) + 1.0)
        when confidence > 0.97575 then -1.0 * ((((((-0.007784894002430293 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(1.0 - cast(confidence as double precision))) + 1.0))
        else (cast(confidence as double precision) - 0.5) * (((((-39.69683028665376 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 220.9460984245205) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -275.9285104469687) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 138.3577518672690) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -30.66479806614716) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 2.506628277459239) / (((((-54.47609879822406 * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 161.5858368580409) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -155.6989798598866) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 66.80131188771972) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + -13.28068155288572) * ((cast(confidence as double precision) - 0.5) * (cast(confidence as double precision) - 0.5)) + 1.0)
    end as z
    from months
),
bounded as (
    select
        comparable.*,
        month_quantiles.compared_agents,
        (
        2.0 * cast(comparable.resolved_complaints as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast(comparable.resolved_complaints as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast(comparable.resolved_complaints as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z))
            as resolution_rate_lower,
        (1.0 - (
        2.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) + month_quantiles.z * month_quantiles.z
        - month_quantiles.z * sqrt(month_quantiles.z * month_quantiles.z + 4.0 * cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision) * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) - cast((comparable.complaints_with_status - comparable.resolved_complaints) as double precision)) / nullif(cast(comparable.complaints_with_status as double precision), 0.0))
    ) / (2.0 * (nullif(cast(comparable.complaints_with_status as double precision), 0.0) + month_quantiles.z * month_quantiles.z)))
            as resolution_rate_upper,
        cast((month_quantiles.resolved_complaints - comparable.resolved_complaints) as double precision) / nullif((month_quantiles.complaints_with_status - comparable.complaints_with_status), 0) as peer_resolution_rate
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
        bounded.records,
        bounded.complaints,
        bounded.undecided_records,
        bounded.not_complaints,
        bounded.complaints_with_status,
        bounded.complaints_without_status,
        bounded.resolved_complaints,
        bounded.unresolved_complaints,
        bounded.status_unknown_complaints,
        cast(bounded.resolved_complaints as double precision) / nullif(bounded.complaints_with_status, 0) as resolution_rate,
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
        cast(bounded.handle_seconds as double precision) / nullif(bounded.measured_calls, 0) as mean_handle_seconds,
        coalesce(periods.is_complete, false) as is_complete
    from bounded
    left join "coretelecoms"."intermediate"."int_period_completeness" as periods
        on periods.clock = 'opened'
        and periods.granularity = 'month'
        and periods.period_start = bounded.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."agent_performance__dbt_tmp" rename to "agent_performance";

grant select on "coretelecoms"."marts"."agent_performance" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."agent_performance__dbt_backup" cascade;

commit;
