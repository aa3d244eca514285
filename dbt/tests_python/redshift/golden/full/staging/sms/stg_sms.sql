begin;

create view "coretelecoms"."staging"."stg_sms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."sms"
),
typed as (
    select
        loaded.*,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from received_at), '') as received_at_text,
        (try_cast(upper(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from received_at), '')) as timestamp with time zone) at time zone 'UTC') as opened_at,
        nullif(case when length(regexp_replace(sender_msisdn, '[^0-9]', '')) = 10 then '1' || regexp_replace(sender_msisdn, '[^0-9]', '') else regexp_replace(sender_msisdn, '[^0-9]', '') end, '') as sender_digits
    from loaded
),
cleaned as (
    select
        'sms' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.message_id) as complaint_id,
        cast(null as varchar) as customer_id,
        cast(null as varchar) as agent_id,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.sender_msisdn), '') as sender_msisdn,
        coalesce(typed.sender_digits, nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.sender_msisdn), '')) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        cast(null as varchar) as category_source,
        cast(null as varchar) as category,
        false as is_known_category,
        cast(null as varchar) as status,
        false as has_status,
        false as is_known_status,
        'unknown' as resolution_state,
        false as has_resolution_time,
        typed.opened_at,
        case
            when typed.opened_at is null then null
            when upper(right(typed.received_at_text, 1)) = 'Z' then '+00:00'
            else right(typed.received_at_text, 6)
        end as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        cast(null as date) as generation_date,
        true as is_free_text,
        replace(
        replace(
            replace(typed.message_text, chr(92) || chr(92), chr(1)),
            chr(92) || 'n', chr(10)
        ),
        chr(1), chr(92)
    ) as complaint_text,
        nullif(
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.received_at), '') is not null and typed.opened_at is null then 'received_at,' else '' end,
        ''
    ) as failed_casts
    from typed
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
    where ledger.source = 'sms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_sms__dbt_tmp" rename to "stg_sms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_sms__dbt_backup" cascade;

commit;
