{#
    Passes when the calendar goes on for as many working days after the newest partition as the most patient policy
    allows, so that whatever is opened by then has its due day. It fails once time has outgrown the calendar: raise
    LAST_YEAR in tests_python/federal_holidays.py, write the seed again, and move last_calendar_date in dbt_project.yml
    with it. A record of a day outside the calendar does not fail it: that record is not measurable.
#}
{% test reaches_every_deadline(model) %}
select
    as_of.as_of_date,
    policies.longest_days,
    calendar.last_number
from {{ ref('int_as_of') }} as as_of
cross join (select max(allowed_working_days) as longest_days from {{ ref('sla_policies') }}) as policies
cross join (select max(working_day_number) as last_number from {{ model }}) as calendar
left join {{ model }} as days
    on days.date_day = as_of.as_of_date
where days.working_day_number is null
    or days.working_day_number + policies.longest_days > calendar.last_number
{% endtest %}
