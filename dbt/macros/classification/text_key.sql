{# Stands in for a text wherever its classification is looked up. White space around it says nothing. #}
{% macro text_key(expression) -%}
    {{ sha256_hex('trim(' ~ expression ~ ')') }}
{%- endmacro %}
