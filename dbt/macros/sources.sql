{# The two dimension sources; every complaint source is in the generated complaint_sources(). #}
{% macro dimension_sources() %}
    {{ return(['customers', 'agents']) }}
{% endmacro %}

{# Every source that has a raw table, by id. #}
{% macro raw_sources() %}
    {{ return(dimension_sources() + (complaint_sources() | map(attribute='source') | list)) }}
{% endmacro %}

{# The channel of a complaint source, as a literal. Fails for a source that is not declared. #}
{% macro channel_of(source_id) %}
    {%- set found = complaint_sources() | selectattr('source', 'equalto', source_id) | list -%}
    {%- if not found -%}
        {{ exceptions.raise_compiler_error("'" ~ source_id ~ "' is not in complaint_sources(): run `npm run fleet`") }}
    {%- endif -%}
    '{{ found[0].channel }}'
{%- endmacro %}

{#
    The rows of a source's raw table, read through the ledger: the ledger names the load that each partition
    stands for, so a carried-forward snapshot appears under every partition that names it and a withdrawn
    partition not at all. The partition is the ledger row's; the raw `_partition_date` only says under which
    partition the load was first committed.
#}
{% macro ledgered_rows(source_id) %}
    select
        ledger.source as source,
        ledger.partition_date as partition_date,
        ledger.partition_hour as partition_hour,
        ledger.load_id as load_id,
        raw_rows.*
    from {{ source('platform', 'load_ledger') }} as ledger
    inner join {{ source('raw_data', source_id) }} as raw_rows
        on raw_rows._load_id = ledger.load_id
    where ledger.source = '{{ source_id }}'
{%- endmacro %}
