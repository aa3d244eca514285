with

{{ measured_ctes() }}

{#- The limits of a source, else those of all. #}
limited as (
    select
        measured.*,
        case when own.check_id is not null then own.warn_above else shared.warn_above end as warn_above,
        case when own.check_id is not null then own.fail_above else shared.fail_above end as fail_above,
        case when own.check_id is not null then own.minimum_rows else shared.minimum_rows end as minimum_rows
    from measured
    left join {{ ref('quality_thresholds') }} as own
        on own.check_id = measured.check_id
        and own.source = measured.source
    left join {{ ref('quality_thresholds') }} as shared
        on shared.check_id = measured.check_id
        and shared.source = '*'
    {#- a share of nothing is no value #}
    where measured.value is not null
),

judged as (
    select
        limited.*,
        coalesce(base_rows >= minimum_rows, true) as is_judged
    from limited
),

graded as (
    select
        judged.*,
        case
            when not is_judged then 0
            when value > fail_above then 2
            when value > warn_above then 1
            else 0
        end as severity
    from judged
),

compared as (
    select
        graded.*,
        lag(value) over (
            partition by check_id, source, subject
            order by partition_date, partition_hour
        ) as earlier_value,
        coalesce(
            lag(severity) over (
                partition by check_id, source, subject
                order by partition_date, partition_hour
            ),
            0
        ) as earlier_severity
    from graded
),

final as (
    select
        cast(check_id as varchar(64)) as check_id,
        cast(source as varchar(64)) as source,
        cast(subject as varchar(64)) as subject,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(value as double precision) as value,
        cast(earlier_value as double precision) as earlier_value,
        cast(base_rows as bigint) as base_rows,
        cast(warn_above as double precision) as warn_above,
        cast(fail_above as double precision) as fail_above,
        is_judged,
        cast(case severity when 2 then 'fail' when 1 then 'warn' else 'ok' end as varchar(8)) as level,
        {#- a change is news each time; a share only when it passes a limit #}
        severity > 0 and (check_id in ('schema_changes', 'new_unknown_values') or severity > earlier_severity) as is_new,
        cast(
            {{ partition_label('compared') }} || ': ' || found
            || case
                when check_id in ('schema_changes', 'new_unknown_values', 'volume_factor', 'days_behind') then ''
                when earlier_value is null then ' (first partition)'
                else ' (before: ' || {{ percent('earlier_value') }} || ')'
            end
            || coalesce(more, '') || '.'
        as varchar(512)) as message
    from compared
)

select * from final
