{# So many known categories have columns of their own in sums over clusters; of one beyond them nothing is tested. #}
{% macro insight_most_categories() %}
    {{ return(8) }}
{% endmacro %}

{# The complaints of one customer or agent: all, those each comparison is made among, and those it counts. #}
{% macro insight_cluster_counts(facts) -%}
    {%- set timed = is_timed_for_insights(facts) -%}
        count(*) as complaints,
        count({{ facts }}.category) as categorised,
        {%- for number in range(1, insight_most_categories() + 1) %}
        count(case when {{ facts }}.category_number = {{ number }} then 1 end) as category_{{ number }},
        {%- endfor %}
        count(case when {{ facts }}.has_status then 1 end) as with_status,
        count(case when {{ facts }}.has_status and {{ facts }}.resolution_state = 'resolved' then 1 end) as resolved,
        count(case when {{ timed }} then 1 end) as timed,
        count(case when {{ timed }} and {{ facts }}.days_to_resolve <= {{ var('insight_resolution_days') }} then 1 end)
            as quick
{%- endmacro %}

{% macro insight_cluster_count_names() %}
    {%- set names = ['complaints', 'categorised', 'with_status', 'resolved', 'timed', 'quick'] -%}
    {%- for number in range(1, insight_most_categories() + 1) -%}
        {%- do names.insert(loop.index + 1, 'category_' ~ number) -%}
    {%- endfor -%}
    {{ return(names) }}
{% endmacro %}

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
