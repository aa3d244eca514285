begin;

select * from (
        select
    cast(null as varchar(40))
 as channel,
    cast(null as varchar(40))
 as opened_month,
    cast(null as bigint)
 as complaints,
    cast(null as boolean)
 as is_suppressed,
    cast(null as boolean)
 as is_complete
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."published_channel_months__dbt_tmp"
  (
    channel varchar(40) not null,
    opened_month varchar(40) not null,
    complaints bigint,
    is_suppressed boolean not null,
    is_complete boolean not null
    )
    diststyle all
      compound sortkey(channel,opened_month);

insert into "coretelecoms"."marts"."published_channel_months__dbt_tmp"
    (
    select channel, opened_month, complaints, is_suppressed, is_complete
    from (
        with
cells as (
    select
        inner_member as channel,
        outer_member as opened_month,
        case when not is_suppressed then complaints end as complaints,
        is_suppressed
    from "coretelecoms"."intermediate"."int_publication_cells"
    where table_name = 'published_channel_months'
),
months as (
    select
        substring(cast(period_start as varchar(10)), 1, 7) as opened_month,
        is_complete
    from "coretelecoms"."intermediate"."int_period_completeness"
    where clock = 'opened'
        and granularity = 'month'
),
final as (
    select
        cells.channel,
        cells.opened_month,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."published_channel_months__dbt_tmp" rename to "published_channel_months";

grant select on "coretelecoms"."marts"."published_channel_months" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."published_channel_months__dbt_backup" cascade;

commit;
