begin;

select * from (
        select
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(40))
 as state_code,
    cast(null as bigint)
 as complaints,
    cast(null as bigint)
 as channels,
    cast(null as date)
 as first_opened_date,
    cast(null as date)
 as last_opened_date,
    cast(null as integer)
 as shortest_gap_days,
    cast(null as bigint)
 as repeats_within_30_days,
    cast(null as bigint)
 as repeats_within_90_days,
    cast(null as bigint)
 as same_category_repeats_within_30_days,
    cast(null as bigint)
 as same_category_repeats_within_90_days,
    cast(null as boolean)
 as is_repeat_within_30_days,
    cast(null as boolean)
 as is_repeat_same_category_30_days,
    cast(null as boolean)
 as is_repeat_same_category_90_days
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."repeat_complainers__dbt_tmp"
  (
    customer_key varchar(64) not null,
    state_code varchar(40) not null,
    complaints bigint not null,
    channels bigint not null,
    first_opened_date date not null,
    last_opened_date date not null,
    shortest_gap_days integer not null,
    repeats_within_30_days bigint not null,
    repeats_within_90_days bigint not null,
    same_category_repeats_within_30_days bigint not null,
    same_category_repeats_within_90_days bigint not null,
    is_repeat_within_30_days boolean not null,
    is_repeat_same_category_30_days boolean not null,
    is_repeat_same_category_90_days boolean not null
    )
    diststyle key distkey (customer_key)
      compound sortkey(customer_key);

insert into "coretelecoms"."marts"."repeat_complainers__dbt_tmp"
    (
    select customer_key, state_code, complaints, channels, first_opened_date, last_opened_date, shortest_gap_days, repeats_within_30_days, repeats_within_90_days, same_category_repeats_within_30_days, same_category_repeats_within_90_days, is_repeat_within_30_days, is_repeat_same_category_30_days, is_repeat_same_category_90_days
    from (
        with
repeaters as (
    select
        customer_key,
        count(*) as complaints,
        count(distinct channel) as channels,
        min(opened_date) as first_opened_date,
        max(opened_date) as last_opened_date,
        min(days_since_previous) as shortest_gap_days,
        count(case when days_since_previous <= 30 then 1 end) as repeats_within_30_days,
        count(case when days_since_previous <= 90 then 1 end) as repeats_within_90_days,
        count(case when days_since_previous_in_topic <= 30 then 1 end) as same_category_repeats_within_30_days,
        count(case when days_since_previous_in_topic <= 90 then 1 end) as same_category_repeats_within_90_days
    from "coretelecoms"."intermediate"."int_customer_contacts"
    where customer_contacts > 1
    group by customer_key
    having min(days_since_previous) <= 90
),
final as (
    select
        repeaters.customer_key,
        cast(coalesce(customers.state_code, '(none)') as varchar(40)) as state_code,
        cast(repeaters.complaints as bigint) as complaints,
        cast(repeaters.channels as bigint) as channels,
        repeaters.first_opened_date,
        repeaters.last_opened_date,
        repeaters.shortest_gap_days,
        cast(repeaters.repeats_within_30_days as bigint) as repeats_within_30_days,
        cast(repeaters.repeats_within_90_days as bigint) as repeats_within_90_days,
        cast(repeaters.same_category_repeats_within_30_days as bigint) as same_category_repeats_within_30_days,
        cast(repeaters.same_category_repeats_within_90_days as bigint) as same_category_repeats_within_90_days,
        repeaters.repeats_within_30_days > 0 as is_repeat_within_30_days,
        repeaters.same_category_repeats_within_30_days > 0 as is_repeat_same_category_30_days,
        repeaters.same_category_repeats_within_90_days > 0 as is_repeat_same_category_90_days
    from repeaters
    inner join "coretelecoms"."marts"."dim_customers" as customers
        on customers.customer_key = repeaters.customer_key
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."repeat_complainers__dbt_tmp" rename to "repeat_complainers";

grant select on "coretelecoms"."marts"."repeat_complainers" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."repeat_complainers__dbt_backup" cascade;

commit;
