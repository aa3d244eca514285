{# The window over a customer's contacts in the order they were opened, of all topics or of each; keys break ties. #}
{% macro contacts_in_order(topic=none) -%}
    partition by customer_number{{ ', ' ~ topic if topic }} order by opened_at, complaint_key
{%- endmacro %}
