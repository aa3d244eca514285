begin;

create  table
    "coretelecoms"."intermediate"."int_insight_tests__dbt_tmp"
    diststyle all
      compound sortkey(metric,dimension)
  as (
with
candidates as (
    select
        metric,
        dimension,
        member,
        category,
        cast(trials as double precision) as trials,
        cast(successes as double precision) as successes,
        cast(group_trials - trials as double precision) as other_trials,
        cast(group_successes - successes as double precision) as other_successes,
        coalesce(design_effect, 1.0) as design_effect,
        is_tested
    from "coretelecoms"."intermediate"."int_insight_candidates"
),
chances as (
    select
        count(*) as comparisons,
        1.0 - 0.01 / 2.0 / nullif(cast(count(*) as double precision), 0.0) as chance
    from candidates
    where is_tested
),
levels as (
    select
        comparisons,
        case
        when chance <= 0 or chance >= 1 then cast(null as double precision)
        when chance < 0.02425 then (((((-0.007784894002430293 * sqrt(-2.0 * ln(cast(chance as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(cast(chance as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(cast(chance as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(cast(chance as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(cast(chance as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(cast(chance as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(cast(chance as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(cast(chance as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(cast(chance as double precision))) + 1.0)
        when chance > 0.97575 then -1.0 * ((((((-0.007784894002430293 * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -0.3223964580411365) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -2.400758277161838) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + -2.549732539343734) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 4.374664141464968) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 2.938163982698783) / ((((0.007784695709041462 * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 0.3224671290700398) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 2.445134137142996) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 3.754408661907416) * sqrt(-2.0 * ln(1.0 - cast(chance as double precision))) + 1.0))
        else (cast(chance as double precision) - 0.5) * (((((-39.69683028665376 * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 220.9460984245205) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -275.9285104469687) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 138.3577518672690) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -30.66479806614716) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 2.506628277459239) / (((((-54.47609879822406 * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 161.5858368580409) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -155.6989798598866) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 66.80131188771972) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + -13.28068155288572) * ((cast(chance as double precision) - 0.5) * (cast(chance as double precision) - 0.5)) + 1.0)
    end as critical_value
    from chances
),
first_look as (
    select
        candidates.*,
        round(
            cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (trials + other_trials) / (trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when other_successes > 0
            then other_successes * ln(
                cast(cast(other_successes as double precision) * (trials + other_trials) / (other_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaints_per_head' then 0.0
            else
                case
        when (trials - successes) > 0
            then (trials - successes) * ln(
                cast(cast((trials - successes) as double precision) * (trials + other_trials) / (trials * (trials + other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (other_trials - other_successes) > 0
            then (other_trials - other_successes) * ln(
                cast(cast((other_trials - other_successes) as double precision) * (trials + other_trials) / (other_trials * (trials + other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision), 6
        ) as deviance
    from candidates
),
ranked as (
    select
        first_look.*,
        row_number() over (partition by metric, dimension, category, is_tested order by deviance desc, trials, member) as place,
        row_number() over (partition by metric, dimension, member, is_tested order by deviance desc, category)
            as place_of_category
    from first_look
),
without_those_before as (
    select
        ranked.*,
        other_trials - coalesce(
            sum(trials) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_trials,
        other_successes - coalesce(
            sum(successes) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and 1 preceding), 0.0
        ) as rest_successes
    from ranked
),
first_categories as (
    select
        dimension,
        member,
        is_tested as is_first_tested,
        successes as first_successes,
        other_successes as first_other_successes
    from ranked
    where metric = 'category_share'
        and place_of_category = 1
),
compared as (
    select
        without_those_before.*,
        case
            when metric = 'category_share' and place_of_category > 1 then trials - first_successes
            else trials
        end as own_trials,
        case
            when metric = 'category_share' and place_of_category > 1 then other_trials - first_other_successes
            else other_trials
        end as own_other_trials,
        cast(successes as double precision) / design_effect as effective_successes,
        cast(
            case when metric = 'complaints_per_head' then successes + rest_successes else trials end as double precision
        ) / design_effect as effective_trials,
        cast(rest_successes as double precision) / design_effect as effective_rest_successes,
        cast(
            case when metric = 'complaints_per_head' then successes + rest_successes else rest_trials end as double precision
        ) / design_effect as effective_rest_trials,
        cast(successes as double precision) / trials as member_share,
        cast(rest_successes as double precision) / nullif(rest_trials, 0.0) as rest_share,
        cast(rest_trials as double precision) / (trials + rest_trials) / design_effect as rest_weight
    from without_those_before
    left join first_categories
        on first_categories.dimension = without_those_before.dimension
        and first_categories.member = without_those_before.member
        and first_categories.is_first_tested = without_those_before.is_tested
),
bounded as (
    select
        compared.*,
        levels.comparisons,
        levels.critical_value,
        cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (trials + rest_trials) / (trials * (successes + rest_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when rest_successes > 0
            then rest_successes * ln(
                cast(cast(rest_successes as double precision) * (trials + rest_trials) / (rest_trials * (successes + rest_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaints_per_head' then 0.0
            else
                case
        when (trials - successes) > 0
            then (trials - successes) * ln(
                cast(cast((trials - successes) as double precision) * (trials + rest_trials) / (trials * (trials + rest_trials - successes - rest_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (rest_trials - rest_successes) > 0
            then (rest_trials - rest_successes) * ln(
                cast(cast((rest_trials - rest_successes) as double precision) * (trials + rest_trials) / (rest_trials * (trials + rest_trials - successes - rest_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision)
        / design_effect as deviance_from_rest,
        cast(2.0 * (
        case
        when successes > 0
            then successes * ln(
                cast(cast(successes as double precision) * (own_trials + own_other_trials) / (own_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
        when other_successes > 0
            then other_successes * ln(
                cast(cast(other_successes as double precision) * (own_trials + own_other_trials) / (own_other_trials * (successes + other_successes)) as double precision)
            )
        else 0.0
    end
        + case
            when metric = 'complaints_per_head' then 0.0
            else
                case
        when (own_trials - successes) > 0
            then (own_trials - successes) * ln(
                cast(cast((own_trials - successes) as double precision) * (own_trials + own_other_trials) / (own_trials * (own_trials + own_other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
                + case
        when (own_other_trials - other_successes) > 0
            then (own_other_trials - other_successes) * ln(
                cast(cast((own_other_trials - other_successes) as double precision) * (own_trials + own_other_trials) / (own_other_trials * (own_trials + own_other_trials - successes - other_successes)) as double precision)
            )
        else 0.0
    end
        end
    ) as double precision)
        / design_effect as deviance_without_first,
        (
        2.0 * cast(effective_successes as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast(effective_successes as double precision) * (nullif(cast(effective_trials as double precision), 0.0) - cast(effective_successes as double precision)) / nullif(cast(effective_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_trials as double precision), 0.0) + critical_value * critical_value)) as member_lower,
        (1.0 - (
        2.0 * cast((effective_trials - effective_successes) as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast((effective_trials - effective_successes) as double precision) * (nullif(cast(effective_trials as double precision), 0.0) - cast((effective_trials - effective_successes) as double precision)) / nullif(cast(effective_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_trials as double precision), 0.0) + critical_value * critical_value))) as member_upper,
        (
        2.0 * cast(effective_rest_successes as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast(effective_rest_successes as double precision) * (nullif(cast(effective_rest_trials as double precision), 0.0) - cast(effective_rest_successes as double precision)) / nullif(cast(effective_rest_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_rest_trials as double precision), 0.0) + critical_value * critical_value)) as rest_lower,
        (1.0 - (
        2.0 * cast((effective_rest_trials - effective_rest_successes) as double precision) + critical_value * critical_value
        - critical_value * sqrt(critical_value * critical_value + 4.0 * cast((effective_rest_trials - effective_rest_successes) as double precision) * (nullif(cast(effective_rest_trials as double precision), 0.0) - cast((effective_rest_trials - effective_rest_successes) as double precision)) / nullif(cast(effective_rest_trials as double precision), 0.0))
    ) / (2.0 * (nullif(cast(effective_rest_trials as double precision), 0.0) + critical_value * critical_value))) as rest_upper
    from compared
    cross join levels
),
measured as (
    select
        bounded.*,
        case
            when metric = 'complaints_per_head' then cast(member_share as double precision) / nullif(rest_share, 0.0) - 1.0
            else member_share - rest_share
        end as difference,
        case
            when metric = 'complaints_per_head'
                then member_lower / nullif(1.0 - member_lower, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share - sqrt(
                    (member_share - member_lower) * (member_share - member_lower)
                    + (rest_upper - rest_share) * (rest_upper - rest_share)
                )
        end as difference_lower,
        case
            when metric = 'complaints_per_head'
                then member_upper / nullif(1.0 - member_upper, 0.0) * (cast(rest_trials as double precision) / trials) - 1.0
            else
                member_share - rest_share + sqrt(
                    (member_upper - member_share) * (member_upper - member_share)
                    + (rest_share - rest_lower) * (rest_share - rest_lower)
                )
        end as difference_upper
    from bounded
),
judged as (
    select
        measured.*,
        case
            when round(cast(rest_weight * (successes + rest_successes) as double precision), 6)
                < 50
                then 1
            when metric <> 'complaints_per_head'
                and round(
                    cast(rest_weight * (trials + rest_trials - successes - rest_successes) as double precision), 6
                ) < 50
                then 1
            when deviance_from_rest > critical_value * critical_value
                and (difference_lower > 0 or difference_upper < 0)
                then 0
            else 1
        end as is_alike
    from measured
    where rest_trials > 0
),
ended as (
    select
        judged.*,
        max(is_alike) over (partition by metric, dimension, category, is_tested order by place rows between unbounded preceding and current row) as has_ended
    from judged
),
final as (
    select
        cast(metric as varchar(32)) as metric,
        cast(dimension as varchar(16)) as dimension,
        cast(member as varchar(40)) as member,
        cast(category as varchar(40)) as category,
        cast(place as integer) as place,
        cast(trials as bigint) as trials,
        cast(successes as bigint) as successes,
        cast(rest_trials as bigint) as rest_trials,
        cast(rest_successes as bigint) as rest_successes,
        cast(round(cast(member_share as double precision), 9) as double precision) as member_share,
        cast(round(cast(rest_share as double precision), 9) as double precision) as rest_share,
        cast(round(cast(difference as double precision), 9) as double precision) as difference,
        cast(round(cast(difference_lower as double precision), 9) as double precision) as difference_lower,
        cast(round(cast(difference_upper as double precision), 9) as double precision) as difference_upper,
        cast(round(cast(design_effect as double precision), 9) as double precision) as design_effect,
        cast(round(cast(deviance_from_rest as double precision), 6) as double precision) as deviance_from_rest,
        cast(round(cast(deviance_without_first as double precision), 6) as double precision) as deviance_without_first,
        cast(round(cast(critical_value as double precision), 6) as double precision) as critical_value,
        cast(comparisons as integer) as comparisons,
        is_tested,
        coalesce(
            is_tested and has_ended = 0 and deviance_without_first > critical_value * critical_value, false
        ) as is_finding
    from ended
)
select * from final
  );

alter table "coretelecoms"."intermediate"."int_insight_tests__dbt_tmp" rename to "int_insight_tests";

commit;

begin;

drop table if exists "coretelecoms"."intermediate"."int_insight_tests__dbt_backup" cascade;

commit;
