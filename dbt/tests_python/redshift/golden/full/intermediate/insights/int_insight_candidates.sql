begin;

create  table
    "coretelecoms"."intermediate"."int_insight_candidates__dbt_tmp"
    diststyle all
      compound sortkey(metric,dimension)
  as (
with
margins as (
    select
        'state' as dimension,
        state_code as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where state_code not in ('(none)', '(unknown)')
    group by state_code, category
    union all
    select
        'channel' as dimension,
        channel as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where channel not in ('(none)', '(unknown)')
    group by channel, category
    union all
    select
        'category' as dimension,
        category as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where category not in ('(none)', '(unknown)')
    group by category, category
    union all
    select
        'experience' as dimension,
        experience as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where experience not in ('(none)', '(unknown)')
    group by experience, category
    union all
    select
        'month' as dimension,
        opened_month as member,
        category,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from "coretelecoms"."intermediate"."int_insight_cells"
    where opened_month not in ('(none)', '(unknown)')
    group by opened_month, category
),
members as (
    select
        dimension,
        member,
        sum(case when category <> '(none)' then complaints else 0 end) as categorised_complaints,
        sum(complaints) as complaints,
        sum(complaints_with_status) as complaints_with_status,
        sum(resolved_complaints) as resolved_complaints,
        sum(followed_up_complaints) as followed_up_complaints,
        sum(resolved_followed_up_complaints) as resolved_followed_up_complaints,
        sum(timed_complaints) as timed_complaints,
        sum(quickly_resolved_complaints) as quickly_resolved_complaints
    from margins
    group by dimension, member
),
customers as (
    select
        state_code as member,
        count(*) as customers
    from "coretelecoms"."marts"."dim_customers"
    where state_kind is not null
    group by state_code
),
counted as (
    select
        'category_share' as metric,
        members.dimension,
        members.member,
        categories.category,
        members.categorised_complaints as trials,
        coalesce(margins.complaints, 0) as successes
    from members
    cross join "coretelecoms"."staging"."complaint_categories" as categories
    left join margins
        on margins.dimension = members.dimension
        and margins.member = members.member
        and margins.category = categories.category
    where members.dimension <> 'category'
    union all
    select
        'resolution_rate' as metric,
        dimension,
        member,
        '(all)' as category,
        case when dimension = 'month' then followed_up_complaints else complaints_with_status end as trials,
        case when dimension = 'month' then resolved_followed_up_complaints else resolved_complaints end as successes
    from members
    union all
    select
        'quick_resolution' as metric,
        dimension,
        member,
        '(all)' as category,
        timed_complaints as trials,
        quickly_resolved_complaints as successes
    from members
    union all
    select
        'complaints_per_head' as metric,
        'state' as dimension,
        customers.member,
        '(all)' as category,
        customers.customers as trials,
        coalesce(members.complaints, 0) as successes
    from customers
    left join members
        on members.member = customers.member
        and members.dimension = 'state'
    union all
    select
        metric,
        'experience' as dimension,
        member,
        category,
        trials,
        successes
    from "coretelecoms"."intermediate"."int_insight_clusters"
    where metric = 'complaints_per_head'
        and cluster_kind = 'agent'
        and member <> '(none)'
),
spreads as (
    select
        cluster_kind,
        member,
        metric,
        category,
        clusters,
        squared_successes - 2.0 * mean * trials_times_successes + mean * mean * squared_trials as seen,
        case when metric = 'complaints_per_head' then mean * trials else mean * (1.0 - mean) * trials end as expected
    from (
        select
            clusters_of_members.*,
            cast(successes as double precision) / trials as mean
        from "coretelecoms"."intermediate"."int_insight_clusters" as clusters_of_members
        where trials > 0
            and not (cluster_kind = 'agent' and member = '(none)')
    ) as means
),
design_effects as (
    select
        cluster_kind,
        metric,
        category,
        sum(clusters) as clusters,
        cast(sum(seen) as double precision) / nullif(sum(expected), 0)
        * (cast(sum(clusters) as double precision) / nullif(sum(clusters) - count(*), 0)) as design_effect
    from spreads
    group by cluster_kind, metric, category
),
agents_of_members as (
    select
        metric,
        member,
        category,
        clusters
    from "coretelecoms"."intermediate"."int_insight_clusters"
    where cluster_kind = 'agent'
),
grouped as (
    select
        counted.*,
        sum(trials) over (partition by metric, dimension, category) as group_trials,
        sum(successes) over (partition by metric, dimension, category) as group_successes
    from counted
    where trials > 0
),
compared as (
    select
        grouped.*,
        case
            when design_effects.design_effect > 1 then design_effects.design_effect
            when design_effects.design_effect <= 1 then 1.0
        end as design_effect,
        agents_of_members.clusters as agents,
        design_effects.clusters as group_clusters,
        cast(grouped.trials as double precision) / grouped.group_trials as share_of_trials,
        case
            when grouped.metric = 'complaints_per_head' then grouped.group_successes
            when grouped.group_successes * 2 <= grouped.group_trials then grouped.group_successes
            else grouped.group_trials - grouped.group_successes
        end as rarer_outcome
    from grouped
    left join design_effects
        on design_effects.metric = grouped.metric
        and design_effects.category = grouped.category
        and design_effects.cluster_kind = case when grouped.dimension = 'experience' then 'agent' else 'customer' end
    left join agents_of_members
        on agents_of_members.metric = grouped.metric
        and agents_of_members.category = grouped.category
        and agents_of_members.member = grouped.member
        and grouped.dimension = 'experience'
),
expected as (
    select
        compared.*,
        round(
            cast(
                case when share_of_trials < 0.5 then share_of_trials else 1.0 - share_of_trials end
                * rarer_outcome / design_effect as double precision
            ), 6
        ) as least_expected
    from compared
),
final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(trials as bigint) as trials,
        cast(successes as bigint) as successes,
        cast(group_trials as bigint) as group_trials,
        cast(group_successes as bigint) as group_successes,
        cast(round(cast(design_effect as double precision), 9) as double precision) as design_effect,
        cast(least_expected as double precision) as least_expected,
        coalesce(
            least_expected >= 50
            and (
                dimension <> 'experience'
                or (
                    agents >= 5
                    and group_clusters >= 50
                )
            ),
            false
        ) as is_tested
    from expected
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_candidates__dbt_tmp" rename to "int_insight_candidates";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_candidates__dbt_backup" cascade;

commit;
