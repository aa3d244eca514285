"""One row per complaint and partition, of whatever source, cleaned."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from . import cleaning
from .history import Partition
from .keys import Keys
from .seeds import CATEGORIES, STATUSES
from .settings import Settings
from .sources import Row

CHANNELS = {"call_logs": "call_centre", "social_media": "social_media", "web_forms": "web_form", "sms": "sms"}
REPORT_RESOLUTION = ("social_media", "web_forms")
# a record that tells what columns there are, where there is no other
NOTHING = (("sms", dt.date.min, 0), {"id": "", "received": None})


def version(partition: Partition, row: Row, keys: Keys, settings: Settings) -> dict[str, object]:
    source, date, hour = partition
    complaint_id = row["id"].strip()
    category, is_known_category = cleaning.member(row.get("category"), list(CATEGORIES))
    status, is_known_status = cleaning.member(row.get("status"), list(STATUSES))
    platform, is_known_platform = cleaning.member(row.get("platform"), cleaning.PLATFORMS)
    sender = cleaning.text(row.get("sender"))
    customer_id, agent_id = cleaning.text(row.get("customer_id")), cleaning.agent_id(row.get("agent_id"))
    opened, resolved = times(source, row, settings)
    return {
        "complaint_key": keys.key("complaint", f"{source}:{complaint_id}"),
        "source": source,
        "channel": CHANNELS[source],
        "partition_date": date,
        "partition_hour": hour,
        "complaint_id": complaint_id,
        "customer_id": customer_id,
        "agent_id": agent_id,
        "sender_id": cleaning.phone(sender) or sender,
        "platform": platform,
        "is_known_platform": is_known_platform,
        "category": category,
        "is_known_category": is_known_category,
        "status": status,
        "is_known_status": is_known_status,
        "has_status": status is not None,
        "resolution_state": STATUSES[status] if is_known_status else "unknown",
        "has_resolution_time": source in REPORT_RESOLUTION,
        "opened_at": opened,
        "opened_local_date": settings.local_day(opened),
        "resolved_at": resolved,
        "call_started_at": settings.to_utc(cleaning.time(row.get("started"))),
        "call_ended_at": settings.to_utc(cleaning.time(row.get("ended"))),
        "generated": cleaning.date(row.get("generated")),
        "is_free_text": source == "sms",
        "text": cleaning.message(row.get("text")),
    }


def times(source: str, row: Row, settings: Settings) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When it was opened and resolved, UTC."""
    if source == "sms":
        return cleaning.utc(row["received"]), None
    if source == "call_logs":
        return settings.to_utc(cleaning.time(row["started"])), None
    return settings.to_utc(cleaning.time(row["opened"])), settings.to_utc(cleaning.time(row["resolved"]))


def read_versions(loaded: dict[Partition, list[Row]], keys: Keys, settings: Settings) -> pd.DataFrame:
    rows = [
        version(partition, row, keys, settings)
        for partition, rows in loaded.items()
        if partition[0] in CHANNELS
        for row in rows
    ]
    order = ["complaint_key", "partition_date", "partition_hour"]
    columns = list(version(*NOTHING, keys, settings))
    return pd.DataFrame(rows, columns=columns, dtype=object).sort_values(order, ignore_index=True)
