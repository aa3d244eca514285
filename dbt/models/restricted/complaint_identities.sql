{{ config(materialized='view') }}

with

final as (
    select
        complaints.complaint_key,
        complaints.source,
        cast(versions.complaint_id as varchar(1024)) as complaint_id,
        complaints.customer_key,
        cast(versions.customer_id as varchar(1024)) as customer_id,
        complaints.agent_key,
        cast(versions.agent_id as varchar(1024)) as agent_id,
        cast(versions.sender_msisdn as varchar(1024)) as sender_msisdn
    from {{ ref('fct_complaints') }} as complaints
    inner join {{ ref('int_complaint_versions') }} as versions
        on versions.complaint_key = complaints.complaint_key
        and versions.partition_date = complaints.partition_date
        and versions.partition_hour = complaints.partition_hour
)

select * from final
