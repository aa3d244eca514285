begin;

create  table
    "coretelecoms"."intermediate"."int_agents__dbt_tmp"
    diststyle all
      compound sortkey(agent_id,version_number)
  as (
    with
committed_partitions as (
    select
        partition_date,
        row_number() over (order by partition_date) as partition_number
    from "coretelecoms"."raw_data"."load_ledger"
    where source = 'agents'
        and load_id is not null
),
observations as (
    select
        agents.*,
        committed_partitions.partition_number,
        coalesce(agents.agent_name, '')
        || chr(31) || coalesce(agents.experience, '')
        || chr(31) || coalesce(agents.state_name, '') as attributes
    from "coretelecoms"."staging"."stg_agents" as agents
    inner join committed_partitions
        on committed_partitions.partition_date = agents.partition_date
),
compared as (
    select
        observations.*,
        lag(partition_number) over (partition by agent_id order by partition_number) as previous_number,
        lag(attributes) over (partition by agent_id order by partition_number) as previous_attributes
    from observations
),
numbered as (
    select
        compared.*,
        sum(
            case when previous_number = partition_number - 1 and previous_attributes = attributes then 0 else 1 end
        ) over (
            partition by agent_id order by partition_number
            rows between unbounded preceding and current row
        ) as version_number
    from compared
),
observed_versions as (
    select
        agent_id,
        version_number,
        min(agent_name) as agent_name,
        min(experience) as experience,
        min(state_code) as state_code,
        min(state_name) as state_name,
        min(case when is_known_experience then 1 else 0 end) = 1 as is_known_experience,
        min(case when is_known_state then 1 else 0 end) = 1 as is_known_state,
        min(partition_date) as first_partition_date,
        max(partition_number) as last_partition_number
    from numbered
    group by agent_id, version_number
),
known_versions as (
    select
        observed_versions.*,
        next_partition.partition_date as valid_to,
        false as is_inferred
    from observed_versions
    left join committed_partitions as next_partition
        on next_partition.partition_number = observed_versions.last_partition_number + 1
),
inferred_versions as (
    select distinct
        complaints.agent_id,
        1 as version_number,
        cast(null as varchar) as agent_name,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        false as is_known_experience,
        false as is_known_state,
        cast(null as date) as first_partition_date,
        cast(null as bigint) as last_partition_number,
        cast(null as date) as valid_to,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_complaint_versions" as complaints
    left join observed_versions
        on observed_versions.agent_id = complaints.agent_id
    where complaints.agent_id is not null
        and observed_versions.agent_id is null
),
versions as (
    select * from known_versions
    union all
    select * from inferred_versions
),
final as (
    select
        sha2(key_value || ':' || sha2(key_value || ':agent:' || trim(versions.agent_id), 256), 256) as agent_key,
        versions.agent_id,
        cast(versions.version_number as integer) as version_number,
        versions.agent_name,
        versions.experience,
        versions.is_known_experience,
        versions.state_code,
        versions.state_name,
        versions.is_known_state,
        case
            when versions.version_number = 1 then cast('1900-01-01' as date)
            else versions.first_partition_date
        end as valid_from,
        versions.version_number = 1 as is_valid_from_assumed,
        versions.valid_to,
        versions.valid_to is null as is_current,
        versions.is_inferred
    from versions
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_agents__dbt_tmp" rename to "int_agents";

attach masking policy mask_varchar on intermediate.int_agents (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_agents (agent_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_agents__dbt_backup" cascade;

commit;
