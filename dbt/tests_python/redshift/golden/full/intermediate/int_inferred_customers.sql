begin;

create  table
    "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
unknown_ids as (
    select
        versions.customer_key,
        min(versions.customer_id) as customer_id
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."intermediate"."int_customers" as customers
        on customers.customer_key = versions.customer_key
    where versions.customer_key is not null
        and customers.customer_key is null
    group by versions.customer_key
),
final as (
    select
        customer_key,
        'customer_id' as identified_by,
        customer_id,
        cast(null as varchar) as sender_id
    from unknown_ids
    union all
    select
        customer_key,
        'msisdn' as identified_by,
        cast(null as varchar) as customer_id,
        sender_id
    from "coretelecoms"."intermediate"."int_sms_senders"
    where not is_matched
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp" rename to "int_inferred_customers";

attach masking policy mask_varchar on intermediate.int_inferred_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_inferred_customers (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_inferred_customers__dbt_backup" cascade;

commit;
