begin;

create  table
    "coretelecoms"."intermediate"."int_publication_combinations__dbt_tmp"
    diststyle all
      compound sortkey(channel,opened_month)
  as (
    with
final as (
    select
        channel,
        opened_month,
        category,
        resolution,
        state_code,
        cast(count(*) as bigint) as complaints,
        cast(count(customer_key) as bigint) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_records"
    group by channel, opened_month, category, resolution, state_code
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_combinations__dbt_tmp" rename to "int_publication_combinations";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_combinations__dbt_backup" cascade;

commit;
