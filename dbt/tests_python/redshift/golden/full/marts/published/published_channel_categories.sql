begin;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_categories__dbt_tmp"
  (
    channel varchar(40) not null,
    category varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(channel,category);

insert into "coretelecoms"."marts"."published_channel_categories__dbt_tmp"
    (
    select channel, category, complaints, is_suppressed
    from (
        with
final as (
    select
        inner_member as channel,
        outer_member as category,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_categories'
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_categories__dbt_tmp" rename to "published_channel_categories";

grant select on "coretelecoms"."marts"."published_channel_categories" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_categories__dbt_backup" cascade;

commit;
