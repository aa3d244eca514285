begin;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(1024))
 as complaint_id,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(1024))
 as customer_id,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(1024))
 as sender_msisdn
    ) as __dbt_sbq
    where false
    limit 0;

create view "coretelecoms"."restricted"."complaint_identities__dbt_tmp" as (
with
final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from "coretelecoms"."marts"."fct_complaints" as complaints
    inner join "coretelecoms"."intermediate"."int_complaint_versions" as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."restricted"."complaint_identities__dbt_tmp" rename to "complaint_identities";

grant select on "coretelecoms"."restricted"."complaint_identities" to ROLE pii_reader;

commit;

begin;

drop view if exists "coretelecoms"."restricted"."complaint_identities__dbt_backup" cascade;

commit;
