"""The last word of a daily run: is every expected partition accounted for, from source to mart?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coretelecoms.calendar import Calendar
from coretelecoms.failures import LastingFailure
from coretelecoms.ledger import due_through
from coretelecoms.warehouse import Value, Warehouse

LISTED = 20
"""Most partitions an error names; the rest are counted."""

Row = Mapping[str, Value]


def reconcile(warehouse: Warehouse, calendar: Calendar, day: date) -> dict[str, int]:
    """Check quality.reconciliation for all partitions through `day`; returns how many there are.

    Raises LastingFailure `NotReconciled`, which names every partition that differs or has no data, and
    `ReconciliationIncomplete` when the table judges fewer partitions than the calendar expects (an empty table
    must not pass for a clean one).
    """
    judged = warehouse.query(
        "count reconciled partitions",
        f"select count(*) as partitions from quality.reconciliation where partition_date <= date '{day}'",
    )
    differing = warehouse.query(
        "read unreconciled partitions",
        "select * from quality.reconciliation "
        f"where partition_date <= date '{day}' and is_reconciled is not true "
        "order by partition_date, source, partition_hour",
    )
    if differing:
        raise LastingFailure("NotReconciled", describe(differing))
    partitions, expected = int(judged[0]["partitions"] or 0), expected_partitions(calendar, day)
    if partitions < expected:
        raise LastingFailure(
            "ReconciliationIncomplete",
            f"quality.reconciliation holds {partitions} partitions through {day}, the calendar expects {expected}",
        )
    return {"partitions": partitions, "unreconciled": 0}


def expected_partitions(calendar: Calendar, day: date) -> int:
    """How many partitions the calendar expects through `day`."""
    return sum(
        (span.last_date - span.first_date).days + 1
        for source in calendar.fleet.sources
        for span in calendar.spans(source, due_through(source, day))
    )


def describe(rows: Sequence[Row]) -> str:
    """One line per partition: `web_forms 2025-11-21: no data`, or its accounts (numbers only)."""
    lines = [f"  {describe_partition(row)}" for row in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(f"  and {len(rows) - LISTED} more")
    noun = "partition does" if len(rows) == 1 else "partitions do"
    return "\n".join([f"{len(rows)} {noun} not reconcile:", *lines])


def describe_partition(row: Row) -> str:
    """Partition and what is known of its difference."""
    hour = int(row.get("partition_hour") or 0) if row.get("partition_hour") is not None else -1
    name = f"{row['source']} {row['partition_date']}" + (f"T{hour:02}" if hour >= 0 else "")
    accounts = {
        column.removeprefix("rows_").removesuffix("_rows"): value
        for column, value in row.items()
        if column.endswith("_rows") or column.startswith("rows_")
    }
    if all(value is None for value in accounts.values()):
        return f"{name}: no data"
    return f"{name}: " + ", ".join(f"{column} {value}" for column, value in accounts.items() if value is not None)
