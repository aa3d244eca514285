{# `warehouse 3 rows short of loaded`, `warehouse 1 row over loaded`. Used only where the two numbers differ. #}
{% macro difference_in_words(actual_name, actual, expected_name, expected) -%}
    '{{ actual_name }} '
    || cast(abs(({{ actual }}) - ({{ expected }})) as varchar)
    || case when abs(({{ actual }}) - ({{ expected }})) = 1 then ' row ' else ' rows ' end
    || case when {{ actual }} < {{ expected }} then 'short of ' else 'over ' end
    || '{{ expected_name }}'
{%- endmacro %}
