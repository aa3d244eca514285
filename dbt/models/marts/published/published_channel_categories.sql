with

final as (
    {{ published_cells('published_channel_categories') }}
)

select * from final
