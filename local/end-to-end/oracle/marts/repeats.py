"""Customers who complain again: repeat_complainers, resolved_without_repeat, channel_journeys."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any

import pandas as pd

from ..compare import Expected
from ..contacts import by_customer, by_customer_and_topic, contacts, gaps, not_assignable
from ..figures import month_is_complete, share
from ..world import NONE, World

WINDOW = dt.timedelta(days=30)
LONGEST_PATH = 10


def repeat_complainers(world: World) -> Expected:
    every = contacts(world)
    within: dict[str, Counter[int]] = defaultdict(Counter)
    for (customer, _), found in by_customer_and_topic(every).items():
        for days in (30, 90):
            within[customer][days] += sum(gap <= days for gap in gaps(found))
    rows = []
    for customer, found in by_customer(every).items():
        between = gaps(found)
        if not any(gap <= 90 for gap in between):
            continue
        same = within[customer]
        rows.append(
            {
                "customer_key": customer,
                "state_code": found[0].state,
                "complaints": len(found),
                "channels": len({one.channel for one in found}),
                "first_opened_date": found[0].opened_date,
                "last_opened_date": found[-1].opened_date,
                "shortest_gap_days": min(between),
                "repeats_within_30_days": sum(gap <= 30 for gap in between),
                "repeats_within_90_days": sum(gap <= 90 for gap in between),
                "same_category_repeats_within_30_days": same[30],
                "same_category_repeats_within_90_days": same[90],
                "is_repeat_within_30_days": any(gap <= 30 for gap in between),
                "is_repeat_same_category_30_days": same[30] > 0,
                "is_repeat_same_category_90_days": same[90] > 0,
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), ("customer_key",))


OUTCOMES = (
    "pending",
    "repeated",
    "resolved_without_repeat",
    "unresolved_without_repeat",
    "unknown_without_repeat",
)


def window_end(one: Any) -> dt.date:
    is_measured = one.resolution_time_state == "measured"
    return (one.resolved_at.date() if is_measured else one.opened_date) + WINDOW


def outcome(one: Any, following: Any | None, as_of: dt.date) -> str:
    end = window_end(one)
    if end > as_of:
        return "pending"
    is_repeated = following is not None and following.opened_date <= end
    return "repeated" if is_repeated else f"{one.resolution_state}_without_repeat"


def resolved_without_repeat(world: World) -> Expected:
    counts: dict[tuple, Counter[str]] = defaultdict(Counter)
    for found in by_customer_and_topic(contacts(world)).values():
        latest_end = dt.date.min
        for place, one in enumerate(found):
            row = counts[(one.opened_month, one.channel, one.topic)]
            row["complaints"] += 1
            if one.opened_date <= latest_end:
                row["later_contacts"] += 1
            else:
                row["first_contacts"] += 1
                row[outcome(one, found[place + 1] if place + 1 < len(found) else None, world.as_of)] += 1
            latest_end = max(latest_end, window_end(one))
    for one in not_assignable(world):
        row = counts[(one.opened_month, one.channel, one.topic or NONE)]
        row["complaints"] += 1
        row["not_assignable"] += 1
    names = ("opened_month", "channel", "topic")
    measures = ("complaints", "first_contacts", "later_contacts", "not_assignable", *OUTCOMES)
    rows = []
    for key, found in counts.items():
        rows.append({**dict(zip(names, key, strict=True)), **{name: found[name] for name in measures}})
        closed = sum(found[name] for name in OUTCOMES if name != "pending")
        rows[-1]["resolved_without_repeat_rate"] = share(found["resolved_without_repeat"], closed)
        rows[-1]["is_closed"] = not found["pending"]
        rows[-1]["is_complete"] = month_is_complete(world, "opened", key[0])
    return Expected(pd.DataFrame(rows, dtype=object), names)


def journeys_of(found: list[Any]) -> list[list[Any]]:
    """Chains of complaints, each opened at most 30 days after the one before."""
    journeys: list[list[Any]] = []
    for one in found:
        if journeys and one.opened_date - journeys[-1][-1].opened_date <= WINDOW:
            journeys[-1].append(one)
        else:
            journeys.append([one])
    return journeys


def path_of(journey: list[Any]) -> str:
    shown = [one.channel for one in journey[:LONGEST_PATH]]
    return " > ".join([*shown, "..."] if len(journey) > LONGEST_PATH else shown)


def channel_journeys(world: World) -> Expected:
    groups: dict[tuple, list[list[Any]]] = defaultdict(list)
    for (_, topic), found in by_customer_and_topic(contacts(world)).items():
        for journey in journeys_of(found):
            groups[(topic, path_of(journey), len(journey))].append(journey)
    rows = []
    for (topic, path, steps), found in groups.items():
        lasted = sum((one[-1].opened_date - one[0].opened_date).days for one in found)
        rows.append(
            {
                "topic": topic,
                "path": path,
                "steps": steps,
                "journeys": len(found),
                "customers": len({one[0].customer_key for one in found}),
                "complaints": steps * len(found),
                "mean_days": lasted / len(found),
                "resolved_at_last": sum(one[-1].resolution_state == "resolved" for one in found),
            }
        )
    nothing = {"path": "(not assignable)", "steps": 0, "journeys": 0, "customers": 0}
    for topic, number in Counter(one.topic or NONE for one in not_assignable(world)).items():
        rows.append({"topic": topic, **nothing, "complaints": number, "mean_days": None, "resolved_at_last": 0})
    return Expected(pd.DataFrame(rows, dtype=object), ("topic", "path", "steps"))


MARTS = {
    "repeat_complainers": repeat_complainers,
    "resolved_without_repeat": resolved_without_repeat,
    "channel_journeys": channel_journeys,
}
