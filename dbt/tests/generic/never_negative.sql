{# Passes when none of the columns is below 0. #}
{% test never_negative(model, columns) %}
select *
from {{ model }}
where
    {%- for column in columns %}
    {{ 'or ' if not loop.first }}{{ column }} < 0
    {%- endfor %}
{% endtest %}
