begin;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(65535))
 as agent_name,
    cast(null as boolean)
 as is_inferred
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."restricted"."agent_identities__dbt_tmp"
  (
    agent_key varchar(64) not null,
    agent_id varchar(1024) not null,
    agent_name varchar(65535),
    is_inferred boolean not null
    )
    diststyle all
      compound sortkey(agent_key);

insert into "coretelecoms"."restricted"."agent_identities__dbt_tmp"
    (
    select agent_key, agent_id, agent_name, is_inferred
    from (
        with
final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from "coretelecoms"."intermediate"."int_agents" as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."restricted"."agent_identities__dbt_tmp" rename to "agent_identities";

attach masking policy mask_varchar on restricted.agent_identities (agent_id) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on restricted.agent_identities (agent_name) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role pii_reader priority 10;

grant select on "coretelecoms"."restricted"."agent_identities" to ROLE pii_reader;

commit;

begin;

drop table if exists "coretelecoms"."restricted"."agent_identities__dbt_backup" cascade;

commit;
