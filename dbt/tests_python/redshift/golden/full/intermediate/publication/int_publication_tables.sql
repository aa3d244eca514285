begin;

create  table
    "coretelecoms"."intermediate"."int_publication_tables__dbt_tmp"
    diststyle all
      compound sortkey(table_name)
  as (
    with
design as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('opened_month' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('category' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('resolution' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as inner_attribute,
        cast('state_code' as varchar(40)) as outer_attribute,
        false as has_impossible_pairs
),
unprotected as (
    select
        table_name,
        count(*) as cells
    from "coretelecoms"."intermediate"."int_publication_rectangles"
    where kind is null
    group by table_name
),
judged as (
    select
        design.*,
        coalesce(unprotected.cells, 0) as unprotected_cells
    from design
    left join unprotected
        on unprotected.table_name = design.table_name
),
final as (
    select
        cast(judged.table_name as varchar(64)) as table_name,
        cast(judged.inner_attribute as varchar(40)) as inner_attribute,
        cast(judged.outer_attribute as varchar(40)) as outer_attribute,
        cast(judged.unprotected_cells as bigint) as unprotected_cells,
        judged.unprotected_cells = 0 and coalesce(towards_root.unprotected_cells, 0) = 0 as is_published,
        judged.unprotected_cells = 0 or not judged.has_impossible_pairs as is_outer_attribute_published
    from judged
    left join judged as towards_root
        on towards_root.outer_attribute = judged.inner_attribute
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_tables__dbt_tmp" rename to "int_publication_tables";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_tables__dbt_backup" cascade;

commit;
