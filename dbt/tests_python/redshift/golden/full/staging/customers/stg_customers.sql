begin;

create view "coretelecoms"."staging"."stg_customers__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."customers"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from date_of_birth), '') as date) as birth_date,
        try_cast(nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from signup_date), '') as date) as signed_up_date,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from email), '') as email_source,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then split_part(trim(email), '@', 1)
        end as email_local_part,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then lower(split_part(trim(email), '@', 2))
        end as email_domain,
        rtrim(replace(replace(address, chr(13) || chr(10), chr(10)), chr(13), chr(10)), ' ' || chr(10)) as address_lines
    from loaded
),
tailed as (
    select
        typed.*,
        regexp_substr(address_lines, '[A-Z][A-Z] [0-9]{5}(-[0-9]{4})?$') as address_tail
    from typed
),
headed as (
    select
        tailed.*,
        rtrim(left(address_lines, length(address_lines) - length(address_tail)), ' ,' || chr(10)) as address_head
    from tailed
),
split as (
    select
        headed.*,
        coalesce(
            nullif(strpos(reverse(address_head), chr(10)), 0),
            nullif(strpos(reverse(address_head), ','), 0),
            length(address_head) + 1
        ) as city_length_plus_one
    from headed
),
cleaned as (
    select
        split._load_id as load_id,
        split._source_row as source_row,
        split._record_hash as record_hash,
        trim(split.customer_id) as customer_id,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.name), '') as customer_name,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.gender), '') as gender_source,
        case lower(trim(regexp_replace(split.gender, '[[:space:]]+', ' ')))
            when 'm' then 'Male'
            when 'male' then 'Male'
            when 'f' then 'Female'
            when 'female' then 'Female'
            else nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.gender), '')
        end as gender,
        split.birth_date as date_of_birth,
        split.signed_up_date as signup_date,
        split.email_source,
        case
            when split.email_domain is null then split.email_source
            else split.email_local_part || '@' || coalesce(repairs.domain, split.email_domain)
        end as email,
        repairs.domain is not null as is_email_repaired,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.address), '') as address_source,
        case
            when split.address_tail <> ''
                then nullif(
                    rtrim(
                        left(
                            split.address_head,
                            case
                                when split.city_length_plus_one > length(split.address_head) then 0
                                else length(split.address_head) - split.city_length_plus_one
                            end
                        ),
                        ' ,' || chr(10)
                    ),
                    ''
                )
        end as street,
        case
            when split.address_tail <> ''
                then nullif(trim(right(split.address_head, split.city_length_plus_one - 1)), '')
        end as city,
        nullif(left(split.address_tail, 2), '') as state_code,
        states.state_name,
        states.state_kind,
        states.state_code is not null as is_known_state,
        nullif(substring(split.address_tail, 4), '') as postal_code,
        coalesce(split.address_tail <> '', false) as is_address_parsed,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.phone), '') as phone_source,
        nullif(case when length(regexp_replace(split.phone, '[^0-9]', '')) = 10 then '1' || regexp_replace(split.phone, '[^0-9]', '') else regexp_replace(split.phone, '[^0-9]', '') end, '') as phone_digits,
        nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.location), '') as location,
        nullif(
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.date_of_birth), '') is not null and split.birth_date is null then 'date_of_birth,' else '' end ||
        case when nullif(trim(both ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13) from split.signup_date), '') is not null and split.signed_up_date is null then 'signup_date,' else '' end,
        ''
    ) as failed_casts
    from split
    left join "coretelecoms"."staging"."email_domain_repairs" as repairs
        on repairs.misspelt_domain = split.email_domain
    left join "coretelecoms"."staging"."us_states" as states
        on states.state_code = left(split.address_tail, 2)
),
final as (
    select
        ledger.source,
        ledger.partition_date,
        ledger.partition_hour,
        cleaned.*
    from cleaned
    inner join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.load_id = cleaned.load_id
    where ledger.source = 'customers'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_customers__dbt_tmp" rename to "stg_customers";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_customers__dbt_backup" cascade;

commit;
