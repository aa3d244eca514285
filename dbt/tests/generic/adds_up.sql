{# Passes when, in every row, a total is the sum of its parts, each of which was counted by itself. #}
{% test adds_up(model, total, parts) %}
select
    {{ total }},
    {{ parts | join(', ') }}
from {{ model }}
where {{ total }} is null
    or {{ total }} <> {{ parts | join(' + ') }}
{% endtest %}
