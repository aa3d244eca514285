begin;

create  table
    "coretelecoms"."intermediate"."int_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
newest_partition as (
    select
        max(ledger.partition_date) as partition_date,
        max(key_material.key_value) as key_value
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
    where ledger.source = 'customers'
        and ledger.load_id is not null
),
final as (
    select
        sha2(key_value || ':' || sha2(key_value || ':customer:' || trim(customers.customer_id), 256), 256) as customer_key,
        customers.*
    from "coretelecoms"."staging"."stg_customers" as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_customers__dbt_tmp" rename to "int_customers";

attach masking policy mask_bigint on intermediate.int_customers (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender) to role pii_reader priority 10;

attach masking policy mask_date on intermediate.int_customers (date_of_birth) to public priority 0;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role transform priority 10;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (address_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (street) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (street) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (street) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (city) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (city) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (city) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (postal_code) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_digits) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (location) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (location) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (location) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_customers__dbt_backup" cascade;

commit;
