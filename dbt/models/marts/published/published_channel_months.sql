with

cells as (
    {{ published_cells('published_channel_months') }}
),

months as (
    {{ published_months() }}
),

final as (
    select
        cells.channel,
        cells.opened_month,
        cells.complaints,
        cells.is_suppressed,
        coalesce(months.is_complete, false) as is_complete
    from cells
    left join months
        on months.opened_month = cells.opened_month
)

select * from final
