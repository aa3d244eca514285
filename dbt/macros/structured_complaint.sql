{#
    Joins that standardise the categorical values of a complaint. Case and white space do not make another member;
    a value that is no known member joins to nothing and is kept as spelled.
    `rows` is the relation that holds complaint_category and resolution_status.
#}
{% macro join_known_categories_and_statuses(rows) %}
    left join {{ ref('complaint_categories') }} as categories
        on {{ spelling('categories.category') }} = {{ spelling(rows ~ '.complaint_category') }}
    left join {{ ref('complaint_statuses') }} as statuses
        on {{ spelling('statuses.status') }} = {{ spelling(rows ~ '.resolution_status') }}
{%- endmacro %}

{# The columns those joins give, in the interface's names. #}
{% macro category_and_status_columns(rows) %}
        {{ clean_text(rows ~ '.complaint_category') }} as category_source,
        coalesce(categories.category, {{ clean_text(rows ~ '.complaint_category') }}) as category,
        categories.category is not null as is_known_category,
        coalesce(statuses.status, {{ clean_text(rows ~ '.resolution_status') }}) as status,
        {{ clean_text(rows ~ '.resolution_status') }} is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state
{%- endmacro %}
