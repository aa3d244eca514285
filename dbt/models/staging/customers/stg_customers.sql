with

loaded as (
    select * from {{ source('raw_data', 'customers') }}
),

{#- Only an address with exactly one @ has a domain that can be told apart from its local part. #}
typed as (
    select
        loaded.*,
        {{ to_date('date_of_birth') }} as birth_date,
        {{ to_date('signup_date') }} as signed_up_date,
        {{ clean_text('email') }} as email_source,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then split_part(trim(email), '@', 1)
        end as email_local_part,
        case
            when length(email) - length(replace(email, '@', '')) = 1 then lower(split_part(trim(email), '@', 2))
        end as email_domain,
        rtrim(replace(replace(address, chr(13) || chr(10), chr(10)), chr(13), chr(10)), ' ' || chr(10)) as address_lines
    from loaded
),

{#- An address ends in a two-letter code and a ZIP: `Denver, CO 80014`, `APO AA 09876`. #}
tailed as (
    select
        typed.*,
        {{ regexp_first('address_lines', '[A-Z][A-Z] [0-9]{5}(-[0-9]{4})?$') }} as address_tail
    from typed
),

{#- What stands before the tail: the street, then (on its own line, else after the last comma) the city. #}
headed as (
    select
        tailed.*,
        rtrim(left(address_lines, length(address_lines) - length(address_tail)), ' ,' || chr(10)) as address_head
    from tailed
),

split as (
    select
        headed.*,
        coalesce(
            nullif(strpos(reverse(address_head), chr(10)), 0),
            nullif(strpos(reverse(address_head), ','), 0),
            length(address_head) + 1
        ) as city_length_plus_one
    from headed
),

cleaned as (
    select
        split._load_id as load_id,
        split._source_row as source_row,
        split._record_hash as record_hash,
        trim(split.customer_id) as customer_id,
        {{ clean_text('split.name') }} as customer_name,
        {{ clean_text('split.gender') }} as gender_source,
        case {{ spelling('split.gender') }}
            when 'm' then 'Male'
            when 'male' then 'Male'
            when 'f' then 'Female'
            when 'female' then 'Female'
            else {{ clean_text('split.gender') }}
        end as gender,
        split.birth_date as date_of_birth,
        split.signed_up_date as signup_date,
        split.email_source,
        case
            when split.email_domain is null then split.email_source
            else split.email_local_part || '@' || coalesce(repairs.domain, split.email_domain)
        end as email,
        repairs.domain is not null as is_email_repaired,
        {{ clean_text('split.address') }} as address_source,
        case
            when split.address_tail <> ''
                then nullif(
                    rtrim(
                        left(
                            split.address_head,
                            case
                                when split.city_length_plus_one > length(split.address_head) then 0
                                else length(split.address_head) - split.city_length_plus_one
                            end
                        ),
                        ' ,' || chr(10)
                    ),
                    ''
                )
        end as street,
        case
            when split.address_tail <> ''
                then nullif(trim(right(split.address_head, split.city_length_plus_one - 1)), '')
        end as city,
        nullif(left(split.address_tail, 2), '') as state_code,
        states.state_name,
        states.state_kind,
        states.state_code is not null as is_known_state,
        nullif(substring(split.address_tail, 4), '') as postal_code,
        coalesce(split.address_tail <> '', false) as is_address_parsed,
        {{ clean_text('split.phone') }} as phone_source,
        {{ phone_digits('split.phone') }} as phone_digits,
        {{ clean_text('split.location') }} as location,
        {{ failed_casts({
            'split.birth_date': 'split.date_of_birth',
            'split.signed_up_date': 'split.signup_date',
        }) }} as failed_casts
    from split
    left join {{ ref('email_domain_repairs') }} as repairs
        on repairs.misspelt_domain = split.email_domain
    left join {{ ref('us_states') }} as states
        on states.state_code = left(split.address_tail, 2)
),

final as (
    {{ partitions_of('customers', 'cleaned') }}
)

select * from final
