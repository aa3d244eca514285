{#
    What leaves the warehouse, in one place (docs/adr/0035). Every attribute stands alone in published_totals, and pairs
    of them in two-way tables. The tables are a TREE over the attributes, with `channel` at its root: a further table
    that closed a circle, or two attributes of which one implies something about the other in tables apart, would let
    one table narrow what another hides.
#}
{% macro publication_attributes() %}
    {{ return(['channel', 'opened_month', 'category', 'resolution', 'state_code']) }}
{% endmacro %}

{#
    The two-way tables, from the root outwards; `outer` is the attribute that is farther from the root.

    `has_impossible_pairs`: some pairs cannot be by nature (an SMS has no status), and whoever knows them must not learn
    more than others. There every empty pair counts as known to everybody: it is no row, protects nothing, and a hidden
    cell is known not to be empty. If a small cell cannot be hidden even so, the outer attribute is not published at all.
    Elsewhere an empty pair is a small cell like any other, and if one cannot be hidden only the table is not published.
#}
{% macro publication_tables() %}
    {{ return([
        {'name': 'published_channel_months', 'inner': 'channel', 'outer': 'opened_month', 'has_impossible_pairs': true},
        {'name': 'published_channel_categories', 'inner': 'channel', 'outer': 'category', 'has_impossible_pairs': true},
        {'name': 'published_channel_resolutions', 'inner': 'channel', 'outer': 'resolution', 'has_impossible_pairs': true},
        {'name': 'published_month_states', 'inner': 'opened_month', 'outer': 'state_code', 'has_impossible_pairs': false},
    ]) }}
{% endmacro %}

{# The same as a query: table_name, inner_attribute, outer_attribute, has_impossible_pairs. #}
{% macro publication_tables_as_rows() -%}
    {%- for table in publication_tables() %}
    select
        cast('{{ table.name }}' as varchar(64)) as table_name,
        cast('{{ table.inner }}' as varchar(40)) as inner_attribute,
        cast('{{ table.outer }}' as varchar(40)) as outer_attribute,
        {{ table.has_impossible_pairs | lower }} as has_impossible_pairs
    {{- ' union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Distinct known customers of a published number, and of everything that subtraction yields. #}
{% macro publication_threshold() %}
    {{ return(10) }}
{% endmacro %}

{# Complaints of free text have no category and no status by nature: a member of its own, not a missing value. #}
{% macro free_text_member() -%}
    '(free text)'
{%- endmacro %}

{#
    Members that are possible in the same channels. Hidden members of one kind can stand for each other, whatever somebody
    knows about channels; those of different kinds could be told apart.
#}
{% macro member_kind(member) -%}
    case
        when {{ member }} = {{ free_text_member() }} then 'free text'
        when left({{ member }}, 11) = 'resolved in' then 'resolution time'
        else 'any'
    end
{%- endmacro %}
