{#
    Keyed hash that stands in for an identifier: sha256(k:sha256(k:kind:id)) in lower-case hex, NULL for no id.
    `k` is the column key_value, which a join with `key_material()` gives, so that the key is never part of a
    query's text. Kinds: customer, agent, complaint (id = source:complaint id, because two sources may use one
    id), msisdn (an SMS sender that no customer's phone matches).
#}
{% macro keyed_hash(kind, id) -%}
    {{ sha256_hex(
        "key_value || ':' || "
        ~ sha256_hex("key_value || ':" ~ kind ~ ":' || trim(" ~ id ~ ")")
    ) }}
{%- endmacro %}

{#
    The single row that holds the key; use as `cross join {{ key_material() }} as key_material`. Join it with
    something small that the rows are joined with, such as their partitions: joined with many rows, DuckDB may take it
    for the larger side and keep all of them in memory first (ADR 41).
#}
{% macro key_material() -%}
    (select key_value from {{ source('secrets', 'key_material') }} where purpose = 'surrogate_keys')
{%- endmacro %}

{# Key of the unknown member: records that carry no id at all. #}
{% macro unknown_key() -%}
    'unknown'
{%- endmacro %}
