{#
    Name of a source's column as it may appear in quality tables: those of the contract as they are, unknown ones if they
    look like a name of a column. A header that is really a record (an address, a number, a sentence) becomes
    `(unrecognised)`.
#}
{% macro published_column(name, is_in_contract) -%}
    case
        when {{ is_in_contract }} then {{ name }}
        when {{ regexp_like(name, '[0-9]{5}') }} then '(unrecognised)'
        when {{ regexp_like(name, '^[A-Za-z_][A-Za-z0-9_ .()/-]{0,63}$') }} then {{ name }}
        else '(unrecognised)'
    end
{%- endmacro %}
