with

loaded as (
    select * from {{ source('raw_data', 'social_media') }}
),

typed as (
    select
        loaded.*,
        {{ to_utc_timestamp('request_date') }} as opened_at,
        {{ to_utc_timestamp('resolution_date') }} as resolved_at,
        {{ to_date('media_complaint_generation_date') }} as generation_date,
        case {{ spelling('media_channel') }}
            when 'instagram' then 'Instagram'
            when 'twitter' then 'Twitter'
            when 'facebook' then 'Facebook'
            when 'linkedin' then 'LinkedIn'
        end as known_platform
    from loaded
),

cleaned as (
    select
        {{ channel_of('social_media') }} as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.complaint_id) as complaint_id,
        {{ clean_text('typed.customer_id') }} as customer_id,
        {{ agent_identifier('typed.agent_id') }} as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        coalesce(typed.known_platform, {{ clean_text('typed.media_channel') }}) as platform,
        typed.known_platform is not null as is_known_platform,
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
            'typed.generation_date': 'media_complaint_generation_date',
        }) }} as failed_casts
    from typed
    {{ join_known_categories_and_statuses('typed') }}
),

final as (
    {{ partitions_of('social_media', 'cleaned') }}
)

select * from final
