begin;

select * from (
        select
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as boolean)
 as is_known
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp"
  (
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    is_known boolean not null
    )
    diststyle all
      compound sortkey(category);

insert into "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp"
    (
    select category, complaint_bucket, is_known
    from (
        with
known_categories as (
    select
        category,
        complaint_bucket
    from "coretelecoms"."staging"."complaint_categories"
),
unknown_categories as (
    select distinct category
    from "coretelecoms"."marts"."fct_complaints"
    where is_unknown_category
),
final as (
    select
        cast(category as varchar(40)) as category,
        cast(complaint_bucket as varchar(40)) as complaint_bucket,
        true as is_known
    from known_categories
    union all
    select
        category,
        cast('Unclassified' as varchar(40)) as complaint_bucket,
        false as is_known
    from unknown_categories
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_complaint_categories__dbt_tmp" rename to "dim_complaint_categories";

grant select on "coretelecoms"."marts"."dim_complaint_categories" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_complaint_categories__dbt_backup" cascade;

commit;
