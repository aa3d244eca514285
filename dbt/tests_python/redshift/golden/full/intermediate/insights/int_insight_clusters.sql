begin;

create  table
    "coretelecoms"."intermediate"."int_insight_clusters__dbt_tmp"
    diststyle all
      compound sortkey(cluster_kind)
  as (
with
numbered_categories as (
    select
        category,
        row_number() over (order by category) as category_number
    from "coretelecoms"."staging"."complaint_categories"
),
complaints as (
    select
        facts.customer_key,
        facts.agent_key,
        facts.opened_date,
        not facts.is_orphan_customer and not facts.is_unmatched_sender as is_of_known_customer,
        numbered_categories.category_number,
        facts.category,
        facts.has_status,
        facts.resolution_state,
        facts.resolution_time_state,
        facts.reporting_lag_days,
        facts.days_to_resolve
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join numbered_categories
        on numbered_categories.category = facts.category
    where facts.is_complaint
),
steady_agents as (
    select
        agent_key,
        max(case when experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then experience else '(none)' end) as experience
    from "coretelecoms"."marts"."dim_agents"
    where not is_inferred
        and not is_unknown
    group by agent_key
    having count(*) = 1 and max(case when is_current then 1 else 0 end) = 1
),
days_of_agents as (
    select
        agent_key,
        opened_date,
        count(*) as complaints,
        count(complaints.category) as categorised,
        count(case when complaints.category_number = 1 then 1 end) as category_1,
        count(case when complaints.category_number = 2 then 1 end) as category_2,
        count(case when complaints.category_number = 3 then 1 end) as category_3,
        count(case when complaints.category_number = 4 then 1 end) as category_4,
        count(case when complaints.category_number = 5 then 1 end) as category_5,
        count(case when complaints.category_number = 6 then 1 end) as category_6,
        count(case when complaints.category_number = 7 then 1 end) as category_7,
        count(case when complaints.category_number = 8 then 1 end) as category_8,
        count(case when complaints.has_status then 1 end) as with_status,
        count(case when complaints.has_status and complaints.resolution_state = 'resolved' then 1 end) as resolved,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) then 1 end) as timed,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) and complaints.days_to_resolve <= 14 then 1 end)
            as quick
    from complaints
    where agent_key <> 'unknown'
    group by agent_key, opened_date
),
clusters as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        customer_key as cluster_key,
        is_of_known_customer as is_exposed,
        count(*) as complaints,
        count(complaints.category) as categorised,
        count(case when complaints.category_number = 1 then 1 end) as category_1,
        count(case when complaints.category_number = 2 then 1 end) as category_2,
        count(case when complaints.category_number = 3 then 1 end) as category_3,
        count(case when complaints.category_number = 4 then 1 end) as category_4,
        count(case when complaints.category_number = 5 then 1 end) as category_5,
        count(case when complaints.category_number = 6 then 1 end) as category_6,
        count(case when complaints.category_number = 7 then 1 end) as category_7,
        count(case when complaints.category_number = 8 then 1 end) as category_8,
        count(case when complaints.has_status then 1 end) as with_status,
        count(case when complaints.has_status and complaints.resolution_state = 'resolved' then 1 end) as resolved,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) then 1 end) as timed,
        count(case when (
        complaints.resolution_time_state = 'measured'
        and complaints.reporting_lag_days >= 60
        and complaints.days_to_resolve <= 60
    ) and complaints.days_to_resolve <= 14 then 1 end)
            as quick
    from complaints
    where customer_key <> 'unknown'
    group by customer_key, is_of_known_customer
    union all
    select
        'agent' as cluster_kind,
        case when agents.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then agents.experience else '(none)' end as member,
        agents.agent_key as cluster_key,
        steady_agents.agent_key is not null as is_exposed,
        sum(days_of_agents.complaints) as complaints,
        sum(days_of_agents.categorised) as categorised,
        sum(days_of_agents.category_1) as category_1,
        sum(days_of_agents.category_2) as category_2,
        sum(days_of_agents.category_3) as category_3,
        sum(days_of_agents.category_4) as category_4,
        sum(days_of_agents.category_5) as category_5,
        sum(days_of_agents.category_6) as category_6,
        sum(days_of_agents.category_7) as category_7,
        sum(days_of_agents.category_8) as category_8,
        sum(days_of_agents.with_status) as with_status,
        sum(days_of_agents.resolved) as resolved,
        sum(days_of_agents.timed) as timed,
        sum(days_of_agents.quick) as quick
    from days_of_agents
    inner join "coretelecoms"."marts"."dim_agents" as agents
        on agents.agent_key = days_of_agents.agent_key
        and days_of_agents.opened_date >= agents.valid_from
        and (days_of_agents.opened_date < agents.valid_to or agents.valid_to is null)
    left join steady_agents
        on steady_agents.agent_key = agents.agent_key
    where not agents.is_inferred
    group by case when agents.experience in ('Intern', 'Junior', 'Mid-level', 'Senior') then agents.experience else '(none)' end, agents.agent_key, steady_agents.agent_key
),
exposed as (
    select
        'customer' as cluster_kind,
        '(all)' as member,
        count(*) as exposed
    from "coretelecoms"."marts"."dim_customers"
    where not is_inferred
        and not is_unknown
    union all
    select
        'agent' as cluster_kind,
        experience as member,
        count(*) as exposed
    from steady_agents
    group by experience
),
totals as (
    select
        cluster_kind,
        member,
        sum(case when is_exposed then complaints else 0 end) as exposed_complaints,
        sum(case when is_exposed then complaints * complaints else 0 end) as squared_exposed_complaints,
        sum(case when with_status > 0 then 1 else 0 end) as resolution_rate_clusters,
        sum(with_status) as resolution_rate_trials,
        sum(resolved) as resolution_rate_successes,
        sum(with_status * with_status) as resolution_rate_squared_trials,
        sum(resolved * resolved) as resolution_rate_squared_successes,
        sum(with_status * resolved) as resolution_rate_trials_times_successes,
        sum(case when timed > 0 then 1 else 0 end) as quick_resolution_clusters,
        sum(timed) as quick_resolution_trials,
        sum(quick) as quick_resolution_successes,
        sum(timed * timed) as quick_resolution_squared_trials,
        sum(quick * quick) as quick_resolution_squared_successes,
        sum(timed * quick) as quick_resolution_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_1_clusters,
        sum(categorised) as category_share_1_trials,
        sum(category_1) as category_share_1_successes,
        sum(categorised * categorised) as category_share_1_squared_trials,
        sum(category_1 * category_1) as category_share_1_squared_successes,
        sum(categorised * category_1) as category_share_1_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_2_clusters,
        sum(categorised) as category_share_2_trials,
        sum(category_2) as category_share_2_successes,
        sum(categorised * categorised) as category_share_2_squared_trials,
        sum(category_2 * category_2) as category_share_2_squared_successes,
        sum(categorised * category_2) as category_share_2_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_3_clusters,
        sum(categorised) as category_share_3_trials,
        sum(category_3) as category_share_3_successes,
        sum(categorised * categorised) as category_share_3_squared_trials,
        sum(category_3 * category_3) as category_share_3_squared_successes,
        sum(categorised * category_3) as category_share_3_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_4_clusters,
        sum(categorised) as category_share_4_trials,
        sum(category_4) as category_share_4_successes,
        sum(categorised * categorised) as category_share_4_squared_trials,
        sum(category_4 * category_4) as category_share_4_squared_successes,
        sum(categorised * category_4) as category_share_4_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_5_clusters,
        sum(categorised) as category_share_5_trials,
        sum(category_5) as category_share_5_successes,
        sum(categorised * categorised) as category_share_5_squared_trials,
        sum(category_5 * category_5) as category_share_5_squared_successes,
        sum(categorised * category_5) as category_share_5_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_6_clusters,
        sum(categorised) as category_share_6_trials,
        sum(category_6) as category_share_6_successes,
        sum(categorised * categorised) as category_share_6_squared_trials,
        sum(category_6 * category_6) as category_share_6_squared_successes,
        sum(categorised * category_6) as category_share_6_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_7_clusters,
        sum(categorised) as category_share_7_trials,
        sum(category_7) as category_share_7_successes,
        sum(categorised * categorised) as category_share_7_squared_trials,
        sum(category_7 * category_7) as category_share_7_squared_successes,
        sum(categorised * category_7) as category_share_7_trials_times_successes,
        sum(case when categorised > 0 then 1 else 0 end) as category_share_8_clusters,
        sum(categorised) as category_share_8_trials,
        sum(category_8) as category_share_8_successes,
        sum(categorised * categorised) as category_share_8_squared_trials,
        sum(category_8 * category_8) as category_share_8_squared_successes,
        sum(categorised * category_8) as category_share_8_trials_times_successes
    from clusters
    group by cluster_kind, member
),
compared as (
    select
        exposed.cluster_kind,
        exposed.member,
        'complaints_per_head' as metric,
        0 as category_number,
        exposed.exposed as clusters,
        exposed.exposed as trials,
        coalesce(totals.exposed_complaints, 0) as successes,
        exposed.exposed as squared_trials,
        coalesce(totals.squared_exposed_complaints, 0) as squared_successes,
        coalesce(totals.exposed_complaints, 0) as trials_times_successes
    from exposed
    left join totals
        on totals.cluster_kind = exposed.cluster_kind
        and totals.member = exposed.member
    union all
    select
        cluster_kind,
        member,
        'resolution_rate' as metric,
        0 as category_number,
        resolution_rate_clusters as clusters,
        resolution_rate_trials as trials,
        resolution_rate_successes as successes,
        resolution_rate_squared_trials as squared_trials,
        resolution_rate_squared_successes as squared_successes,
        resolution_rate_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'quick_resolution' as metric,
        0 as category_number,
        quick_resolution_clusters as clusters,
        quick_resolution_trials as trials,
        quick_resolution_successes as successes,
        quick_resolution_squared_trials as squared_trials,
        quick_resolution_squared_successes as squared_successes,
        quick_resolution_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        1 as category_number,
        category_share_1_clusters as clusters,
        category_share_1_trials as trials,
        category_share_1_successes as successes,
        category_share_1_squared_trials as squared_trials,
        category_share_1_squared_successes as squared_successes,
        category_share_1_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        2 as category_number,
        category_share_2_clusters as clusters,
        category_share_2_trials as trials,
        category_share_2_successes as successes,
        category_share_2_squared_trials as squared_trials,
        category_share_2_squared_successes as squared_successes,
        category_share_2_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        3 as category_number,
        category_share_3_clusters as clusters,
        category_share_3_trials as trials,
        category_share_3_successes as successes,
        category_share_3_squared_trials as squared_trials,
        category_share_3_squared_successes as squared_successes,
        category_share_3_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        4 as category_number,
        category_share_4_clusters as clusters,
        category_share_4_trials as trials,
        category_share_4_successes as successes,
        category_share_4_squared_trials as squared_trials,
        category_share_4_squared_successes as squared_successes,
        category_share_4_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        5 as category_number,
        category_share_5_clusters as clusters,
        category_share_5_trials as trials,
        category_share_5_successes as successes,
        category_share_5_squared_trials as squared_trials,
        category_share_5_squared_successes as squared_successes,
        category_share_5_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        6 as category_number,
        category_share_6_clusters as clusters,
        category_share_6_trials as trials,
        category_share_6_successes as successes,
        category_share_6_squared_trials as squared_trials,
        category_share_6_squared_successes as squared_successes,
        category_share_6_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        7 as category_number,
        category_share_7_clusters as clusters,
        category_share_7_trials as trials,
        category_share_7_successes as successes,
        category_share_7_squared_trials as squared_trials,
        category_share_7_squared_successes as squared_successes,
        category_share_7_trials_times_successes as trials_times_successes
    from totals
    union all
    select
        cluster_kind,
        member,
        'category_share' as metric,
        8 as category_number,
        category_share_8_clusters as clusters,
        category_share_8_trials as trials,
        category_share_8_successes as successes,
        category_share_8_squared_trials as squared_trials,
        category_share_8_squared_successes as squared_successes,
        category_share_8_trials_times_successes as trials_times_successes
    from totals
),
final as (
    select
        cast(compared.cluster_kind as varchar(16)) as cluster_kind,
        cast(compared.member as varchar(40)) as member,
        cast(compared.metric as varchar(32)) as metric,
        cast(coalesce(numbered_categories.category, '(all)') as varchar(40)) as category,
        cast(compared.clusters as bigint) as clusters,
        cast(compared.trials as bigint) as trials,
        cast(compared.successes as bigint) as successes,
        cast(compared.squared_trials as bigint) as squared_trials,
        cast(compared.squared_successes as bigint) as squared_successes,
        cast(compared.trials_times_successes as bigint) as trials_times_successes
    from compared
    left join numbered_categories
        on numbered_categories.category_number = compared.category_number
    where compared.category_number = 0
        or numbered_categories.category is not null
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_clusters__dbt_tmp" rename to "int_insight_clusters";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_clusters__dbt_backup" cascade;

commit;
