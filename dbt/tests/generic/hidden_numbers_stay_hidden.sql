{# Passes when no hidden number can be told more exactly than by a range of the publication threshold. #}
{% test hidden_numbers_stay_hidden(model) %}
select *
from {{ model }}
where width is null
    or width < {{ publication_threshold() }}
{% endtest %}
