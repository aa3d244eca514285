with

resolved as (
    select
        source,
        channel,
        partition_date,
        case
            when customer_key = {{ unknown_key() }} then 'unknown'
            when is_orphan_customer then 'inferred'
            when is_unmatched_sender then 'unmatched number'
            else 'known'
        end as resolution
    from {{ ref('fct_complaints') }}
),

final as (
    select
        cast(source as varchar(64)) as source,
        cast(channel as varchar(32)) as channel,
        cast(partition_date as date) as partition_date,
        cast(count(*) as bigint) as records,
        {{ count_where("resolution = 'known'") }} as known_records,
        {{ count_where("resolution = 'unknown'") }} as unknown_records,
        {{ count_where("resolution = 'inferred'") }} as inferred_records,
        {{ count_where("resolution = 'unmatched number'") }} as unmatched_number_records,
        {{ share("count(case when resolution <> 'known' then 1 end)", 'count(*)') }} as share_unresolved,
        {{ share("count(case when resolution = 'unknown' then 1 end)", 'count(*)') }} as share_unknown,
        {{ share("count(case when resolution = 'inferred' then 1 end)", 'count(*)') }} as share_inferred,
        {{ share("count(case when resolution = 'unmatched number' then 1 end)", 'count(*)') }} as share_unmatched_number
    from resolved
    group by source, channel, partition_date
)

select * from final
