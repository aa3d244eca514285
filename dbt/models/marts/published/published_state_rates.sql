with

rates as (
    select
        state_code,
        customers,
        complaints,
        is_suppressed
    from {{ ref('int_publication_rates') }}
    where is_listed
),

everything as (
    select sum(customers) as customers
    from {{ ref('int_publication_rates') }}
),

all_states as (
    select
        totals.member as state_code,
        everything.customers,
        totals.complaints,
        totals.is_suppressed or coalesce(everything.customers, 0) < {{ publication_threshold() }} as is_suppressed
    from {{ ref('published_totals') }} as totals
    cross join everything
    where totals.attribute = 'all'
),

shown as (
    select * from rates
    union all
    select * from all_states
),

final as (
    select
        cast(state_code as varchar(40)) as state_code,
        case when not is_suppressed then {{ share('complaints * 10000', 'customers') }} end as complaints_per_10000,
        case when not is_suppressed then {{ share('complaints * 100000', 'customers') }} end as complaints_per_100000,
        is_suppressed
    from shown
)

select * from final
