with

counted as (
    {%- for clock, day in clocks().items() %}
    select
        cast('{{ clock }}' as varchar(16)) as clock,
        facts.{{ day }} as day,
        facts.channel,
        cast({{ dimension_member('facts.platform') }} as varchar(40)) as platform,
        cast({{ dimension_member('facts.category') }} as varchar(40)) as category,
        facts.complaint_bucket,
        cast({{ dimension_member('facts.status') }} as varchar(40)) as status,
        {{ complaint_counts('facts') }}
    from {{ ref('fct_complaints') }} as facts
    group by facts.{{ day }}, facts.channel, facts.platform, facts.category, facts.complaint_bucket, facts.status
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
        and periods.granularity = 'day'
        and periods.period_start = counted.day
)

select * from final
