{#
    Passes when each of the standard counts (complaint_counts), summed over the model, is that of fct_complaints. `only`
    takes the rows of one clock from a model that shows every record on both.
#}
{% test counts_equal_fact(model, only='true') %}
select
    {%- for name in complaint_count_names() %}
    shown.{{ name }},
    counted.{{ name }} as fact_{{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
from (
    select
        {%- for name in complaint_count_names() %}
        coalesce(sum({{ name }}), 0) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
    where {{ only }}
) as shown
cross join (
    select
        {{ complaint_counts('facts') }}
    from {{ ref('fct_complaints') }} as facts
) as counted
where
    {%- for name in complaint_count_names() %}
    {{ 'or ' if not loop.first }}shown.{{ name }} <> counted.{{ name }}
    {%- endfor %}
{% endtest %}
