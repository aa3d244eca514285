{#
    Whether a complaint id embeds a customer uuid (without dashes) and it is not the given customer's. False where
    nothing can be compared: no customer id, or a complaint id of another make.
#}
{% macro embeds_other_customer(complaint_id, customer_id) -%}
    case
        when {{ customer_id }} is null then false
        when strpos(lower({{ complaint_id }}), replace(lower({{ customer_id }}), '-', '')) > 0 then false
        else {{ regexp_like('lower(' ~ complaint_id ~ ')', '[0-9a-f]{32}') }}
    end
{%- endmacro %}
