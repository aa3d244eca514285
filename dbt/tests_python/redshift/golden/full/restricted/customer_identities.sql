begin;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(1024))
 as customer_id,
    cast(null as varchar(1024))
 as sender_msisdn,
    cast(null as varchar(65535))
 as customer_name,
    cast(null as varchar(1024))
 as gender,
    cast(null as varchar(1024))
 as gender_source,
    cast(null as date)
 as date_of_birth,
    cast(null as date)
 as signup_date,
    cast(null as varchar(65535))
 as email,
    cast(null as varchar(65535))
 as email_source,
    cast(null as boolean)
 as is_email_repaired,
    cast(null as varchar(65535))
 as address_source,
    cast(null as varchar(65535))
 as street,
    cast(null as varchar(65535))
 as city,
    cast(null as varchar(2))
 as state_code,
    cast(null as varchar(10))
 as postal_code,
    cast(null as boolean)
 as is_address_parsed,
    cast(null as varchar(1024))
 as phone_source,
    cast(null as varchar(1024))
 as phone_digits,
    cast(null as varchar(65535))
 as location,
    cast(null as boolean)
 as is_inferred
    ) as __dbt_sbq
    where false
    limit 0;

create view "coretelecoms"."restricted"."customer_identities__dbt_tmp" as (
with
identities as (
    select
        customer_key,
        customer_id,
        cast(null as varchar) as sender_msisdn,
        customer_name,
        gender,
        gender_source,
        date_of_birth,
        signup_date,
        email,
        email_source,
        is_email_repaired,
        address_source,
        street,
        city,
        state_code,
        postal_code,
        is_address_parsed,
        phone_source,
        phone_digits,
        location,
        false as is_inferred
    from "coretelecoms"."intermediate"."int_customers"
    union all
    select
        customer_key,
        customer_id,
        sender_id as sender_msisdn,
        null as customer_name,
        null as gender,
        null as gender_source,
        null as date_of_birth,
        null as signup_date,
        null as email,
        null as email_source,
        false as is_email_repaired,
        null as address_source,
        null as street,
        null as city,
        null as state_code,
        null as postal_code,
        false as is_address_parsed,
        null as phone_source,
        null as phone_digits,
        null as location,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_inferred_customers"
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(customer_id as varchar(1024)) as customer_id,
        cast(sender_msisdn as varchar(1024)) as sender_msisdn,
        cast(customer_name as varchar(65535)) as customer_name,
        cast(gender as varchar(1024)) as gender,
        cast(gender_source as varchar(1024)) as gender_source,
        date_of_birth,
        signup_date,
        cast(email as varchar(65535)) as email,
        cast(email_source as varchar(65535)) as email_source,
        is_email_repaired,
        cast(address_source as varchar(65535)) as address_source,
        cast(street as varchar(65535)) as street,
        cast(city as varchar(65535)) as city,
        cast(state_code as varchar(2)) as state_code,
        cast(postal_code as varchar(10)) as postal_code,
        is_address_parsed,
        cast(phone_source as varchar(1024)) as phone_source,
        cast(phone_digits as varchar(1024)) as phone_digits,
        cast(location as varchar(65535)) as location,
        is_inferred
    from identities
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."restricted"."customer_identities__dbt_tmp" rename to "customer_identities";

grant select on "coretelecoms"."restricted"."customer_identities" to ROLE pii_reader;

commit;

begin;

drop view if exists "coretelecoms"."restricted"."customer_identities__dbt_backup" cascade;

commit;
