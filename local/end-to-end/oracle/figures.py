"""What the marts have in common: standard counts, shares, percentiles, complete periods, bands of age."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Iterator

import pandas as pd

from .world import World

AGE_BANDS = ((3, "0-3"), (7, "4-7"), (30, "8-30"), (90, "31-90"), (180, "91-180"), (math.inf, "over 180"))


def grouped(rows: pd.DataFrame, names: list[str]) -> Iterator[tuple[dict[str, object], pd.DataFrame]]:
    """Groups by these columns, an absent value being a member like any other."""
    keys = list(zip(*(rows[name] for name in names), strict=True)) if len(rows) else []
    places: dict[tuple, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(tuple(None if pd.isna(one) else one for one in key), []).append(place)
    for key, found in places.items():
        yield dict(zip(names, key, strict=True)), rows.iloc[found]


def where(rows: pd.DataFrame, holds: Iterable[bool]) -> pd.DataFrame:
    """Rows for which it holds; all columns, also where there is no row."""
    return rows[pd.Series(list(holds), index=rows.index, dtype=bool)]


def complaints_of(rows: pd.DataFrame) -> pd.DataFrame:
    return where(rows, (one is True for one in rows.is_complaint))


def standard_counts(rows: pd.DataFrame) -> dict[str, int]:
    complaints = complaints_of(rows)
    with_status = complaints[complaints.has_status.astype(bool)]
    return {
        "records": len(rows),
        "complaints": len(complaints),
        "undecided_records": sum(one is None for one in rows.is_complaint),
        "not_complaints": sum(one is False for one in rows.is_complaint),
        "complaints_with_status": len(with_status),
        "resolved_complaints": int((with_status.resolution_state == "resolved").sum()),
        "unresolved_complaints": int((with_status.resolution_state == "unresolved").sum()),
        "status_unknown_complaints": int((with_status.resolution_state == "unknown").sum()),
        "complaints_without_status": int((~complaints.has_status.astype(bool)).sum()),
    }


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def nearest_rank(values: Iterable[int], portion: float) -> int | None:
    """The smallest value such that at least that portion of the values is no greater."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(round(portion * len(ordered), 9)) - 1)] if ordered else None


def whole(values: pd.Series) -> list[int]:
    return [int(value) for value in values if not pd.isna(value)]


def month_end(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def is_complete(world: World, clock: str, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None or last is None:
        return False
    if clock == "opened":
        return last + dt.timedelta(days=world.settings.reporting_horizon_days) <= world.as_of
    expected = [one for one in world.expected_complaint_partitions() if first <= one[1] <= last]
    return bool(expected) and last <= world.as_of and all(map(world.committed, expected))


def month_is_complete(world: World, clock: str, month: dt.date | None) -> bool:
    return is_complete(world, clock, month, month and month_end(month))


def age_band(days: int | None) -> tuple[str, int]:
    """The band, and its place among them."""
    if days is None or days < 0:
        return "(none)", 7
    return next((band, place) for place, (most, band) in enumerate(AGE_BANDS, start=1) if days <= most)


def days_between(later: dt.date | None, earlier: dt.date | None) -> int | None:
    return None if later is None or earlier is None else (later - earlier).days
