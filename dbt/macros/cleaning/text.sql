{# A text without surrounding white space: blanks, and chr(9) to chr(13), tab to carriage return; `trim` takes blanks only. #}
{% macro without_white_space(expression) -%}
    trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from {{ expression }})
{%- endmacro %}

{# A source's text without surrounding white space; NULL for an empty one. #}
{% macro clean_text(expression) -%}
    nullif({{ without_white_space(expression) }}, '')
{%- endmacro %}

{# An agent's id: exports that once held it as a number with missing values write 1003 as 1003.0. #}
{% macro agent_identifier(expression) -%}
    nullif({{ regexp_replace_all(without_white_space(expression), '[.]0+$', '') }}, '')
{%- endmacro %}

{# A text reduced to what decides whether two spellings are one member: case and white space do not.
   White space is trimmed last: Redshift ignores blanks at the end of texts that it compares, DuckDB does not. #}
{% macro spelling(expression) -%}
    lower(trim({{ regexp_replace_all(expression, '[[:space:]]+', ' ') }}))
{%- endmacro %}

{#
    A categorical value as it may appear in marts: known members and harmless words as they are, anything else
    (which may be a name, a number, a sentence somebody typed) as `(unrecognised)`.
#}
{% macro published_category(expression, is_known) -%}
    case
        when {{ expression }} is null then null
        when {{ is_known }} then {{ expression }}
        when {{ regexp_like(expression, '^[A-Za-z][A-Za-z -]{0,39}$') }} then {{ expression }}
        else '(unrecognised)'
    end
{%- endmacro %}

{# Unescapes the message of an SMS line: `\n` is a line feed, `\\` a backslash. chr(1) stands in for a backslash meanwhile. #}
{% macro unescape_message(expression) -%}
    replace(
        replace(
            replace({{ expression }}, chr(92) || chr(92), chr(1)),
            chr(92) || 'n', chr(10)
        ),
        chr(1), chr(92)
    )
{%- endmacro %}

{# A phone number as digits with country code; ten digits are a North American number. NULL when there are none. #}
{% macro phone_digits(expression) -%}
    {%- set digits = regexp_replace_all(expression, '[^0-9]', '') -%}
    nullif(case when length({{ digits }}) = 10 then '1' || {{ digits }} else {{ digits }} end, '')
{%- endmacro %}
