begin;

select * from (
        select
    cast(null as date)
 as as_known_date,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(16))
 as age_band,
    cast(null as integer)
 as age_band_order,
    cast(null as bigint)
 as known_complaints,
    cast(null as bigint)
 as resolved_complaints,
    cast(null as bigint)
 as open_complaints,
    cast(null as bigint)
 as status_unknown_complaints,
    cast(null as bigint)
 as open_known_before,
    cast(null as bigint)
 as open_newly_opened,
    cast(null as bigint)
 as open_newly_reported
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."backlog_daily__dbt_tmp"
  (
    as_known_date date not null,
    channel varchar(32) not null,
    category varchar(40) not null,
    complaint_bucket varchar(40) not null,
    age_band varchar(16) not null,
    age_band_order integer not null,
    known_complaints bigint not null,
    resolved_complaints bigint not null,
    open_complaints bigint not null,
    status_unknown_complaints bigint not null,
    open_known_before bigint not null,
    open_newly_opened bigint not null,
    open_newly_reported bigint not null
    )
    diststyle all
      compound sortkey(as_known_date,channel);

insert into "coretelecoms"."marts"."backlog_daily__dbt_tmp"
    (
    select as_known_date, channel, category, complaint_bucket, age_band, age_band_order, known_complaints, resolved_complaints, open_complaints, status_unknown_complaints, open_known_before, open_newly_opened, open_newly_reported
    from (
        with
known_dates as (
    select
        partition_date as as_known_date,
        coalesce(
            lag(partition_date) over (order by partition_date),
            partition_date - 1
        ) as previous_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
    group by partition_date
),
seen_dates as (
    select
        cast(known_dates.as_known_date - numbers.day_number as date) as change_date,
        known_dates.as_known_date
    from known_dates
    inner join (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as ones,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as tens,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as hundreds,
            (
                select 0 as digit union all
                select 1 as digit union all
                select 2 as digit union all
                select 3 as digit union all
                select 4 as digit union all
                select 5 as digit union all
                select 6 as digit union all
                select 7 as digit union all
                select 8 as digit union all
                select 9 as digit
            ) as thousands
    ) as numbers
        on numbers.day_number < known_dates.as_known_date - known_dates.previous_date
),
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
repeated_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key, versions.partition_date
        order by versions.partition_hour desc
    ) = 1
),
valid_versions as (
    select
        versions.channel,
        versions.category,
        versions.is_known_category,
        versions.has_status,
        versions.resolution_state,
        versions.opened_at,
        versions.partition_date as valid_from,
        cast(null as date) as valid_to,
        versions.partition_date as first_date
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
    union all
    select
        channel,
        category,
        is_known_category,
        has_status,
        resolution_state,
        opened_at,
        partition_date as valid_from,
        lead(partition_date) over (partition by complaint_key order by partition_date) as valid_to,
        min(partition_date) over (partition by complaint_key) as first_date
    from repeated_versions
),
cohorts as (
    select
        valid_versions.channel,
        coalesce(case
        when valid_versions.category is null then null
        when valid_versions.is_known_category then valid_versions.category
        when (valid_versions.category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then valid_versions.category
        else '(unrecognised)'
    end, '(none)') as category,
        coalesce(categories.complaint_bucket, 'Unclassified') as complaint_bucket,
        valid_versions.resolution_state,
        cast(valid_versions.opened_at as date) as opened_date,
        valid_versions.valid_from,
        valid_versions.valid_to,
        valid_versions.first_date,
        count(*) as complaints
    from valid_versions
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = valid_versions.category
    where valid_versions.has_status
    group by 1, 2, 3, 4, 5, 6, 7, 8
),
bands as (
    select
        '0-3' as age_band,
        1 as age_band_order,
        0 as first_age,
        3 as last_age
    union all
    select
        '4-7' as age_band,
        2 as age_band_order,
        4 as first_age,
        7 as last_age
    union all
    select
        '8-30' as age_band,
        3 as age_band_order,
        8 as first_age,
        30 as last_age
    union all
    select
        '31-90' as age_band,
        4 as age_band_order,
        31 as first_age,
        90 as last_age
    union all
    select
        '91-180' as age_band,
        5 as age_band_order,
        91 as first_age,
        180 as last_age
    union all
    select
        'over 180' as age_band,
        6 as age_band_order,
        181 as first_age,
        cast(null as integer) as last_age
    union all
    select
        '(none)' as age_band,
        7 as age_band_order,
        cast(null as integer) as first_age,
        -1 as last_age
),
spans as (
    select
        cohorts.channel,
        cohorts.category,
        cohorts.complaint_bucket,
        bands.age_band,
        cohorts.resolution_state,
        cohorts.opened_date,
        cohorts.first_date,
        cohorts.complaints,
        greatest(cohorts.valid_from, cohorts.opened_date + bands.first_age) as starts_on,
        least(cohorts.valid_to, cohorts.opened_date + bands.last_age + 1) as ends_on
    from cohorts
    inner join bands
        on cohorts.opened_date is not null
        or bands.age_band = '(none)'
),
held as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on,
        ends_on,
        complaints as known_complaints,
        case when resolution_state = 'resolved' then complaints else 0 end as resolved_complaints,
        case when resolution_state = 'unresolved' then complaints else 0 end as open_complaints,
        case when resolution_state = 'unknown' then complaints else 0 end as status_unknown_complaints,
        0 as open_known_before
    from spans
    union all
    select
        channel, category, complaint_bucket, age_band,
        greatest(starts_on, first_date + 1) as starts_on,
        ends_on,
        0 as known_complaints,
        0 as resolved_complaints,
        0 as open_complaints,
        0 as status_unknown_complaints,
        complaints as open_known_before
    from spans
    where resolution_state = 'unresolved'
),
changes as (
    select
        channel, category, complaint_bucket, age_band,
        starts_on as change_date,
        known_complaints as known_complaints,
        resolved_complaints as resolved_complaints,
        open_complaints as open_complaints,
        status_unknown_complaints as status_unknown_complaints,
        open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
    union all
    select
        channel, category, complaint_bucket, age_band,
        ends_on as change_date,
        -known_complaints as known_complaints,
        -resolved_complaints as resolved_complaints,
        -open_complaints as open_complaints,
        -status_unknown_complaints as status_unknown_complaints,
        -open_known_before as open_known_before
    from held
    where ends_on is null or starts_on < ends_on
),
moves as (
    select
        seen_dates.as_known_date,
        changes.channel,
        changes.category,
        changes.complaint_bucket,
        changes.age_band,
        sum(changes.known_complaints) as known_complaints,
        sum(changes.resolved_complaints) as resolved_complaints,
        sum(changes.open_complaints) as open_complaints,
        sum(changes.status_unknown_complaints) as status_unknown_complaints,
        sum(changes.open_known_before) as open_known_before
    from changes
    inner join seen_dates
        on seen_dates.change_date = changes.change_date
    group by 1, 2, 3, 4, 5
),
groups as (
    select channel, category, complaint_bucket, age_band
    from moves
    group by channel, category, complaint_bucket, age_band
),
totals as (
    select
        known_dates.as_known_date,
        groups.channel,
        groups.category,
        groups.complaint_bucket,
        groups.age_band,
        sum(moves.known_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as known_complaints,
        sum(moves.resolved_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as resolved_complaints,
        sum(moves.open_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_complaints,
        sum(moves.status_unknown_complaints) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as status_unknown_complaints,
        sum(moves.open_known_before) over (
            partition by groups.channel, groups.category, groups.complaint_bucket, groups.age_band
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as open_known_before
    from groups
    cross join known_dates
    left join moves
        on moves.as_known_date = known_dates.as_known_date
        and moves.channel = groups.channel
        and moves.category = groups.category
        and moves.complaint_bucket = groups.complaint_bucket
        and moves.age_band = groups.age_band
),
new_complaints as (
    select
        spans.first_date as as_known_date,
        spans.channel,
        spans.category,
        spans.complaint_bucket,
        spans.age_band,
        sum(case when spans.opened_date > known_dates.previous_date then spans.complaints else 0 end) as open_newly_opened,
        sum(
            case when spans.opened_date > known_dates.previous_date then 0 else spans.complaints end
        ) as open_newly_reported
    from spans
    inner join known_dates
        on known_dates.as_known_date = spans.first_date
    where spans.resolution_state = 'unresolved'
        and spans.starts_on = spans.first_date
        and (spans.ends_on is null or spans.starts_on < spans.ends_on)
    group by 1, 2, 3, 4, 5
),
final as (
    select
        totals.as_known_date,
        cast(totals.channel as varchar(32)) as channel,
        cast(totals.category as varchar(40)) as category,
        cast(totals.complaint_bucket as varchar(40)) as complaint_bucket,
        cast(totals.age_band as varchar(16)) as age_band,
        cast(bands.age_band_order as integer) as age_band_order,
        cast(totals.known_complaints as bigint) as known_complaints,
        cast(totals.resolved_complaints as bigint) as resolved_complaints,
        cast(totals.open_complaints as bigint) as open_complaints,
        cast(totals.status_unknown_complaints as bigint) as status_unknown_complaints,
        cast(totals.open_known_before as bigint) as open_known_before,
        cast(coalesce(new_complaints.open_newly_opened, 0) as bigint) as open_newly_opened,
        cast(coalesce(new_complaints.open_newly_reported, 0) as bigint) as open_newly_reported
    from totals
    inner join bands
        on bands.age_band = totals.age_band
    left join new_complaints
        on new_complaints.as_known_date = totals.as_known_date
        and new_complaints.channel = totals.channel
        and new_complaints.category = totals.category
        and new_complaints.complaint_bucket = totals.complaint_bucket
        and new_complaints.age_band = totals.age_band
    where totals.known_complaints > 0
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."backlog_daily__dbt_tmp" rename to "backlog_daily";

grant select on "coretelecoms"."marts"."backlog_daily" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."backlog_daily__dbt_backup" cascade;

commit;
