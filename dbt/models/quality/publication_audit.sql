with

totals as (
    select complaints
    from {{ ref('published_totals') }}
    where attribute = 'all'
        and not is_suppressed
),

hidden_cells as (
    select
        table_name,
        inner_member,
        outer_member,
        'complaints' as counted,
        lower_bound,
        upper_bound
    from {{ ref('int_publication_cells') }}
    where is_suppressed
),

{#- Any hidden member may have the complaints of another of its kind, but for one each. #}
hidden_members as (
    select
        'published_totals' as table_name,
        attribute as inner_member,
        member as outer_member,
        'complaints' as counted,
        1 as lower_bound,
        sum(complaints) over (partition by attribute, kind)
        - count(*) over (partition by attribute, kind) + 1 as upper_bound
    from {{ ref('int_publication_members') }}
    where is_suppressed
        and is_attribute_published
        and attribute <> 'all'
),

listed_hidden_members as (
    select hidden_members.*
    from hidden_members
    inner join {{ ref('published_totals') }} as listed
        on listed.attribute = hidden_members.inner_member
        and listed.member = hidden_members.outer_member
),

{#- A table that is not published alone leaves the sums of its rows and columns. #}
published_members as (
    select
        attribute,
        published_member,
        sum(complaints) as complaints
    from {{ ref('int_publication_members') }}
    group by attribute, published_member
),

withheld_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member,
        'complaints' as counted,
        case
            when inner_members.complaints + outer_members.complaints > totals.complaints
                then inner_members.complaints + outer_members.complaints - totals.complaints
            else 0
        end as lower_bound,
        case
            when inner_members.complaints < outer_members.complaints then inner_members.complaints
            else outer_members.complaints
        end as upper_bound
    from {{ ref('int_publication_tables') }} as tables
    inner join {{ ref('int_publication_tables') }} as towards_root
        on towards_root.outer_attribute = tables.inner_attribute
        and towards_root.is_outer_attribute_published
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    cross join totals
    where not tables.is_published
        and tables.is_outer_attribute_published
),

{#- Rates and totals together give the customers of every state with a rate, and those of all others as a sum; without
    the rate of all states, not even that. #}
customers_without_rate as (
    select sum(bases.customers) as customers
    from {{ ref('int_publication_rates') }} as bases
    inner join {{ ref('published_state_rates') }} as all_states
        on all_states.state_code = '(all)'
        and not all_states.is_suppressed
    where bases.is_suppressed
    having count(*) > 0
),

hidden_bases as (
    select
        'published_state_rates' as table_name,
        'state_code' as inner_member,
        bases.state_code as outer_member,
        'customers' as counted,
        0 as lower_bound,
        everyone_else.customers as upper_bound
    from {{ ref('int_publication_rates') }} as bases
    cross join customers_without_rate as everyone_else
    where bases.is_suppressed
        and bases.is_listed
),

hidden as (
    select * from hidden_cells
    union all
    select * from listed_hidden_members
    union all
    select * from withheld_pairs
    union all
    select * from hidden_bases
),

final as (
    select
        cast(table_name as varchar(64)) as table_name,
        cast(inner_member as varchar(40)) as inner_member,
        cast(outer_member as varchar(40)) as outer_member,
        cast(counted as varchar(16)) as counted,
        cast(lower_bound as bigint) as lower_bound,
        cast(upper_bound as bigint) as upper_bound,
        cast(upper_bound - lower_bound as bigint) as width
    from hidden
)

select * from final
