{# The bands in which ages of open complaints are shown, youngest first: upper bound in whole days (none for the last), name. #}
{% macro age_bands() %}
    {{ return([(3, '0-3'), (7, '4-7'), (30, '8-30'), (90, '31-90'), (180, '91-180'), (none, 'over 180')]) }}
{% endmacro %}

{# The band of an age in whole days; '(none)' for an age that is unknown or negative. #}
{% macro age_band(days) -%}
    {{ _by_age(days, '(none)', true) }}
{%- endmacro %}

{# 1 for the youngest band to 6 for the oldest, 7 for '(none)'. #}
{% macro age_band_order(days) -%}
    {{ _by_age(days, age_bands() | length + 1, false) }}
{%- endmacro %}

{% macro _by_age(days, otherwise, by_name) -%}
    case
        when {{ days }} is null or {{ days }} < 0 then {{ "'" ~ otherwise ~ "'" if by_name else otherwise }}
        {%- for upper, name in age_bands() %}
        {{ 'when ' ~ days ~ ' <= ' ~ upper ~ ' then' if upper is not none else 'else' }} {{ "'" ~ name ~ "'" if by_name else loop.index }}
        {%- endfor %}
    end
{%- endmacro %}

{#
    The same bands as rows (age_band, age_band_order, first_age, last_age): null where a band has no such end. '(none)'
    is here what is not opened yet; an age that is unknown belongs to it as well.
#}
{% macro age_band_limits() -%}
    {%- set first = namespace(age=0) -%}
    {%- for last, name in age_bands() %}
    select
        '{{ name }}' as age_band,
        {{ loop.index }} as age_band_order,
        {{ first.age }} as first_age,
        {{ last if last is not none else 'cast(null as integer)' }} as last_age
    union all
    {%- set first.age = last + 1 if last is not none else none -%}
    {% endfor %}
    select
        '(none)' as age_band,
        {{ age_bands() | length + 1 }} as age_band_order,
        cast(null as integer) as first_age,
        -1 as last_age
{%- endmacro %}
