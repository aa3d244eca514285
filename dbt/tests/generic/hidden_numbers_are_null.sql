{# Passes when exactly the rows that say so hide their number. #}
{% test hidden_numbers_are_null(model, column='complaints') %}
select
    is_suppressed,
    count(*) as row_count
from {{ model }}
where is_suppressed <> ({{ column }} is null)
group by is_suppressed
{% endtest %}
