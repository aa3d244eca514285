{#
    Passes when, in every month, a column summed over customers is the number of complaints of known customers in
    fct_complaints that were opened within so many days up to the month's last day.
#}
{% test windows_equal_fact(model, month, month_end, column, days) %}
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
        count(*) as complaints
    from {{ ref('fct_complaints') }}
    where is_complaint
        and customer_key <> {{ unknown_key() }}
        and opened_date is not null
    group by opened_date
) as opened
    on opened.opened_date <= months.month_end
    and opened.opened_date > months.month_end - {{ days }}
group by months.{{ month }}, months.total
having months.total <> coalesce(sum(opened.complaints), 0)
{% endtest %}
