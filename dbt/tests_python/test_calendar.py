"""Working days: the seed is what the rule gives, the rule gives what was published, the calendar counts it."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
import yaml
from federal_holidays import FIRST_YEAR, LAST_YEAR, observed_holidays

from warehouse import PROJECT

# Month and day as the Office of Personnel Management published them, in years with holidays on Saturdays and Sundays
PUBLISHED = {
    2011: "01-17 02-21 05-30 07-04 09-05 10-10 11-11 11-24 12-26",
    2015: "01-01 01-19 02-16 05-25 07-03 09-07 10-12 11-11 11-26 12-25",
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2025: "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
}


def seed() -> list[tuple[str, str]]:
    with (PROJECT / "seeds/us_federal_holidays.csv").open(newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def test_the_seed_is_what_the_rule_gives():
    assert seed() == observed_holidays()


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_rule_gives_the_published_dates(year):
    assert [day for day, _ in observed_holidays() if day.startswith(str(year))] == [
        f"{year}-{day}" for day in PUBLISHED[year].split()
    ]


def test_the_seed_reaches_as_far_as_the_calendar():
    """A calendar that outgrows the seed would take holidays for working days."""
    variables = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
    assert variables["first_calendar_date"] == f"{FIRST_YEAR}-01-01"
    assert variables["last_calendar_date"] == f"{LAST_YEAR}-12-31"


def test_every_working_day_of_the_calendar_is_one(story):
    """Against a count of Python's, day by day from the first."""
    off = {dt.date.fromisoformat(day) for day, _ in observed_holidays()}
    days = story.first.query(
        "select date_day, is_federal_holiday, holiday_name is not null, is_working_day, working_day_number"
        " from marts.dim_dates order by date_day"
    )
    assert len(days) == 9496
    counted = 0
    for day, is_holiday, is_named, is_working, number in days:
        counted += day.weekday() < 5 and day not in off
        assert (is_holiday, is_named) == (day in off, day in off)
        assert (is_working, number) == (day.weekday() < 5 and day not in off, counted)
