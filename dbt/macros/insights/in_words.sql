{# A share as a percentage with one decimal, `25.0`; both engines write a decimal alike and a double not. #}
{% macro percent_in_words(share) -%}
    cast(cast(round(100.0 * {{ share }}, 1) as decimal(18, 1)) as varchar)
{%- endmacro %}

{# A number with one decimal. #}
{% macro number_in_words(number) -%}
    cast(cast(round({{ number }}, 1) as decimal(18, 1)) as varchar)
{%- endmacro %}

{# A count. #}
{% macro count_in_words(count) -%}
    cast(cast({{ count }} as bigint) as varchar)
{%- endmacro %}
