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
    """Check quality.reconciliation for all partitions through `day`; returns how many were expected and judged.

    Raises LastingFailure `NotReconciled`, which names every partition that is missing or differs, and
    `ReconciliationIncomplete` when the table judges fewer partitions than the calendar expects (an empty table
    must not pass for a clean one).
    """
    counts = warehouse.query(
        "count reconciled partitions",
        "select count(*) as judged, coalesce(sum(case when is_expected then 1 else 0 end), 0) as expected "
        f"from quality.reconciliation where partition_date <= date '{day}'",
    )[0]
    differing = warehouse.query(
        "read unreconciled partitions",
        "select source, partition_date, partition_hour, difference from quality.reconciliation "
        f"where partition_date <= date '{day}' and not is_reconciled "
        "order by partition_date, source, partition_hour",
    )
    if differing:
        raise LastingFailure("NotReconciled", describe(differing))
    judged, known, expected = _int(counts["judged"]), _int(counts["expected"]), expected_partitions(calendar, day)
    if known < expected:
        raise LastingFailure(
            "ReconciliationIncomplete",
            f"quality.reconciliation knows {known} expected partitions through {day}, the calendar {expected}",
        )
    return {"expected": known, "judged": judged}


def expected_partitions(calendar: Calendar, day: date) -> int:
    """How many partitions the calendar expects through `day`."""
    return sum(
        (span.last_date - span.first_date).days + 1
        for source in calendar.fleet.sources
        for span in calendar.spans(source, due_through(source, day))
    )


def describe(rows: Sequence[Row]) -> str:
    """One line per partition, with its first difference: `web_forms 2025-11-21: missing`."""
    lines = [f"  {describe_partition(row)}" for row in rows[:LISTED]]
    if len(rows) > LISTED:
        lines.append(f"  and {len(rows) - LISTED} more")
    noun = "partition does" if len(rows) == 1 else "partitions do"
    return "\n".join([f"{len(rows)} {noun} not reconcile:", *lines])


def describe_partition(row: Row) -> str:
    """Partition and its difference, in the words of quality.reconciliation (counts, never values)."""
    hour = _int(row["partition_hour"])
    name = f"{row['source']} {row['partition_date']}" + (f"T{hour:02}" if hour >= 0 else "")
    return f"{name}: {row['difference'] or 'differs'}"


def _int(value: Value) -> int:
    return int(value or 0)
