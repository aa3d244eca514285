with

members as (
    select
        agent_key,
        version_number,
        {{ published_category('experience', 'is_known_experience') }} as experience,
        state_code,
        {{ published_category('state_name', 'is_known_state') }} as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from {{ ref('int_agents') }}

    union all

    select
        {{ unknown_key() }} as agent_key,
        1 as version_number,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast('1900-01-01' as date) as valid_from,
        true as is_valid_from_assumed,
        cast(null as date) as valid_to,
        true as is_current,
        false as is_inferred,
        true as is_unknown
),

final as (
    select
        cast(agent_key as varchar(64)) as agent_key,
        cast(version_number as integer) as version_number,
        cast(experience as varchar(40)) as experience,
        cast(state_code as varchar(2)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        is_unknown
    from members
)

select * from final
