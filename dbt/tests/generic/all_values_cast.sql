{#
    Passes when no value was lost in a cast. The column lists, per row, the source columns whose value is not empty
    but did not cast. Such a value means that a contract lets through what the cleaning cannot read: the build stops.
#}
{% test all_values_cast(model, column_name) %}
select {{ column_name }} as columns_that_did_not_cast, count(*) as row_count
from {{ model }}
where {{ column_name }} is not null
group by {{ column_name }}
{% endtest %}
