{# The window over a customer's contacts in the order they were opened, of all categories or of each; keys break ties. #}
{% macro contacts_in_order(category=none) -%}
    partition by customer_number{{ ', ' ~ category if category }} order by opened_at, complaint_key
{%- endmacro %}
