begin;

select * from (
        select
    cast(null as varchar(64))
 as table_name,
    cast(null as varchar(40))
 as inner_member,
    cast(null as varchar(40))
 as outer_member,
    cast(null as varchar(16))
 as counted,
    cast(null as bigint)
 as lower_bound,
    cast(null as bigint)
 as upper_bound,
    cast(null as bigint)
 as width
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."publication_audit__dbt_tmp"
  (
    table_name varchar(64) not null,
    inner_member varchar(40) not null,
    outer_member varchar(40) not null,
    counted varchar(16) not null,
    lower_bound bigint not null,
    upper_bound bigint not null,
    width bigint not null
    )
    diststyle all
      compound sortkey(table_name,inner_member,outer_member);

insert into "coretelecoms"."quality"."publication_audit__dbt_tmp"
    (
    select table_name, inner_member, outer_member, counted, lower_bound, upper_bound, width
    from (
        with
totals as (
    select complaints
    from "coretelecoms"."marts"."published_totals"
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
    from "coretelecoms"."intermediate"."int_publication_cells"
    where is_suppressed
),
hidden_members as (
    select
        'published_totals' as table_name,
        attribute as inner_member,
        member as outer_member,
        'complaints' as counted,
        1 as lower_bound,
        sum(complaints) over (partition by attribute, kind)
        - count(*) over (partition by attribute, kind) + 1 as upper_bound
    from "coretelecoms"."intermediate"."int_publication_members"
    where is_suppressed
        and is_attribute_published
        and attribute <> 'all'
),
listed_hidden_members as (
    select hidden_members.*
    from hidden_members
    inner join "coretelecoms"."marts"."published_totals" as listed
        on listed.attribute = hidden_members.inner_member
        and listed.member = hidden_members.outer_member
),
published_members as (
    select
        attribute,
        published_member,
        sum(complaints) as complaints
    from "coretelecoms"."intermediate"."int_publication_members"
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
    from "coretelecoms"."intermediate"."int_publication_tables" as tables
    inner join "coretelecoms"."intermediate"."int_publication_tables" as towards_root
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
customers_without_rate as (
    select sum(bases.customers) as customers
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
    inner join "coretelecoms"."marts"."published_state_rates" as all_states
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
    from "coretelecoms"."intermediate"."int_publication_rates" as bases
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
    ) as model_subq
    );

alter table "coretelecoms"."quality"."publication_audit__dbt_tmp" rename to "publication_audit";

grant select on "coretelecoms"."quality"."publication_audit" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."publication_audit__dbt_backup" cascade;

commit;
