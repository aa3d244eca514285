"""Federal holidays of the United States by the rule that makes them: 5 U.S.C. 6103 and Executive Order 11582.

    python tests_python/federal_holidays.py > seeds/us_federal_holidays.csv

The dates are those on which they are observed by offices that work Monday to Friday: a Saturday's holiday on the Friday
before, a Sunday's on the Monday after. https://www.opm.gov/policy-data-oversight/pay-leave/federal-holidays/
"""

from __future__ import annotations

import csv
import datetime as dt
import sys

FIRST_YEAR, LAST_YEAR = 2010, 2035
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
JUNETEENTH_SINCE = 2021


def nth(n: int, weekday: int, year: int, month: int) -> dt.date:
    """The n-th such weekday of a month."""
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def last(weekday: int, year: int, month: int) -> dt.date:
    """The last such weekday of a month that is not December."""
    end = dt.date(year, month + 1, 1) - dt.timedelta(days=1)
    return end - dt.timedelta(days=(end.weekday() - weekday) % 7)


def holidays(year: int) -> dict[str, dt.date]:
    """The legal days of a year, by name."""
    return {
        "New Year's Day": dt.date(year, 1, 1),
        "Birthday of Martin Luther King, Jr.": nth(3, MONDAY, year, 1),
        "Washington's Birthday": nth(3, MONDAY, year, 2),
        "Memorial Day": last(MONDAY, year, 5),
        **({"Juneteenth National Independence Day": dt.date(year, 6, 19)} if year >= JUNETEENTH_SINCE else {}),
        "Independence Day": dt.date(year, 7, 4),
        "Labor Day": nth(1, MONDAY, year, 9),
        "Columbus Day": nth(2, MONDAY, year, 10),
        "Veterans Day": dt.date(year, 11, 11),
        "Thanksgiving Day": nth(4, THURSDAY, year, 11),
        "Christmas Day": dt.date(year, 12, 25),
    }


def observed(day: dt.date) -> dt.date:
    return day + dt.timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def observed_holidays() -> list[tuple[str, str]]:
    """(date, name) of every holiday observed in these years; a year's first may be observed in the year before."""
    days = [(observed(day), name) for year in range(FIRST_YEAR, LAST_YEAR + 2) for name, day in holidays(year).items()]
    return sorted((day.isoformat(), name) for day, name in days if FIRST_YEAR <= day.year <= LAST_YEAR)


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["holiday_date", "holiday_name"])
    writer.writerows(observed_holidays())
