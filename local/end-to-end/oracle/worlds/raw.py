"""The raw layer of a history, as migrate-warehouse and load-warehouse leave it; read by the oracle, not by ingest."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import duckdb
import pandas as pd

from ..history import SNAPSHOTS, History, Partition
from ..names import NAMES
from ..sources import Settled

LEDGER = "insert into raw_data.load_ledger values (?, ?, ?, 1, ?, ?, 1, ?, ?, ?, ?, 0, ?, null, ?, ?)"
THEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - the warehouse's timestamps have no zone


def load(connection: duckdb.DuckDBPyConnection, history: History, settled: dict[Partition, Settled]) -> None:
    """Raw rows, ledger and details; a snapshot that has not changed is one load of several partitions."""
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
        tell(connection, partition, loads[name], found)


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


def tell(connection: duckdb.DuckDBPyConnection, partition: Partition, load_id: str, found: Settled) -> None:
    """What the loader knows of a load beside its accounts."""
    rows = [("column", name, None) for name in found.columns]
    rows += [("unmapped_column", name, None) for name in found.unknown_headers]
    rows += [("reason", name, number) for name, number in found.reasons.items()]
    for row in rows:
        connection.execute(
            "insert into raw_data.load_details values (?, ?, ?, ?, ?, ?, ?)", [*partition, load_id, *row]
        )
