{#
    Passes when, in every month, a column summed over customers is the number of complaints of known customers in
    fct_complaints that were opened within so many days up to the month's last day; with `known_by`, a date column of
    the fact, of those only of which that date is not later either.
#}
{% test windows_equal_fact(model, month, month_end, column, days, known_by='opened_date') %}
select
    months.{{ month }},
    months.total,
    coalesce(sum(opened.complaints), 0) as fact_total
from (
    select
        {{ month }},
        {{ month_end }} as month_end,
        sum({{ column }}) as total
    from {{ model }}
    group by {{ month }}, {{ month_end }}
) as months
left join (
    select
        opened_date,
        {{ known_by }} as known_date,
        count(*) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
        and customer_key <> {{ unknown_key() }}
        and opened_date is not null
    group by opened_date, {{ known_by }}
) as opened
    on opened.opened_date <= months.month_end
    and opened.opened_date > months.month_end - {{ days }}
    and opened.known_date <= months.month_end
group by months.{{ month }}, months.total
having months.total <> coalesce(sum(opened.complaints), 0)
{% endtest %}
