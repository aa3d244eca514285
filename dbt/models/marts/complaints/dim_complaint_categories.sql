with

known_categories as (
    select
        category,
        complaint_bucket
    from {{ ref('complaint_categories') }}
),

unknown_categories as (
    select distinct category
    from {{ ref('fct_complaints') }}
    where is_unknown_category
),

final as (
    select
        cast(category as varchar(40)) as category,
        cast(complaint_bucket as varchar(40)) as complaint_bucket,
        true as is_known
    from known_categories

    union all

    select
        category,
        cast('Unclassified' as varchar(40)) as complaint_bucket,
        false as is_known
    from unknown_categories
)

select * from final
