{%- set parts = [] -%}
{%- for table in publication_tables() -%}
    {%- do parts.append({'table': table.name, 'inner': 'cells.' ~ table.inner, 'outer': 'cells.' ~ table.outer}) -%}
{%- endfor -%}
with

raw_counts as (
    {{- publication_raw_counts(parts) }}
),

tables as (
    {{- publication_tables_as_rows() }}
),

mapped_counts as (
    select
        raw_counts.*,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from raw_counts
    inner join tables
        on tables.table_name = raw_counts.table_name
    inner join {{ ref('int_publication_members') }} as inner_members
        on inner_members.attribute = tables.inner_attribute
        and inner_members.member = raw_counts.raw_inner
    inner join {{ ref('int_publication_members') }} as outer_members
        on outer_members.attribute = tables.outer_attribute
        and outer_members.member = raw_counts.raw_outer
),

{{ publication_checked_counts(parts) }},

published_members as (
    select distinct attribute, published_member
    from {{ ref('int_publication_members') }}
),

{#- Where any pair might be, those that no complaint has are cells as well. #}
possible_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from tables
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    where not tables.has_impossible_pairs

    union

    select
        table_name,
        inner_member,
        outer_member
    from checked_counts
),

final as (
    select
        cast(possible_pairs.table_name as varchar(64)) as table_name,
        cast(possible_pairs.inner_member as varchar(40)) as inner_member,
        cast(possible_pairs.outer_member as varchar(40)) as outer_member,
        cast(coalesce(checked_counts.complaints, 0) as bigint) as complaints,
        coalesce(checked_counts.has_enough_customers, false) as has_enough_customers,
        case when tables.has_impossible_pairs then 1 else 0 end as known_complaints
    from possible_pairs
    inner join tables
        on tables.table_name = possible_pairs.table_name
    left join checked_counts
        on checked_counts.table_name = possible_pairs.table_name
        and checked_counts.inner_member = possible_pairs.inner_member
        and checked_counts.outer_member = possible_pairs.outer_member
)

select * from final
