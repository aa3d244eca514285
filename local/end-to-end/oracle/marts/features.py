"""What was known of each customer at the end of each month: customer_complaint_features."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pandas as pd

from ..compare import Expected
from ..contacts import by_customer, contacts
from ..figures import month_end, month_is_complete
from ..versions import CHANNELS
from ..world import World

YEAR = 365
CATEGORIES = {
    "technician_support": "Technician Support",
    "network_failure": "Network Failure",
    "router_delivery": "Router Delivery",
    "payments": "Payments",
}


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    found = [first.replace(day=1)]
    while found[-1] < last.replace(day=1):
        found.append((found[-1] + dt.timedelta(days=31)).replace(day=1))
    return found


def customer_complaint_features(world: World) -> Expected:
    every = contacts(world)
    signed_up = dict(zip(world.dim_customers.customer_key, world.dim_customers.signup_year, strict=True))
    span = months(every[0].opened_date, world.as_of) if every else []
    rows = []
    for customer, found in by_customer(every).items():
        repeats = {b.complaint_key for a, b in pairwise(found) if days(b, a) <= 30}
        for month in span:
            end = month_end(month)
            window = [one for one in found if end - dt.timedelta(days=YEAR) < one.opened_date <= end]
            if window:
                year = signed_up[customer]
                rows.append(
                    {
                        "customer_key": customer,
                        "month": month,
                        "month_end": end,
                        "is_month_over": end <= world.as_of,
                        "is_complete": month_is_complete(world, "opened", month),
                        **counts(window, end),
                        "repeats_30_days": sum(one.complaint_key in repeats for one in window),
                        **timed(window, end),
                        "tenure_years": None if year is None else end.year - year,
                        "state_code": window[0].state,
                    }
                )
    return Expected(pd.DataFrame(rows, dtype=object), ("customer_key", "month"))


def days(later: Any, earlier: Any) -> int:
    return (later.opened_date - earlier.opened_date).days


def counts(window: list[Any], end: dt.date) -> dict[str, int]:
    ages = [(end - one.opened_date).days for one in window]
    categories = {name: sum(one.category == category for one in window) for name, category in CATEGORIES.items()}
    channels = {name: sum(one.channel == name for one in window) for name in CHANNELS.values()}
    return {
        "complaints_30_days": sum(age < 30 for age in ages),
        "complaints_90_days": sum(age < 90 for age in ages),
        "complaints_365_days": len(window),
        "complaints_365_days_reported": sum(one.reported_date <= end for one in window),
        **{f"{name}_365_days": number for name, number in categories.items()},
        "other_category_365_days": len(window) - sum(categories.values()),
        **{f"{name}_365_days": number for name, number in channels.items()},
        "other_channel_365_days": len(window) - sum(channels.values()),
        "channels_365_days": len({one.channel for one in window}),
        "days_since_last_complaint": min(ages),
        "days_since_first_complaint": max(ages),
    }


def timed(window: list[Any], end: dt.date) -> dict[str, float | int | None]:
    """By times that social media and web forms report; what was resolved later was open then."""
    found = [
        one
        for one in window
        if one.resolution_time_state == "measured"
        or (one.resolution_time_state == "unresolved" and one.resolution_state == "unresolved")
    ]
    resolved = [one for one in found if one.resolution_time_state == "measured" and one.resolved_at.date() <= end]
    done = {one.complaint_key for one in resolved}
    waiting = [(end - one.opened_date).days for one in found if one.complaint_key not in done]
    lasted = [one.seconds_to_resolve / 86400 for one in resolved]
    return {
        "timed_complaints_365_days": len(found),
        "timed_resolved_365_days": len(resolved),
        "timed_open_365_days": len(waiting),
        "mean_days_to_resolve": sum(lasted) / len(lasted) if lasted else None,
        "max_days_to_resolve": max((one.days_to_resolve for one in resolved), default=None),
        "oldest_open_days": max(waiting, default=None),
    }


MARTS = {"customer_complaint_features": customer_complaint_features}
