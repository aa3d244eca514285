{#
    Counts of cells, in two steps between which the caller maps members. A part is a table with the SQL of its two
    members, of a relation `cells`: {'table': …, 'inner': …, 'outer': …}.

    publication_raw_counts: rows of table_name, raw_inner, raw_outer, complaints, known_complaints.
#}
{% macro publication_raw_counts(parts) -%}
    {%- for part in parts %}
    select
        cast('{{ part.table }}' as varchar(64)) as table_name,
        cast({{ part.inner }} as varchar(40)) as raw_inner,
        cast({{ part.outer }} as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from {{ ref('int_publication_combinations') }} as cells
    group by 1, 2, 3
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{#
    publication_checked_counts: CTEs from `mapped_counts` (the raw counts with inner_member and outer_member) to
    `checked_counts`: table_name, inner_member, outer_member, complaints, has_enough_customers.

    Counting distinct customers of everything is the expensive part, so it is done only where it decides: a cell in which
    even the customer with the most complaints of all leaves room for the others has enough. The records of all doubtful
    cells are fetched in one pass.
#}
{% macro publication_checked_counts(parts) -%}
merged_counts as (
    select
        table_name,
        inner_member,
        outer_member,
        sum(complaints) as complaints,
        sum(known_complaints) as known_complaints
    from mapped_counts
    group by table_name, inner_member, outer_member
),

complaints_by_customer as (
    select count(*) as complaints
    from {{ ref('int_publication_records') }}
    where customer_key is not null
    group by customer_key
),

most_of_one_customer as (
    select coalesce(max(complaints), 0) as complaints
    from complaints_by_customer
),

doubtful_counts as (
    select
        mapped_counts.table_name,
        mapped_counts.raw_inner,
        mapped_counts.raw_outer,
        mapped_counts.inner_member,
        mapped_counts.outer_member
    from mapped_counts
    inner join merged_counts
        on merged_counts.table_name = mapped_counts.table_name
        and merged_counts.inner_member = mapped_counts.inner_member
        and merged_counts.outer_member = mapped_counts.outer_member
    cross join most_of_one_customer
    where merged_counts.known_complaints >= {{ publication_threshold() }}
        and merged_counts.known_complaints < {{ publication_threshold() }} * most_of_one_customer.complaints
),

doubtful_combinations as (
    {%- for part in parts %}
    select {{ publication_attributes() | join(', ') }}
    from {{ ref('int_publication_combinations') }} as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = '{{ part.table }}'
        and doubtful_counts.raw_inner = {{ part.inner }}
        and doubtful_counts.raw_outer = {{ part.outer }}
    {{- ' union' if not loop.last }}
    {%- endfor %}
),

doubtful_records as (
    select records.*
    from {{ ref('int_publication_records') }} as records
    inner join doubtful_combinations as doubtful
        on {% for attribute in publication_attributes() -%}
        {{ 'and ' if not loop.first }}doubtful.{{ attribute }} = records.{{ attribute }}
        {% endfor -%}
    where records.customer_key is not null
),

counted_customers as (
    {%- for part in parts %}
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = '{{ part.table }}'
        and doubtful_counts.raw_inner = {{ part.inner }}
        and doubtful_counts.raw_outer = {{ part.outer }}
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    {%- if not loop.last %}

    union all
    {%- endif %}
    {%- endfor %}
),

checked_counts as (
    select
        merged_counts.table_name,
        merged_counts.inner_member,
        merged_counts.outer_member,
        merged_counts.complaints,
        case
            when merged_counts.known_complaints < {{ publication_threshold() }} then false
            when counted_customers.customers is null then true
            else counted_customers.customers >= {{ publication_threshold() }}
        end as has_enough_customers
    from merged_counts
    left join counted_customers
        on counted_customers.table_name = merged_counts.table_name
        and counted_customers.inner_member = merged_counts.inner_member
        and counted_customers.outer_member = merged_counts.outer_member
)
{%- endmacro %}
