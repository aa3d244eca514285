begin;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as bigint)
 as rows_read,
    cast(null as bigint)
 as rows_deduplicated,
    cast(null as bigint)
 as version_rows,
    cast(null as bigint)
 as rows_with_customer,
    cast(null as bigint)
 as orphan_customer_rows,
    cast(null as bigint)
 as rows_with_agent,
    cast(null as bigint)
 as orphan_agent_rows,
    cast(null as bigint)
 as repeated_id_rows,
    cast(null as bigint)
 as superseded_rows,
    cast(null as double precision)
 as share_deduplicated,
    cast(null as double precision)
 as share_orphan_customers,
    cast(null as double precision)
 as share_orphan_agents,
    cast(null as double precision)
 as share_repeated_ids,
    cast(null as double precision)
 as share_superseded
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    rows_read bigint not null,
    rows_deduplicated bigint not null,
    version_rows bigint not null,
    rows_with_customer bigint not null,
    orphan_customer_rows bigint not null,
    rows_with_agent bigint not null,
    orphan_agent_rows bigint not null,
    repeated_id_rows bigint not null,
    superseded_rows bigint not null,
    share_deduplicated double precision,
    share_orphan_customers double precision,
    share_orphan_agents double precision,
    share_repeated_ids double precision,
    share_superseded double precision
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp"
    (
    select source, partition_date, partition_hour, rows_read, rows_deduplicated, version_rows, rows_with_customer, orphan_customer_rows, rows_with_agent, orphan_agent_rows, repeated_id_rows, superseded_rows, share_deduplicated, share_orphan_customers, share_orphan_agents, share_repeated_ids, share_superseded
    from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        count(*) as row_count,
        count(versions.customer_key) as rows_with_customer,
        count(orphan_customers.customer_key) as orphan_customer_rows,
        count(versions.agent_key) as rows_with_agent,
        count(orphan_agents.agent_key) as orphan_agent_rows,
        count(repeated_complaints.complaint_key) as repeated_id_rows
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join orphan_customers
        on orphan_customers.customer_key = versions.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = versions.agent_key
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    group by versions.source, versions.partition_date, versions.partition_hour
),
final as (
    select
        accounts.source,
        accounts.partition_date,
        accounts.partition_hour,
        accounts.rows_read,
        accounts.rows_deduplicated,
        cast(coalesce(versions.row_count, 0) as bigint) as version_rows,
        cast(coalesce(versions.rows_with_customer, 0) as bigint) as rows_with_customer,
        cast(coalesce(versions.orphan_customer_rows, 0) as bigint) as orphan_customer_rows,
        cast(coalesce(versions.rows_with_agent, 0) as bigint) as rows_with_agent,
        cast(coalesce(versions.orphan_agent_rows, 0) as bigint) as orphan_agent_rows,
        cast(coalesce(versions.repeated_id_rows, 0) as bigint) as repeated_id_rows,
        accounts.superseded_rows,
        cast(accounts.rows_deduplicated as double precision) / nullif(accounts.rows_read, 0) as share_deduplicated,
        cast(versions.orphan_customer_rows as double precision) / nullif(versions.rows_with_customer, 0) as share_orphan_customers,
        cast(versions.orphan_agent_rows as double precision) / nullif(versions.rows_with_agent, 0) as share_orphan_agents,
        cast(versions.repeated_id_rows as double precision) / nullif(versions.row_count, 0) as share_repeated_ids,
        cast(accounts.superseded_rows as double precision) / nullif(versions.row_count, 0) as share_superseded
    from "coretelecoms"."quality"."reconciliation" as accounts
    left join versions
        on versions.source = accounts.source
        and versions.partition_date = accounts.partition_date
        and versions.partition_hour = accounts.partition_hour
    where accounts.load_id is not null
        and accounts.source not in ('customers', 'agents')
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."orphans_and_duplicates__dbt_tmp" rename to "orphans_and_duplicates";

grant select on "coretelecoms"."quality"."orphans_and_duplicates" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."orphans_and_duplicates__dbt_backup" cascade;

commit;
