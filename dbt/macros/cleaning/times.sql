{# A source's date text as a date. #}
{% macro to_date(expression) -%}
    try_cast({{ clean_text(expression) }} as date)
{%- endmacro %}

{#
    A source's time text, which carries no zone, as a UTC timestamp: var source_time_zone says which zone it is. A time
    that clocks show twice, or skip, when they change is taken as standard time.
#}
{% macro to_utc_timestamp(expression) -%}
    {%- set local_time = 'try_cast(' ~ clean_text(expression) ~ ' as timestamp)' -%}
    {%- if var('source_time_zone') == 'UTC' -%}
        {{ local_time }}
    {%- else -%}
        ({{ local_time }} at time zone '{{ var("source_time_zone") }}' at time zone 'UTC')
    {%- endif -%}
{%- endmacro %}

{# The way back: a UTC timestamp as clocks in the declared zone show it. Days and hours of work are counted there. #}
{% macro in_declared_zone(expression) -%}
    {%- if var('source_time_zone') == 'UTC' -%}
        {{ expression }}
    {%- else -%}
        ({{ expression }} at time zone 'UTC' at time zone '{{ var("source_time_zone") }}')
    {%- endif -%}
{%- endmacro %}

{# An RFC 3339 text with offset as a UTC timestamp; the standard takes `t` and `z`, casts take `T` and `Z` only. #}
{% macro offset_to_utc_timestamp(expression) -%}
    (try_cast(upper({{ clean_text(expression) }}) as timestamp with time zone) at time zone 'UTC')
{%- endmacro %}

{#
    Names of the columns whose text is not empty but did not cast, comma separated; NULL when all did.
    `casts` maps each cast column to the source column it was read from.
#}
{% macro failed_casts(casts) -%}
    nullif(
        {%- for cast_column, source_column in casts.items() %}
        case when {{ clean_text(source_column) }} is not null and {{ cast_column }} is null then '{{ source_column.split('.') | last }},' else '' end
        {%- if not loop.last %} ||{% endif %}
        {%- endfor %},
        ''
    )
{%- endmacro %}
