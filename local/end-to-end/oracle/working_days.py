"""Working days of the calendar, and the service-level policy (reviewed seeds sla_urgencies, sla_policies)."""

from __future__ import annotations

import bisect
import datetime as dt
from functools import cache

from .holidays import federal_holidays

FIRST_DAY, LAST_DAY = dt.date(2010, 1, 1), dt.date(2035, 12, 31)


@cache
def working_days() -> list[dt.date]:
    holidays = federal_holidays(FIRST_DAY.year, LAST_DAY.year)
    every = (FIRST_DAY + dt.timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return [day for day in every if day.isoweekday() < 6 and day not in holidays]


def nth_after(day: dt.date, number: int) -> dt.date | None:
    """The number-th working day after a day; None where the calendar does not reach it."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    place = bisect.bisect_right(working_days(), day) + number - 1
    return working_days()[place] if place < len(working_days()) else None


def count_between(after: dt.date, through: dt.date) -> int:
    """Working days after one day, up to and including another."""
    return bisect.bisect_right(working_days(), through) - bisect.bisect_right(working_days(), after)
