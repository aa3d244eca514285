with

loaded as (
    select * from {{ source('raw_data', 'sms') }}
),

typed as (
    select
        loaded.*,
        {{ clean_text('received_at') }} as received_at_text,
        {{ offset_to_utc_timestamp('received_at') }} as opened_at,
        {{ phone_digits('sender_msisdn') }} as sender_digits
    from loaded
),

cleaned as (
    select
        {{ channel_of('sms') }} as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.message_id) as complaint_id,
        cast(null as varchar) as customer_id,
        cast(null as varchar) as agent_id,
        {{ clean_text('typed.sender_msisdn') }} as sender_msisdn,
        coalesce(typed.sender_digits, {{ clean_text('typed.sender_msisdn') }}) as sender_id,
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
        {{ unescape_message('typed.message_text') }} as complaint_text,
        {{ failed_casts({'typed.opened_at': 'typed.received_at'}) }} as failed_casts
    from typed
),

final as (
    {{ partitions_of('sms', 'cleaned') }}
)

select * from final
