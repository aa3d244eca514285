begin;

create  table
    "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp"
    diststyle key distkey (sender_id)
      compound sortkey(sender_id)
  as (
    with
senders as (
    select distinct
        sender_id,
        sender_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where sender_id is not null
),
phone_owners as (
    select
        phone_digits,
        min(customer_key) as customer_key
    from "coretelecoms"."intermediate"."int_customers"
    where phone_digits is not null
    group by phone_digits
    having count(*) = 1
),
final as (
    select
        senders.sender_id,
        coalesce(phone_owners.customer_key, senders.sender_key) as customer_key,
        phone_owners.customer_key is not null as is_matched
    from senders
    left join phone_owners
        on phone_owners.phone_digits = senders.sender_id
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp" rename to "int_sms_senders";

attach masking policy mask_varchar on intermediate.int_sms_senders (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_sms_senders__dbt_backup" cascade;

commit;
