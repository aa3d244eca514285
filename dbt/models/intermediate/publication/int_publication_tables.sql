with

design as (
    {{- publication_tables_as_rows() }}
),

unprotected as (
    select
        table_name,
        count(*) as cells
    from {{ ref('int_publication_rectangles') }}
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

{#- What hangs on an attribute that is given up cannot be published either. #}
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
