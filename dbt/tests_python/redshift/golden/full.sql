begin;

select * from (
with
previous_build as (
    select cast(0 as bigint) as build_number
),
final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('<invocation>' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join previous_build
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as bigint)
 as build_number,
    cast(null as varchar(64))
 as invocation_id,
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as bigint)
 as commit_seq,
    cast(null as varchar(64))
 as load_id
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."build_loads"
  (
    build_number bigint not null,
    invocation_id varchar(64) not null,
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    commit_seq bigint,
    load_id varchar(64)
    )
    diststyle even
      compound sortkey(build_number,source,partition_date);

insert into "coretelecoms"."quality"."build_loads"
    (
    select build_number, invocation_id, source, partition_date, partition_hour, commit_seq, load_id
    from (
with
previous_build as (
    select cast(0 as bigint) as build_number
),
final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('<invocation>' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from "coretelecoms"."raw_data"."load_ledger" as ledger
    cross join previous_build
)
select * from final
    ) as model_subq
    );

grant select on "coretelecoms"."quality"."build_loads" to ROLE analyst, ROLE operations;

commit;

begin;

select * from (
        with
final as (
    select
        cast('call_centre' as varchar(32)) as channel,
        cast('Call centre' as varchar(64)) as channel_name,
        cast('call_logs' as varchar(256)) as sources
    union all
    select
        cast('sms' as varchar(32)) as channel,
        cast('SMS' as varchar(64)) as channel_name,
        cast('sms' as varchar(256)) as sources
    union all
    select
        cast('social_media' as varchar(32)) as channel,
        cast('Social media' as varchar(64)) as channel_name,
        cast('social_media' as varchar(256)) as sources
    union all
    select
        cast('web_form' as varchar(32)) as channel,
        cast('Web form' as varchar(64)) as channel_name,
        cast('web_forms' as varchar(256)) as sources
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(64))
 as channel_name,
    cast(null as varchar(256))
 as sources
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_channels__dbt_tmp"
  (
    channel varchar(32) not null,
    channel_name varchar(64) not null,
    sources varchar(256) not null
    )
    diststyle all
      compound sortkey(channel);

insert into "coretelecoms"."marts"."dim_channels__dbt_tmp"
    (
    select channel, channel_name, sources
    from (
        with
final as (
    select
        cast('call_centre' as varchar(32)) as channel,
        cast('Call centre' as varchar(64)) as channel_name,
        cast('call_logs' as varchar(256)) as sources
    union all
    select
        cast('sms' as varchar(32)) as channel,
        cast('SMS' as varchar(64)) as channel_name,
        cast('sms' as varchar(256)) as sources
    union all
    select
        cast('social_media' as varchar(32)) as channel,
        cast('Social media' as varchar(64)) as channel_name,
        cast('social_media' as varchar(256)) as sources
    union all
    select
        cast('web_form' as varchar(32)) as channel,
        cast('Web form' as varchar(64)) as channel_name,
        cast('web_forms' as varchar(256)) as sources
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_channels__dbt_tmp" rename to "dim_channels";

grant select on "coretelecoms"."marts"."dim_channels" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_channels__dbt_backup" cascade;

commit;

begin;

select * from (
        with
days as (
    select cast('2010-01-01' as date) + cast(numbers.day_number as integer) as date_day
    from (
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
    where numbers.day_number
        <= cast('2035-12-31' as date) - cast('2010-01-01' as date)
),
final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(case extract(dow from date_day) when 0 then 7 else extract(dow from date_day) end as integer) as iso_weekday,
        cast(
            case extract(dow from date_day)
                when 0 then 'Sunday'
                when 1 then 'Monday'
                when 2 then 'Tuesday'
                when 3 then 'Wednesday'
                when 4 then 'Thursday'
                when 5 then 'Friday'
                when 6 then 'Saturday'
            end as varchar(16)
        ) as weekday_name,
        extract(dow from date_day) in (0, 6) as is_weekend
    from days
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as date)
 as date_day,
    cast(null as integer)
 as year_number,
    cast(null as integer)
 as quarter_number,
    cast(null as integer)
 as month_number,
    cast(null as date)
 as month_start_date,
    cast(null as date)
 as week_start_date,
    cast(null as integer)
 as iso_weekday,
    cast(null as varchar(16))
 as weekday_name,
    cast(null as boolean)
 as is_weekend
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_dates__dbt_tmp"
  (
    date_day date not null,
    year_number integer not null,
    quarter_number integer not null,
    month_number integer not null,
    month_start_date date not null,
    week_start_date date not null,
    iso_weekday integer not null,
    weekday_name varchar(16) not null,
    is_weekend boolean not null
    )
    diststyle all
      compound sortkey(date_day);

insert into "coretelecoms"."marts"."dim_dates__dbt_tmp"
    (
    select date_day, year_number, quarter_number, month_number, month_start_date, week_start_date, iso_weekday, weekday_name, is_weekend
    from (
        with
days as (
    select cast('2010-01-01' as date) + cast(numbers.day_number as integer) as date_day
    from (
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
    where numbers.day_number
        <= cast('2035-12-31' as date) - cast('2010-01-01' as date)
),
final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        cast(extract(quarter from date_day) as integer) as quarter_number,
        cast(extract(month from date_day) as integer) as month_number,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(case extract(dow from date_day) when 0 then 7 else extract(dow from date_day) end as integer) as iso_weekday,
        cast(
            case extract(dow from date_day)
                when 0 then 'Sunday'
                when 1 then 'Monday'
                when 2 then 'Tuesday'
                when 3 then 'Wednesday'
                when 4 then 'Thursday'
                when 5 then 'Friday'
                when 6 then 'Saturday'
            end as varchar(16)
        ) as weekday_name,
        extract(dow from date_day) in (0, 6) as is_weekend
    from days
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_dates__dbt_tmp" rename to "dim_dates";

grant select on "coretelecoms"."marts"."dim_dates" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_dates__dbt_backup" cascade;

commit;

begin;

select * from (
        with
spans as (
    select
        calendar.source,
        calendar.partition_hour,
        calendar.first_date,
        calendar.last_date
    from "coretelecoms"."raw_data"."calendar" as calendar
),
final as (
    select distinct
        cast(spans.source as varchar(64)) as source,
        cast(spans.first_date + cast(numbers.day_number as integer) as date) as partition_date,
        cast(spans.partition_hour as integer) as partition_hour
    from spans
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
        on numbers.day_number <= spans.last_date - spans.first_date
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."expected_partitions__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."expected_partitions__dbt_tmp"
    (
    select source, partition_date, partition_hour
    from (
        with
spans as (
    select
        calendar.source,
        calendar.partition_hour,
        calendar.first_date,
        calendar.last_date
    from "coretelecoms"."raw_data"."calendar" as calendar
),
final as (
    select distinct
        cast(spans.source as varchar(64)) as source,
        cast(spans.first_date + cast(numbers.day_number as integer) as date) as partition_date,
        cast(spans.partition_hour as integer) as partition_hour
    from spans
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
        on numbers.day_number <= spans.last_date - spans.first_date
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."expected_partitions__dbt_tmp" rename to "expected_partitions";

grant select on "coretelecoms"."quality"."expected_partitions" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."expected_partitions__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."intermediate"."int_as_of__dbt_tmp" as (
with
final as (
    select max(partition_date) as as_of_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."intermediate"."int_as_of__dbt_tmp" rename to "int_as_of";

commit;

begin;

drop view if exists "coretelecoms"."intermediate"."int_as_of__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_sms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."sms"
),
typed as (
    select
        loaded.*,
        nullif(trim(received_at), '') as received_at_text,
        (try_cast(nullif(trim(received_at), '') as timestamp with time zone) at time zone 'UTC') as opened_at,
        nullif(case when length(regexp_replace(sender_msisdn, '[^0-9]', '')) = 10 then '1' || regexp_replace(sender_msisdn, '[^0-9]', '') else regexp_replace(sender_msisdn, '[^0-9]', '') end, '') as sender_digits
    from loaded
),
cleaned as (
    select
        'sms' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.message_id) as complaint_id,
        cast(null as varchar) as customer_id,
        cast(null as varchar) as agent_id,
        nullif(trim(typed.sender_msisdn), '') as sender_msisdn,
        coalesce(typed.sender_digits, nullif(trim(typed.sender_msisdn), '')) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        cast(null as varchar) as category_source,
        cast(null as varchar) as category,
        false as is_known_category,
        cast(null as varchar) as status,
        false as has_status,
        false as is_known_status,
        'unknown' as resolution_state,
        false as has_resolution_time,
        typed.opened_at,
        case
            when typed.opened_at is null then null
            when upper(right(typed.received_at_text, 1)) = 'Z' then '+00:00'
            else right(typed.received_at_text, 6)
        end as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        cast(null as date) as generation_date,
        true as is_free_text,
        replace(
        replace(
            replace(typed.message_text, chr(92) || chr(92), chr(1)),
            chr(92) || 'n', chr(10)
        ),
        chr(1), chr(92)
    ) as complaint_text,
        nullif(
        case when nullif(trim(typed.received_at), '') is not null and typed.opened_at is null then 'received_at,' else '' end,
        ''
    ) as failed_casts
    from typed
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
    where ledger.source = 'sms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_sms__dbt_tmp" rename to "stg_sms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_sms__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_call_logs__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."call_logs"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(call_start_time), '') as timestamp) as call_started_at,
        try_cast(nullif(trim(call_end_time), '') as timestamp) as call_ended_at,
        try_cast(nullif(trim(call_logs_generation_date), '') as date) as generation_date
    from loaded
),
cleaned as (
    select
        'call_centre' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.call_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        false as has_resolution_time,
        typed.call_started_at as opened_at,
        cast(null as varchar) as opened_utc_offset,
        cast(null as timestamp) as resolved_at,
        typed.call_started_at,
        typed.call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(call_start_time), '') is not null and typed.call_started_at is null then 'call_start_time,' else '' end ||
        case when nullif(trim(call_end_time), '') is not null and typed.call_ended_at is null then 'call_end_time,' else '' end ||
        case when nullif(trim(call_logs_generation_date), '') is not null and typed.generation_date is null then 'call_logs_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
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
    where ledger.source = 'call_logs'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_call_logs__dbt_tmp" rename to "stg_call_logs";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_call_logs__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_social_media__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."social_media"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(request_date), '') as timestamp) as opened_at,
        try_cast(nullif(trim(resolution_date), '') as timestamp) as resolved_at,
        try_cast(nullif(trim(media_complaint_generation_date), '') as date) as generation_date,
        case lower(trim(regexp_replace(media_channel, '[[:space:]]+', ' ')))
            when 'instagram' then 'Instagram'
            when 'twitter' then 'Twitter'
            when 'facebook' then 'Facebook'
            when 'linkedin' then 'LinkedIn'
        end as known_platform
    from loaded
),
cleaned as (
    select
        'social_media' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.complaint_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        coalesce(typed.known_platform, nullif(trim(typed.media_channel), '')) as platform,
        typed.known_platform is not null as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(request_date), '') is not null and typed.opened_at is null then 'request_date,' else '' end ||
        case when nullif(trim(resolution_date), '') is not null and typed.resolved_at is null then 'resolution_date,' else '' end ||
        case when nullif(trim(media_complaint_generation_date), '') is not null and typed.generation_date is null then 'media_complaint_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
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
    where ledger.source = 'social_media'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_social_media__dbt_tmp" rename to "stg_social_media";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_social_media__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_web_forms__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."web_forms"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(request_date), '') as timestamp) as opened_at,
        try_cast(nullif(trim(resolution_date), '') as timestamp) as resolved_at,
        try_cast(nullif(trim(web_form_generation_date), '') as date) as generation_date
    from loaded
),
cleaned as (
    select
        'web_form' as channel,
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        trim(typed.request_id) as complaint_id,
        nullif(trim(typed.customer_id), '') as customer_id,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        cast(null as varchar) as sender_msisdn,
        cast(null as varchar) as sender_id,
        cast(null as varchar) as platform,
        cast(null as boolean) as is_known_platform,
        nullif(trim(typed.complaint_category), '') as category_source,
        coalesce(categories.category, nullif(trim(typed.complaint_category), '')) as category,
        categories.category is not null as is_known_category,
        nullif(trim(typed.resolution_status), '') as status,
        nullif(trim(typed.resolution_status), '') is not null as has_status,
        statuses.status is not null as is_known_status,
        coalesce(statuses.resolution_state, 'unknown') as resolution_state,
        true as has_resolution_time,
        typed.opened_at,
        cast(null as varchar) as opened_utc_offset,
        typed.resolved_at,
        cast(null as timestamp) as call_started_at,
        cast(null as timestamp) as call_ended_at,
        typed.generation_date,
        false as is_free_text,
        cast(null as varchar) as complaint_text,
        nullif(
        case when nullif(trim(request_date), '') is not null and typed.opened_at is null then 'request_date,' else '' end ||
        case when nullif(trim(resolution_date), '') is not null and typed.resolved_at is null then 'resolution_date,' else '' end ||
        case when nullif(trim(web_form_generation_date), '') is not null and typed.generation_date is null then 'web_form_generation_date,' else '' end,
        ''
    ) as failed_casts
    from typed
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on lower(trim(regexp_replace(categories.category, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.complaint_category, '[[:space:]]+', ' ')))
    left join "coretelecoms"."staging"."complaint_statuses" as statuses
        on lower(trim(regexp_replace(statuses.status, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.resolution_status, '[[:space:]]+', ' ')))
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
    where ledger.source = 'web_forms'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_web_forms__dbt_tmp" rename to "stg_web_forms";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_web_forms__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_agents__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."agents"
),
typed as (
    select
        loaded.*,
        case replace(replace(lower(trim(regexp_replace(experience, '[[:space:]]+', ' '))), '-', ''), ' ', '')
            when 'intern' then 'Intern'
            when 'junior' then 'Junior'
            when 'midlevel' then 'Mid-level'
            when 'senior' then 'Senior'
        end as known_experience
    from loaded
),
cleaned as (
    select
        typed._load_id as load_id,
        typed._source_row as source_row,
        typed._record_hash as record_hash,
        nullif(regexp_replace(trim(typed.agent_id), '[.]0+$', ''), '') as agent_id,
        nullif(trim(typed.name), '') as agent_name,
        nullif(trim(typed.experience), '') as experience_source,
        coalesce(typed.known_experience, nullif(trim(typed.experience), '')) as experience,
        typed.known_experience is not null as is_known_experience,
        nullif(trim(typed.state), '') as state_source,
        states.state_code,
        coalesce(states.state_name, nullif(trim(typed.state), '')) as state_name,
        states.state_code is not null as is_known_state
    from typed
    left join "coretelecoms"."staging"."us_states" as states
        on lower(trim(regexp_replace(states.state_name, '[[:space:]]+', ' '))) = lower(trim(regexp_replace(typed.state, '[[:space:]]+', ' ')))
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
    where ledger.source = 'agents'
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."staging"."stg_agents__dbt_tmp" rename to "stg_agents";

commit;

begin;

drop view if exists "coretelecoms"."staging"."stg_agents__dbt_backup" cascade;

commit;

begin;

create view "coretelecoms"."staging"."stg_customers__dbt_tmp" as (
    with
loaded as (
    select * from "coretelecoms"."raw_data"."customers"
),
typed as (
    select
        loaded.*,
        try_cast(nullif(trim(date_of_birth), '') as date) as birth_date,
        try_cast(nullif(trim(signup_date), '') as date) as signed_up_date,
        nullif(trim(email), '') as email_source,
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
        nullif(trim(split.name), '') as customer_name,
        nullif(trim(split.gender), '') as gender_source,
        case lower(trim(regexp_replace(split.gender, '[[:space:]]+', ' ')))
            when 'm' then 'Male'
            when 'male' then 'Male'
            when 'f' then 'Female'
            when 'female' then 'Female'
            else nullif(trim(split.gender), '')
        end as gender,
        split.birth_date as date_of_birth,
        split.signed_up_date as signup_date,
        split.email_source,
        case
            when split.email_domain is null then split.email_source
            else split.email_local_part || '@' || coalesce(repairs.domain, split.email_domain)
        end as email,
        repairs.domain is not null as is_email_repaired,
        nullif(trim(split.address), '') as address_source,
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
        nullif(trim(split.phone), '') as phone_source,
        nullif(case when length(regexp_replace(split.phone, '[^0-9]', '')) = 10 then '1' || regexp_replace(split.phone, '[^0-9]', '') else regexp_replace(split.phone, '[^0-9]', '') end, '') as phone_digits,
        nullif(trim(split.location), '') as location,
        nullif(
        case when nullif(trim(split.date_of_birth), '') is not null and split.birth_date is null then 'date_of_birth,' else '' end ||
        case when nullif(trim(split.signup_date), '') is not null and split.signed_up_date is null then 'signup_date,' else '' end,
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

begin;

select 1;

create  table
    "coretelecoms"."intermediate"."int_complaint_versions"
    diststyle key distkey (complaint_key)
      compound sortkey(source,partition_date,partition_hour)
  as (
with
committed_partitions as (
    select
        source,
        partition_date,
        partition_hour
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
),
partitions_to_build as (
    select
        committed_partitions.source,
        committed_partitions.partition_date,
        committed_partitions.partition_hour
    from committed_partitions
),
call_logs_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_call_logs" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
sms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_sms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
social_media_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_social_media" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
web_forms_complaints as (
    select
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts
    from "coretelecoms"."staging"."stg_web_forms" as complaints
    inner join partitions_to_build
        on partitions_to_build.source = complaints.source
        and partitions_to_build.partition_date = complaints.partition_date
        and partitions_to_build.partition_hour = complaints.partition_hour
),
complaints as (
    select * from call_logs_complaints
    union all
    select * from sms_complaints
    union all
    select * from social_media_complaints
    union all
    select * from web_forms_complaints
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':complaint:' || trim(complaints.source || ':' || trim(complaints.complaint_id)), 256), 256) as complaint_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':customer:' || trim(complaints.customer_id), 256), 256) as customer_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':agent:' || trim(complaints.agent_id), 256), 256) as agent_key,
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':msisdn:' || trim(complaints.sender_id), 256), 256) as sender_key,
        complaints.source,
        complaints.channel,
        complaints.partition_date,
        complaints.partition_hour,
        complaints.load_id,
        complaints.source_row,
        complaints.record_hash,
        complaints.complaint_id,
        complaints.customer_id,
        complaints.agent_id,
        complaints.sender_msisdn,
        complaints.sender_id,
        complaints.platform,
        complaints.is_known_platform,
        complaints.category_source,
        complaints.category,
        complaints.is_known_category,
        complaints.status,
        complaints.has_status,
        complaints.is_known_status,
        complaints.resolution_state,
        complaints.has_resolution_time,
        complaints.opened_at,
        complaints.opened_utc_offset,
        complaints.resolved_at,
        complaints.call_started_at,
        complaints.call_ended_at,
        complaints.generation_date,
        complaints.is_free_text,
        complaints.complaint_text,
        complaints.failed_casts,
        '<digest>' as rules_digest
    from complaints
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

attach masking policy mask_bigint on intermediate.int_complaint_versions (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_complaint_versions (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_msisdn) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_msisdn) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (sender_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_complaint_versions (complaint_text) to public priority 0;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_complaint_versions (complaint_text) to role pii_reader priority 10;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
newest_partition as (
    select max(partition_date) as partition_date
    from "coretelecoms"."raw_data"."load_ledger"
    where source = 'customers'
        and load_id is not null
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':customer:' || trim(customers.customer_id), 256), 256) as customer_key,
        customers.*
    from "coretelecoms"."staging"."stg_customers" as customers
    inner join newest_partition
        on newest_partition.partition_date = customers.partition_date
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_customers__dbt_tmp" rename to "int_customers";

attach masking policy mask_bigint on intermediate.int_customers (record_hash) to public priority 0;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role transform priority 10;

attach masking policy show_bigint on intermediate.int_customers (record_hash) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (customer_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (customer_name) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (gender) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (gender) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (gender) to role pii_reader priority 10;

attach masking policy mask_date on intermediate.int_customers (date_of_birth) to public priority 0;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role transform priority 10;

attach masking policy show_date on intermediate.int_customers (date_of_birth) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (email) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (email) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (email) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (address_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (address_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (street) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (street) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (street) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (city) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (city) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (city) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (postal_code) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (postal_code) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_source) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_source) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (phone_digits) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (phone_digits) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_customers (location) to public priority 0;

attach masking policy show_varchar on intermediate.int_customers (location) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_customers (location) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_customers__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_agents__dbt_tmp"
    diststyle all
      compound sortkey(agent_id,version_number)
  as (
    with
committed_partitions as (
    select
        partition_date,
        row_number() over (order by partition_date) as partition_number
    from "coretelecoms"."raw_data"."load_ledger"
    where source = 'agents'
        and load_id is not null
),
observations as (
    select
        agents.*,
        committed_partitions.partition_number,
        coalesce(agents.agent_name, '')
        || chr(31) || coalesce(agents.experience, '')
        || chr(31) || coalesce(agents.state_name, '') as attributes
    from "coretelecoms"."staging"."stg_agents" as agents
    inner join committed_partitions
        on committed_partitions.partition_date = agents.partition_date
),
compared as (
    select
        observations.*,
        lag(partition_number) over (partition by agent_id order by partition_number) as previous_number,
        lag(attributes) over (partition by agent_id order by partition_number) as previous_attributes
    from observations
),
numbered as (
    select
        compared.*,
        sum(
            case when previous_number = partition_number - 1 and previous_attributes = attributes then 0 else 1 end
        ) over (
            partition by agent_id order by partition_number
            rows between unbounded preceding and current row
        ) as version_number
    from compared
),
observed_versions as (
    select
        agent_id,
        version_number,
        min(agent_name) as agent_name,
        min(experience) as experience,
        min(state_code) as state_code,
        min(state_name) as state_name,
        min(case when is_known_experience then 1 else 0 end) = 1 as is_known_experience,
        min(case when is_known_state then 1 else 0 end) = 1 as is_known_state,
        min(partition_date) as first_partition_date,
        max(partition_number) as last_partition_number
    from numbered
    group by agent_id, version_number
),
known_versions as (
    select
        observed_versions.*,
        next_partition.partition_date as valid_to,
        false as is_inferred
    from observed_versions
    left join committed_partitions as next_partition
        on next_partition.partition_number = observed_versions.last_partition_number + 1
),
inferred_versions as (
    select distinct
        complaints.agent_id,
        1 as version_number,
        cast(null as varchar) as agent_name,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        false as is_known_experience,
        false as is_known_state,
        cast(null as date) as first_partition_date,
        cast(null as bigint) as last_partition_number,
        cast(null as date) as valid_to,
        true as is_inferred
    from "coretelecoms"."intermediate"."int_complaint_versions" as complaints
    left join observed_versions
        on observed_versions.agent_id = complaints.agent_id
    where complaints.agent_id is not null
        and observed_versions.agent_id is null
),
versions as (
    select * from known_versions
    union all
    select * from inferred_versions
),
final as (
    select
        sha2(key_material.key_value || ':' || sha2(key_material.key_value || ':agent:' || trim(versions.agent_id), 256), 256) as agent_key,
        versions.agent_id,
        cast(versions.version_number as integer) as version_number,
        versions.agent_name,
        versions.experience,
        versions.is_known_experience,
        versions.state_code,
        versions.state_name,
        versions.is_known_state,
        case
            when versions.version_number = 1 then cast('1900-01-01' as date)
            else versions.first_partition_date
        end as valid_from,
        versions.version_number = 1 as is_valid_from_assumed,
        versions.valid_to,
        versions.valid_to is null as is_current,
        versions.is_inferred
    from versions
    cross join (select key_value from "coretelecoms"."restricted"."key_material" where purpose = 'surrogate_keys') as key_material
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_agents__dbt_tmp" rename to "int_agents";

attach masking policy mask_varchar on intermediate.int_agents (agent_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_agents (agent_name) to public priority 0;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_agents (agent_name) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_agents__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp"
    diststyle key distkey (sender_id)
      compound sortkey(sender_id)
  as (
    with
senders as (
    select distinct
        sender_id,
        sender_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    where sender_id is not null
),
phone_owners as (
    select
        phone_digits,
        min(customer_key) as customer_key
    from "coretelecoms"."intermediate"."int_customers"
    where phone_digits is not null
    group by phone_digits
    having count(*) = 1
),
final as (
    select
        senders.sender_id,
        coalesce(phone_owners.customer_key, senders.sender_key) as customer_key,
        phone_owners.customer_key is not null as is_matched
    from senders
    left join phone_owners
        on phone_owners.phone_digits = senders.sender_id
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_sms_senders__dbt_tmp" rename to "int_sms_senders";

attach masking policy mask_varchar on intermediate.int_sms_senders (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_sms_senders (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_sms_senders__dbt_backup" cascade;

commit;

begin;

create  table
    "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp"
    diststyle key distkey (customer_key)
      compound sortkey(customer_key)
  as (
    with
unknown_ids as (
    select
        versions.customer_key,
        min(versions.customer_id) as customer_id
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."intermediate"."int_customers" as customers
        on customers.customer_key = versions.customer_key
    where versions.customer_key is not null
        and customers.customer_key is null
    group by versions.customer_key
),
final as (
    select
        customer_key,
        'customer_id' as identified_by,
        customer_id,
        cast(null as varchar) as sender_id
    from unknown_ids
    union all
    select
        customer_key,
        'msisdn' as identified_by,
        cast(null as varchar) as customer_id,
        sender_id
    from "coretelecoms"."intermediate"."int_sms_senders"
    where not is_matched
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_inferred_customers__dbt_tmp" rename to "int_inferred_customers";

attach masking policy mask_varchar on intermediate.int_inferred_customers (customer_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (customer_id) to role pii_reader priority 10;

attach masking policy mask_varchar on intermediate.int_inferred_customers (sender_id) to public priority 0;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role transform priority 10;

attach masking policy show_varchar on intermediate.int_inferred_customers (sender_id) to role pii_reader priority 10;

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_inferred_customers__dbt_backup" cascade;

commit;

begin;

select * from (
        with
final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from "coretelecoms"."intermediate"."int_agents" as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(65535))
 as agent_name,
    cast(null as boolean)
 as is_inferred
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."restricted"."agent_identities__dbt_tmp"
  (
    agent_key varchar(64) not null,
    agent_id varchar(1024) not null,
    agent_name varchar(65535),
    is_inferred boolean not null
    )
    diststyle all
      compound sortkey(agent_key);

insert into "coretelecoms"."restricted"."agent_identities__dbt_tmp"
    (
    select agent_key, agent_id, agent_name, is_inferred
    from (
        with
final as (
    select
        cast(agents.agent_key as varchar(64)) as agent_key,
        cast(agents.agent_id as varchar(1024)) as agent_id,
        cast(agents.agent_name as varchar(65535)) as agent_name,
        agents.is_inferred
    from "coretelecoms"."intermediate"."int_agents" as agents
    qualify row_number() over (partition by agents.agent_key order by agents.version_number desc) = 1
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."restricted"."agent_identities__dbt_tmp" rename to "agent_identities";

attach masking policy mask_varchar on restricted.agent_identities (agent_id) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_id) to role pii_reader priority 10;

attach masking policy mask_varchar on restricted.agent_identities (agent_name) to public priority 0;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role transform priority 10;

attach masking policy show_varchar on restricted.agent_identities (agent_name) to role pii_reader priority 10;

grant select on "coretelecoms"."restricted"."agent_identities" to ROLE pii_reader;

commit;

begin;

drop table if exists "coretelecoms"."restricted"."agent_identities__dbt_backup" cascade;

commit;

begin;

select * from (
        with
members as (
    select
        agent_key,
        version_number,
        case
        when experience is null then null
        when is_known_experience then experience
        when (experience ~ '^[A-Za-z][A-Za-z -]{0,39}$') then experience
        else '(unrecognised)'
    end as experience,
        state_code,
        case
        when state_name is null then null
        when is_known_state then state_name
        when (state_name ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_name
        else '(unrecognised)'
    end as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_agents"
    union all
    select
        'unknown' as agent_key,
        1 as version_number,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast('1900-01-01' as date) as valid_from,
        true as is_valid_from_assumed,
        cast(null as date) as valid_to,
        true as is_current,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(agent_key as varchar(64)) as agent_key,
        cast(version_number as integer) as version_number,
        cast(experience as varchar(40)) as experience,
        cast(state_code as varchar(2)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as agent_key,
    cast(null as integer)
 as version_number,
    cast(null as varchar(40))
 as experience,
    cast(null as varchar(2))
 as state_code,
    cast(null as varchar(64))
 as state_name,
    cast(null as date)
 as valid_from,
    cast(null as boolean)
 as is_valid_from_assumed,
    cast(null as date)
 as valid_to,
    cast(null as boolean)
 as is_current,
    cast(null as boolean)
 as is_inferred,
    cast(null as boolean)
 as is_unknown
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."dim_agents__dbt_tmp"
  (
    agent_key varchar(64) not null,
    version_number integer not null,
    experience varchar(40),
    state_code varchar(2),
    state_name varchar(64),
    valid_from date not null,
    is_valid_from_assumed boolean not null,
    valid_to date,
    is_current boolean not null,
    is_inferred boolean not null,
    is_unknown boolean not null
    )
    diststyle all
      compound sortkey(agent_key,valid_from);

insert into "coretelecoms"."marts"."dim_agents__dbt_tmp"
    (
    select agent_key, version_number, experience, state_code, state_name, valid_from, is_valid_from_assumed, valid_to, is_current, is_inferred, is_unknown
    from (
        with
members as (
    select
        agent_key,
        version_number,
        case
        when experience is null then null
        when is_known_experience then experience
        when (experience ~ '^[A-Za-z][A-Za-z -]{0,39}$') then experience
        else '(unrecognised)'
    end as experience,
        state_code,
        case
        when state_name is null then null
        when is_known_state then state_name
        when (state_name ~ '^[A-Za-z][A-Za-z -]{0,39}$') then state_name
        else '(unrecognised)'
    end as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        false as is_unknown
    from "coretelecoms"."intermediate"."int_agents"
    union all
    select
        'unknown' as agent_key,
        1 as version_number,
        cast(null as varchar) as experience,
        cast(null as varchar) as state_code,
        cast(null as varchar) as state_name,
        cast('1900-01-01' as date) as valid_from,
        true as is_valid_from_assumed,
        cast(null as date) as valid_to,
        true as is_current,
        false as is_inferred,
        true as is_unknown
),
final as (
    select
        cast(agent_key as varchar(64)) as agent_key,
        cast(version_number as integer) as version_number,
        cast(experience as varchar(40)) as experience,
        cast(state_code as varchar(2)) as state_code,
        cast(state_name as varchar(64)) as state_name,
        valid_from,
        is_valid_from_assumed,
        valid_to,
        is_current,
        is_inferred,
        is_unknown
    from members
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."dim_agents__dbt_tmp" rename to "dim_agents";

grant select on "coretelecoms"."marts"."dim_agents" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."dim_agents__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
single_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),
newest_of_repeated as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key
        order by versions.partition_date desc, versions.partition_hour desc
    ) = 1
),
latest_versions as (
    select * from single_versions
    union all
    select * from newest_of_repeated
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
resolved_people as (
    select
        latest_versions.*,
        cast(latest_versions.opened_at as date) as opened_date,
        senders.customer_key as sender_customer_key,
        senders.is_matched as is_sender_matched,
        orphan_customers.customer_key is not null as is_orphan_customer,
        orphan_agents.agent_key is not null as is_orphan_agent,
        categories.complaint_bucket as mapped_bucket
    from latest_versions
    left join "coretelecoms"."intermediate"."int_sms_senders" as senders
        on senders.sender_id = latest_versions.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = latest_versions.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = latest_versions.agent_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = latest_versions.category
),
final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, 'unknown') as varchar(64)) as customer_key,
        cast(coalesce(agent_key, 'unknown') as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(case
        when platform is null then null
        when is_known_platform then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as varchar(40)) as platform,
        cast(case
        when category is null then null
        when is_known_category then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as varchar(40)) as category,
        cast(coalesce(mapped_bucket, 'Unclassified') as varchar(40)) as complaint_bucket,
        cast(
            case
                when mapped_bucket is not null then 'mapping'
                when is_free_text then 'not_classified'
                when category is null then 'no_category'
                else 'unmapped_category'
            end as varchar(32)
        ) as bucket_source,
        case when is_free_text then cast(null as boolean) else true end as is_complaint,
        cast(case
        when status is null then null
        when is_known_status then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as varchar(40)) as status,
        cast(resolution_state as varchar(16)) as resolution_state,
        has_status,
        opened_at,
        opened_date,
        resolved_at,
        call_started_at,
        call_ended_at,
        case
            when call_ended_at >= call_started_at
                then cast(datediff(
        second,
        call_started_at,
        call_ended_at
        ) as bigint)
        end as handle_seconds,
        case
            when has_resolution_time and resolved_at >= opened_at
                then cast(datediff(
        second,
        opened_at,
        resolved_at
        ) as bigint)
        end as seconds_to_resolve,
        partition_date,
        partition_hour,
        cast(partition_date - opened_date as integer) as reporting_lag_days,
        is_orphan_customer,
        is_orphan_agent,
        coalesce(not is_sender_matched, false) as is_unmatched_sender,
        category is not null and not is_known_category as is_unknown_category,
        has_status and not is_known_status as is_unknown_status,
        platform is not null and not is_known_platform as is_unknown_platform,
        coalesce(call_ended_at < call_started_at, false) as has_invalid_duration,
        coalesce(resolved_at < opened_at, false) as is_resolved_before_opened,
        coalesce(opened_date > partition_date, false) as is_opened_in_future,
        coalesce(
            has_resolution_time
            and (
                (resolution_state = 'resolved' and resolved_at is null)
                or (resolution_state = 'unresolved' and resolved_at is not null)
            ),
            false
        ) as has_status_resolution_mismatch,
        case
        when customer_id is null then false
        when strpos(lower(complaint_id), replace(lower(customer_id), '-', '')) > 0 then false
        else (lower(complaint_id) ~ '[0-9a-f]{32}')
    end as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(32))
 as channel,
    cast(null as varchar(40))
 as platform,
    cast(null as varchar(40))
 as category,
    cast(null as varchar(40))
 as complaint_bucket,
    cast(null as varchar(32))
 as bucket_source,
    cast(null as boolean)
 as is_complaint,
    cast(null as varchar(40))
 as status,
    cast(null as varchar(16))
 as resolution_state,
    cast(null as boolean)
 as has_status,
    cast(null as timestamp)
 as opened_at,
    cast(null as date)
 as opened_date,
    cast(null as timestamp)
 as resolved_at,
    cast(null as timestamp)
 as call_started_at,
    cast(null as timestamp)
 as call_ended_at,
    cast(null as bigint)
 as handle_seconds,
    cast(null as bigint)
 as seconds_to_resolve,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as integer)
 as reporting_lag_days,
    cast(null as boolean)
 as is_orphan_customer,
    cast(null as boolean)
 as is_orphan_agent,
    cast(null as boolean)
 as is_unmatched_sender,
    cast(null as boolean)
 as is_unknown_category,
    cast(null as boolean)
 as is_unknown_status,
    cast(null as boolean)
 as is_unknown_platform,
    cast(null as boolean)
 as has_invalid_duration,
    cast(null as boolean)
 as is_resolved_before_opened,
    cast(null as boolean)
 as is_opened_in_future,
    cast(null as boolean)
 as has_status_resolution_mismatch,
    cast(null as boolean)
 as has_id_customer_mismatch,
    cast(null as boolean)
 as has_generation_date_mismatch
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."fct_complaints__dbt_tmp"
  (
    complaint_key varchar(64) not null,
    customer_key varchar(64) not null,
    agent_key varchar(64) not null,
    source varchar(64) not null,
    channel varchar(32) not null,
    platform varchar(40),
    category varchar(40),
    complaint_bucket varchar(40) not null,
    bucket_source varchar(32) not null,
    is_complaint boolean,
    status varchar(40),
    resolution_state varchar(16) not null,
    has_status boolean not null,
    opened_at timestamp,
    opened_date date,
    resolved_at timestamp,
    call_started_at timestamp,
    call_ended_at timestamp,
    handle_seconds bigint,
    seconds_to_resolve bigint,
    partition_date date not null,
    partition_hour integer not null,
    reporting_lag_days integer,
    is_orphan_customer boolean not null,
    is_orphan_agent boolean not null,
    is_unmatched_sender boolean not null,
    is_unknown_category boolean not null,
    is_unknown_status boolean not null,
    is_unknown_platform boolean not null,
    has_invalid_duration boolean not null,
    is_resolved_before_opened boolean not null,
    is_opened_in_future boolean not null,
    has_status_resolution_mismatch boolean not null,
    has_id_customer_mismatch boolean not null,
    has_generation_date_mismatch boolean not null
    )
    diststyle key distkey (complaint_key)
      compound sortkey(partition_date,opened_date);

insert into "coretelecoms"."marts"."fct_complaints__dbt_tmp"
    (
    select complaint_key, customer_key, agent_key, source, channel, platform, category, complaint_bucket, bucket_source, is_complaint, status, resolution_state, has_status, opened_at, opened_date, resolved_at, call_started_at, call_ended_at, handle_seconds, seconds_to_resolve, partition_date, partition_hour, reporting_lag_days, is_orphan_customer, is_orphan_agent, is_unmatched_sender, is_unknown_category, is_unknown_status, is_unknown_platform, has_invalid_duration, is_resolved_before_opened, is_opened_in_future, has_status_resolution_mismatch, has_id_customer_mismatch, has_generation_date_mismatch
    from (
        with
repeated_complaints as (
    select complaint_key
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by complaint_key
    having count(*) > 1
),
single_versions as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    where repeated_complaints.complaint_key is null
),
newest_of_repeated as (
    select versions.*
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    inner join repeated_complaints
        on repeated_complaints.complaint_key = versions.complaint_key
    qualify row_number() over (
        partition by versions.complaint_key
        order by versions.partition_date desc, versions.partition_hour desc
    ) = 1
),
latest_versions as (
    select * from single_versions
    union all
    select * from newest_of_repeated
),
orphan_customers as (
    select customer_key
    from "coretelecoms"."intermediate"."int_inferred_customers"
    where identified_by = 'customer_id'
),
orphan_agents as (
    select agent_key
    from "coretelecoms"."intermediate"."int_agents"
    where is_inferred
),
resolved_people as (
    select
        latest_versions.*,
        cast(latest_versions.opened_at as date) as opened_date,
        senders.customer_key as sender_customer_key,
        senders.is_matched as is_sender_matched,
        orphan_customers.customer_key is not null as is_orphan_customer,
        orphan_agents.agent_key is not null as is_orphan_agent,
        categories.complaint_bucket as mapped_bucket
    from latest_versions
    left join "coretelecoms"."intermediate"."int_sms_senders" as senders
        on senders.sender_id = latest_versions.sender_id
    left join orphan_customers
        on orphan_customers.customer_key = latest_versions.customer_key
    left join orphan_agents
        on orphan_agents.agent_key = latest_versions.agent_key
    left join "coretelecoms"."staging"."complaint_categories" as categories
        on categories.category = latest_versions.category
),
final as (
    select
        cast(complaint_key as varchar(64)) as complaint_key,
        cast(coalesce(customer_key, sender_customer_key, 'unknown') as varchar(64)) as customer_key,
        cast(coalesce(agent_key, 'unknown') as varchar(64)) as agent_key,
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(case
        when platform is null then null
        when is_known_platform then platform
        when (platform ~ '^[A-Za-z][A-Za-z -]{0,39}$') then platform
        else '(unrecognised)'
    end as varchar(40)) as platform,
        cast(case
        when category is null then null
        when is_known_category then category
        when (category ~ '^[A-Za-z][A-Za-z -]{0,39}$') then category
        else '(unrecognised)'
    end as varchar(40)) as category,
        cast(coalesce(mapped_bucket, 'Unclassified') as varchar(40)) as complaint_bucket,
        cast(
            case
                when mapped_bucket is not null then 'mapping'
                when is_free_text then 'not_classified'
                when category is null then 'no_category'
                else 'unmapped_category'
            end as varchar(32)
        ) as bucket_source,
        case when is_free_text then cast(null as boolean) else true end as is_complaint,
        cast(case
        when status is null then null
        when is_known_status then status
        when (status ~ '^[A-Za-z][A-Za-z -]{0,39}$') then status
        else '(unrecognised)'
    end as varchar(40)) as status,
        cast(resolution_state as varchar(16)) as resolution_state,
        has_status,
        opened_at,
        opened_date,
        resolved_at,
        call_started_at,
        call_ended_at,
        case
            when call_ended_at >= call_started_at
                then cast(datediff(
        second,
        call_started_at,
        call_ended_at
        ) as bigint)
        end as handle_seconds,
        case
            when has_resolution_time and resolved_at >= opened_at
                then cast(datediff(
        second,
        opened_at,
        resolved_at
        ) as bigint)
        end as seconds_to_resolve,
        partition_date,
        partition_hour,
        cast(partition_date - opened_date as integer) as reporting_lag_days,
        is_orphan_customer,
        is_orphan_agent,
        coalesce(not is_sender_matched, false) as is_unmatched_sender,
        category is not null and not is_known_category as is_unknown_category,
        has_status and not is_known_status as is_unknown_status,
        platform is not null and not is_known_platform as is_unknown_platform,
        coalesce(call_ended_at < call_started_at, false) as has_invalid_duration,
        coalesce(resolved_at < opened_at, false) as is_resolved_before_opened,
        coalesce(opened_date > partition_date, false) as is_opened_in_future,
        coalesce(
            has_resolution_time
            and (
                (resolution_state = 'resolved' and resolved_at is null)
                or (resolution_state = 'unresolved' and resolved_at is not null)
            ),
            false
        ) as has_status_resolution_mismatch,
        case
        when customer_id is null then false
        when strpos(lower(complaint_id), replace(lower(customer_id), '-', '')) > 0 then false
        else (lower(complaint_id) ~ '[0-9a-f]{32}')
    end as has_id_customer_mismatch,
        coalesce(generation_date <> partition_date, false) as has_generation_date_mismatch
    from resolved_people
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."fct_complaints__dbt_tmp" rename to "fct_complaints";

grant select on "coretelecoms"."marts"."fct_complaints" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."fct_complaints__dbt_backup" cascade;

commit;

begin;

select * from (
with
final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from "coretelecoms"."marts"."fct_complaints" as complaints
    inner join "coretelecoms"."intermediate"."int_complaint_versions" as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as complaint_key,
    cast(null as varchar(64))
 as source,
    cast(null as varchar(1024))
 as complaint_id,
    cast(null as varchar(64))
 as customer_key,
    cast(null as varchar(1024))
 as customer_id,
    cast(null as varchar(64))
 as agent_key,
    cast(null as varchar(1024))
 as agent_id,
    cast(null as varchar(1024))
 as sender_msisdn
    ) as __dbt_sbq
    where false
    limit 0;

create view "coretelecoms"."restricted"."complaint_identities__dbt_tmp" as (
with
final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from "coretelecoms"."marts"."fct_complaints" as complaints
    inner join "coretelecoms"."intermediate"."int_complaint_versions" as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)
select * from final
  ) with no schema binding;

alter table "coretelecoms"."restricted"."complaint_identities__dbt_tmp" rename to "complaint_identities";

grant select on "coretelecoms"."restricted"."complaint_identities" to ROLE pii_reader;

commit;

begin;

drop view if exists "coretelecoms"."restricted"."complaint_identities__dbt_backup" cascade;

commit;

begin;

select * from (
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
    ) as __dbt_sbq
    where false
    limit 0;

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

begin;

select * from (
        with
ledger as (
    select
        source,
        partition_date,
        partition_hour,
        load_id,
        rows_read,
        rows_loaded,
        rows_quarantined,
        rows_deduplicated,
        rows_erased,
        hash_sum,
        unmapped_columns
    from "coretelecoms"."raw_data"."load_ledger"
),
warehouse_loads as (
    select
        'customers' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."customers"
    group by _load_id
    union all
    select
        'agents' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."agents"
    group by _load_id
    union all
    select
        'call_logs' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."call_logs"
    group by _load_id
    union all
    select
        'sms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."sms"
    group by _load_id
    union all
    select
        'social_media' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."social_media"
    group by _load_id
    union all
    select
        'web_forms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."web_forms"
    group by _load_id
),
compared_versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        versions.record_hash,
        case
            when facts.complaint_key is null then 'lost'
            when facts.partition_date = versions.partition_date and facts.partition_hour = versions.partition_hour
                then 'in fact'
            when facts.partition_date > versions.partition_date
                or (facts.partition_date = versions.partition_date and facts.partition_hour > versions.partition_hour)
                then 'superseded'
            else 'lost'
        end as fate
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."marts"."fct_complaints" as facts
        on facts.complaint_key = versions.complaint_key
),
version_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        sum(case when fate = 'superseded' then 1 else 0 end) as superseded_rows,
        sum(case when fate = 'superseded' then cast(record_hash as decimal(38, 0)) else 0 end) as superseded_hash_sum,
        sum(case when fate = 'in fact' then cast(record_hash as decimal(38, 0)) else 0 end) as mart_hash_sum
    from compared_versions
    group by source, partition_date, partition_hour
),
version_counts as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count,
        sum(cast(record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by source, partition_date, partition_hour
),
fact_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count
    from "coretelecoms"."marts"."fct_complaints"
    group by source, partition_date, partition_hour
),
newest_snapshots as (
    select
        source,
        max(partition_date) as partition_date
    from ledger
    where load_id is not null
        and source in ('customers', 'agents')
    group by source
),
dimension_rows as (
    select
        'customers' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_customers"
    where not is_inferred
        and not is_unknown
    union all
    select
        'agents' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_agents"
    where is_current
        and not is_inferred
        and not is_unknown
),
known_partitions as (
    select source, partition_date, partition_hour from "coretelecoms"."quality"."expected_partitions"
    union
    select source, partition_date, partition_hour from ledger
    union
    select source, partition_date, partition_hour from version_counts
    union
    select source, partition_date, partition_hour from fact_partitions
),
partitions as (
    select
        known_partitions.source,
        known_partitions.partition_date,
        known_partitions.partition_hour,
        expected.source is not null as is_expected,
        ledger.source is not null as is_committed,
        known_partitions.source in ('customers', 'agents') as is_dimension,
        ledger.load_id,
        ledger.rows_read,
        ledger.rows_loaded,
        ledger.rows_quarantined,
        ledger.rows_deduplicated,
        ledger.rows_erased,
        ledger.hash_sum,
        ledger.unmapped_columns
    from known_partitions
    left join "coretelecoms"."quality"."expected_partitions" as expected
        on expected.source = known_partitions.source
        and expected.partition_date = known_partitions.partition_date
        and expected.partition_hour = known_partitions.partition_hour
    left join ledger
        on ledger.source = known_partitions.source
        and ledger.partition_date = known_partitions.partition_date
        and ledger.partition_hour = known_partitions.partition_hour
),
accounts as (
    select
        partitions.source,
        partitions.partition_date,
        partitions.partition_hour,
        partitions.is_expected,
        partitions.is_committed,
        partitions.is_dimension,
        partitions.load_id,
        coalesce(partitions.rows_read, 0) as rows_read,
        coalesce(partitions.rows_loaded, 0) as rows_loaded,
        coalesce(partitions.rows_quarantined, 0) as rows_quarantined,
        coalesce(partitions.rows_deduplicated, 0) as rows_deduplicated,
        coalesce(partitions.rows_erased, 0) as rows_erased,
        coalesce(warehouse_loads.row_count, 0) as warehouse_rows,
        case when not partitions.is_dimension then coalesce(version_counts.row_count, 0) end as version_rows,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_rows, 0) end
            as superseded_rows,
        case
            when not partitions.is_dimension then coalesce(fact_partitions.row_count, 0)
            else dimension_rows.row_count
        end as mart_rows,
        coalesce(partitions.hash_sum, 0) as ledger_hash_sum,
        coalesce(warehouse_loads.hash_sum, 0) as warehouse_hash_sum,
        case when not partitions.is_dimension then coalesce(version_counts.hash_sum, 0) end as version_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_hash_sum, 0) end
            as superseded_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.mart_hash_sum, 0) end
            as mart_hash_sum,
        partitions.unmapped_columns
    from partitions
    left join warehouse_loads
        on warehouse_loads.source = partitions.source
        and warehouse_loads.load_id = partitions.load_id
    left join version_counts
        on version_counts.source = partitions.source
        and version_counts.partition_date = partitions.partition_date
        and version_counts.partition_hour = partitions.partition_hour
    left join version_partitions
        on version_partitions.source = partitions.source
        and version_partitions.partition_date = partitions.partition_date
        and version_partitions.partition_hour = partitions.partition_hour
    left join fact_partitions
        on fact_partitions.source = partitions.source
        and fact_partitions.partition_date = partitions.partition_date
        and fact_partitions.partition_hour = partitions.partition_hour
    left join newest_snapshots
        on newest_snapshots.source = partitions.source
        and newest_snapshots.partition_date = partitions.partition_date
    left join dimension_rows
        on dimension_rows.source = newest_snapshots.source
),
explained as (
    select
        accounts.*,
        case
            when not is_committed and version_rows + mart_rows > 0 then 'in the models, but not in the ledger'
            when not is_committed then 'missing'
            when load_id is null and rows_read + rows_loaded + rows_quarantined + rows_deduplicated + rows_erased > 0
                then 'withdrawn, but the ledger still counts rows'
            when rows_read <> rows_loaded + rows_quarantined + rows_deduplicated + rows_erased
                then 'ledger accounts for '
    || cast(abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) as varchar)
    || case when abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) = 1 then ' row ' else ' rows ' end
    || case when rows_loaded + rows_quarantined + rows_deduplicated + rows_erased < rows_read then 'short of ' else 'over ' end
    || 'read'
            when warehouse_rows <> rows_loaded
                then 'warehouse '
    || cast(abs((warehouse_rows) - (rows_loaded)) as varchar)
    || case when abs((warehouse_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when warehouse_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
            when warehouse_hash_sum <> ledger_hash_sum
                then 'warehouse rows differ from those loaded (same count, other content)'
            when version_rows <> warehouse_rows
                then 'versions '
    || cast(abs((version_rows) - (warehouse_rows)) as varchar)
    || case when abs((version_rows) - (warehouse_rows)) = 1 then ' row ' else ' rows ' end
    || case when version_rows < warehouse_rows then 'short of ' else 'over ' end
    || 'warehouse'
            when version_hash_sum <> warehouse_hash_sum
                then 'versions differ from the warehouse (same count, other content)'
            when not is_dimension and mart_rows + superseded_rows <> version_rows
                then 'fact and superseded '
    || cast(abs((mart_rows + superseded_rows) - (version_rows)) as varchar)
    || case when abs((mart_rows + superseded_rows) - (version_rows)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows + superseded_rows < version_rows then 'short of ' else 'over ' end
    || 'versions'
            when mart_hash_sum + superseded_hash_sum <> version_hash_sum
                then 'fact and superseded differ from versions (same count, other content)'
            when is_dimension and mart_rows <> rows_loaded
                then 'dimension '
    || cast(abs((mart_rows) - (rows_loaded)) as varchar)
    || case when abs((mart_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
        end as difference
    from accounts
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        is_expected,
        is_committed,
        cast(load_id as varchar(64)) as load_id,
        cast(rows_read as bigint) as rows_read,
        cast(rows_loaded as bigint) as rows_loaded,
        cast(rows_quarantined as bigint) as rows_quarantined,
        cast(rows_deduplicated as bigint) as rows_deduplicated,
        cast(rows_erased as bigint) as rows_erased,
        cast(warehouse_rows as bigint) as warehouse_rows,
        cast(version_rows as bigint) as version_rows,
        cast(superseded_rows as bigint) as superseded_rows,
        cast(mart_rows as bigint) as mart_rows,
        cast(ledger_hash_sum as decimal(38, 0)) as ledger_hash_sum,
        cast(warehouse_hash_sum as decimal(38, 0)) as warehouse_hash_sum,
        cast(version_hash_sum as decimal(38, 0)) as version_hash_sum,
        cast(superseded_hash_sum as decimal(38, 0)) as superseded_hash_sum,
        cast(mart_hash_sum as decimal(38, 0)) as mart_hash_sum,
        cast(unmapped_columns as varchar(4096)) as unmapped_columns,
        difference is null as is_reconciled,
        cast(difference as varchar(256)) as difference
    from explained
)
select * from final
    ) as __dbt_sbq
    where false
    limit 0;

select * from (
        select
    cast(null as varchar(64))
 as source,
    cast(null as date)
 as partition_date,
    cast(null as integer)
 as partition_hour,
    cast(null as boolean)
 as is_expected,
    cast(null as boolean)
 as is_committed,
    cast(null as varchar(64))
 as load_id,
    cast(null as bigint)
 as rows_read,
    cast(null as bigint)
 as rows_loaded,
    cast(null as bigint)
 as rows_quarantined,
    cast(null as bigint)
 as rows_deduplicated,
    cast(null as bigint)
 as rows_erased,
    cast(null as bigint)
 as warehouse_rows,
    cast(null as bigint)
 as version_rows,
    cast(null as bigint)
 as superseded_rows,
    cast(null as bigint)
 as mart_rows,
    cast(null as decimal(38,0))
 as ledger_hash_sum,
    cast(null as decimal(38,0))
 as warehouse_hash_sum,
    cast(null as decimal(38,0))
 as version_hash_sum,
    cast(null as decimal(38,0))
 as superseded_hash_sum,
    cast(null as decimal(38,0))
 as mart_hash_sum,
    cast(null as varchar(4096))
 as unmapped_columns,
    cast(null as boolean)
 as is_reconciled,
    cast(null as varchar(256))
 as difference
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."quality"."reconciliation__dbt_tmp"
  (
    source varchar(64) not null,
    partition_date date not null,
    partition_hour integer not null,
    is_expected boolean not null,
    is_committed boolean not null,
    load_id varchar(64),
    rows_read bigint not null,
    rows_loaded bigint not null,
    rows_quarantined bigint not null,
    rows_deduplicated bigint not null,
    rows_erased bigint not null,
    warehouse_rows bigint not null,
    version_rows bigint,
    superseded_rows bigint,
    mart_rows bigint,
    ledger_hash_sum decimal(38,0) not null,
    warehouse_hash_sum decimal(38,0) not null,
    version_hash_sum decimal(38,0),
    superseded_hash_sum decimal(38,0),
    mart_hash_sum decimal(38,0),
    unmapped_columns varchar(4096),
    is_reconciled boolean not null,
    difference varchar(256)
    )
    diststyle all
      compound sortkey(source,partition_date);

insert into "coretelecoms"."quality"."reconciliation__dbt_tmp"
    (
    select source, partition_date, partition_hour, is_expected, is_committed, load_id, rows_read, rows_loaded, rows_quarantined, rows_deduplicated, rows_erased, warehouse_rows, version_rows, superseded_rows, mart_rows, ledger_hash_sum, warehouse_hash_sum, version_hash_sum, superseded_hash_sum, mart_hash_sum, unmapped_columns, is_reconciled, difference
    from (
        with
ledger as (
    select
        source,
        partition_date,
        partition_hour,
        load_id,
        rows_read,
        rows_loaded,
        rows_quarantined,
        rows_deduplicated,
        rows_erased,
        hash_sum,
        unmapped_columns
    from "coretelecoms"."raw_data"."load_ledger"
),
warehouse_loads as (
    select
        'customers' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."customers"
    group by _load_id
    union all
    select
        'agents' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."agents"
    group by _load_id
    union all
    select
        'call_logs' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."call_logs"
    group by _load_id
    union all
    select
        'sms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."sms"
    group by _load_id
    union all
    select
        'social_media' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."social_media"
    group by _load_id
    union all
    select
        'web_forms' as source,
        _load_id as load_id,
        count(*) as row_count,
        sum(cast(_record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."raw_data"."web_forms"
    group by _load_id
),
compared_versions as (
    select
        versions.source,
        versions.partition_date,
        versions.partition_hour,
        versions.record_hash,
        case
            when facts.complaint_key is null then 'lost'
            when facts.partition_date = versions.partition_date and facts.partition_hour = versions.partition_hour
                then 'in fact'
            when facts.partition_date > versions.partition_date
                or (facts.partition_date = versions.partition_date and facts.partition_hour > versions.partition_hour)
                then 'superseded'
            else 'lost'
        end as fate
    from "coretelecoms"."intermediate"."int_complaint_versions" as versions
    left join "coretelecoms"."marts"."fct_complaints" as facts
        on facts.complaint_key = versions.complaint_key
),
version_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        sum(case when fate = 'superseded' then 1 else 0 end) as superseded_rows,
        sum(case when fate = 'superseded' then cast(record_hash as decimal(38, 0)) else 0 end) as superseded_hash_sum,
        sum(case when fate = 'in fact' then cast(record_hash as decimal(38, 0)) else 0 end) as mart_hash_sum
    from compared_versions
    group by source, partition_date, partition_hour
),
version_counts as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count,
        sum(cast(record_hash as decimal(38, 0))) as hash_sum
    from "coretelecoms"."intermediate"."int_complaint_versions"
    group by source, partition_date, partition_hour
),
fact_partitions as (
    select
        source,
        partition_date,
        partition_hour,
        count(*) as row_count
    from "coretelecoms"."marts"."fct_complaints"
    group by source, partition_date, partition_hour
),
newest_snapshots as (
    select
        source,
        max(partition_date) as partition_date
    from ledger
    where load_id is not null
        and source in ('customers', 'agents')
    group by source
),
dimension_rows as (
    select
        'customers' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_customers"
    where not is_inferred
        and not is_unknown
    union all
    select
        'agents' as source,
        count(*) as row_count
    from "coretelecoms"."marts"."dim_agents"
    where is_current
        and not is_inferred
        and not is_unknown
),
known_partitions as (
    select source, partition_date, partition_hour from "coretelecoms"."quality"."expected_partitions"
    union
    select source, partition_date, partition_hour from ledger
    union
    select source, partition_date, partition_hour from version_counts
    union
    select source, partition_date, partition_hour from fact_partitions
),
partitions as (
    select
        known_partitions.source,
        known_partitions.partition_date,
        known_partitions.partition_hour,
        expected.source is not null as is_expected,
        ledger.source is not null as is_committed,
        known_partitions.source in ('customers', 'agents') as is_dimension,
        ledger.load_id,
        ledger.rows_read,
        ledger.rows_loaded,
        ledger.rows_quarantined,
        ledger.rows_deduplicated,
        ledger.rows_erased,
        ledger.hash_sum,
        ledger.unmapped_columns
    from known_partitions
    left join "coretelecoms"."quality"."expected_partitions" as expected
        on expected.source = known_partitions.source
        and expected.partition_date = known_partitions.partition_date
        and expected.partition_hour = known_partitions.partition_hour
    left join ledger
        on ledger.source = known_partitions.source
        and ledger.partition_date = known_partitions.partition_date
        and ledger.partition_hour = known_partitions.partition_hour
),
accounts as (
    select
        partitions.source,
        partitions.partition_date,
        partitions.partition_hour,
        partitions.is_expected,
        partitions.is_committed,
        partitions.is_dimension,
        partitions.load_id,
        coalesce(partitions.rows_read, 0) as rows_read,
        coalesce(partitions.rows_loaded, 0) as rows_loaded,
        coalesce(partitions.rows_quarantined, 0) as rows_quarantined,
        coalesce(partitions.rows_deduplicated, 0) as rows_deduplicated,
        coalesce(partitions.rows_erased, 0) as rows_erased,
        coalesce(warehouse_loads.row_count, 0) as warehouse_rows,
        case when not partitions.is_dimension then coalesce(version_counts.row_count, 0) end as version_rows,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_rows, 0) end
            as superseded_rows,
        case
            when not partitions.is_dimension then coalesce(fact_partitions.row_count, 0)
            else dimension_rows.row_count
        end as mart_rows,
        coalesce(partitions.hash_sum, 0) as ledger_hash_sum,
        coalesce(warehouse_loads.hash_sum, 0) as warehouse_hash_sum,
        case when not partitions.is_dimension then coalesce(version_counts.hash_sum, 0) end as version_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.superseded_hash_sum, 0) end
            as superseded_hash_sum,
        case when not partitions.is_dimension then coalesce(version_partitions.mart_hash_sum, 0) end
            as mart_hash_sum,
        partitions.unmapped_columns
    from partitions
    left join warehouse_loads
        on warehouse_loads.source = partitions.source
        and warehouse_loads.load_id = partitions.load_id
    left join version_counts
        on version_counts.source = partitions.source
        and version_counts.partition_date = partitions.partition_date
        and version_counts.partition_hour = partitions.partition_hour
    left join version_partitions
        on version_partitions.source = partitions.source
        and version_partitions.partition_date = partitions.partition_date
        and version_partitions.partition_hour = partitions.partition_hour
    left join fact_partitions
        on fact_partitions.source = partitions.source
        and fact_partitions.partition_date = partitions.partition_date
        and fact_partitions.partition_hour = partitions.partition_hour
    left join newest_snapshots
        on newest_snapshots.source = partitions.source
        and newest_snapshots.partition_date = partitions.partition_date
    left join dimension_rows
        on dimension_rows.source = newest_snapshots.source
),
explained as (
    select
        accounts.*,
        case
            when not is_committed and version_rows + mart_rows > 0 then 'in the models, but not in the ledger'
            when not is_committed then 'missing'
            when load_id is null and rows_read + rows_loaded + rows_quarantined + rows_deduplicated + rows_erased > 0
                then 'withdrawn, but the ledger still counts rows'
            when rows_read <> rows_loaded + rows_quarantined + rows_deduplicated + rows_erased
                then 'ledger accounts for '
    || cast(abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) as varchar)
    || case when abs((rows_loaded + rows_quarantined + rows_deduplicated + rows_erased) - (rows_read)) = 1 then ' row ' else ' rows ' end
    || case when rows_loaded + rows_quarantined + rows_deduplicated + rows_erased < rows_read then 'short of ' else 'over ' end
    || 'read'
            when warehouse_rows <> rows_loaded
                then 'warehouse '
    || cast(abs((warehouse_rows) - (rows_loaded)) as varchar)
    || case when abs((warehouse_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when warehouse_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
            when warehouse_hash_sum <> ledger_hash_sum
                then 'warehouse rows differ from those loaded (same count, other content)'
            when version_rows <> warehouse_rows
                then 'versions '
    || cast(abs((version_rows) - (warehouse_rows)) as varchar)
    || case when abs((version_rows) - (warehouse_rows)) = 1 then ' row ' else ' rows ' end
    || case when version_rows < warehouse_rows then 'short of ' else 'over ' end
    || 'warehouse'
            when version_hash_sum <> warehouse_hash_sum
                then 'versions differ from the warehouse (same count, other content)'
            when not is_dimension and mart_rows + superseded_rows <> version_rows
                then 'fact and superseded '
    || cast(abs((mart_rows + superseded_rows) - (version_rows)) as varchar)
    || case when abs((mart_rows + superseded_rows) - (version_rows)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows + superseded_rows < version_rows then 'short of ' else 'over ' end
    || 'versions'
            when mart_hash_sum + superseded_hash_sum <> version_hash_sum
                then 'fact and superseded differ from versions (same count, other content)'
            when is_dimension and mart_rows <> rows_loaded
                then 'dimension '
    || cast(abs((mart_rows) - (rows_loaded)) as varchar)
    || case when abs((mart_rows) - (rows_loaded)) = 1 then ' row ' else ' rows ' end
    || case when mart_rows < rows_loaded then 'short of ' else 'over ' end
    || 'loaded'
        end as difference
    from accounts
),
final as (
    select
        cast(source as varchar(64)) as source,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        is_expected,
        is_committed,
        cast(load_id as varchar(64)) as load_id,
        cast(rows_read as bigint) as rows_read,
        cast(rows_loaded as bigint) as rows_loaded,
        cast(rows_quarantined as bigint) as rows_quarantined,
        cast(rows_deduplicated as bigint) as rows_deduplicated,
        cast(rows_erased as bigint) as rows_erased,
        cast(warehouse_rows as bigint) as warehouse_rows,
        cast(version_rows as bigint) as version_rows,
        cast(superseded_rows as bigint) as superseded_rows,
        cast(mart_rows as bigint) as mart_rows,
        cast(ledger_hash_sum as decimal(38, 0)) as ledger_hash_sum,
        cast(warehouse_hash_sum as decimal(38, 0)) as warehouse_hash_sum,
        cast(version_hash_sum as decimal(38, 0)) as version_hash_sum,
        cast(superseded_hash_sum as decimal(38, 0)) as superseded_hash_sum,
        cast(mart_hash_sum as decimal(38, 0)) as mart_hash_sum,
        cast(unmapped_columns as varchar(4096)) as unmapped_columns,
        difference is null as is_reconciled,
        cast(difference as varchar(256)) as difference
    from explained
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."quality"."reconciliation__dbt_tmp" rename to "reconciliation";

grant select on "coretelecoms"."quality"."reconciliation" to ROLE analyst, ROLE operations;

commit;

begin;

drop table if exists "coretelecoms"."quality"."reconciliation__dbt_backup" cascade;

commit;

