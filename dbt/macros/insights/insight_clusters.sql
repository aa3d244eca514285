{# So many known categories have columns of their own in sums over clusters; of one beyond them nothing is tested. #}
{% macro insight_most_categories() %}
    {{ return(12) }}
{% endmacro %}

{# The complaints of one customer or agent: all, those each comparison is made among, and those it counts. #}
{% macro insight_cluster_counts() -%}
        count(*) as complaints,
        sum(is_categorised) as categorised,
        {%- for number in range(1, insight_most_categories() + 1) %}
        sum(case when category_number = {{ number }} then 1 else 0 end) as category_{{ number }},
        {%- endfor %}
        sum(has_status) as with_status,
        sum(is_resolved) as resolved,
        sum(is_timed) as timed,
        sum(is_quick) as quick
{%- endmacro %}

{#
    Of each comparison what its trials and successes are; of a rate, the trials are the customers or agents themselves.
    Names are columns of insight_cluster_counts().
#}
{% macro insight_comparisons() %}
    {%- set comparisons = {
        'resolution_rate': ['with_status', 'resolved'],
        'quick_resolution': ['timed', 'quick'],
    } -%}
    {%- for number in range(1, insight_most_categories() + 1) -%}
        {%- do comparisons.update({'category_share_' ~ number: ['categorised', 'category_' ~ number]}) -%}
    {%- endfor -%}
    {{ return(comparisons) }}
{% endmacro %}
