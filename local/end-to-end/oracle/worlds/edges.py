"""Days, times and spans at which a figure turns."""

from __future__ import annotations

import datetime as dt

from ..foreign.draw import Draw
from ..working_days import nth_after

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)

# Bands of age, windows of repeats and features, quick and followed-up resolutions, a year: last day in, first day out.
AGES = (0, 1, 2, 3, 4, 7, 8, 13, 14, 15, 29, 30, 31, 59, 60, 61, 89, 90, 91, 179, 180, 181, 364, 365, 366)
GAPS = (0, 0, 1, 29, 30, 31, 89, 90, 91, 365)
# Where batches begin: leap days, ends of years, holidays on weekends, a first Juneteenth.
STARTS = tuple(
    map(
        dt.date.fromisoformat,
        (
            "2024-02-26",
            "2023-12-28",
            "2020-02-27",
            "2021-06-15",
            "2021-12-22",
            "2022-12-30",
            "2025-11-20",
            "2028-02-27",
        ),
    )
)
OUTSIDE_CALENDAR = tuple(
    map(dt.date.fromisoformat, ("1999-12-31", "2009-12-31", "2010-01-01", "2010-01-03", "2035-12-28", "2035-12-31"))
)
TURNS = (dt.time(0, 0, 0), dt.time(0, 0, 1), dt.time(23, 59, 59), dt.time(12, 0, 0), dt.time(5, 45), dt.time(18, 15))


def start_of_time(draw: Draw) -> dt.date:
    if draw.rarely(0.2):
        return dt.date(2015, 1, 1) + draw.randint(0, 4500) * DAY
    return draw.choice(STARTS) + draw.randint(-2, 2) * DAY


def time_of_day(draw: Draw) -> dt.time:
    if draw.rarely(0.3):
        return draw.choice(TURNS)
    return dt.time(draw.randint(0, 23), draw.randint(0, 59), draw.randint(0, 59))


def opened_day(draw: Draw, batch: dt.date, as_of: dt.date, outside: bool) -> dt.date:
    kind = draw.random()
    if outside and kind < 0.1:
        return draw.choice(OUTSIDE_CALENDAR)
    if kind < 0.35:
        return as_of - draw.choice(AGES) * DAY
    if kind < 0.5:
        return batch - draw.choice(AGES) * DAY
    if kind < 0.55:
        return batch + draw.choice((1, 1, 2, 30, 40)) * DAY
    if kind < 0.65:
        # a weekend, or the day beside it
        near = batch - draw.randint(0, 60) * DAY
        return near + ((5 - near.weekday()) % 7 + draw.choice((-1, 0, 1, 2))) * DAY
    if kind < 0.7:
        return dt.date(
            as_of.year - draw.randint(0, 1), *draw.choice(((1, 1), (2, 28), (3, 1), (7, 4), (12, 25), (12, 31)))
        )
    return batch - draw.randint(0, draw.choice((5, 60, 450))) * DAY


def ended(draw: Draw, opened: dt.datetime, as_of: dt.date) -> dt.datetime:
    """When something was resolved: at once, after whole days and a second more, when its deadline ends."""
    kind = draw.random()
    if kind < 0.35:
        seconds = draw.choice((-86400, -1, 0, 0, 1, 86399))
        return opened + seconds * SECOND
    if kind < 0.6:
        whole = draw.choice((1, 1, 2, 3, 5, 6, 14, 15, 20, 21, 30, 31, 59, 60, 61))
        return opened + whole * DAY + draw.choice((-1, 0, 0, 1)) * SECOND
    if kind < 0.8:
        due = nth_after(opened.date(), draw.choice((2, 10))) or opened.date()
        return (
            dt.datetime.combine(due, draw.choice((dt.time(0, 0), dt.time(23, 59, 59))))
            + draw.choice((0, 0, 1)) * SECOND
        )
    if kind < 0.9:
        # its window of thirty days closes on as_of, or beside it
        return dt.datetime.combine(as_of - draw.choice((29, 30, 31)) * DAY, time_of_day(draw))
    return dt.datetime.combine(as_of + draw.choice((-1, 0, 1, 5)) * DAY, time_of_day(draw))
