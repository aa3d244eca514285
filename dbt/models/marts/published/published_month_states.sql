with

cells as (
    {{ published_cells('published_month_states') }}
),

months as (
    {{ published_months() }}
),

final as (
    select
        cells.opened_month,
        cells.state_code,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)

select * from final
