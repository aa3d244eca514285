{# 1 for Monday to 7 for Sunday, of a date or timestamp; both engines count from Sunday, 0. #}
{% macro iso_weekday(expression) -%}
    case extract(dow from {{ expression }}) when 0 then 7 else extract(dow from {{ expression }}) end
{%- endmacro %}
