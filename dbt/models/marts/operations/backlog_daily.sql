{%- set sources = complaint_sources() | map(attribute='source') | join("', '") -%}
{%- set members = ['channel', 'category', 'complaint_bucket', 'age_band'] -%}
{%- set stocks = [
    'known_complaints', 'resolved_complaints', 'open_complaints', 'status_unknown_complaints', 'open_known_before',
] -%}
with

known_dates as (
    select
        partition_date as as_known_date,
        coalesce(
            lag(partition_date) over (order by partition_date),
            partition_date - 1
        ) as previous_date
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
        and source in ('{{ sources }}')
    group by partition_date
),

{#- Every calendar day, with the date of the list at which what changes on it is seen first. #}
seen_dates as (
    select
        cast(known_dates.as_known_date - numbers.day_number as date) as change_date,
        known_dates.as_known_date
    from known_dates
    inner join {{ day_numbers() }} as numbers
        on numbers.day_number < known_dates.as_known_date - known_dates.previous_date
),

repeated_complaints as (
    {{ repeated_complaints() }}
),

{#- One version per complaint and date, the one of the day's last hour. #}
repeated_versions as (
    select versions.*
    from {{ ref('int_complaint_versions') }} as versions
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
    from {{ ref('int_complaint_versions') }} as versions
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

{#- What behaves alike from here on is counted once, so that the cost goes with days and not with complaints. #}
cohorts as (
    select
        valid_versions.channel,
        {{ dimension_member(published_category('valid_versions.category', 'valid_versions.is_known_category')) }} as category,
        coalesce(categories.complaint_bucket, 'Unclassified') as complaint_bucket,
        valid_versions.resolution_state,
        cast(valid_versions.opened_at as date) as opened_date,
        valid_versions.valid_from,
        valid_versions.valid_to,
        valid_versions.first_date,
        count(*) as complaints
    from valid_versions
    left join {{ ref('complaint_categories') }} as categories
        on categories.category = valid_versions.category
    where valid_versions.has_status
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

bands as (
    {{ age_band_limits() }}
),

{#- The days from starts_on until before ends_on (null: for good) on which a cohort is known, and of an age. #}
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
        {{ members | join(', ') }},
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
        {{ members | join(', ') }},
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
    {%- for day, sign in [('starts_on', ''), ('ends_on', '-')] %}
    select
        {{ members | join(', ') }},
        {{ day }} as change_date,
        {%- for stock in stocks %}
        {{ sign }}{{ stock }} as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from held
    where ends_on is null or starts_on < ends_on
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

moves as (
    select
        seen_dates.as_known_date,
        {%- for member in members %}
        changes.{{ member }},
        {%- endfor %}
        {%- for stock in stocks %}
        sum(changes.{{ stock }}) as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from changes
    inner join seen_dates
        on seen_dates.change_date = changes.change_date
    group by 1, 2, 3, 4, 5
),

groups as (
    select {{ members | join(', ') }}
    from moves
    group by {{ members | join(', ') }}
),

totals as (
    select
        known_dates.as_known_date,
        {%- for member in members %}
        groups.{{ member }},
        {%- endfor %}
        {%- for stock in stocks %}
        sum(moves.{{ stock }}) over (
            partition by {% for member in members %}groups.{{ member }}{{ ', ' if not loop.last }}{% endfor %}
            order by known_dates.as_known_date
            rows between unbounded preceding and current row
        ) as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from groups
    cross join known_dates
    left join moves
        on moves.as_known_date = known_dates.as_known_date
        {%- for member in members %}
        and moves.{{ member }} = groups.{{ member }}
        {%- endfor %}
),

{#- The span that holds the day of the first report begins on it, whatever the age. #}
new_complaints as (
    select
        spans.first_date as as_known_date,
        {%- for member in members %}
        spans.{{ member }},
        {%- endfor %}
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
        {%- for stock in stocks %}
        cast(totals.{{ stock }} as bigint) as {{ stock }},
        {%- endfor %}
        cast(coalesce(new_complaints.open_newly_opened, 0) as bigint) as open_newly_opened,
        cast(coalesce(new_complaints.open_newly_reported, 0) as bigint) as open_newly_reported
    from totals
    inner join bands
        on bands.age_band = totals.age_band
    left join new_complaints
        on new_complaints.as_known_date = totals.as_known_date
        {%- for member in members %}
        and new_complaints.{{ member }} = totals.{{ member }}
        {%- endfor %}
    where totals.known_complaints > 0
)

select * from final
