with

loaded as (
    select * from {{ source('raw_data', 'web_forms') }}
),

typed as (
    select
        loaded.*,
        {{ to_utc_timestamp('request_date') }} as opened_at,
        {{ to_utc_timestamp('resolution_date') }} as resolved_at,
        {{ to_date('web_form_generation_date') }} as generation_date
    from loaded
),

cleaned as (
    select
        {{ channel_of('web_forms') }} as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.request_id) as complaint_id,
        {{ clean_text('typed.customer_id') }} as customer_id,
        {{ agent_identifier('typed.agent_id') }} as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        {{ category_and_status_columns('typed') }},
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        {{ failed_casts({
            'typed.opened_at': 'request_date',
            'typed.resolved_at': 'resolution_date',
            'typed.generation_date': 'web_form_generation_date',
        }) }} as failed_casts
    from typed
    {{ join_known_categories_and_statuses('typed') }}
),

final as (
    {{ partitions_of('web_forms', 'cleaned') }}
)

select * from final
