{{ config(dist='all', sort='insight_number') }}

with

partition_set as (
    select
        count(*) as partitions,
        min(partition_date) as first_partition_date,
        max(partition_date) as last_partition_date
    from {{ source('platform', 'load_ledger') }}
    where load_id is not null
        and source in (
            {%- for declared in complaint_sources() %}'{{ declared.source }}'{{ ', ' if not loop.last }}{% endfor -%}
        )
),

compared as (
    select count(*) as comparisons
    from {{ ref('int_insight_candidates') }}
    where is_tested
),

findings as (
    select
        tests.*,
        row_number() over (order by deviance_from_rest desc, metric, dimension, member, category) as insight_number
    from {{ ref('int_insight_tests') }} as tests
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
            else 'were resolved within {{ var("insight_resolution_days") }} days'
        end as outcome,
        case
            when findings.metric = 'category_share' then 'complaints '
            when findings.metric = 'resolution_rate' and findings.dimension = 'month'
                then 'complaints with a status, reported {{ var("insight_follow_up_days") }} days or more after opening, '
            when findings.metric = 'resolution_rate' then 'complaints with a status '
            else 'complaints resolved within {{ var("insight_follow_up_days") }} days, '
        end as base_in_words,
        case
            when findings.dimension = 'state' then 1000.0
            else 1.0
        end as rate_base
    from findings
    left join {{ ref('us_states') }} as states
        on findings.dimension = 'state'
        and states.state_code = findings.member
),

sentences as (
    select
        in_words.*,
        case
            when metric = 'complaints_per_head' and dimension = 'state'
                then
                    members || ' complain ' || {{ percent_in_words('abs(difference)') }} || ' % '
                    || case when difference > 0 then 'more' else 'less' end || ' often than others ('
                    || {{ percent_in_words('difference_lower') }} || ' to ' || {{ percent_in_words('difference_upper') }}
                    || ' %): ' || {{ number_in_words('1000.0 * member_share') }} || ' complaints per 1000 of '
                    || {{ count_in_words('trials') }} || ' customers, against '
                    || {{ number_in_words('1000.0 * rest_share') }} || ' per 1000 of '
                    || {{ count_in_words('rest_trials') }} || '.'
            when metric = 'complaints_per_head'
                then
                    members || ' handle ' || {{ percent_in_words('abs(difference)') }} || ' % '
                    || case when difference > 0 then 'more' else 'fewer' end || ' complaints each than others ('
                    || {{ percent_in_words('difference_lower') }} || ' to ' || {{ percent_in_words('difference_upper') }}
                    || ' %): ' || {{ number_in_words('member_share') }} || ' for each of '
                    || {{ count_in_words('trials') }} || ' agents, against ' || {{ number_in_words('rest_share') }}
                    || ' for each of ' || {{ count_in_words('rest_trials') }} || '.'
            else
                'Of ' || {{ count_in_words('trials') }} || ' ' || base_in_words || members_complaints || ', '
                || {{ percent_in_words('member_share') }} || ' % ' || outcome || ', against '
                || {{ percent_in_words('rest_share') }} || ' % of ' || {{ count_in_words('rest_trials') }}
                || ' others: ' || {{ percent_in_words('abs(difference)') }} || ' percentage points '
                || case when difference > 0 then 'more' else 'less' end || ' ('
                || {{ percent_in_words('difference_lower') }} || ' to ' || {{ percent_in_words('difference_upper') }} || ').'
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
        {%- for column in [
            'member_value', 'reference_value', 'difference', 'difference_lower', 'difference_upper',
        ] %}
        cast(round(cast(printed.{{ column }} as double precision), 6) as double precision) as {{ column }},
        {%- endfor %}
        cast(printed.difference_unit as varchar(32)) as difference_unit,
        cast(printed.base as bigint) as base,
        cast(printed.reference_base as bigint) as reference_base,
        {%- for column in ['design_effect', 'test_statistic', 'critical_value'] %}
        cast(round(cast(printed.{{ column }} as double precision), 6) as double precision) as {{ column }},
        {%- endfor %}
        cast(printed.comparisons as integer) as comparisons,
        cast({{ var('insight_error_level') }} as double precision) as error_level,
        cast(partition_set.first_partition_date as date) as first_partition_date,
        cast(partition_set.last_partition_date as date) as last_partition_date,
        cast(partition_set.partitions as integer) as partitions,
        cast(printed.sentence as varchar(512)) as sentence
    from printed
    cross join partition_set
)

select * from final
