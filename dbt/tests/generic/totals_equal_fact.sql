{#
    Passes when a column summed over the model is the number of rows of fct_complaints that meet a condition. `where`
    takes the rows of one clock, or of one kind, from a model that shows the same complaints more than once.
#}
{% test totals_equal_fact(model, column, fact_condition='true', where='true') %}
select
    shown.total,
    facts.total as fact_total
from (
    select coalesce(sum({{ column }}), 0) as total
    from {{ model }}
    where {{ where }}
) as shown
cross join (
    select count(*) as total
    from {{ ref('fct_complaints') }}
    where {{ fact_condition }}
) as facts
where shown.total <> facts.total
{% endtest %}
