{# Passes when the shares of every group add up to 1, but for what floating point leaves. `by` names the groups. #}
{% test shares_add_up(model, column, by) %}
select
    {{ by | join(', ') }},
    sum({{ column }}) as total
from {{ model }}
group by {{ by | join(', ') }}
having sum({{ column }}) is null
    or abs(sum({{ column }}) - 1) > 0.000000001
{% endtest %}
