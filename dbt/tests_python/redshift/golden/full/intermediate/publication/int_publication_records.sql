begin;

create view "coretelecoms"."intermediate"."int_publication_records__dbt_tmp" as (
with
complaints as (
    select
        facts.*,
        customers.state_code,
        customers.state_name,
        categories.category as known_category,
        facts.bucket_source = 'classifier' as is_free_text
    from "coretelecoms"."marts"."fct_complaints" as facts
    left join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = facts.customer_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = facts.category
    where facts.is_complaint
),
final as (
    select
        case when customer_key <> 'unknown' then customer_key end as customer_key,
        cast(channel as varchar(40)) as channel,
        cast(coalesce(substring(cast(opened_date as varchar(10)), 1, 7), '(none)') as varchar(40)) as opened_month,
        cast(
            case
                when known_category is not null then known_category
                when category is not null then '(other)'
                when is_free_text then '(free text)'
                else '(none)'
            end as varchar(40)
        ) as category,
        cast(
            case
                when not has_status and is_free_text then '(free text)'
                when not has_status then '(none)'
                when resolution_state <> 'resolved' then resolution_state
                when days_to_resolve is null then 'resolved, not measured'
                when days_to_resolve > 30 then 'resolved in over 30 days'
                else 'resolved in ' || right('0' || cast(days_to_resolve as varchar(10)), 2) || ' days'
            end as varchar(40)
        ) as resolution,
        cast(
            case
                when state_code is null then '(none)'
                when state_name is null then '(other)'
                else state_code
            end as varchar(40)
        ) as state_code
    from complaints
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."intermediate"."int_publication_records__dbt_tmp" rename to "int_publication_records";

commit;

begin;

drop view if exists "coretelecoms"."intermediate"."int_publication_records__dbt_backup" cascade;

commit;
