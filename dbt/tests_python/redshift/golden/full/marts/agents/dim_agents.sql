begin;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as integer)
 as version_number,
    cast(null as varchar(40))
 as experience,
    cast(null as varchar(2))
 as state_code,
    cast(null as varchar(64))
 as state_name,
    cast(null as date)
 as valid_from,
    cast(null as boolean)
 as is_valid_from_assumed,
    cast(null as date)
 as valid_to,
    cast(null as boolean)
 as is_current,
    cast(null as boolean)
 as is_inferred,
    cast(null as boolean)
 as is_unknown
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_agents__dbt_tmp"
  (
    agent_key varchar(64) not null,
    version_number integer not null,
    experience varchar(40),
    state_code varchar(2),
    state_name varchar(64),
    valid_from date not null,
    is_valid_from_assumed boolean not null,
    valid_to date,
    is_current boolean not null,
    is_inferred boolean not null,
    is_unknown boolean not null
    )
    diststyle all
      compound sortkey(agent_key,valid_from);

insert into "coretelecoms"."marts"."dim_agents__dbt_tmp"
    (
    select agent_key, version_number, experience, state_code, state_name, valid_from, is_valid_from_assumed, valid_to, is_current, is_inferred, is_unknown
    from (
        with
members as (
    select
        agent_key,
        version_number,
        case
        when experience is null then null
        when is_known_experience then experience
        when (experience ~ '^[A-Za-z][A-Za-z -]{0,39}$') then experience
        else '(unrecognised)'
    end as experience,
        state_code,
        case
        when state_name is null then null
        when is_known_state then state_name
        when (state_name ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_name
        else '(unrecognised)'
    end as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_agents"
    union all
    select
        'unknown' as agent_key,
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
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_agents__dbt_tmp" rename to "dim_agents";

grant select on "coretelecoms"."marts"."dim_agents" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_agents__dbt_backup" cascade;

commit;
