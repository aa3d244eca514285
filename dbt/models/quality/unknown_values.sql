{%- set attributes = ['category', 'status', 'platform'] -%}

with

unknown as (
    {%- for attribute in attributes %}
    select
        source,
        partition_date,
        partition_hour,
        '{{ attribute }}' as attribute,
        {{ published_category(attribute, 'false') }} as unknown_value,
        count(*) as row_count
    from {{ ref('int_complaint_versions') }}
    where {{ attribute }} is not null
        and not is_known_{{ attribute }}
    group by source, partition_date, partition_hour, {{ published_category(attribute, 'false') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        cast(source as varchar(64)) as source,
        cast(attribute as varchar(32)) as attribute,
        cast(unknown_value as varchar(40)) as unknown_value,
        cast(partition_date as date) as partition_date,
        cast(partition_hour as integer) as partition_hour,
        cast(row_count as bigint) as value_rows,
        cast(
            min(partition_date) over (partition by source, attribute, unknown_value) as date
        ) as first_seen_date,
        row_number() over (
            partition by source, attribute, unknown_value
            order by partition_date, partition_hour
        ) = 1 as is_first_seen
    from unknown
)

select * from final
