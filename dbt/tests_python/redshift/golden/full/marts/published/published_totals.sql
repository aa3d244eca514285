begin;

select * from (
        select
    cast(null as varchar(40))
 as attribute,
    cast(null as varchar(40))
 as member,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_totals__dbt_tmp"
  (
    attribute varchar(40) not null,
    member varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(attribute,member);

insert into "coretelecoms"."marts"."published_totals__dbt_tmp"
    (
    select attribute, member, complaints, is_suppressed
    from (
        with
given_up as (
    select outer_attribute as attribute
    from "coretelecoms"."intermediate"."int_publication_tables"
    where not is_outer_attribute_published
),
final as (
    select
        members.attribute,
        members.member,
        case when not members.is_suppressed then members.complaints end as complaints,
        members.is_suppressed
    from "coretelecoms"."intermediate"."int_publication_members" as members
    left join given_up
        on given_up.attribute = members.attribute
    where members.is_attribute_published
        and given_up.attribute is null
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_totals__dbt_tmp" rename to "published_totals";

grant select on "coretelecoms"."marts"."published_totals" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_totals__dbt_backup" cascade;

commit;
