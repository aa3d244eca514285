with

located as (
    select
        facts.*,
        {{ dimension_member('customers.state_code') }} as state_code
    from {{ ref('fct_complaints') }} as facts
    left join {{ ref('dim_customers') }} as customers
        on customers.customer_key = facts.customer_key
),

counted as (
    {%- for clock, day in clocks().items() %}
    select
        cast('{{ clock }}' as varchar(16)) as clock,
        cast(date_trunc('month', located.{{ day }}) as date) as month,
        cast(located.state_code as varchar(40)) as state_code,
        located.channel,
        cast({{ dimension_member('located.category') }} as varchar(40)) as category,
        {{ complaint_counts('located') }},
        cast(
            count(
                distinct case
                    when located.is_complaint and located.customer_key <> {{ unknown_key() }}
                        then located.customer_key
                end
            ) as bigint
        ) as customers
    from located
    group by date_trunc('month', located.{{ day }}), located.state_code, located.channel, located.category
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

final as (
    select
        counted.*,
        coalesce(periods.is_complete, false) as is_complete
    from counted
    left join {{ ref('int_period_completeness') }} as periods
        on periods.clock = counted.clock
        and periods.granularity = 'month'
        and periods.period_start = counted.month
)

select * from final
