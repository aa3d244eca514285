with

given_up as (
    select outer_attribute as attribute
    from {{ ref('int_publication_tables') }}
    where not is_outer_attribute_published
),

final as (
    select
        members.attribute,
        members.member,
        case when not members.is_suppressed then members.complaints end as complaints,
        members.is_suppressed
    from {{ ref('int_publication_members') }} as members
    left join given_up
        on given_up.attribute = members.attribute
    where members.is_attribute_published
        and given_up.attribute is null
)

select * from final
