{#
    Passes when no row depends on a day that dim_dates does not reach. It fails once time or data have outgrown the
    calendar: extend FIRST_YEAR or LAST_YEAR in tests_python/federal_holidays.py, write the seed again, and move
    first_calendar_date or last_calendar_date in dbt_project.yml with it.
#}
{% test rows_inside_the_calendar(model, condition) %}
select count(*) as rows_outside
from {{ model }}
where {{ condition }}
having count(*) > 0
{% endtest %}
