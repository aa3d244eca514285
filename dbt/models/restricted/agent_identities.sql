with

final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from {{ ref('int_agents') }} as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)

select * from final
