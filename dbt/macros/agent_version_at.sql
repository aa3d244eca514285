{#
    Condition of a join with dim_agents: the version of the row's agent that was valid on a day, so that a promotion
    counts from its day. One version at most: those of an agent follow one another. None for a day that is null.
#}
{% macro agent_version_at(agents, rows, day) -%}
    {{ agents }}.agent_key = {{ rows }}.agent_key
        and {{ rows }}.{{ day }} >= {{ agents }}.valid_from
        and ({{ rows }}.{{ day }} < {{ agents }}.valid_to or {{ agents }}.valid_to is null)
{%- endmacro %}
