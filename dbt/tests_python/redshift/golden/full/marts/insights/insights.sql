begin;

select * from (
        select
    cast(null as integer)
 as insight_number,
    cast(null as boolean)
 as is_finding,
    cast(null as varchar(32))
 as metric,
    cast(null as varchar(16))
 as dimension,
    cast(null as varchar(40))
 as member,
    cast(null as varchar(40))
 as category,
    cast(null as double precision)
 as member_value,
    cast(null as double precision)
 as reference_value,
    cast(null as double precision)
 as difference,
    cast(null as double precision)
 as difference_lower,
    cast(null as double precision)
 as difference_upper,
    cast(null as varchar(32))
 as difference_unit,
    cast(null as bigint)
 as base,
    cast(null as bigint)
 as reference_base,
    cast(null as double precision)
 as design_effect,
    cast(null as double precision)
 as test_statistic,
    cast(null as double precision)
 as critical_value,
    cast(null as integer)
 as comparisons,
    cast(null as double precision)
 as error_level,
    cast(null as date)
 as first_partition_date,
    cast(null as date)
 as last_partition_date,
    cast(null as integer)
 as partitions,
    cast(null as varchar(512))
 as sentence
    ) as __dbt_sbq
    where false
    limit 0;

create  table
    "coretelecoms"."marts"."insights__dbt_tmp"
  (
    insight_number integer not null,
    is_finding boolean not null,
    metric varchar(32),
    dimension varchar(16),
    member varchar(40),
    category varchar(40),
    member_value double precision,
    reference_value double precision,
    difference double precision,
    difference_lower double precision,
    difference_upper double precision,
    difference_unit varchar(32),
    base bigint,
    reference_base bigint,
    design_effect double precision,
    test_statistic double precision,
    critical_value double precision,
    comparisons integer not null,
    error_level double precision not null,
    first_partition_date date,
    last_partition_date date,
    partitions integer not null,
    sentence varchar(512) not null
    )
    diststyle all
      compound sortkey(insight_number);

insert into "coretelecoms"."marts"."insights__dbt_tmp"
    (
    select insight_number, is_finding, metric, dimension, member, category, member_value, reference_value, difference, difference_lower, difference_upper, difference_unit, base, reference_base, design_effect, test_statistic, critical_value, comparisons, error_level, first_partition_date, last_partition_date, partitions, sentence
    from (
with
partition_set as (
    select
        count(*) as partitions,
        min(partition_date) as first_partition_date,
        max(partition_date) as last_partition_date
    from "coretelecoms"."raw_data"."load_ledger"
    where load_id is not null
        and source in ('call_logs', 'sms', 'social_media', 'web_forms')
),
compared as (
    select count(*) as comparisons
    from "coretelecoms"."intermediate"."int_insight_candidates"
    where is_tested
),
findings as (
    select
        tests.*,
        row_number() over (order by deviance_from_rest desc, metric, dimension, member, category) as insight_number
    from "coretelecoms"."intermediate"."int_insight_tests" as tests
    where is_finding
),
found as (
    select count(*) as findings
    from findings
),
in_words as (
    select
        findings.*,
        case
            when findings.dimension = 'state' then 'of customers in ' || coalesce(states.state_name, findings.member)
            when findings.dimension = 'channel' then 'by ' || replace(findings.member, '_', ' ')
            when findings.dimension = 'category' then 'about ' || findings.member
            when findings.dimension = 'experience' then 'handled by agents of experience ' || findings.member
            else 'opened in ' || findings.member
        end as members_complaints,
        case
            when findings.dimension = 'experience' then 'Agents of experience ' || findings.member
            else 'Customers in ' || coalesce(states.state_name, findings.member)
        end as members,
        case
            when findings.metric = 'category_share' then 'are about ' || findings.category
            when findings.metric = 'resolution_rate' then 'are resolved'
            else 'were resolved within 14 days'
        end as outcome,
        case
            when findings.metric = 'category_share' then 'complaints '
            when findings.metric = 'resolution_rate' and findings.dimension = 'month'
                then 'complaints with a status, reported 60 days or more after opening, '
            when findings.metric = 'resolution_rate' then 'complaints with a status '
            else 'complaints resolved within 60 days, '
        end as base_in_words,
        case
            when findings.dimension = 'state' then 1000.0
            else 1.0
        end as rate_base
    from findings
    left join "coretelecoms"."staging"."us_states" as states
        on findings.dimension = 'state'
        and states.state_code = findings.member
),
sentences as (
    select
        in_words.*,
        case
            when metric = 'complaints_per_head' and dimension = 'state'
                then
                    members || ' complain ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'less' end || ' often than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(1000.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' complaints per 1000 of '
                    || cast(cast(trials as bigint) as varchar) || ' customers, against '
                    || cast(cast(round(1000.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' per 1000 of '
                    || cast(cast(rest_trials as bigint) as varchar) || '.'
            when metric = 'complaints_per_head'
                then
                    members || ' handle ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' % '
                    || case when difference > 0 then 'more' else 'fewer' end || ' complaints each than others ('
                    || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar)
                    || ' %): ' || cast(cast(round(member_share, 1) as decimal(18, 1)) as varchar) || ' for each of '
                    || cast(cast(trials as bigint) as varchar) || ' agents, against ' || cast(cast(round(rest_share, 1) as decimal(18, 1)) as varchar)
                    || ' for each of ' || cast(cast(rest_trials as bigint) as varchar) || '.'
            else
                'Of ' || cast(cast(trials as bigint) as varchar) || ' ' || base_in_words || members_complaints || ', '
                || cast(cast(round(100.0 * member_share, 1) as decimal(18, 1)) as varchar) || ' % ' || outcome || ', against '
                || cast(cast(round(100.0 * rest_share, 1) as decimal(18, 1)) as varchar) || ' % of ' || cast(cast(rest_trials as bigint) as varchar)
                || ' others: ' || cast(cast(round(100.0 * abs(difference), 1) as decimal(18, 1)) as varchar) || ' percentage points '
                || case when difference > 0 then 'more' else 'less' end || ' ('
                || cast(cast(round(100.0 * difference_lower, 1) as decimal(18, 1)) as varchar) || ' to ' || cast(cast(round(100.0 * difference_upper, 1) as decimal(18, 1)) as varchar) || ').'
        end as sentence
    from in_words
),
printed as (
    select
        insight_number,
        true as is_finding,
        metric,
        dimension,
        member,
        nullif(category, '(all)') as category,
        case when metric = 'complaints_per_head' then member_share * rate_base else member_share end as member_value,
        case when metric = 'complaints_per_head' then rest_share * rate_base else rest_share end as reference_value,
        difference,
        difference_lower,
        difference_upper,
        case
            when metric = 'complaints_per_head' then 'share of the reference value'
            else 'difference of shares'
        end as difference_unit,
        trials as base,
        rest_trials as reference_base,
        design_effect,
        sqrt(deviance_from_rest) as test_statistic,
        critical_value,
        comparisons,
        sentence
    from sentences
    union all
    select
        1 as insight_number,
        false as is_finding,
        cast(null as varchar) as metric,
        cast(null as varchar) as dimension,
        cast(null as varchar) as member,
        cast(null as varchar) as category,
        cast(null as double precision) as member_value,
        cast(null as double precision) as reference_value,
        cast(null as double precision) as difference,
        cast(null as double precision) as difference_lower,
        cast(null as double precision) as difference_upper,
        cast(null as varchar) as difference_unit,
        cast(null as double precision) as base,
        cast(null as double precision) as reference_base,
        cast(null as double precision) as design_effect,
        cast(null as double precision) as test_statistic,
        cast(null as double precision) as critical_value,
        compared.comparisons,
        'No difference found in ' || cast(compared.comparisons as varchar) || ' comparisons.' as sentence
    from compared
    cross join found
    where found.findings = 0
),
final as (
    select
        cast(printed.insight_number as integer) as insight_number,
        printed.is_finding,
        cast(printed.metric as varchar(32)) as metric,
        cast(printed.dimension as varchar(16)) as dimension,
        cast(printed.member as varchar(40)) as member,
        cast(printed.category as varchar(40)) as category,
        cast(round(cast(printed.member_value as double precision), 6) as double precision) as member_value,
        cast(round(cast(printed.reference_value as double precision), 6) as double precision) as reference_value,
        cast(round(cast(printed.difference as double precision), 6) as double precision) as difference,
        cast(round(cast(printed.difference_lower as double precision), 6) as double precision) as difference_lower,
        cast(round(cast(printed.difference_upper as double precision), 6) as double precision) as difference_upper,
        cast(printed.difference_unit as varchar(32)) as difference_unit,
        cast(printed.base as bigint) as base,
        cast(printed.reference_base as bigint) as reference_base,
        cast(round(cast(printed.design_effect as double precision), 6) as double precision) as design_effect,
        cast(round(cast(printed.test_statistic as double precision), 6) as double precision) as test_statistic,
        cast(round(cast(printed.critical_value as double precision), 6) as double precision) as critical_value,
        cast(printed.comparisons as integer) as comparisons,
        cast(0.01 as double precision) as error_level,
        cast(partition_set.first_partition_date as date) as first_partition_date,
        cast(partition_set.last_partition_date as date) as last_partition_date,
        cast(partition_set.partitions as integer) as partitions,
        cast(printed.sentence as varchar(512)) as sentence
    from printed
    cross join partition_set
)
select * from final
    ) as model_subq
    );

alter table "coretelecoms"."marts"."insights__dbt_tmp" rename to "insights";

grant select on "coretelecoms"."marts"."insights" to ROLE analyst, ROLE operations, ROLE leadership, ROLE ml;

commit;

begin;

drop table if exists "coretelecoms"."marts"."insights__dbt_backup" cascade;

commit;
