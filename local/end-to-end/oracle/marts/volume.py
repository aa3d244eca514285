"""How many complaints there are, by time: marts/volume."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from ..compare import Expected
from ..figures import (
    complaints_of,
    grouped,
    is_complete,
    month_end,
    month_is_complete,
    nearest_rank,
    share,
    standard_counts,
    where,
    whole,
)
from ..world import World

CLOCKS = {"opened": ("opened_date", "opened_month"), "reported": ("reported_date", "reported_month")}
PARTS = ["channel", "platform", "category"]
EVERY_STATE = "(all)"
RATED = (
    "complaints",
    "complaints_with_status",
    "resolved_complaints",
    "unresolved_complaints",
    "status_unknown_complaints",
)


def complaints_daily(world: World) -> Expected:
    fact, rows = world.enriched, []
    parts = [*PARTS, "complaint_bucket", "status"]
    for clock, (day, _) in CLOCKS.items():
        for key, found in grouped(fact, [day, *parts]):
            date = key.pop(day)
            rows.append({"clock": clock, "day": date, **key, **standard_counts(found)})
            rows[-1]["is_complete"] = is_complete(world, clock, date, date)
    return Expected(pd.DataFrame(rows, dtype=object), ("clock", "day", *parts))


def complaints_by_state_monthly(world: World) -> Expected:
    fact, rows = world.enriched, []
    parts = ["state", "channel", "category"]
    for clock, (_, month) in CLOCKS.items():
        for key, found in grouped(fact, [month, *parts]):
            first = key.pop(month)
            complaints = complaints_of(found)
            rows.append({"clock": clock, "month": first, **key, **standard_counts(found)})
            rows[-1]["customers"] = complaints.customer_key[complaints.is_person].nunique()
            rows[-1]["is_complete"] = month_is_complete(world, clock, first)
    rows = pd.DataFrame(rows, dtype=object).rename(columns={"state": "state_code"})
    return Expected(rows, ("clock", "month", "state_code", "channel", "category"))


def complaint_rates(world: World) -> Expected:
    complaints, rows = complaints_of(world.enriched), []
    states = dict(zip(world.dim_customers.customer_key, world.dim_customers.state_code, strict=True))
    people = [(one.signed_up, states[one.customer_key]) for one in world.known_customers.itertuples()]
    for clock, (_, month) in CLOCKS.items():
        by_state = list(grouped(complaints, [month, "state"]))
        every = [(key | {"state": EVERY_STATE}, found) for key, found in grouped(complaints, [month])]
        for key, found in by_state + every:
            first, state = key[month], key["state"]
            counts = standard_counts(found)
            signed_up = first and sum(
                date is not None and date <= month_end(first) and (state == EVERY_STATE or (home or "(none)") == state)
                for date, home in people
            )
            rows.append(
                {
                    "clock": clock,
                    "month": first,
                    "state_code": state,
                    **{name: counts[name] for name in RATED},
                    "resolution_rate": share(counts["resolved_complaints"], counts["complaints_with_status"]),
                    "customers_signed_up": signed_up,
                    "complaints_per_10000": signed_up and 10_000 * share(len(found), signed_up),
                    "complaints_per_100000": signed_up and 100_000 * share(len(found), signed_up),
                    "is_complete": month_is_complete(world, clock, first),
                }
            )
            if not signed_up:
                rows[-1] |= {"complaints_per_10000": None, "complaints_per_100000": None}
    return Expected(pd.DataFrame(rows, dtype=object), ("clock", "month", "state_code"))


RESOLUTION_STATES = {
    "measured_complaints": "measured",
    "not_reported_complaints": "not_reported",
    "open_complaints": "unresolved",
    "missing_complaints": "missing",
    "negative_complaints": "negative",
    "flagged_complaints": "flagged",
}


def resolution_times(world: World) -> Expected:
    rows = []
    for key, found in grouped(world.enriched, ["opened_month", *PARTS]):
        complaints = complaints_of(found)
        states = {name: int((complaints.resolution_time_state == one).sum()) for name, one in RESOLUTION_STATES.items()}
        measured = complaints[complaints.resolution_time_state == "measured"]
        days = whole(measured.days_to_resolve)
        rows.append({**key, **standard_counts(found), **states})
        rows[-1] |= {
            "mean_days": share(sum(whole(measured.seconds_to_resolve)) / 86400, len(measured)),
            "median_days": nearest_rank(days, 0.5),
            "p80_days": nearest_rank(days, 0.8),
            "p90_days": nearest_rank(days, 0.9),
            "is_settled": is_settled(world, key["opened_month"]),
            "is_complete": month_is_complete(world, "opened", key["opened_month"]),
        }
    return Expected(pd.DataFrame(rows, dtype=object), ("opened_month", *PARTS))


def is_settled(world: World, month: dt.date | None) -> bool:
    """Whether slow resolutions of a month have had their time."""
    if month is None:
        return False
    return month_end(month) + dt.timedelta(days=world.settings.resolution_settling_days) <= world.as_of


def resolution_time_histogram(world: World) -> Expected:
    complaints = complaints_of(world.enriched)
    measured = complaints[complaints.resolution_time_state == "measured"]
    names = ["opened_month", *PARTS, "days_to_resolve"]
    rows = [
        {**key, "complaints": len(found), "seconds_to_resolve": sum(whole(found.seconds_to_resolve))}
        for key, found in grouped(measured, names)
    ]
    return Expected(pd.DataFrame(rows, dtype=object), tuple(names))


def reporting_lag(world: World) -> Expected:
    rows = []
    for key, found in grouped(world.enriched, ["reported_date", "channel"]):
        lags = complaints_of(found).reporting_lag_days
        known = [lag for lag in whole(lags) if lag >= 0]
        rows.append(
            {
                **key,
                **standard_counts(found),
                "measured_complaints": len(known),
                "without_opening_time": int(lags.isna().sum()),
                "opened_after_reported": sum(lag < 0 for lag in whole(lags)),
                "mean_lag_days": share(sum(known), len(known)),
                "median_lag_days": nearest_rank(known, 0.5),
                "p80_lag_days": nearest_rank(known, 0.8),
                "p90_lag_days": nearest_rank(known, 0.9),
                "max_lag_days": max(known, default=None),
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), ("reported_date", "channel"))


def reporting_lag_histogram(world: World) -> Expected:
    complaints = complaints_of(world.enriched)
    known = where(complaints, (lag is not None and lag >= 0 for lag in complaints.reporting_lag_days))
    names = ["reported_date", "channel", "reporting_lag_days"]
    rows = [{**key, "complaints": len(found)} for key, found in grouped(known, names)]
    return Expected(pd.DataFrame(rows, dtype=object), tuple(names))


def not_in_future(call: Any) -> bool:
    return call.call_started_at is not None and not call.is_opened_in_future


def observed_days(starts: list[dt.date]) -> list[dt.date]:
    """Every day from the first call to the last."""
    first = min(starts, default=dt.date.max)
    return [first + dt.timedelta(days=n) for n in range((max(starts, default=dt.date.min) - first).days + 1)]


def staffing_hours(world: World) -> Expected:
    complaints = complaints_of(world.fact)
    calls = complaints[complaints.channel == "call_centre"]
    local = [world.settings.local(start) for start in calls.call_started_at]
    calls = calls.assign(local_start=pd.Series(local, index=calls.index, dtype=object))
    starts = [start for start in calls.local_start if start is not None]
    days = observed_days([one.local_start.date() for one in calls.itertuples() if not_in_future(one)])
    hours = [(weekday, hour) for weekday in range(1, 8) for hour in range(24)]
    if len(starts) < len(calls):
        hours.append((None, None))
    rows = []
    for weekday, hour in hours:
        slot = (weekday, hour) if weekday else None
        found = where(calls, ((one and (one.isoweekday(), one.hour)) == slot for one in calls.local_start))
        handled = whole(found.handle_seconds)
        observed = sum(day.isoweekday() == weekday for day in days) if weekday else None
        rows.append(
            {
                "iso_weekday": weekday,
                "hour": hour,
                "calls": len(found),
                "measured_calls": len(handled),
                "handle_seconds": sum(handled),
                "mean_handle_seconds": share(sum(handled), len(handled)),
                "days_observed": observed,
                "mean_calls": share(len(found), observed) if observed else None,
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), ("iso_weekday", "hour"))


MARTS = {
    "complaints_daily": complaints_daily,
    "complaints_by_state_monthly": complaints_by_state_monthly,
    "complaint_rates": complaint_rates,
    "resolution_times": resolution_times,
    "resolution_time_histogram": resolution_time_histogram,
    "reporting_lag": reporting_lag,
    "reporting_lag_histogram": reporting_lag_histogram,
    "staffing_hours": staffing_hours,
}
