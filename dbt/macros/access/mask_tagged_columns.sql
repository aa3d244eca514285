{#
    Masks the columns that carry `meta.pii`: a post-hook of every model, in the transaction that builds the relation,
    so that no table is ever seen without its masks. A table is a new object on every build and starts with none; an
    incremental one keeps its own, and what differs is attached or detached. Views carry no masks: Redshift applies
    those of the tables under them, for the roles of whoever asks.
    DuckDB knows neither roles nor masks.
#}
{% macro mask_tagged_columns() %}
    {{ return(adapter.dispatch('mask_tagged_columns')()) }}
{% endmacro %}

{% macro duckdb__mask_tagged_columns() %}{% endmacro %}

{% macro default__mask_tagged_columns() -%}
    {%- if execute and model.config.materialized in ('table', 'incremental', 'seed') -%}
        {%- set wanted = wanted_masks() -%}
        {%- set current = current_masks() -%}
        {%- for mask in current if mask not in wanted %}
            detach masking policy {{ mask.policy }} on {{ mask_place(mask) }} from {{ mask.grantee }};
        {%- endfor %}
        {%- for mask in wanted if mask not in current %}
            attach masking policy {{ mask.policy }} on {{ mask_place(mask) }} to {{ mask.grantee }} priority {{ mask.priority }};
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro mask_place(mask) -%}
    {{ this.schema }}.{{ this.identifier }} ({{ mask.column }})
{%- endmacro %}

{# What must be attached to this relation; fails for a tagged column that it does not have, or of an unmasked type. #}
{% macro wanted_masks() %}
    {%- set types = {} -%}
    {%- for column in adapter.get_columns_in_relation(this) -%}
        {%- do types.update({column.name: masking_type(column)}) -%}
    {%- endfor -%}
    {%- set masks = [] -%}
    {%- for column in model.columns.values() if column.config.get('meta', {}).get('pii') -%}
        {%- set type = types.get(column.name) -%}
        {%- set policies = masking_policies().get(type) -%}
        {%- if policies is none -%}
            {{ exceptions.raise_compiler_error(
                this ~ '.' ~ column.name ~ ' is tagged as personal, but has no type that is masked: ' ~ type
            ) }}
        {%- endif -%}
        {%- do masks.append({
            'column': column.name, 'policy': policies.mask, 'grantee': 'public', 'priority': 0,
        }) -%}
        {%- for role in clear_roles() -%}
            {%- do masks.append({
                'column': column.name, 'policy': policies.show, 'grantee': 'role ' ~ role, 'priority': show_priority(),
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(masks) }}
{% endmacro %}

{# What is attached to this relation, in the same words; only sys:secadmin sees it. #}
{% macro current_masks() %}
    {%- set rows = run_query(
        "select policy_name, grantee, grantee_type, priority, output_columns from svv_attached_masking_policy"
        ~ " where schema_name = '" ~ this.schema ~ "' and table_name = '" ~ this.identifier ~ "'"
    ) -%}
    {%- set masks = [] -%}
    {%- for row in rows -%}
        {%- do masks.append({
            'column': row['output_columns'] | replace('[', '') | replace(']', '') | replace('"', '') | trim,
            'policy': row['policy_name'],
            'grantee': 'public' if row['grantee_type'] == 'public' else row['grantee_type'] ~ ' ' ~ row['grantee'],
            'priority': row['priority'] | int,
        }) -%}
    {%- endfor -%}
    {{ return(masks) }}
{% endmacro %}

{# The name under which masking_policies() has a column's type. #}
{% macro masking_type(column) %}
    {%- set base = column.dtype.split('(')[0] | trim | lower -%}
    {{ return({
        'character varying': 'varchar',
        'timestamp without time zone': 'timestamp',
    }.get(base, base)) }}
{% endmacro %}

{# DuckDB has no roles to grant to. #}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) %}{% endmacro %}
