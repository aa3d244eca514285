"""What waits, and for how long: marts/operations but for the backlog."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pandas as pd

from .. import working_days
from ..compare import Expected
from ..figures import age_band, days_between
from ..seeds import seed
from ..settings import Settings
from ..versions import REPORT_RESOLUTION
from ..world import World

URGENCIES = {row["category"]: row["urgency"] for row in seed("sla_urgencies")}
ALLOWED = {row["urgency"]: int(row["allowed_working_days"]) for row in seed("sla_policies")}


def not_measurable_reason(one: Any, due: dt.date | None, last: dt.date) -> str | None:
    """Why nothing can be said of a complaint; the first of these that holds."""
    state = one.resolution_state
    reasons = {
        "no_status": not one.has_status,
        "unknown_status": state == "unknown",
        "no_opening_time": one.opened_at is None,
        "opened_in_future": one.is_opened_in_future,
        "resolved_before_opened": one.is_resolved_before_opened,
        "status_and_time_disagree": state == "unresolved" and one.resolved_at is not None,
        "id_of_another_customer": one.has_id_customer_mismatch,
        "resolved_without_time": state == "resolved" and one.resolved_at is None,
        "outside_the_calendar": due is None or not working_days.FIRST_DAY <= last <= working_days.LAST_DAY,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def sla_row(one: Any, as_of: dt.date, settings: Settings) -> dict[str, object]:
    urgency = URGENCIES.get(one.category, "standard")
    opened, resolved = settings.local_day(one.opened_at), settings.local_day(one.resolved_at)
    due = opened and working_days.nth_after(opened, ALLOWED[urgency])
    last = resolved if one.resolution_state == "resolved" and resolved else as_of
    reason = not_measurable_reason(one, due, last)
    if reason:
        status, taken, overdue = "not_measurable", None, None
    else:
        in_time = last <= due
        status = ("met" if in_time else "breached") if one.resolution_state == "resolved" else "running"
        status = status if in_time else "breached"
        taken = working_days.count_between(opened, last)
        overdue = 0 if in_time else working_days.count_between(due, last)
    return {
        "complaint_key": one.complaint_key,
        "channel": one.channel,
        "channel_reports_resolution_times": one.source in REPORT_RESOLUTION,
        "category": one.category,
        "is_complaint": one.is_complaint,
        "status": one.status,
        "resolution_state": one.resolution_state,
        "opened_local_date": opened,
        "urgency": urgency,
        "allowed_working_days": ALLOWED[urgency],
        "due_date": due,
        "resolved_date": resolved,
        "sla_status": status,
        "not_measurable_reason": reason,
        "working_days_taken": taken,
        "working_days_overdue": overdue,
        "partition_date": one.partition_date,
    }


def sla(world: World) -> pd.DataFrame:
    return pd.DataFrame([sla_row(one, world.as_of, world.settings) for one in world.fact.itertuples()], dtype=object)


def is_blocked(status: str | None) -> bool:
    return status == "Blocked"


def stuck_complaints(world: World) -> Expected:
    facts = {one.complaint_key: one for one in world.fact.itertuples()}
    times_reported = Counter(world.versions.complaint_key)
    rows = []
    for one in sla(world).itertuples():
        overdue, blocked = one.sla_status == "breached", is_blocked(one.status)
        if one.is_complaint is not True or one.resolution_state != "unresolved" or not (overdue or blocked):
            continue
        fact = facts[one.complaint_key]
        age = days_between(world.as_of, one.opened_local_date)
        band, place = age_band(age)
        rows.append(
            {
                "complaint_key": one.complaint_key,
                "customer_key": fact.customer_key,
                "agent_key": fact.agent_key,
                "channel": one.channel,
                "platform": fact.platform,
                "category": one.category,
                "complaint_bucket": fact.complaint_bucket,
                "status": one.status,
                "opened_local_date": one.opened_local_date,
                "age_days": age,
                "age_band": band,
                "age_band_order": place,
                "urgency": one.urgency,
                "due_date": one.due_date,
                "working_days_overdue": one.working_days_overdue,
                "partition_date": one.partition_date,
                "times_reported": times_reported[one.complaint_key],
                "reason": "blocked and overdue" if overdue and blocked else "blocked" if blocked else "overdue",
            }
        )
    return Expected(with_positions(rows), ("complaint_key",))


def with_positions(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The agents' queues: urgent first, then most overdue, then oldest."""

    def order(row: dict[str, Any]) -> tuple:
        opened, overdue = row["opened_local_date"] or dt.date.max, row["working_days_overdue"]
        return row["urgency"] != "urgent", overdue is None, -(overdue or 0), opened, row["complaint_key"]

    queues: Counter[str] = Counter()
    for row in sorted(rows, key=order):
        queues[row["agent_key"]] += 1
        row["queue_position"] = queues[row["agent_key"]]
    return pd.DataFrame(rows, dtype=object)


MARTS = {"sla_status": lambda world: Expected(sla(world), ("complaint_key",)), "stuck_complaints": stuck_complaints}
