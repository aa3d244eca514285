{# A share in words: `3.1 %`; `none` where there is none. #}
{% macro percent(share) -%}
    case
        when {{ share }} is null then 'none'
        else cast(cast(round({{ share }} * 100, 1) as decimal(18, 1)) as varchar(24)) || ' %'
    end
{%- endmacro %}

{# A ratio in words, with one decimal: `1.7`. #}
{% macro one_decimal(value) -%}
    cast(cast(round({{ value }}, 1) as decimal(18, 1)) as varchar(24))
{%- endmacro %}

{# A partition in words: `call_logs 2025-11-21`, `sms 2025-11-21T08`. #}
{% macro partition_label(rows) -%}
    {{ rows }}.source || ' ' || {{ partition_time(rows ~ '.partition_date', rows ~ '.partition_hour') }}
{%- endmacro %}

{% macro partition_time(partition_date, partition_hour) -%}
    cast({{ partition_date }} as varchar(10))
    || case
        when {{ partition_hour }} < 0 then ''
        else 'T' || right('0' || cast({{ partition_hour }} as varchar(4)), 2)
    end
{%- endmacro %}
