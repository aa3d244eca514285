begin;

select 1;

create  table
    "coretelecoms"."intermediate"."int_complaint_versions"
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
partitions_to_build as (
    select
        committed_partitions.source,
        committed_partitions.partition_date,
        committed_partitions.partition_hour,
        key_material.key_value
    from committed_partitions
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
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

attach masking policy mask_bigint on intermediate.int_complaint_versions (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_msisdn) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_text) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role pii_reader priority 10;

commit;
