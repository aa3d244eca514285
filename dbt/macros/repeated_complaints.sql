{#
    The complaints that several partitions have. They are few: what has to be sorted to tell their versions apart is
    these and not all, which halves the time and memory of a window over every version.
#}
{% macro repeated_complaints() -%}
    select complaint_key
    from {{ ref('int_complaint_versions') }}
    group by complaint_key
    having count(*) > 1
{%- endmacro %}
