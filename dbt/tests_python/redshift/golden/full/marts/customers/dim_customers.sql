begin;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as varchar(64))
 as state_name,
    cast(null as varchar(16))
 as state_kind,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as signup_year,
    cast(null as varchar(16))
 as identified_by,
    cast(null as boolean)
 as is_inferred,
    cast(null as boolean)
 as is_unknown
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_customers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40),
    state_name varchar(64),
    state_kind varchar(16),
    age_band varchar(16),
    signup_year integer,
    identified_by varchar(16),
    is_inferred boolean not null,
    is_unknown boolean not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."dim_customers__dbt_tmp"
    (
    select customer_key, state_code, state_name, state_kind, age_band, signup_year, identified_by, is_inferred, is_unknown
    from (
        with
known_customers as (
    select
        customers.customer_key,
        case
        when customers.state_code is null then null
        when customers.is_known_state then customers.state_code
        when (customers.state_code ~ '^[A-Za-z][A-Za-z -]{0,39}$') then customers.state_code
        else '(unrecognised)'
    end as state_code,
        customers.state_name,
        customers.state_kind,
        extract(year from as_of.as_of_date) - extract(year from customers.date_of_birth)
        - case
            when extract(month from as_of.as_of_date) * 100 + extract(day from as_of.as_of_date)
                < extract(month from customers.date_of_birth) * 100 + extract(day from customers.date_of_birth)
                then 1
            else 0
        end as age,
        extract(year from customers.signup_date) as signup_year
    from "coretelecoms"."intermediate"."int_customers" as customers
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
),
members as (
    select
        customer_key,
        state_code,
        state_name,
        state_kind,
        case
            when age is null or age < 0 then null
            when age < 18 then 'under 18'
            when age < 25 then '18-24'
            when age < 35 then '25-34'
            when age < 45 then '35-44'
            when age < 55 then '45-54'
            when age < 65 then '55-64'
            when age < 75 then '65-74'
            else '75 and over'
        end as age_band,
        signup_year,
        'customer_id' as identified_by,
        false as is_inferred,
        false as is_unknown
    from known_customers
    union all
    select
        customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        identified_by,
        true as is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_inferred_customers"
    union all
    select
        'unknown' as customer_key,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast(null as varchar) as state_kind,
        cast(null as varchar) as age_band,
        null as signup_year,
        cast(null as varchar) as identified_by,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(customer_key as varchar(64)) as customer_key,
        cast(state_code as varchar(40)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        cast(state_kind as varchar(16)) as state_kind,
        cast(age_band as varchar(16)) as age_band,
        cast(signup_year as integer) as signup_year,
        cast(identified_by as varchar(16)) as identified_by,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_customers__dbt_tmp" rename to "dim_customers";

grant select on "coretelecoms"."marts"."dim_customers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_customers__dbt_backup" cascade;

commit;
