{{
    config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='append_new_columns',
        full_refresh=false,
    )
}}

with

{#- Builds are numbered, not timed: no model reads the wall clock. #}
previous_build as (
    {%- if is_incremental() %}
    select coalesce(max(build_number), 0) as build_number from {{ this }}
    {%- else %}
    select cast(0 as bigint) as build_number
    {%- endif %}
),

final as (
    select
        cast(previous_build.build_number + 1 as bigint) as build_number,
        cast('{{ invocation_id }}' as varchar(64)) as invocation_id,
        cast(ledger.source as varchar(64)) as source,
        cast(ledger.partition_date as date) as partition_date,
        cast(ledger.partition_hour as integer) as partition_hour,
        cast(ledger.commit_seq as bigint) as commit_seq,
        cast(ledger.load_id as varchar(64)) as load_id
    from {{ source('platform', 'load_ledger') }} as ledger
    cross join previous_build
)

select * from final
