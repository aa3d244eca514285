{# Differences between the engines, one dispatched macro each. The default is Redshift's spelling. #}

{# Lower-case hex SHA-256 of a text. #}
{% macro sha256_hex(expression) -%}
    {{ return(adapter.dispatch('sha256_hex')(expression)) }}
{%- endmacro %}

{% macro default__sha256_hex(expression) -%}
    sha2({{ expression }}, 256)
{%- endmacro %}

{% macro duckdb__sha256_hex(expression) -%}
    sha256({{ expression }})
{%- endmacro %}

{# Whether a text contains a match of a POSIX pattern. The pattern holds no backslash: the engines escape differently. #}
{% macro regexp_like(expression, pattern) -%}
    {{ return(adapter.dispatch('regexp_like')(expression, pattern)) }}
{%- endmacro %}

{% macro default__regexp_like(expression, pattern) -%}
    ({{ expression }} ~ '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__regexp_like(expression, pattern) -%}
    regexp_matches({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{# The first match of a POSIX pattern, '' if there is none. #}
{% macro regexp_first(expression, pattern) -%}
    {{ return(adapter.dispatch('regexp_first')(expression, pattern)) }}
{%- endmacro %}

{% macro default__regexp_first(expression, pattern) -%}
    regexp_substr({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__regexp_first(expression, pattern) -%}
    regexp_extract({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{# Every match of a POSIX pattern replaced. #}
{% macro regexp_replace_all(expression, pattern, replacement) -%}
    {{ return(adapter.dispatch('regexp_replace_all')(expression, pattern, replacement)) }}
{%- endmacro %}

{% macro default__regexp_replace_all(expression, pattern, replacement) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}')
{%- endmacro %}

{% macro duckdb__regexp_replace_all(expression, pattern, replacement) -%}
    regexp_replace({{ expression }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}
