{%- set parts = [{'table': 'all', 'inner': "'all'", 'outer': "'(all)'"}] -%}
{%- for attribute in publication_attributes() -%}
    {%- do parts.append({'table': attribute, 'inner': "'" ~ attribute ~ "'", 'outer': 'cells.' ~ attribute}) -%}
{%- endfor -%}
with

raw_counts as (
    {{- publication_raw_counts(parts) }}
),

mapped_counts as (
    select
        raw_counts.*,
        raw_inner as inner_member,
        raw_outer as outer_member
    from raw_counts
),

{{ publication_checked_counts(parts) }},

sizes as (
    select
        inner_member as attribute,
        count(*) as members
    from checked_counts
    group by inner_member
),

tables as (
    {{- publication_tables_as_rows() }}
),

neighbours as (
    select inner_attribute as attribute, outer_attribute as neighbour
    from tables
    where has_impossible_pairs

    union all

    select outer_attribute as attribute, inner_attribute as neighbour
    from tables
    where has_impossible_pairs
),

{#- A hidden cell is known to hold a complaint where empty ones are known, and in a table a member may be spread over all
    members of its neighbour: what is left to be unknown must still be enough. #}
required as (
    select
        neighbours.attribute,
        max(sizes.members) as known_complaints
    from neighbours
    inner join sizes
        on sizes.attribute = neighbours.neighbour
    group by neighbours.attribute
),

judged as (
    select
        checked_counts.inner_member as attribute,
        checked_counts.outer_member as member,
        {{ member_kind('checked_counts.outer_member') }} as kind,
        checked_counts.complaints,
        not checked_counts.has_enough_customers
        or checked_counts.complaints < {{ publication_threshold() }} + coalesce(required.known_complaints, 1) as is_small
    from checked_counts
    left join required
        on required.attribute = checked_counts.inner_member
),

ranked as (
    select
        judged.*,
        sum(case when is_small then 1 else 0 end) over (partition by attribute, kind) as small_members,
        count(*) over (partition by attribute, kind) as members,
        row_number() over (partition by attribute, kind order by is_small, complaints, member) as position
    from judged
),

{#- An attribute is given up where small members have no other of their kind to hide with. Channels are of a kind each:
    what is possible in one is not in another. #}
given_up as (
    select distinct attribute
    from ranked
    where small_members > 0
        and attribute <> 'all'
        and (small_members = members or attribute = 'channel')
),

{#- Small members hide together with the least of the others, so that only their sum can be found by subtraction. Kinds
    are not merged with each other: each hidden member is known to have a complaint, in a channel where it is possible. #}
hidden as (
    select
        ranked.*,
        given_up.attribute is null as is_attribute_published,
        given_up.attribute is not null
        or (ranked.attribute <> 'all' and small_members > 0 and (is_small or position = 1)) as is_merged
    from ranked
    left join given_up
        on given_up.attribute = ranked.attribute
),

final as (
    select
        cast(attribute as varchar(40)) as attribute,
        cast(member as varchar(40)) as member,
        cast(kind as varchar(16)) as kind,
        cast(complaints as bigint) as complaints,
        is_small,
        cast(
            case
                when not is_merged then member
                when is_attribute_published and kind = 'resolution time' then '(small, resolved in days)'
                else '(small)'
            end as varchar(40)
        ) as published_member,
        is_merged or (attribute = 'all' and is_small) as is_suppressed,
        {#- of an attribute that is given up not even the names are shown: their number would tell #}
        is_attribute_published
    from hidden
)

select * from final
