{#
    Keyed hash that stands in for an identifier: sha256(k:sha256(k:kind:id)) in lower-case hex, NULL for no id.
    `k` is the column key_value of `with_key_material()`, so that the key is never part of a query's text. Kinds:
    customer, agent, complaint (id = source:complaint id, because two sources may use one id), msisdn (an SMS
    sender that no customer's phone matches).
#}
{% macro keyed_hash(kind, id) -%}
    {{ sha256_hex(
        "key_value || ':' || "
        ~ sha256_hex("key_value || ':" ~ kind ~ ":' || trim(" ~ id ~ ")")
    ) }}
{%- endmacro %}

{#
    The rows of a relation with the key beside them, as key_value; for whoever computes keyed hashes, who names the
    columns that go on, as the key must not. A scalar subquery: DuckDB hashes the rows of a join with this one row
    at twice the cost (ADR 41).
#}
{% macro with_key_material(rows) -%}
    (
        select
            unkeyed.*,
            (select key_value from {{ source('secrets', 'key_material') }} where purpose = 'surrogate_keys') as key_value
        from {{ rows }} as unkeyed
    )
{%- endmacro %}

{# Key of the unknown member: records that carry no id at all. #}
{% macro unknown_key() -%}
    'unknown'
{%- endmacro %}
