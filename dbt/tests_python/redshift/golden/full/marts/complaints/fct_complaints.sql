begin;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(32))
 as bucket_source,
    cast(null as varchar(40))
 as topic,
    cast(null as boolean)
 as is_complaint,
    cast(null as integer)
 as classifier_score,
    cast(null as integer)
 as classifier_margin,
    cast(null as varchar(256))
 as matched_terms,
    cast(null as varchar(40))
 as status,
    cast(null as varchar(16))
 as resolution_state,
    cast(null as boolean)
 as has_status,
    cast(null as timestamp)
 as opened_at,
    cast(null as date)
 as opened_date,
    cast(null as timestamp)
 as resolved_at,
    cast(null as timestamp)
 as call_started_at,
    cast(null as timestamp)
 as call_ended_at,
    cast(null as bigint)
 as handle_seconds,
    cast(null as bigint)
 as seconds_to_resolve,
    cast(null as integer)
 as days_to_resolve,
    cast(null as varchar(16))
 as resolution_time_state,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as date)
 as reported_date,
    cast(null as integer)
 as reporting_lag_days,
    cast(null as boolean)
 as is_orphan_customer,
    cast(null as boolean)
 as is_orphan_agent,
    cast(null as boolean)
 as is_unmatched_sender,
    cast(null as boolean)
 as is_unknown_category,
    cast(null as boolean)
 as is_unknown_status,
    cast(null as boolean)
 as is_unknown_platform,
    cast(null as boolean)
 as has_invalid_duration,
    cast(null as boolean)
 as is_resolved_before_opened,
    cast(null as boolean)
 as is_opened_in_future,
    cast(null as boolean)
 as has_status_resolution_mismatch,
    cast(null as boolean)
 as has_id_customer_mismatch,
    cast(null as boolean)
 as has_generation_date_mismatch
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."fct_complaints__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    customer_key varchar(64) not null,
    agent_key varchar(64) not null,
    source varchar(64) not null,
    channel varchar(32) not null,
    platform varchar(40),
    category varchar(40),
    complaint_bucket varchar(40) not null,
    bucket_source varchar(32) not null,
    topic varchar(40),
    is_complaint boolean,
    classifier_score integer,
    classifier_margin integer,
    matched_terms varchar(256),
    status varchar(40),
    resolution_state varchar(16) not null,
    has_status boolean not null,
    opened_at timestamp,
    opened_date date,
    resolved_at timestamp,
    call_started_at timestamp,
    call_ended_at timestamp,
    handle_seconds bigint,
    seconds_to_resolve bigint,
    days_to_resolve integer,
    resolution_time_state varchar(16) not null,
    partition_date date not null,
    partition_hour integer not null,
    reported_date date not null,
    reporting_lag_days integer,
    is_orphan_customer boolean not null,
    is_orphan_agent boolean not null,
    is_unmatched_sender boolean not null,
    is_unknown_category boolean not null,
    is_unknown_status boolean not null,
    is_unknown_platform boolean not null,
    has_invalid_duration boolean not null,
    is_resolved_before_opened boolean not null,
    is_opened_in_future boolean not null,
    has_status_resolution_mismatch boolean not null,
    has_id_customer_mismatch boolean not null,
    has_generation_date_mismatch boolean not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(reported_date,opened_date);

insert into "coretelecoms"."marts"."fct_complaints__dbt_tmp"
    (
    select complaint_key, customer_key, agent_key, source, channel, platform, category, complaint_bucket, bucket_source, topic, is_complaint, classifier_score, classifier_margin, matched_terms, status, resolution_state, has_status, opened_at, opened_date, resolved_at, call_started_at, call_ended_at, handle_seconds, seconds_to_resolve, days_to_resolve, resolution_time_state, partition_date, partition_hour, reported_date, reporting_lag_days, is_orphan_customer, is_orphan_agent, is_unmatched_sender, is_unknown_category, is_unknown_status, is_unknown_platform, has_invalid_duration, is_resolved_before_opened, is_opened_in_future, has_status_resolution_mismatch, has_id_customer_mismatch, has_generation_date_mismatch
    from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
single_versions as (
    select
        versions.*,
        versions.partition_date as reported_date
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),
newest_of_repeated as (
    select
        versions.*,
        min(versions.partition_date) over (partition by versions.complaint_key) as reported_date
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
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
        case when is_free_text then sha2(trim(complaint_text), 256) end as text_key
    from latest_versions
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
resolved_people as (
    select
        versions_with_texts.*,
        cast(versions_with_texts.opened_at as date) as opened_date,
        cast(versions_with_texts.opened_at as date) as opened_local_date,
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
    left join "coretelecoms"."intermediate"."int_sms_senders" as senders
        on senders.sender_id = versions_with_texts.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = versions_with_texts.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions_with_texts.agent_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = versions_with_texts.category
    left join "coretelecoms"."intermediate"."int_classified_texts" as classified_texts
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
        case
        when customer_id is null then false
        when strpos(lower(complaint_id), replace(lower(customer_id), '-', '')) > 0 then false
        else (lower(complaint_id) ~ '[0-9a-f]{32}')
    end as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
),
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
                then cast(datediff(
        second,
        call_started_at,
        call_ended_at
        ) as bigint)
        end as handle_seconds,
        case
            when resolution_time_state = 'measured'
                then cast(datediff(
        second,
        opened_at,
        resolved_at
        ) as bigint)
        end as seconds_to_resolve
    from timed
),
final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, 'unknown') as varchar(64)) as customer_key,
        cast(coalesce(agent_key, 'unknown') as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(case
        when platform is null then null
        when is_known_platform then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as varchar(40)) as platform,
        cast(case
        when category is null then null
        when is_known_category then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as varchar(40)) as category,
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
        cast(case
        when status is null then null
        when is_known_status then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as varchar(40)) as status,
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
    ) as model_subq
    );

alter table "coretelecoms"."marts"."fct_complaints__dbt_tmp" rename to "fct_complaints";

grant select on "coretelecoms"."marts"."fct_complaints" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."fct_complaints__dbt_backup" cascade;

commit;
