begin;

create view "coretelecoms"."staging"."stg_web_forms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."web_forms"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from request_date), '') as timestamp) as opened_at,
        try_cast(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from resolution_date), '') as timestamp) as resolved_at,
        try_cast(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from web_form_generation_date), '') as date) as generation_date
    from loaded
),
cleaned as (
    select
        'web_form' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.request_id) as complaint_id,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        coalesce(statuses.status, nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.resolution_status), '')) as status,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from request_date), '') is not null and typed.opened_at is null then 'request_date,' else '' end ||
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from resolution_date), '') is not null and typed.resolved_at is null then 'resolution_date,' else '' end ||
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from web_form_generation_date), '') is not null and typed.generation_date is null then 'web_form_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'web_forms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_web_forms__dbt_tmp" rename to "stg_web_forms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_web_forms__dbt_backup" cascade;

commit;
