"""Customers at risk by a rule of points (reviewed seed risk_terms): at_risk_customers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from ..compare import Expected
from ..contacts import by_customer, contacts
from ..seeds import seed
from ..world import World
from .operations import is_blocked, sla


def at_risk_customers(world: World) -> Expected:
    points = {row["term"]: int(row["points"]) for row in seed("risk_terms")}
    meanings = {row["term"]: row["meaning"] for row in seed("risk_terms")}
    breached = {one.complaint_key for one in sla(world).itertuples() if one.sla_status == "breached"}
    rows = []
    for customer, every in by_customer(contacts(world)).items():
        start = world.as_of - dt.timedelta(days=365)
        found = [one for one in every if start < one.opened_date <= world.as_of]
        holds = terms(found, every, world.as_of, breached)
        scores = {term: points[term] if holds[term] else 0 for term in holds}
        if sum(scores.values()) >= world.settings.at_risk_score:
            rows.append(
                {
                    "customer_key": customer,
                    "state_code": every[0].state,
                    **scores,
                    "risk_score": sum(scores.values()),
                    "reason": "; ".join(meanings[term] for term in scores if scores[term]),
                }
            )
    return Expected(pd.DataFrame(rows, dtype=object), ("customer_key",))


def terms(found: list[Any], every: list[Any], as_of: dt.date, breached: set[str]) -> dict[str, bool]:
    recent = [one for one in found if (as_of - one.opened_date).days < 90]
    is_open = [one for one in found if one.resolution_state == "unresolved"]
    return {
        "several_complaints": len(recent) >= 3,
        "repeat_same_category": any(follows(one, every) for one in recent),
        "several_channels": len({one.channel for one in recent}) >= 2,
        "open_overdue": any(one.complaint_key in breached for one in is_open),
        "blocked": any(is_blocked(one.status) for one in is_open),
        "slow_resolution": any(one.resolution_time_state == "measured" and one.days_to_resolve > 20 for one in found),
    }


def follows(one: Any, every: list[Any]) -> bool:
    """Whether the customer's complaint of the same topic before it was opened at most 30 days earlier."""
    earlier = [other for other in every[: every.index(one)] if other.topic == one.topic]
    return one.topic is not None and bool(earlier) and (one.opened_date - earlier[-1].opened_date).days <= 30


MARTS = {"at_risk_customers": at_risk_customers}
