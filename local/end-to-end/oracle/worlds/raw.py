"""The raw layer of a history, as migrate-warehouse and load-warehouse leave it; read by the oracle, not by ingest."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import duckdb
import pandas as pd

from ..history import SNAPSHOTS, History, Partition
from ..sources import Settled

NAMES = {
    "customers": {"born": "date_of_birth", "signed_up": "signup_date"},
    "agents": {},
    "call_logs": {
        "index": "source_index",
        "id": "call_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "started": "call_start_time",
        "ended": "call_end_time",
        "generated": "call_logs_generation_date",
    },
    "social_media": {
        "id": "complaint_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "opened": "request_date",
        "resolved": "resolution_date",
        "platform": "media_channel",
        "generated": "media_complaint_generation_date",
    },
    "web_forms": {
        "index": "source_index",
        "id": "request_id",
        "category": "complaint_category",
        "status": "resolution_status",
        "opened": "request_date",
        "resolved": "resolution_date",
        "generated": "web_form_generation_date",
    },
    "sms": {"id": "message_id", "received": "received_at", "sender": "sender_msisdn", "text": "message_text"},
}
LEDGER = "insert into raw_data.load_ledger values (?, ?, ?, 1, ?, ?, 1, ?, ?, ?, ?, 0, ?, null, ?, ?)"
THEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - the warehouse's timestamps have no zone


def load(connection: duckdb.DuckDBPyConnection, history: History, settled: dict[Partition, Settled]) -> None:
    """Raw rows and ledger; a snapshot that has not changed is one load of several partitions."""
    loads: dict[tuple[str, Path], str] = {}
    sums: dict[str, int] = {}
    for partition, path in sorted(history.files.items(), key=lambda one: one[0]):
        source, date, hour = partition
        if path is None:
            connection.execute(LEDGER, [source, date, hour, None, None, 0, 0, 0, 0, 0, THEN, THEN])
            continue
        found, name = settled[partition], (source, path if source in SNAPSHOTS else path / str(date))
        if name not in loads:
            loads[name] = f"load-{len(loads):04d}"
            sums[loads[name]] = insert(connection, source, date, hour, loads[name], found)
        accounts = [found.read, len(found.loaded), found.quarantined, found.deduplicated, sums[loads[name]]]
        connection.execute(LEDGER, [source, date, hour, loads[name], f"test://{loads[name]}", *accounts, THEN, THEN])


def copy(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """The raw layer that ingest and load have made, and its key."""
    connection.execute(f"attach '{warehouse}' as ingested (read_only)")
    tables = [f"raw_data.{name}" for name in (*NAMES, "load_ledger", "load_details")]
    for table in (*tables, "restricted.key_material"):
        connection.execute(f"insert into {table} by name select * from ingested.{table}")
    connection.execute("detach ingested")


def expect(connection: duckdb.DuckDBPyConnection, history: History) -> None:
    """The calendar, which the DAG writes before each build."""
    for source, date, hour in history.expected:
        connection.execute("insert into raw_data.calendar values (?, ?, ?, ?)", [source, hour, date, date])


def insert(
    connection: duckdb.DuckDBPyConnection, source: str, date: dt.date, hour: int, load_id: str, found: Settled
) -> int:
    """The sum of the records' hashes."""
    names = NAMES[source]
    rows = [{names.get(name, name): value for name, value in row.items()} for row in found.loaded]
    if not rows:
        return 0
    raw = pd.DataFrame(rows, dtype=object)
    columns = list(raw.columns)
    raw["_source_uri"], raw["_source_row"] = f"test://{source}", range(1, len(raw) + 1)
    raw["_partition_date"], raw["_partition_hour"], raw["_load_id"] = date, hour, load_id
    raw["_loaded_at"], raw["_contract_version"] = THEN, 1
    hashes = [record_hash(source, [row[name] for name in columns]) for row in rows]
    raw["_record_hash"] = hashes
    connection.execute(f"insert into raw_data.{source} by name select * from raw")
    return sum(hashes)


def record_hash(source: str, values: list[str | None]) -> int:
    text = "\x1f".join([source, *("\x00" if value is None else value for value in values)])
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)
