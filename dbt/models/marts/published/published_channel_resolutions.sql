with

final as (
    {{ published_cells('published_channel_resolutions') }}
)

select * from final
