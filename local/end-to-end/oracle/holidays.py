"""US federal holidays by the rules of 5 U.S.C. 6103, on the days on which they are observed."""

from __future__ import annotations

import datetime as dt

MONDAY, THURSDAY = 0, 3
FIRST_JUNETEENTH = 2021


def federal_holidays(first_year: int, last_year: int) -> dict[dt.date, str]:
    """Observed days; New Year's Day of the year after may be observed on the last day of a year."""
    found = {}
    for year in range(first_year, last_year + 2):
        fixed = {
            "New Year's Day": dt.date(year, 1, 1),
            "Independence Day": dt.date(year, 7, 4),
            "Veterans Day": dt.date(year, 11, 11),
            "Christmas Day": dt.date(year, 12, 25),
        }
        if year >= FIRST_JUNETEENTH:
            fixed["Juneteenth National Independence Day"] = dt.date(year, 6, 19)
        found |= {observed(day): name for name, day in fixed.items()}
        found |= {
            nth(year, 1, MONDAY, 3): "Birthday of Martin Luther King, Jr.",
            nth(year, 2, MONDAY, 3): "Washington's Birthday",
            nth(year, 6, MONDAY, 1) - dt.timedelta(days=7): "Memorial Day",
            nth(year, 9, MONDAY, 1): "Labor Day",
            nth(year, 10, MONDAY, 2): "Columbus Day",
            nth(year, 11, THURSDAY, 4): "Thanksgiving Day",
        }
    return {day: name for day, name in found.items() if first_year <= day.year <= last_year}


def observed(day: dt.date) -> dt.date:
    """The Friday before a Saturday, the Monday after a Sunday."""
    return day + dt.timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def nth(year: int, month: int, weekday: int, number: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
