begin;

create  table
    "coretelecoms"."intermediate"."int_publication_members__dbt_tmp"
    diststyle all
      compound sortkey(attribute,member)
  as (
    with
raw_counts as (
    select
        cast('all' as varchar(64)) as table_name,
        cast('all' as varchar(40)) as raw_inner,
        cast('(all)' as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('channel' as varchar(64)) as table_name,
        cast('channel' as varchar(40)) as raw_inner,
        cast(cells.channel as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('opened_month' as varchar(64)) as table_name,
        cast('opened_month' as varchar(40)) as raw_inner,
        cast(cells.opened_month as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('category' as varchar(64)) as table_name,
        cast('category' as varchar(40)) as raw_inner,
        cast(cells.category as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('resolution' as varchar(64)) as table_name,
        cast('resolution' as varchar(40)) as raw_inner,
        cast(cells.resolution as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
    union all
    select
        cast('state_code' as varchar(64)) as table_name,
        cast('state_code' as varchar(40)) as raw_inner,
        cast(cells.state_code as varchar(40)) as raw_outer,
        sum(cells.complaints) as complaints,
        sum(cells.known_complaints) as known_complaints
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    group by 1, 2, 3
),
mapped_counts as (
    select
        raw_counts.*,
        raw_inner as inner_member,
        raw_outer as outer_member
    from raw_counts
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
        on doubtful_counts.table_name = 'all'
        and doubtful_counts.raw_inner = 'all'
        and doubtful_counts.raw_outer = '(all)' union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'channel'
        and doubtful_counts.raw_inner = 'channel'
        and doubtful_counts.raw_outer = cells.channel union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'opened_month'
        and doubtful_counts.raw_inner = 'opened_month'
        and doubtful_counts.raw_outer = cells.opened_month union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'category'
        and doubtful_counts.raw_inner = 'category'
        and doubtful_counts.raw_outer = cells.category union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'resolution'
        and doubtful_counts.raw_inner = 'resolution'
        and doubtful_counts.raw_outer = cells.resolution union
    select channel, opened_month, category, resolution, state_code
    from "coretelecoms"."intermediate"."int_publication_combinations" as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'state_code'
        and doubtful_counts.raw_inner = 'state_code'
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
        on doubtful_counts.table_name = 'all'
        and doubtful_counts.raw_inner = 'all'
        and doubtful_counts.raw_outer = '(all)'
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'channel'
        and doubtful_counts.raw_inner = 'channel'
        and doubtful_counts.raw_outer = cells.channel
    group by doubtful_counts.table_name, doubtful_counts.inner_member, doubtful_counts.outer_member
    union all
    select
        doubtful_counts.table_name,
        doubtful_counts.inner_member,
        doubtful_counts.outer_member,
        count(distinct cells.customer_key) as customers
    from doubtful_records as cells
    inner join doubtful_counts
        on doubtful_counts.table_name = 'opened_month'
        and doubtful_counts.raw_inner = 'opened_month'
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
        on doubtful_counts.table_name = 'category'
        and doubtful_counts.raw_inner = 'category'
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
        on doubtful_counts.table_name = 'resolution'
        and doubtful_counts.raw_inner = 'resolution'
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
        on doubtful_counts.table_name = 'state_code'
        and doubtful_counts.raw_inner = 'state_code'
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
sizes as (
    select
        inner_member as attribute,
        count(*) as members
    from checked_counts
    group by inner_member
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
neighbours as (
    select inner_attribute as attribute, outer_attribute as neighbour
    from tables
    where has_impossible_pairs
    union all
    select outer_attribute as attribute, inner_attribute as neighbour
    from tables
    where has_impossible_pairs
),
required as (
    select
        neighbours.attribute,
        max(sizes.members) as known_complaints
    from neighbours
    inner join sizes
        on sizes.attribute = neighbours.neighbour
    group by neighbours.attribute
),
judged as (
    select
        checked_counts.inner_member as attribute,
        checked_counts.outer_member as member,
        case
        when checked_counts.outer_member = '(free text)' then 'free text'
        when left(checked_counts.outer_member, 11) = 'resolved in' then 'resolution time'
        else 'any'
    end as kind,
        checked_counts.complaints,
        not checked_counts.has_enough_customers
        or checked_counts.complaints < 10 + coalesce(required.known_complaints, 1) as is_small
    from checked_counts
    left join required
        on required.attribute = checked_counts.inner_member
),
ranked as (
    select
        judged.*,
        sum(case when is_small then 1 else 0 end) over (partition by attribute, kind) as small_members,
        count(*) over (partition by attribute, kind) as members,
        row_number() over (partition by attribute, kind order by is_small, complaints, member) as position
    from judged
),
given_up as (
    select distinct attribute
    from ranked
    where small_members > 0
        and attribute <> 'all'
        and (small_members = members or attribute = 'channel')
),
hidden as (
    select
        ranked.*,
        given_up.attribute is null as is_attribute_published,
        given_up.attribute is not null
        or (ranked.attribute <> 'all' and small_members > 0 and (is_small or position = 1)) as is_merged
    from ranked
    left join given_up
        on given_up.attribute = ranked.attribute
),
final as (
    select
        cast(attribute as varchar(40)) as attribute,
        cast(member as varchar(40)) as member,
        cast(kind as varchar(16)) as kind,
        cast(complaints as bigint) as complaints,
        is_small,
        cast(
            case
                when not is_merged then member
                when is_attribute_published and kind = 'resolution time' then '(small, resolved in days)'
                else '(small)'
            end as varchar(40)
        ) as published_member,
        is_merged or (attribute = 'all' and is_small) as is_suppressed,
        is_attribute_published
    from hidden
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_publication_members__dbt_tmp" rename to "int_publication_members";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_publication_members__dbt_backup" cascade;

commit;
