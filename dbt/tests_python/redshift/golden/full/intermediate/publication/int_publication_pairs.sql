begin;

create  table
    "coretelecoms"."intermediate"."int_publication_pairs__dbt_tmp"
    diststyle all
      compound sortkey(table_name,inner_member,outer_member)
  as (
    with
raw_counts as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.opened_month as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.category as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast(cells.channel as varchar(40)) as raw_inner,
        cast(cells.resolution as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast(cells.opened_month as varchar(40)) as raw_inner,
        cast(cells.state_code as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
),
tables as (
    select
        cast('published_channel_months' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('opened_month' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_categories' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('category' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_channel_resolutions' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as inner_attribute,
        cast('resolution' as varchar(40)) as outer_attribute,
        true as has_impossible_pairs union all
    select
        cast('published_month_states' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as inner_attribute,
        cast('state_code' as varchar(40)) as outer_attribute,
        false as has_impossible_pairs
),
mapped_counts as (
    select
        raw_counts.*,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from raw_counts
    inner join tables
        on tables.table_name = raw_counts.table_name
    inner join "coretelecoms"."intermediate"."int_publication_members" as inner_members
        on inner_members.attribute = tables.inner_attribute
        and inner_members.member = raw_counts.raw_inner
    inner join "coretelecoms"."intermediate"."int_publication_members" as outer_members
        on outer_members.attribute = tables.outer_attribute
        and outer_members.member = raw_counts.raw_outer
),
merged_counts as (
    select
        table_name,
        inner_member,
        outer_member,
        sum(complaints) as complaints,
        sum(known_complaints) as known_complaints
    from mapped_counts
    group by table_name, inner_member, outer_member
),
complaints_by_customer as (
    select count(*) as complaints
    from "coretelecoms"."intermediate"."int_publication_records"
    where customer_key is not null
    group by customer_key
),
most_of_one_customer as (
    select coalesce(max(complaints), 0) as complaints
    from complaints_by_customer
),
doubtful_counts as (
    select
        mapped_counts.table_name,
        mapped_counts.raw_inner,
        mapped_counts.raw_outer,
        mapped_counts.inner_member,
        mapped_counts.outer_member
    from mapped_counts
    inner join merged_counts
        on merged_counts.table_name = mapped_counts.table_name
        and merged_counts.inner_member = mapped_counts.inner_member
        and merged_counts.outer_member = mapped_counts.outer_member
    cross join most_of_one_customer
    where merged_counts.known_complaints >= 10
        and merged_counts.known_complaints < 10 * most_of_one_customer.complaints
),
doubtful_combinations as (
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_months'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.opened_month union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_categories'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.category union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_resolutions'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.resolution union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_month_states'
        and doubtful_counts.raw_inner = cells.opened_month
        and doubtful_counts.raw_outer = cells.state_code
),
doubtful_records as (
    select records.*
    from "coretelecoms"."intermediate"."int_publication_records" as records
    inner join doubtful_combinations as doubtful
        on doubtful.channel = records.channel
        and doubtful.opened_month = records.opened_month
        and doubtful.category = records.category
        and doubtful.resolution = records.resolution
        and doubtful.state_code = records.state_code
        where records.customer_key is not null
),
counted_customers as (
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_months'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.opened_month
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_categories'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.category
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_channel_resolutions'
        and doubtful_counts.raw_inner = cells.channel
        and doubtful_counts.raw_outer = cells.resolution
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'published_month_states'
        and doubtful_counts.raw_inner = cells.opened_month
        and doubtful_counts.raw_outer = cells.state_code
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
),
checked_counts as (
    select
        merged_counts.table_name,
        merged_counts.inner_member,
        merged_counts.outer_member,
        merged_counts.complaints,
        case
            when merged_counts.known_complaints < 10 then false
            when counted_customers.customers is null then true
            else counted_customers.customers >= 10
        end as has_enough_customers
    from merged_counts
    left join counted_customers
        on counted_customers.table_name = merged_counts.table_name
        and counted_customers.inner_member = merged_counts.inner_member
        and counted_customers.outer_member = merged_counts.outer_member
),
published_members as (
    select distinct attribute, published_member
    from "coretelecoms"."intermediate"."int_publication_members"
),
possible_pairs as (
    select
        tables.table_name,
        inner_members.published_member as inner_member,
        outer_members.published_member as outer_member
    from tables
    inner join published_members as inner_members
        on inner_members.attribute = tables.inner_attribute
    inner join published_members as outer_members
        on outer_members.attribute = tables.outer_attribute
    where not tables.has_impossible_pairs
    union
    select
        table_name,
        inner_member,
        outer_member
    from checked_counts
),
final as (
    select
        cast(possible_pairs.table_name as varchar(64)) as table_name,
        cast(possible_pairs.inner_member as varchar(40)) as inner_member,
        cast(possible_pairs.outer_member as varchar(40)) as outer_member,
        cast(coalesce(checked_counts.complaints, 0) as bigint) as complaints,
        coalesce(checked_counts.has_enough_customers, false) as has_enough_customers,
        case when tables.has_impossible_pairs then 1 else 0 end as known_complaints
    from possible_pairs
    inner join tables
        on tables.table_name = possible_pairs.table_name
    left join checked_counts
        on checked_counts.table_name = possible_pairs.table_name
        and checked_counts.inner_member = possible_pairs.inner_member
        and checked_counts.outer_member = possible_pairs.outer_member
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_pairs__dbt_tmp" rename to "int_publication_pairs";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_pairs__dbt_backup" cascade;

commit;
