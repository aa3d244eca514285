begin;

create view "coretelecoms"."intermediate"."int_as_of__dbt_tmp" as (
with
final as (
    select max(partition_date) as as_of_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."intermediate"."int_as_of__dbt_tmp" rename to "int_as_of";

commit;

begin;

drop view if exists "coretelecoms"."intermediate"."int_as_of__dbt_backup" cascade;

commit;
