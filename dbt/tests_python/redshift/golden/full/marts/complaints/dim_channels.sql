begin;

select * from (
        select
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(64))
 as channel_name,
    cast(null as varchar(256))
 as sources
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_channels__dbt_tmp"
  (
    channel varchar(32) not null,
    channel_name varchar(64) not null,
    sources varchar(256) not null
    )
    diststyle all
      compound sortkey(channel);

insert into "coretelecoms"."marts"."dim_channels__dbt_tmp"
    (
    select channel, channel_name, sources
    from (
        with
final as (
    select
        cast('call_centre' as varchar(32)) as channel,
        cast('Call centre' as varchar(64)) as channel_name,
        cast('call_logs' as varchar(256)) as sources
    union all
    select
        cast('sms' as varchar(32)) as channel,
        cast('SMS' as varchar(64)) as channel_name,
        cast('sms' as varchar(256)) as sources
    union all
    select
        cast('social_media' as varchar(32)) as channel,
        cast('Social media' as varchar(64)) as channel_name,
        cast('social_media' as varchar(256)) as sources
    union all
    select
        cast('web_form' as varchar(32)) as channel,
        cast('Web form' as varchar(64)) as channel_name,
        cast('web_forms' as varchar(256)) as sources
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_channels__dbt_tmp" rename to "dim_channels";

grant select on "coretelecoms"."marts"."dim_channels" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_channels__dbt_backup" cascade;

commit;
