"""Tables of the schema quality that follow from the source files: accounts of partitions, and what is odd in them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

import pandas as pd

from .. import cleaning
from ..compare import Expected
from ..fact import newest_versions
from ..figures import grouped, share
from ..history import SNAPSHOTS, Partition
from ..keys import UNKNOWN
from ..sources import Settled
from ..versions import CHANNELS
from ..world import World

KEY = ("source", "partition_date", "partition_hour")
# Of the way, not of the data; and sums of hashes, which are ingest's own.
AUDIT = ("load_id", "commit_seq", "committed_at", "loaded_at")
HASHES = ("ledger", "warehouse", "version", "superseded", "mart")
NOTHING = Settled([], 0, 0, 0)


def named(partition: Partition) -> dict[str, Any]:
    return dict(zip(KEY, partition, strict=True))


def accounts(world: World, partition: Partition) -> dict[str, int]:
    found = world.settled.get(partition, NOTHING)
    return {
        "rows_read": found.read,
        "rows_loaded": len(found.loaded),
        "rows_quarantined": found.quarantined,
        "rows_deduplicated": found.deduplicated,
        "rows_erased": 0,
    }


def expected_partitions(world: World) -> Expected:
    return Expected(pd.DataFrame(map(named, world.history.expected), dtype=object), KEY)


def load_audit(world: World) -> Expected:
    rows = []
    for partition, path in world.history.files.items():
        counts = accounts(world, partition)
        shares = {
            f"share_{what}": share(counts[f"rows_{what}"], counts["rows_read"])
            for what in ("loaded", "quarantined", "deduplicated", "erased")
        }
        rows.append({**named(partition), "is_withdrawn": path is None, **counts, **shares})
    return Expected(
        pd.DataFrame(rows, dtype=object), KEY, uncompared=(*AUDIT, "contract_version", "is_carried_forward")
    )


def reconciliation(world: World) -> Expected:
    """Every account but the sums of hashes. Differences are none, as the platform has brought everything."""
    versions = Counter(zip(*(world.versions[name] for name in KEY), strict=True))
    shown = Counter(zip(*(world.fact[name] for name in KEY), strict=True))
    newest = {source: latest(one for one in world.settled if one[0] == source) for source in SNAPSHOTS}
    rows = []
    for partition in sorted({*world.history.expected, *world.history.files}):
        source, date, _ = partition
        counts = accounts(world, partition)
        is_complaints = source in CHANNELS
        in_dimension = counts["rows_loaded"] if not is_complaints and newest[source] == date else None
        rows.append(
            {
                **named(partition),
                "is_expected": partition in world.history.expected,
                "is_committed": partition in world.history.files,
                **counts,
                "warehouse_rows": counts["rows_loaded"],
                "version_rows": versions[partition] if is_complaints else None,
                "superseded_rows": versions[partition] - shown[partition] if is_complaints else None,
                "mart_rows": shown[partition] if is_complaints else in_dimension,
                "is_reconciled": True,
                "difference": None,
            }
        )
    uncompared = (*AUDIT, *(f"{name}_hash_sum" for name in HASHES), "unmapped_columns")
    return Expected(pd.DataFrame(rows, dtype=object), KEY, uncompared=uncompared)


def unknown_values(world: World) -> Expected:
    counts: Counter[tuple] = Counter()
    for one in world.versions.itertuples():
        for attribute in ("category", "status", "platform"):
            value = getattr(one, attribute)
            if value is not None and not getattr(one, f"is_known_{attribute}"):
                shown = cleaning.published(value, known=False)
                counts[(one.source, attribute, shown, one.partition_date, one.partition_hour)] += 1
    first: dict[tuple, tuple[dt.date, int]] = {}
    for *value, date, hour in counts:
        first[tuple(value)] = min(first.get(tuple(value), (dt.date.max, 99)), (date, hour))
    names = ("source", "attribute", "unknown_value", "partition_date", "partition_hour")
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            "value_rows": number,
            "first_seen_date": first[key[:3]][0],
            "is_first_seen": first[key[:3]] == key[3:],
        }
        for key, number in counts.items()
    ]
    return Expected(pd.DataFrame(rows, dtype=object), names)


def orphans_and_duplicates(world: World) -> Expected:
    customers = set(world.dim_customers.customer_key[~world.dim_customers.is_inferred.astype(bool)])
    agents = set(world.dim_agents.agent_key[~world.dim_agents.is_inferred.astype(bool)])
    reported = Counter(world.versions.complaint_key)
    superseded = set(world.versions.index) - set(newest_versions(world.versions).index)
    parts = {tuple(key.values()): found for key, found in grouped(world.versions, list(KEY))}
    rows = []
    for partition in (one for one in world.settled if one[0] in CHANNELS):
        found = list(parts.get(partition, world.versions.iloc[:0]).itertuples())
        counts = accounts(world, partition)
        with_customer = [one for one in found if one.customer_id is not None]
        with_agent = [one for one in found if one.agent_id is not None]
        row = {
            "rows_read": counts["rows_read"],
            "rows_deduplicated": counts["rows_deduplicated"],
            "version_rows": len(found),
            "rows_with_customer": len(with_customer),
            "orphan_customer_rows": sum(world.customer_key(one.customer_id) not in customers for one in with_customer),
            "rows_with_agent": len(with_agent),
            "orphan_agent_rows": sum(world.agent_key(one.agent_id) not in agents for one in with_agent),
            "repeated_id_rows": sum(reported[one.complaint_key] > 1 for one in found),
            "superseded_rows": sum(one.Index in superseded for one in found),
        }
        row |= {
            "share_deduplicated": share(row["rows_deduplicated"], row["rows_read"]),
            "share_orphan_customers": share(row["orphan_customer_rows"], row["rows_with_customer"]),
            "share_orphan_agents": share(row["orphan_agent_rows"], row["rows_with_agent"]),
            "share_repeated_ids": share(row["repeated_id_rows"], row["version_rows"]),
            "share_superseded": share(row["superseded_rows"], row["version_rows"]),
        }
        rows.append({**named(partition), **row})
    return Expected(pd.DataFrame(rows, dtype=object), KEY)


def customer_resolution(world: World) -> Expected:
    rows = []
    for key, found in grouped(world.fact, ["source", "channel", "partition_date"]):
        kinds = Counter(map(customer_kind, found.itertuples()))
        row = {name: kinds[name] for name in ("known", "unknown", "inferred", "unmatched_number")}
        rows.append(
            {
                **key,
                "records": len(found),
                **{f"{name}_records": number for name, number in row.items()},
                "share_unresolved": share(len(found) - row["known"], len(found)),
                **{f"share_{name}": share(row[name], len(found)) for name in row if name != "known"},
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), ("source", "partition_date"))


def customer_kind(one: Any) -> str:
    if one.customer_key == UNKNOWN:
        return "unknown"
    return "inferred" if one.is_orphan_customer else "unmatched_number" if one.is_unmatched_sender else "known"


def volumes(world: World) -> Expected:
    rows = []
    for source, date, hour in world.settled:
        same_hour = sorted(one for one in world.settled if one[0] == source and one[2] == hour and one[1] < date)
        earlier = [world.settled[one].read for one in same_hour[-7:]]
        usual = median(earlier) if earlier else None
        read = world.settled[(source, date, hour)].read
        rows.append(
            {
                **named((source, date, hour)),
                "rows_read": read,
                "earlier_partitions": len(earlier),
                "median_rows": usual,
                "ratio_to_median": share(read, usual) if usual else None,
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), KEY)


def freshness(world: World) -> Expected:
    rows = []
    for source in {one[0] for one in (*world.history.expected, *world.history.files)}:
        expected = {one for one in world.history.expected if one[0] == source}
        newest_loaded = latest(one for one in world.settled if one[0] == source)
        newest_expected = latest(expected)
        missing = sorted(one[1] for one in expected - set(world.history.files))
        behind = newest_expected and newest_loaded and max(0, (newest_expected - newest_loaded).days)
        rows.append(
            {
                "source": source,
                "newest_expected_date": newest_expected,
                "newest_loaded_date": newest_loaded,
                "days_behind": behind,
                "expected_partitions": len(expected),
                "missing_partitions": len(missing),
                "oldest_missing_date": missing[0] if missing else None,
                "withdrawn_partitions": sum(
                    path is None for one, path in world.history.files.items() if one[0] == source
                ),
            }
        )
    return Expected(pd.DataFrame(rows, dtype=object), ("source",))


def latest(partitions: Iterator[Partition] | set[Partition]) -> dt.date | None:
    return max((date for _, date, _ in partitions), default=None)


TABLES = {
    "expected_partitions": expected_partitions,
    "load_audit": load_audit,
    "reconciliation": reconciliation,
    "unknown_values": unknown_values,
    "orphans_and_duplicates": orphans_and_duplicates,
    "customer_resolution": customer_resolution,
    "volumes": volumes,
    "freshness": freshness,
}
