{#
    The counts that every aggregate of complaints has, each with a condition of its own and none by subtraction, so that
    a status that belongs nowhere shows as a sum that does not add up. `facts` names a relation with the columns
    is_complaint, has_status and resolution_state of fct_complaints. Their names, in this order, are complaint_count_names().
#}
{% macro complaint_counts(facts) -%}
        cast(count(*) as bigint) as records,
        {%- for name, condition in complaint_conditions(facts).items() %}
        {{ count_where(condition) }} as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
{%- endmacro %}

{% macro complaint_conditions(facts) %}
    {%- set with_status = facts ~ '.is_complaint and ' ~ facts ~ '.has_status' -%}
    {%- set state = facts ~ '.resolution_state' -%}
    {{ return({
        'complaints': facts ~ '.is_complaint',
        'undecided_records': facts ~ '.is_complaint is null',
        'not_complaints': 'not ' ~ facts ~ '.is_complaint',
        'complaints_with_status': with_status,
        'complaints_without_status': facts ~ '.is_complaint and not ' ~ facts ~ '.has_status',
        'resolved_complaints': with_status ~ ' and ' ~ state ~ " = 'resolved'",
        'unresolved_complaints': with_status ~ ' and ' ~ state ~ " = 'unresolved'",
        'status_unknown_complaints': with_status ~ ' and ' ~ state ~ " = 'unknown'",
    }) }}
{% endmacro %}

{% macro complaint_count_names() %}
    {{ return(['records'] + (complaint_conditions('any_relation').keys() | list)) }}
{% endmacro %}

{# Rows that meet a condition, as a bigint; 0 where there are none. #}
{% macro count_where(condition) -%}
    cast(count(case when {{ condition }} then 1 end) as bigint)
{%- endmacro %}

{# A share as a double, null of nothing. #}
{% macro share(part, whole) -%}
    cast({{ part }} as double precision) / nullif({{ whole }}, 0)
{%- endmacro %}

{# A value by which aggregates are grouped: what is absent is a member as well, so that it can be seen and joined. #}
{% macro dimension_member(expression) -%}
    coalesce({{ expression }}, '(none)')
{%- endmacro %}
