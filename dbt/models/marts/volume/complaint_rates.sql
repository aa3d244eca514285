{%- set counts = [
    'complaints', 'complaints_with_status', 'resolved_complaints', 'unresolved_complaints', 'status_unknown_complaints'
] -%}
with

complaints_by_state as (
    select
        clock,
        month,
        state_code,
        is_complete,
        {%- for count in counts %}
        sum({{ count }}) as {{ count }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('complaints_by_state_monthly') }}
    group by clock, month, state_code, is_complete
),

complaints as (
    select * from complaints_by_state

    union all

    select
        clock,
        month,
        '(all)' as state_code,
        is_complete,
        {%- for count in counts %}
        sum({{ count }}) as {{ count }}{{ ',' if not loop.last }}
        {%- endfor %}
    from complaints_by_state
    group by clock, month, is_complete
),

{#- The state is written as in dim_customers. #}
signups_by_state as (
    select
        {{ dimension_member(published_category('state_code', 'is_known_state')) }} as state_code,
        cast(date_trunc('month', signup_date) as date) as signup_month,
        count(*) as customers
    from {{ ref('int_customers') }}
    where signup_date is not null
    group by state_code, is_known_state, date_trunc('month', signup_date)
),

signups as (
    select * from signups_by_state

    union all

    select
        '(all)' as state_code,
        signup_month,
        sum(customers) as customers
    from signups_by_state
    group by signup_month
),

{#- Without a month there is no day by which to have signed up: null, not 0. #}
compared as (
    select
        complaints.clock,
        complaints.month,
        complaints.state_code,
        {%- for count in counts %}
        complaints.{{ count }},
        {%- endfor %}
        case when complaints.month is not null then coalesce(sum(signups.customers), 0) end as customers_signed_up,
        complaints.is_complete
    from complaints
    left join signups
        on signups.state_code = complaints.state_code
        and signups.signup_month <= complaints.month
    where complaints.complaints > 0
    group by
        complaints.clock, complaints.month, complaints.state_code, complaints.is_complete,
        {%- for count in counts %}
        complaints.{{ count }}{{ ',' if not loop.last }}
        {%- endfor %}
),

final as (
    select
        clock,
        month,
        cast(state_code as varchar(40)) as state_code,
        {%- for count in counts %}
        cast({{ count }} as bigint) as {{ count }},
        {%- endfor %}
        {{ share('resolved_complaints', 'complaints_with_status') }} as resolution_rate,
        cast(customers_signed_up as bigint) as customers_signed_up,
        {{ share('complaints * 10000', 'customers_signed_up') }} as complaints_per_10000,
        {{ share('complaints * 100000', 'customers_signed_up') }} as complaints_per_100000,
        is_complete
    from compared
)

select * from final
