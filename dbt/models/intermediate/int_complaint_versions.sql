{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        pre_hook='{{ delete_stale_versions() }}',
    )
}}

with

committed_partitions as (
    select
        source,
        partition_date,
        partition_hour
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
),

{% if is_incremental() -%}
built_partitions as (
    select distinct
        source,
        partition_date,
        partition_hour
    from {{ this }}
),

{% endif -%}

partitions_to_build as (
    select
        committed_partitions.source,
        committed_partitions.partition_date,
        committed_partitions.partition_hour,
        key_material.key_value
    from committed_partitions
    cross join {{ key_material() }} as key_material
    {%- if is_incremental() %}
    left join built_partitions
        on built_partitions.source = committed_partitions.source
        and built_partitions.partition_date = committed_partitions.partition_date
        and built_partitions.partition_hour = committed_partitions.partition_hour
    where built_partitions.source is null
    {%- endif %}
),

{% for declared in complaint_sources() -%}
{{ declared.source }}_complaints as (
    select
        {%- for column in complaint_columns() %}
        complaints.{{ column }},
        {%- endfor %}
        partitions_to_build.key_value
    from {{ ref('stg_' ~ declared.source) }} as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),

{% endfor -%}

complaints as (
    {%- for declared in complaint_sources() %}
    select * from {{ declared.source }}_complaints
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        {{ keyed_hash('complaint', "complaints.source || ':' || trim(complaints.complaint_id)") }} as complaint_key,
        {{ keyed_hash('customer', 'complaints.customer_id') }} as customer_key,
        {{ keyed_hash('agent', 'complaints.agent_id') }} as agent_key,
        {{ keyed_hash('msisdn', 'complaints.sender_id') }} as sender_key,
        {%- for column in complaint_columns() %}
        complaints.{{ column }},
        {%- endfor %}
        '{{ rules_digest() }}' as rules_digest
    from complaints
)

select * from final
