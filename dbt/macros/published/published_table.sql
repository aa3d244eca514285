{# The rows of a two-way table that may be seen: a hidden number is null, a pair that no complaint has is no row. #}
{% macro published_cells(table_name) -%}
    {%- set table = publication_tables() | selectattr('name', 'equalto', table_name) | first -%}
    select
        inner_member as {{ table.inner }},
        outer_member as {{ table.outer }},
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from {{ ref('int_publication_cells') }}
    where table_name = '{{ table_name }}'
{%- endmacro %}

{# Whether a month, as text, is complete on the opened clock; never for a month that is none. #}
{% macro published_months() -%}
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from {{ ref('int_period_completeness') }}
    where clock = 'opened'
        and granularity = 'month'
{%- endmacro %}
