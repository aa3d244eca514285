{#
    Passes when a column, summed over each group of a model that shows the same complaints in several of them, is the
    number of rows of fct_complaints that meet a condition. `groups` names the columns that tell the groups apart, each
    with all its values; every combination is a group, and one without a row has the total 0.
#}
{% test groups_equal_fact(model, column, groups, fact_condition='true') %}
{%- set combinations = namespace(conditions=['true']) -%}
{%- for name, values in groups.items() -%}
    {%- set longer = [] -%}
    {%- for condition in combinations.conditions -%}
        {%- for value in values -%}
            {%- do longer.append(condition ~ ' and ' ~ name ~ " = '" ~ value ~ "'") -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set combinations.conditions = longer -%}
{%- endfor -%}
select
    shown.combination,
    shown.total,
    facts.total as fact_total
from (
    {%- for condition in combinations.conditions %}
    select
        {{ loop.index }} as combination,
        coalesce(sum({{ column }}), 0) as total
    from {{ model }}
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
) as shown
cross join (
    select count(*) as total
    from {{ ref('fct_complaints') }}
    where {{ fact_condition }}
) as facts
where shown.total <> facts.total
{% endtest %}
