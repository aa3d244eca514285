begin;

create  table
    "coretelecoms"."intermediate"."int_publication_cells__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
rectangles as (
    select * from "coretelecoms"."intermediate"."int_publication_rectangles"
    where kind is not null
),
pairs as (
    select * from "coretelecoms"."intermediate"."int_publication_pairs"
),
rectangle_cells as (
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and (pairs.inner_member = rectangles.inner_member or pairs.inner_member = rectangles.partner_inner)
        and (pairs.outer_member = rectangles.outer_member or pairs.outer_member = rectangles.partner_outer)
    where rectangles.kind = 'cross'
    union all
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs as own_row
        on own_row.table_name = rectangles.table_name
        and own_row.inner_member = rectangles.inner_member
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and (pairs.inner_member = rectangles.inner_member or pairs.inner_member = rectangles.partner_inner)
        and pairs.outer_member = own_row.outer_member
    where rectangles.kind = 'row'
    union all
    select
        rectangles.table_name,
        rectangles.inner_member as small_inner,
        rectangles.outer_member as small_outer,
        pairs.inner_member,
        pairs.outer_member,
        pairs.known_complaints,
        pairs.complaints - pairs.known_complaints as unknown_complaints
    from rectangles
    inner join pairs as own_column
        on own_column.table_name = rectangles.table_name
        and own_column.outer_member = rectangles.outer_member
    inner join pairs
        on pairs.table_name = rectangles.table_name
        and pairs.inner_member = own_column.inner_member
        and (pairs.outer_member = rectangles.outer_member or pairs.outer_member = rectangles.partner_outer)
    where rectangles.kind = 'column'
),
movable as (
    select
        rectangle_cells.*,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer, inner_member) as row_sum,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer, outer_member) as column_sum,
        sum(unknown_complaints) over (partition by table_name, small_inner, small_outer) as total
    from rectangle_cells
),
bounded as (
    select
        table_name,
        inner_member,
        outer_member,
        known_complaints
        + case when row_sum + column_sum > total then row_sum + column_sum - total else 0 end as lower_bound,
        known_complaints
        + case when row_sum < column_sum then row_sum else column_sum end as upper_bound
    from movable
),
hidden_cells as (
    select
        table_name,
        inner_member,
        outer_member,
        min(lower_bound) as lower_bound,
        max(upper_bound) as upper_bound
    from bounded
    group by table_name, inner_member, outer_member
),
final as (
    select
        pairs.table_name,
        pairs.inner_member,
        pairs.outer_member,
        pairs.complaints,
        hidden_cells.table_name is not null as is_suppressed,
        cast(hidden_cells.lower_bound as bigint) as lower_bound,
        cast(hidden_cells.upper_bound as bigint) as upper_bound
    from pairs
    inner join "coretelecoms"."intermediate"."int_publication_tables" as tables
        on tables.table_name = pairs.table_name
        and tables.is_published
    left join hidden_cells
        on hidden_cells.table_name = pairs.table_name
        and hidden_cells.inner_member = pairs.inner_member
        and hidden_cells.outer_member = pairs.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_cells__dbt_tmp" rename to "int_publication_cells";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_cells__dbt_backup" cascade;

commit;
