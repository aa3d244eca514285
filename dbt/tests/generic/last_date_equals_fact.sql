{#
    Passes when a column, summed over the rows of the last as_known_date, is the number of rows of fct_complaints that
    meet a condition: what is known at the last date is what the fact shows.
#}
{% test last_date_equals_fact(model, column, fact_condition) %}
select
    shown.total,
    facts.total as fact_total
from (
    select coalesce(sum({{ column }}), 0) as total
    from {{ model }}
    where as_known_date = (select max(as_known_date) from {{ model }})
) as shown
cross join (
    select count(*) as total
    from {{ ref('fct_complaints') }}
    where {{ fact_condition }}
) as facts
where shown.total <> facts.total
{% endtest %}
