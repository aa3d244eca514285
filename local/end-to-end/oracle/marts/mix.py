"""How complaints divide among the members of a dimension, period by period: marts.complaint_mix."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pandas as pd

from ..compare import Expected
from ..figures import complaints_of, is_complete, month_end, share
from ..world import World

DAY = dt.timedelta(days=1)
DIMENSIONS = {"channel": "channel", "category": "category", "bucket": "complaint_bucket", "platform": "platform"}
GRANULARITIES = ("day", "week", "month")
Period = tuple[dt.date, dt.date]


def period_of(granularity: str, day: dt.date) -> Period:
    """First and last day of the period that holds a day."""
    if granularity == "day":
        return day, day
    if granularity == "week":
        monday = day - day.weekday() * DAY
        return monday, monday + 6 * DAY
    return day.replace(day=1), month_end(day)


def complaint_mix(world: World) -> Expected:
    rows, complaints = [], complaints_of(world.enriched)
    for granularity in GRANULARITIES:
        for dimension, column in DIMENSIONS.items():
            counts: dict[Period, Counter] = defaultdict(Counter)
            for day, member in zip(complaints.reported_date, complaints[column], strict=True):
                counts[period_of(granularity, day)][member] += 1
            for period in list(counts):
                before = period_of(granularity, period[0] - DAY)
                shares = shares_of(world, period, before, counts[period], counts.get(before, Counter()))
                rows += [
                    {"granularity": granularity, "period_start": period[0], "dimension": dimension, **one}
                    for one in shares
                ]
    return Expected(pd.DataFrame(rows, dtype=object), ("granularity", "period_start", "dimension", "member"))


def shares_of(
    world: World, period: Period, before: Period, found: Counter, found_before: Counter
) -> list[dict[str, object]]:
    """Of every member that either period has."""
    is_whole = is_complete(world, "reported", *period)
    is_comparable = is_whole and bool(found_before) and is_complete(world, "reported", *before)
    rows = []
    for member in {*found, *found_before}:
        now, then = share(found[member], found.total()), share(found_before[member], found_before.total())
        rows.append(
            {
                "member": member,
                "complaints": found[member],
                "period_complaints": found.total(),
                "share_of_period": now,
                "previous_share_of_period": then,
                "change_percentage_points": 100 * (now - then) if is_comparable else None,
                "is_complete": is_whole,
                "is_comparable": is_comparable,
            }
        )
    return rows


MARTS = {"complaint_mix": complaint_mix}
