with

loaded as (
    select * from {{ source('raw_data', 'agents') }}
),

typed as (
    select
        loaded.*,
        case replace(replace({{ spelling('experience') }}, '-', ''), ' ', '')
            when 'intern' then 'Intern'
            when 'junior' then 'Junior'
            when 'midlevel' then 'Mid-level'
            when 'senior' then 'Senior'
        end as known_experience
    from loaded
),

cleaned as (
    select
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        {{ agent_identifier('typed.agent_id') }} as agent_id,
        {{ clean_text('typed.name') }} as agent_name,
        {{ clean_text('typed.experience') }} as experience_source,
        coalesce(typed.known_experience, {{ clean_text('typed.experience') }}) as experience,
        typed.known_experience is not null as is_known_experience,
        {{ clean_text('typed.state') }} as state_source,
        states.state_code,
        coalesce(states.state_name, {{ clean_text('typed.state') }}) as state_name,
        states.state_code is not null as is_known_state
    from typed
    left join {{ ref('us_states') }} as states
        on {{ spelling('states.state_name') }} = {{ spelling('typed.state') }}
),

final as (
    {{ partitions_of('agents', 'cleaned') }}
)

select * from final
