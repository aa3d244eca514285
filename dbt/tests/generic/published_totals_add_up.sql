{#
    Passes when all complaints are those of fct_complaints, and the members shown of an attribute never add up to more;
    to exactly as many where none is hidden.
#}
{% test published_totals_add_up(model) %}
select
    shown.attribute,
    shown.complaints,
    facts.complaints as fact_complaints
from (
    select
        attribute,
        coalesce(sum(complaints), 0) as complaints,
        sum(case when is_suppressed then 1 else 0 end) as hidden_members
    from {{ model }}
    group by attribute
) as shown
cross join (
    select count(*) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
) as facts
where shown.complaints > facts.complaints
    or (shown.hidden_members = 0 and shown.complaints <> facts.complaints)
{% endtest %}
