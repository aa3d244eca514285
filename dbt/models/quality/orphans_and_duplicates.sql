with

repeated_complaints as (
    select complaint_key
    from {{ ref('int_complaint_versions') }}
    group by complaint_key
    having count(*) > 1
),

orphan_customers as (
    select customer_key
    from {{ ref('int_inferred_customers') }}
    where identified_by = 'customer_id'
),

orphan_agents as (
    select agent_key
    from {{ ref('int_agents') }}
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
    from {{ ref('int_complaint_versions') }} as versions
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
        {{ share('accounts.rows_deduplicated', 'accounts.rows_read') }} as share_deduplicated,
        {{ share('versions.orphan_customer_rows', 'versions.rows_with_customer') }} as share_orphan_customers,
        {{ share('versions.orphan_agent_rows', 'versions.rows_with_agent') }} as share_orphan_agents,
        {{ share('versions.repeated_id_rows', 'versions.row_count') }} as share_repeated_ids,
        {{ share('accounts.superseded_rows', 'versions.row_count') }} as share_superseded
    from {{ ref('reconciliation') }} as accounts
    left join versions
        on versions.source = accounts.source
        and versions.partition_date = accounts.partition_date
        and versions.partition_hour = accounts.partition_hour
    where accounts.load_id is not null
        and accounts.source not in ('{{ dimension_sources() | join("', '") }}')
)

select * from final
