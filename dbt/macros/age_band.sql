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
