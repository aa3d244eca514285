begin;

create  table
    "coretelecoms"."intermediate"."int_publication_rectangles__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
pairs as (
    select
        counted.*,
        has_enough_customers and complaints - known_complaints >= 10 as is_strong
    from "coretelecoms"."intermediate"."int_publication_pairs" as counted
),
small_cells as (
    select * from pairs
    where not has_enough_customers
),
crosses as (
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        cast('cross' as varchar(16)) as kind,
        below.inner_member as partner_inner,
        beside.outer_member as partner_outer,
        small.complaints + beside.complaints + below.complaints + opposite.complaints as cost
    from small_cells as small
    inner join pairs as beside
        on beside.table_name = small.table_name
        and beside.inner_member = small.inner_member
        and beside.is_strong
    inner join pairs as below
        on below.table_name = small.table_name
        and below.outer_member = small.outer_member
        and below.is_strong
    inner join pairs as opposite
        on opposite.table_name = small.table_name
        and opposite.inner_member = below.inner_member
        and opposite.outer_member = beside.outer_member
),
places as (
    select table_name, cast('row' as varchar(16)) as kind, inner_member as line, outer_member as place, complaints, is_strong
    from pairs
    union all
    select table_name, cast('column' as varchar(16)) as kind, outer_member as line, inner_member as place, complaints, is_strong
    from pairs
),
line_sizes as (
    select
        table_name,
        kind,
        line,
        count(*) as places
    from places
    group by table_name, kind, line
),
line_pairs as (
    select
        own.table_name,
        own.kind,
        own.line,
        partner.line as partner_line,
        sum(own.complaints) + sum(partner.complaints) as cost
    from places as own
    inner join places as partner
        on partner.table_name = own.table_name
        and partner.kind = own.kind
        and partner.place = own.place
        and partner.line <> own.line
        and partner.is_strong
    inner join line_sizes
        on line_sizes.table_name = own.table_name
        and line_sizes.kind = own.kind
        and line_sizes.line = own.line
    group by own.table_name, own.kind, own.line, partner.line, line_sizes.places
    having count(*) = line_sizes.places
        and count(*) >= 2
),
candidates as (
    select * from crosses
    union all
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        line_pairs.kind,
        case when line_pairs.kind = 'row' then line_pairs.partner_line end as partner_inner,
        case when line_pairs.kind = 'column' then line_pairs.partner_line end as partner_outer,
        line_pairs.cost
    from small_cells as small
    inner join line_pairs
        on line_pairs.table_name = small.table_name
        and line_pairs.line = case when line_pairs.kind = 'row' then small.inner_member else small.outer_member end
),
cheapest as (
    select candidates.*
    from candidates
    where cost is not null
    qualify row_number() over (
        partition by table_name, inner_member, outer_member
        order by cost, kind, coalesce(partner_inner, ''), coalesce(partner_outer, '')
    ) = 1
),
final as (
    select
        small.table_name,
        small.inner_member,
        small.outer_member,
        cast(cheapest.kind as varchar(16)) as kind,
        cast(cheapest.partner_inner as varchar(40)) as partner_inner,
        cast(cheapest.partner_outer as varchar(40)) as partner_outer
    from small_cells as small
    left join cheapest
        on cheapest.table_name = small.table_name
        and cheapest.inner_member = small.inner_member
        and cheapest.outer_member = small.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_rectangles__dbt_tmp" rename to "int_publication_rectangles";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_rectangles__dbt_backup" cascade;

commit;
