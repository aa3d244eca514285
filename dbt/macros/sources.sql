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
    Cleaned rows under the partitions that the ledger says their load stands for: a carried-forward snapshot appears
    under every partition that names it, a withdrawn partition not at all, and neither do rows of a load that no
    ledger row names. The raw `_partition_date` only says where the load was first committed and is not used.
    Rows are cleaned before this join, so that a load that stands for several partitions is cleaned once and a
    filter on partitions reaches the ledger first.
#}
{% macro partitions_of(source_id, rows) %}
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        {{ rows }}.*
    from {{ rows }}
    inner join {{ source('platform', 'load_ledger') }} as ledger
        on ledger.load_id = {{ rows }}.load_id
    where ledger.source = '{{ source_id }}'
{%- endmacro %}
