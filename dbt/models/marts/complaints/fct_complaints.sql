with

repeated_complaints as (
    {{ repeated_complaints() }}
),

single_versions as (
    select
        versions.*,
        versions.partition_date as reported_date
    from {{ ref('int_complaint_versions') }} as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),

{#- A later partition's version of a complaint wins, whenever it was loaded; the first one reported it. #}
newest_of_repeated as (
    select
        versions.*,
        min(versions.partition_date) over (partition by versions.complaint_key) as reported_date
    from {{ ref('int_complaint_versions') }} as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key
        order by versions.partition_date desc, versions.partition_hour desc
    ) = 1
),

latest_versions as (
    select * from single_versions
    union all
    select * from newest_of_repeated
),

versions_with_texts as (
    select
        latest_versions.*,
        case when is_free_text then {{ text_key('complaint_text') }} end as text_key
    from latest_versions
),

orphan_customers as (
    select customer_key
    from {{ ref('int_inferred_customers') }}
    where identified_by = 'customer_id'
),

orphan_agents as (
    select agent_key
    from {{ ref('int_agents') }}
    where is_inferred
),

resolved_people as (
    select
        versions_with_texts.*,
        cast(versions_with_texts.opened_at as date) as opened_date,
        cast({{ in_declared_zone('versions_with_texts.opened_at') }} as date) as opened_local_date,
        senders.customer_key as sender_customer_key,
        senders.is_matched as is_sender_matched,
        orphan_customers.customer_key is not null as is_orphan_customer,
        orphan_agents.agent_key is not null as is_orphan_agent,
        categories.complaint_bucket as mapped_bucket,
        classified_texts.complaint_bucket as classified_bucket,
        classified_texts.is_complaint as is_classified_complaint,
        classified_texts.classifier_score,
        classified_texts.classifier_margin,
        classified_texts.matched_terms
    from versions_with_texts
    left join {{ ref('int_sms_senders') }} as senders
        on senders.sender_id = versions_with_texts.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = versions_with_texts.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions_with_texts.agent_key
    left join {{ ref('complaint_categories') }} as categories
        on categories.category = versions_with_texts.category
    left join {{ ref('int_classified_texts') }} as classified_texts
        on classified_texts.text_key = versions_with_texts.text_key
),

flagged as (
    select
        resolved_people.*,
        coalesce(call_ended_at < call_started_at, false) as has_invalid_duration,
        coalesce(resolved_at < opened_at, false) as is_resolved_before_opened,
        coalesce(opened_local_date > partition_date, false) as is_opened_in_future,
        coalesce(
            has_resolution_time
            and (
                (resolution_state = 'resolved' and resolved_at is null)
                or (resolution_state = 'unresolved' and resolved_at is not null)
            ),
            false
        ) as has_status_resolution_mismatch,
        {{ embeds_other_customer('complaint_id', 'customer_id') }} as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
),

{#- A record that contradicts itself keeps its place in every count, but none of its times is trusted as a duration. #}
timed as (
    select
        flagged.*,
        case
            when not has_resolution_time then 'not_reported'
            when resolved_at is null and resolution_state <> 'resolved' then 'unresolved'
            when resolved_at is null or opened_at is null then 'missing'
            when is_resolved_before_opened then 'negative'
            when is_opened_in_future or has_status_resolution_mismatch or has_id_customer_mismatch then 'flagged'
            else 'measured'
        end as resolution_time_state
    from flagged
),

measured as (
    select
        timed.*,
        case
            when not has_invalid_duration and not is_opened_in_future and not has_id_customer_mismatch
                then cast({{ dbt.datediff('call_started_at', 'call_ended_at', 'second') }} as bigint)
        end as handle_seconds,
        case
            when resolution_time_state = 'measured'
                then cast({{ dbt.datediff('opened_at', 'resolved_at', 'second') }} as bigint)
        end as seconds_to_resolve
    from timed
),

final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, {{ unknown_key() }}) as varchar(64)) as customer_key,
        cast(coalesce(agent_key, {{ unknown_key() }}) as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast({{ published_category('platform', 'is_known_platform') }} as varchar(40)) as platform,
        cast({{ published_category('category', 'is_known_category') }} as varchar(40)) as category,
        cast(coalesce(mapped_bucket, classified_bucket, 'Unclassified') as varchar(40)) as complaint_bucket,
        cast(
            case
                when mapped_bucket is not null then 'mapping'
                when is_free_text then 'classifier'
                when category is null then 'no_category'
                else 'unmapped_category'
            end as varchar(32)
        ) as bucket_source,
        cast(
            case
                when is_known_category then category
                when is_free_text and classified_bucket <> 'Unclassified' then classified_bucket
            end as varchar(40)
        ) as topic,
        case when is_free_text then is_classified_complaint else true end as is_complaint,
        classifier_score,
        classifier_margin,
        cast(matched_terms as varchar(256)) as matched_terms,
        cast({{ published_category('status', 'is_known_status') }} as varchar(40)) as status,
        cast(resolution_state as varchar(16)) as resolution_state,
        has_status,
        opened_at,
        opened_date,
        resolved_at,
        call_started_at,
        call_ended_at,
        handle_seconds,
        seconds_to_resolve,
        cast(ceiling(cast(seconds_to_resolve as double precision) / 86400) as integer) as days_to_resolve,
        cast(resolution_time_state as varchar(16)) as resolution_time_state,
        partition_date,
        partition_hour,
        reported_date,
        cast(reported_date - opened_local_date as integer) as reporting_lag_days,
        is_orphan_customer,
        is_orphan_agent,
        coalesce(not is_sender_matched, false) as is_unmatched_sender,
        category is not null and not is_known_category as is_unknown_category,
        has_status and not is_known_status as is_unknown_status,
        platform is not null and not is_known_platform as is_unknown_platform,
        has_invalid_duration,
        is_resolved_before_opened,
        is_opened_in_future,
        has_status_resolution_mismatch,
        has_id_customer_mismatch,
        has_generation_date_mismatch
    from measured
)

select * from final
