begin;

create view "coretelecoms"."staging"."stg_agents__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."agents"
),
typed as (
    select
        loaded.*,
        case replace(replace(lower(trim(regexp_replace(experience, '[[:space:]]+', ' '))), '-', ''), ' ', '')
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
        nullif(regexp_replace(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.agent_id), '[.]0+$', ''), '') as agent_id,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.name), '') as agent_name,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.experience), '') as experience_source,
        coalesce(typed.known_experience, nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.experience), '')) as experience,
        typed.known_experience is not null as is_known_experience,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.state), '') as state_source,
        states.state_code,
        coalesce(states.state_name, nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from typed.state), '')) as state_name,
        states.state_code is not null as is_known_state
    from typed
    left join "coretelecoms"."staging"."us_states" as states
        on lower(trim(regexp_replace(states.state_name, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.state, '[[:space:]]+', ' ')))
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
    where ledger.source = 'agents'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_agents__dbt_tmp" rename to "stg_agents";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_agents__dbt_backup" cascade;

commit;
