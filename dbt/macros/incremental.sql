{#
    A digest of the rules that made a complaint version: the SQL of the model, of the staging models it reads and
    of the seeds those read, as dbt itself checksums them, and the zone in which their times are read. Versions made
    by other rules are built again, so an edited cleaning rule or mapping, or another zone, never mixes with rows
    cleaned the old way. Macros are not covered: after changing one, build int_complaint_versions with --full-refresh.
#}
{% macro rules_digest() %}
    {%- if not execute -%}
        {{ return('') }}
    {%- endif -%}
    {%- set checksums = [model.checksum.checksum if model.checksum is defined else '', var('source_time_zone')] -%}
    {%- for parent_id in model.depends_on.nodes | sort if parent_id in graph.nodes -%}
        {%- set parent = graph.nodes[parent_id] -%}
        {%- do checksums.append(parent.checksum.checksum) -%}
        {%- for seed_id in parent.depends_on.nodes | sort if seed_id.startswith('seed.') -%}
            {%- do checksums.append(graph.nodes[seed_id].checksum.checksum) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(local_md5(checksums | join(','))) }}
{% endmacro %}

{#
    Removes from this model every partition that the ledger no longer names with the same load (corrected,
    withdrawn, gone) and every row made by other rules. Runs in the model's own transaction, before the insert.
#}
{% macro delete_stale_versions() %}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where rules_digest <> '{{ rules_digest() }}'
            or not exists (
                select 1
                from {{ source('platform', 'load_ledger') }} as ledger
                where ledger.source = {{ this.identifier }}.source
                    and ledger.partition_date = {{ this.identifier }}.partition_date
                    and ledger.partition_hour = {{ this.identifier }}.partition_hour
                    and ledger.load_id = {{ this.identifier }}.load_id
            )
    {%- else -%}
        select 1
    {%- endif -%}
{% endmacro %}
