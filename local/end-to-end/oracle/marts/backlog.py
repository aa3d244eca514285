"""What was open: as known at each partition date, and, of social media and web forms, on every day."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from ..cleaning import published
from ..compare import Expected
from ..fact import bucket, first_reported, newest_versions
from ..figures import age_band, complaints_of, days_between
from ..versions import CHANNELS
from ..working_days import FIRST_DAY
from ..world import NONE, World

DAY = dt.timedelta(days=1)


def backlog_daily(world: World) -> Expected:
    dates = sorted({date for source, date, _ in world.settled if source in CHANNELS})
    reported = first_reported(world.versions)
    counts: dict[tuple, Counter] = defaultdict(Counter)
    for place, date in enumerate(dates):
        before = dates[place - 1] if place else date - DAY
        for one in newest_versions(world.versions[world.versions.partition_date <= date]).itertuples():
            if one.has_status:
                count(counts, date, before, reported[one.complaint_key], one)
    names = ("as_known_date", "channel", "category", "complaint_bucket", "age_band", "age_band_order")
    rows = [
        {**dict(zip(names, key, strict=True)), **{name: found[name] for name in MEASURES}}
        for key, found in counts.items()
    ]
    return Expected(pd.DataFrame(rows, dtype=object), names)


MEASURES = (
    "known_complaints",
    "resolved_complaints",
    "open_complaints",
    "status_unknown_complaints",
    "open_known_before",
    "open_newly_opened",
    "open_newly_reported",
)
BY_STATE = {
    "resolved": "resolved_complaints",
    "unresolved": "open_complaints",
    "unknown": "status_unknown_complaints",
}


def count(counts: dict[tuple, Counter], date: dt.date, before: dt.date, first: dt.date, one: Any) -> None:
    opened = one.opened_at and one.opened_at.date()
    category = published(one.category, one.is_known_category) or NONE
    found = counts[(date, one.channel, category, bucket(one)[0], *age_band(days_between(date, opened)))]
    found["known_complaints"] += 1
    found[BY_STATE[one.resolution_state]] += 1
    if one.resolution_state == "unresolved":
        if first < date:
            found["open_known_before"] += 1
        elif opened is not None and opened > before:
            found["open_newly_opened"] += 1
        else:
            found["open_newly_reported"] += 1


def backlog_history(world: World) -> Expected:
    complaints = complaints_of(world.enriched)
    timed = complaints[complaints.resolution_time_state != "not_reported"]
    combinations = sorted(set(zip(timed.channel, timed.platform, timed.category, strict=True)))
    opened_days = [day for day in timed.opened_date if day is not None and FIRST_DAY <= day <= world.as_of]
    first = min(opened_days, default=world.as_of + DAY)
    opened, resolved, excluded = Counter(), Counter(), Counter()
    for one in timed.itertuples():
        key = (one.channel, one.platform, one.category)
        is_in_time = one.opened_date is not None and FIRST_DAY <= one.opened_date <= world.as_of
        day = one.opened_date if is_in_time else None
        is_open = one.resolution_time_state == "unresolved" and one.resolution_state == "unresolved"
        if day is None or not (is_open or one.resolution_time_state == "measured"):
            excluded[(day, *key)] += 1
            continue
        opened[(day, *key)] += 1
        if one.resolved_at is not None and one.resolved_at.date() <= world.as_of:
            resolved[(one.resolved_at.date(), *key)] += 1
    rows = []
    for key in combinations:
        waiting = 0
        for number in range((world.as_of - first).days + 1):
            at = (first + number * DAY, *key)
            waiting += opened[at] - resolved[at]
            rows.append((*at, opened[at], resolved[at], waiting, excluded[at]))
        if excluded[(None, *key)]:
            rows.append((None, *key, 0, 0, None, excluded[(None, *key)]))
    names = ("day", "channel", "platform", "category")
    measures = ("opened_complaints", "resolved_complaints", "open_complaints", "excluded_complaints")
    return Expected(pd.DataFrame(rows, columns=[*names, *measures], dtype=object), names)


MARTS = {"backlog_daily": backlog_daily, "backlog_history": backlog_history}
