{#
    Percentiles of whole days from a histogram, which is exact, needs no sorting and allows filters to be combined.
    `relation` has one row per `groups` and `day_column`, with `complaints`; cumulative_histogram adds the complaints
    up to each day and those of the whole group, and percentile_days picks a day from that, grouped by `groups`.
#}
{% macro cumulative_histogram(relation, groups, day_column) -%}
    select
        histogram.*,
        sum(complaints) over (
            partition by {{ groups | join(', ') }}
            order by {{ day_column }}
            rows between unbounded preceding and current row
        ) as complaints_so_far,
        sum(complaints) over (partition by {{ groups | join(', ') }}) as complaints_of_group
    from {{ relation }} as histogram
{%- endmacro %}

{# Nearest rank: the smallest day by which at least `percent` of a hundred complaints are there; whole numbers only. #}
{% macro percentile_days(day_column, percent) -%}
    cast(
        min(case when complaints_so_far * 100 >= complaints_of_group * {{ percent }} then {{ day_column }} end) as integer
    )
{%- endmacro %}
