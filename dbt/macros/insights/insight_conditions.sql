{#
    Whether the time that a complaint's resolution took may be compared: it was reported so many days after it was
    opened that every resolution of up to as many days could be seen, and took no longer. Without the two, whatever
    was opened late would look quick, because what takes long is not in yet.
#}
{% macro is_timed_for_insights(facts) -%}
    (
        {{ facts }}.resolution_time_state = 'measured'
        and {{ facts }}.reporting_lag_days >= {{ var('insight_follow_up_days') }}
        and {{ facts }}.days_to_resolve <= {{ var('insight_follow_up_days') }}
    )
{%- endmacro %}

{# By what is compared, each with its column of int_insight_cells. #}
{% macro insight_dimensions() %}
    {{ return({
        'state': 'state_code',
        'channel': 'channel',
        'category': 'category',
        'experience': 'experience',
        'month': 'opened_month',
    }) }}
{% endmacro %}

{# The group of agents by which complaints are compared: one of the known levels (stg_agents), whatever else is spelt. #}
{% macro insight_experience(experience) -%}
    case when {{ experience }} in ('Intern', 'Junior', 'Mid-level', 'Senior') then {{ experience }} else '(none)' end
{%- endmacro %}

{# What is counted of complaints, by name; `facts` stands for fct_complaints. #}
{% macro insight_counts() %}
    {%- set timed = is_timed_for_insights('facts') -%}
    {%- set followed_up = 'facts.has_status and facts.reporting_lag_days >= ' ~ var('insight_follow_up_days') -%}
    {{ return({
        'complaints': 'true',
        'complaints_with_status': 'facts.has_status',
        'resolved_complaints': "facts.has_status and facts.resolution_state = 'resolved'",
        'followed_up_complaints': followed_up,
        'resolved_followed_up_complaints': followed_up ~ " and facts.resolution_state = 'resolved'",
        'timed_complaints': timed,
        'quickly_resolved_complaints': timed ~ ' and facts.days_to_resolve <= ' ~ var('insight_resolution_days'),
    }) }}
{% endmacro %}
