{# A relation of the numbers 0 to 9999 (27 years of days), in SQL that both engines read. #}
{% macro day_numbers() -%}
    (
        select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as day_number
        from
        {%- for place in ['ones', 'tens', 'hundreds', 'thousands'] %}
            (
                {%- for digit in range(10) %}
                select {{ digit }} as digit{{ ' union all' if not loop.last }}
                {%- endfor %}
            ) as {{ place }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
