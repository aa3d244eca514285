with

final as (
    select
        {{ publication_attributes() | join(',\n        ') }},
        cast(count(*) as bigint) as complaints,
        cast(count(customer_key) as bigint) as known_complaints
    from {{ ref('int_publication_records') }}
    group by {{ publication_attributes() | join(', ') }}
)

select * from final
