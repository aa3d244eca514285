"""The fact: of every complaint its newest version, with people resolved, texts read and times judged."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd

from . import cleaning
from .classifier import UNCLASSIFIED, Reading, classify
from .keys import UNKNOWN, Keys
from .seeds import CATEGORIES
from .settings import Settings
from .versions import NOTHING, version


def bucket(one: Any) -> tuple[str, str]:
    """Bucket of a structured complaint, and where it comes from."""
    if one.category is None:
        return UNCLASSIFIED, "no_category"
    return (CATEGORIES[one.category], "mapping") if one.is_known_category else (UNCLASSIFIED, "unmapped_category")


def topic(one: Any, reading: Reading) -> str | None:
    """What it is about: a known category, or of a free text the bucket that was decided for."""
    if one.is_known_category:
        return one.category
    return reading.bucket if one.is_free_text and reading.bucket != UNCLASSIFIED else None


def seconds(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    if start is None or end is None:
        return None
    return int((end - start).total_seconds())


def fact_row(
    one: Any,
    reported: dt.date,
    keys: Keys,
    senders: dict[str, tuple[str, bool]],
    customers: set[str],
    agents: set[str],
) -> dict[str, object]:
    customer, is_matched = senders.get(one.sender_id, (keys.key("customer", one.customer_id), True))
    agent = keys.key("agent", one.agent_id)
    reading = classify(one.text) if one.is_free_text else Reading(*bucket(one), None, None, None)
    opened = one.opened_at.date() if one.opened_at else None
    lag = (reported - one.opened_local_date).days if opened else None
    to_resolve, handled = seconds(one.opened_at, one.resolved_at), seconds(one.call_started_at, one.call_ended_at)
    is_future = opened is not None and one.opened_local_date > one.partition_date
    is_another = cleaning.embeds_another(one.complaint_id, one.customer_id)
    disagree = one.has_resolution_time and (
        (one.resolution_state == "resolved" and one.resolved_at is None)
        or (one.resolution_state == "unresolved" and one.resolved_at is not None)
    )
    state = resolution_time_state(one, to_resolve, is_future or disagree or is_another)
    measured = to_resolve if state == "measured" else None
    return {
        "complaint_key": one.complaint_key,
        "customer_key": customer or UNKNOWN,
        "agent_key": agent or UNKNOWN,
        "source": one.source,
        "channel": one.channel,
        "platform": cleaning.published(one.platform, one.is_known_platform),
        "category": cleaning.published(one.category, one.is_known_category),
        "complaint_bucket": reading.bucket,
        "bucket_source": "classifier" if one.is_free_text else bucket(one)[1],
        "topic": topic(one, reading),
        "classifier_score": reading.score,
        "classifier_margin": reading.margin,
        "matched_terms": reading.matched_terms,
        "is_complaint": reading.is_complaint if one.is_free_text else True,
        "status": cleaning.published(one.status, one.is_known_status),
        "resolution_state": one.resolution_state,
        "has_status": one.has_status,
        "opened_at": one.opened_at,
        "opened_date": opened,
        "resolved_at": one.resolved_at,
        "call_started_at": one.call_started_at,
        "call_ended_at": one.call_ended_at,
        "handle_seconds": handled if handled is not None and handled >= 0 and not (is_future or is_another) else None,
        "seconds_to_resolve": measured,
        "days_to_resolve": None if measured is None else math.ceil(measured / 86400),
        "resolution_time_state": state,
        "partition_date": one.partition_date,
        "partition_hour": one.partition_hour,
        "reported_date": reported,
        "reporting_lag_days": lag,
        "is_orphan_customer": one.customer_id is not None and customer not in customers,
        "is_orphan_agent": agent is not None and agent not in agents,
        "is_unmatched_sender": one.sender_id is not None and not is_matched,
        "is_unknown_category": one.category is not None and not one.is_known_category,
        "is_unknown_status": one.status is not None and not one.is_known_status,
        "is_unknown_platform": one.platform is not None and not one.is_known_platform,
        "has_invalid_duration": handled is not None and handled < 0,
        "is_resolved_before_opened": to_resolve is not None and to_resolve < 0,
        "is_opened_in_future": is_future,
        "has_status_resolution_mismatch": disagree,
        "has_id_customer_mismatch": is_another,
        "has_generation_date_mismatch": one.generated is not None and one.generated != one.partition_date,
    }


def resolution_time_state(one: Any, to_resolve: int | None, is_flagged: bool) -> str:
    if not one.has_resolution_time:
        return "not_reported"
    if one.resolved_at is None:
        return "missing" if one.resolution_state == "resolved" else "unresolved"
    if to_resolve is None:
        return "missing"
    if to_resolve < 0:
        return "negative"
    return "flagged" if is_flagged else "measured"


def newest_versions(versions: pd.DataFrame) -> pd.DataFrame:
    """Of every complaint the version of its newest partition; they come sorted."""
    return versions.drop_duplicates("complaint_key", keep="last")


def first_reported(versions: pd.DataFrame) -> dict[str, dt.date]:
    """Of every complaint the date of its first partition, whatever came after it; they come sorted."""
    first = versions.drop_duplicates("complaint_key", keep="first")
    return dict(zip(first.complaint_key, first.partition_date, strict=True))


def build_fact(
    versions: pd.DataFrame,
    keys: Keys,
    senders: dict[str, tuple[str, bool]],
    customers: pd.DataFrame,
    agents: pd.DataFrame,
) -> pd.DataFrame:
    known_customers = set(customers.customer_key)
    known_agents = set(agents.agent_key[~agents.is_inferred.astype(bool)])
    reported = first_reported(versions)
    rows = [
        fact_row(one, reported[one.complaint_key], keys, senders, known_customers, known_agents)
        for one in newest_versions(versions).itertuples(index=False)
    ]
    nothing = next(pd.DataFrame([version(*NOTHING, keys, Settings())], dtype=object).itertuples(index=False))
    columns = list(fact_row(nothing, nothing.partition_date, keys, {}, set(), set()))
    return pd.DataFrame(rows, columns=columns, dtype=object)
