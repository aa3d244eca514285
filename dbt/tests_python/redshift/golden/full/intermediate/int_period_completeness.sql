begin;

create  table
    "coretelecoms"."intermediate"."int_period_completeness__dbt_tmp"
    diststyle all
      compound sortkey(clock,granularity,period_start)
  as (
    with
days as (
    select
        'opened' as clock,
        opened_date as day,
        0 as expected_partitions,
        0 as missing_partitions
    from "coretelecoms"."marts"."fct_complaints"
    where opened_date is not null
    group by opened_date
    union all
    select
        'reported' as clock,
        reported_date as day,
        0 as expected_partitions,
        0 as missing_partitions
    from "coretelecoms"."marts"."fct_complaints"
    group by reported_date
    union all
    select
        'reported' as clock,
        expected.partition_date as day,
        count(*) as expected_partitions,
        sum(case when ledger.load_id is null then 1 else 0 end) as missing_partitions
    from "coretelecoms"."quality"."expected_partitions" as expected
    left join "coretelecoms"."raw_data"."load_ledger" as ledger
        on ledger.source = expected.source
        and ledger.partition_date = expected.partition_date
        and ledger.partition_hour = expected.partition_hour
    where expected.source in ('call_logs', 'sms', 'social_media', 'web_forms')
    group by expected.partition_date
),
period_days as (
    select
        days.*,
        'day' as granularity,
        day as period_start,
        day as period_end
    from days
    union all
    select
        days.*,
        'week' as granularity,
        cast(date_trunc('week', day) as date) as period_start,
        cast(date_trunc('week', day) as date) + 6 as period_end
    from days
    union all
    select
        days.*,
        'month' as granularity,
        cast(date_trunc('month', day) as date) as period_start,
        last_day(day) as period_end
    from days
),
periods as (
    select
        clock,
        granularity,
        period_start,
        period_end,
        sum(expected_partitions) as expected_partitions,
        sum(missing_partitions) as missing_partitions
    from period_days
    group by clock, granularity, period_start, period_end
),
final as (
    select
        cast(periods.clock as varchar(16)) as clock,
        cast(periods.granularity as varchar(16)) as granularity,
        periods.period_start,
        periods.period_end,
        coalesce(
            case periods.clock
                when 'opened' then periods.period_end + 365 <= as_of.as_of_date
                else periods.period_end <= as_of.as_of_date
                    and periods.expected_partitions > 0
                    and periods.missing_partitions = 0
            end,
            false
        ) as is_complete
    from periods
    cross join "coretelecoms"."intermediate"."int_as_of" as as_of
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_period_completeness__dbt_tmp" rename to "int_period_completeness";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_period_completeness__dbt_backup" cascade;

commit;
