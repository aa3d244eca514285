begin;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as resolution,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp"
  (
    channel varchar(40) not null,
    resolution varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null
    )
    diststyle all
      compound sortkey(channel,resolution);

insert into "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp"
    (
    select channel, resolution, complaints, is_suppressed
    from (
        with
final as (
    select
        inner_member as channel,
        outer_member as resolution,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_resolutions'
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_resolutions__dbt_tmp" rename to "published_channel_resolutions";

grant select on "coretelecoms"."marts"."published_channel_resolutions" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_resolutions__dbt_backup" cascade;

commit;
