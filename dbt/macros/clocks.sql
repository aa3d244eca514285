{# The two clocks of a complaint, each with the column of fct_complaints that it goes by. #}
{% macro clocks() %}
    {{ return({'opened': 'opened_date', 'reported': 'reported_date'}) }}
{% endmacro %}
