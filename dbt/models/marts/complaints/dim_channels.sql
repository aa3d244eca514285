{%- set sources_of = {} -%}
{%- for declared in complaint_sources() -%}
    {%- do sources_of.setdefault(declared.channel, []).append(declared.source) -%}
{%- endfor -%}
with

final as (
    {%- for channel, sources in sources_of.items() %}
    select
        cast('{{ channel }}' as varchar(32)) as channel,
        cast('{{ channel | replace("_", " ") | capitalize | replace("Sms", "SMS") }}' as varchar(64)) as channel_name,
        cast('{{ sources | sort | join(", ") }}' as varchar(256)) as sources
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from final
