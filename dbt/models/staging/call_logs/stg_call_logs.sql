with

loaded as (
    select * from {{ source('raw_data', 'call_logs') }}
),

typed as (
    select
        loaded.*,
        {{ to_utc_timestamp('call_start_time') }} as call_started_at,
        {{ to_utc_timestamp('call_end_time') }} as call_ended_at,
        {{ to_date('call_logs_generation_date') }} as generation_date
    from loaded
),

cleaned as (
    select
        {{ channel_of('call_logs') }} as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.call_id) as complaint_id,
        {{ clean_text('typed.customer_id') }} as customer_id,
        {{ agent_identifier('typed.agent_id') }} as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        {{ category_and_status_columns('typed') }},
        false as has_resolution_time,
        typed.call_started_at as opened_at,
        cast(null as varchar) as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        typed.call_started_at,
        typed.call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        {{ failed_casts({
            'typed.call_started_at': 'call_start_time',
            'typed.call_ended_at': 'call_end_time',
            'typed.generation_date': 'call_logs_generation_date',
        }) }} as failed_casts
    from typed
    {{ join_known_categories_and_statuses('typed') }}
),

final as (
    {{ partitions_of('call_logs', 'cleaned') }}
)

select * from final
