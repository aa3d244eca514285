begin;

create temporary table
    "build_loads__dbt_tmp"
  (
    build_number bigint not null,
    invocation_id varchar(64) not null,
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    commit_seq bigint,
    load_id varchar(64)
    )
    diststyle even
      compound sortkey(build_number,source,partition_date);

insert into "build_loads__dbt_tmp"
    (
    select build_number, invocation_id, source, partition_date, partition_hour, commit_seq, load_id
    from (
with
previous_build as (
    select coalesce(max(build_number), 0) as build_number from "coretelecoms"."quality"."build_loads"
),
final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('<invocation>' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join previous_build
)
select * from final
    ) as model_subq
    );

insert into "coretelecoms"."quality"."build_loads" ("build_number", "invocation_id", "source", "partition_date", "partition_hour", "commit_seq", "load_id")
    (
        select "build_number", "invocation_id", "source", "partition_date", "partition_hour", "commit_seq", "load_id"
        from "build_loads__dbt_tmp"
    );

commit;

begin;

alter table "coretelecoms"."marts"."dim_channels" rename to "dim_channels__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."expected_partitions" rename to "expected_partitions__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_as_of" rename to "int_as_of__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."load_audit" rename to "load_audit__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."rejects" rename to "rejects__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."schema_changes" rename to "schema_changes__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_sms" rename to "stg_sms__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."volumes" rename to "volumes__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."freshness" rename to "freshness__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_call_logs" rename to "stg_call_logs__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_social_media" rename to "stg_social_media__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_web_forms" rename to "stg_web_forms__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_agents" rename to "stg_agents__dbt_backup";

commit;

begin;

alter table "coretelecoms"."staging"."stg_customers" rename to "stg_customers__dbt_backup";

commit;

begin;

delete from "coretelecoms"."intermediate"."int_complaint_versions"
        where rules_digest <> '<digest>'
            or not exists (
                select 1
                from "coretelecoms"."raw_data"."load_ledger" as ledger
                where ledger.source = int_complaint_versions.source
                    and ledger.partition_date = int_complaint_versions.partition_date
                    and ledger.partition_hour = int_complaint_versions.partition_hour
                    and ledger.load_id = int_complaint_versions.load_id
            );

create temporary table
    "int_complaint_versions__dbt_tmp"
    diststyle key distkey (complaint_key)
      compound sortkey(source,partition_date,partition_hour)
  as (
with
committed_partitions as (
    select
        source,
        partition_date,
        partition_hour
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
),
built_partitions as (
    select distinct
        source,
        partition_date,
        partition_hour
    from "coretelecoms"."intermediate"."int_complaint_versions"
),
partitions_to_build as (
    select
        committed_partitions.source,
        committed_partitions.partition_date,
        committed_partitions.partition_hour,
        key_material.key_value
    from committed_partitions
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
    left join built_partitions
        on built_partitions.source = committed_partitions.source
        and built_partitions.partition_date = committed_partitions.partition_date
        and built_partitions.partition_hour = committed_partitions.partition_hour
    where built_partitions.source is null
),
call_logs_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        partitions_to_build.key_value
    from "coretelecoms"."staging"."stg_call_logs" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
sms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        partitions_to_build.key_value
    from "coretelecoms"."staging"."stg_sms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
social_media_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        partitions_to_build.key_value
    from "coretelecoms"."staging"."stg_social_media" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
web_forms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        partitions_to_build.key_value
    from "coretelecoms"."staging"."stg_web_forms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
complaints as (
    select * from call_logs_complaints
    union all
    select * from sms_complaints
    union all
    select * from social_media_complaints
    union all
    select * from web_forms_complaints
),
final as (
    select
        sha2(key_value || ':' || sha2(key_value || ':complaint:' || trim(complaints.source || ':' || trim(complaints.complaint_id)), 256), 256) as complaint_key,
        sha2(key_value || ':' || sha2(key_value || ':customer:' || trim(complaints.customer_id), 256), 256) as customer_key,
        sha2(key_value || ':' || sha2(key_value || ':agent:' || trim(complaints.agent_id), 256), 256) as agent_key,
        sha2(key_value || ':' || sha2(key_value || ':msisdn:' || trim(complaints.sender_id), 256), 256) as sender_key,
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        '<digest>' as rules_digest
    from complaints
)
select * from final
  );

insert into "coretelecoms"."intermediate"."int_complaint_versions" ("complaint_key", "customer_key", "agent_key", "sender_key", "source", "channel", "partition_date", "partition_hour", "load_id", "source_row", "record_hash", "complaint_id", "customer_id", "agent_id", "sender_msisdn", "sender_id", "platform", "is_known_platform", "category_source", "category", "is_known_category", "status", "has_status", "is_known_status", "resolution_state", "has_resolution_time", "opened_at", "opened_utc_offset", "resolved_at", "call_started_at", "call_ended_at", "generation_date", "is_free_text", "complaint_text", "failed_casts", "rules_digest")
    (
        select "complaint_key", "customer_key", "agent_key", "sender_key", "source", "channel", "partition_date", "partition_hour", "load_id", "source_row", "record_hash", "complaint_id", "customer_id", "agent_id", "sender_msisdn", "sender_id", "platform", "is_known_platform", "category_source", "category", "is_known_category", "status", "has_status", "is_known_status", "resolution_state", "has_resolution_time", "opened_at", "opened_utc_offset", "resolved_at", "call_started_at", "call_ended_at", "generation_date", "is_free_text", "complaint_text", "failed_casts", "rules_digest"
        from "int_complaint_versions__dbt_tmp"
    );

commit;

begin;

alter table "coretelecoms"."marts"."dim_dates" rename to "dim_dates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_customers" rename to "int_customers__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."backlog_daily" rename to "backlog_daily__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_agents" rename to "int_agents__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_classified_texts" rename to "int_classified_texts__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."unknown_values" rename to "unknown_values__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_sms_senders" rename to "int_sms_senders__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_inferred_customers" rename to "int_inferred_customers__dbt_backup";

commit;

begin;

alter table "coretelecoms"."restricted"."agent_identities" rename to "agent_identities__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."dim_agents" rename to "dim_agents__dbt_backup";

commit;

begin;

alter table "coretelecoms"."restricted"."customer_identities" rename to "customer_identities__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."dim_customers" rename to "dim_customers__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."fct_complaints" rename to "fct_complaints__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."backlog_history" rename to "backlog_history__dbt_backup";

commit;

begin;

alter table "coretelecoms"."restricted"."complaint_identities" rename to "complaint_identities__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."customer_resolution" rename to "customer_resolution__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."dim_complaint_categories" rename to "dim_complaint_categories__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_customer_contacts" rename to "int_customer_contacts__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_insight_cells" rename to "int_insight_cells__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_insight_clusters" rename to "int_insight_clusters__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_period_completeness" rename to "int_period_completeness__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_records" rename to "int_publication_records__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."reconciliation" rename to "reconciliation__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."reporting_lag_histogram" rename to "reporting_lag_histogram__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."resolution_time_histogram" rename to "resolution_time_histogram__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."sla_status" rename to "sla_status__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."staffing_hours" rename to "staffing_hours__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_insight_candidates" rename to "int_insight_candidates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_combinations" rename to "int_publication_combinations__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."channel_journeys" rename to "channel_journeys__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."customer_complaint_features" rename to "customer_complaint_features__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."repeat_complainers" rename to "repeat_complainers__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_insight_tests" rename to "int_insight_tests__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."agent_performance" rename to "agent_performance__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."complaint_mix" rename to "complaint_mix__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."complaints_by_state_monthly" rename to "complaints_by_state_monthly__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."complaints_daily" rename to "complaints_daily__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."resolved_without_repeat" rename to "resolved_without_repeat__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_members" rename to "int_publication_members__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."orphans_and_duplicates" rename to "orphans_and_duplicates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."reporting_lag" rename to "reporting_lag__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."resolution_times" rename to "resolution_times__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."stuck_complaints" rename to "stuck_complaints__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."insights" rename to "insights__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_pairs" rename to "int_publication_pairs__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."complaint_rates" rename to "complaint_rates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_rectangles" rename to "int_publication_rectangles__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."checks" rename to "checks__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."at_risk_customers" rename to "at_risk_customers__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_tables" rename to "int_publication_tables__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_cells" rename to "int_publication_cells__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_totals" rename to "published_totals__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_channel_categories" rename to "published_channel_categories__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_channel_months" rename to "published_channel_months__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_channel_resolutions" rename to "published_channel_resolutions__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_month_states" rename to "published_month_states__dbt_backup";

commit;

begin;

alter table "coretelecoms"."intermediate"."int_publication_rates" rename to "int_publication_rates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."marts"."published_state_rates" rename to "published_state_rates__dbt_backup";

commit;

begin;

alter table "coretelecoms"."quality"."publication_audit" rename to "publication_audit__dbt_backup";

commit;

