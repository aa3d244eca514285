"""What the warehouse is told to expect, and which hours it still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coretelecoms.calendar import DAY, Calendar, Span
from coretelecoms.fleet import Cadence, Source
from coretelecoms.partition import Partition
from coretelecoms.warehouse import Warehouse

ROWS_A_STATEMENT = 500

CATCH_UP_DAYS = 3
"""How many days before its own a daily run looks for hours that never arrived."""


def record_calendar(warehouse: Warehouse, calendar: Calendar, day: date) -> list[Span]:
    """Write the spans of expected partitions through `day` to raw_data.calendar; returns them.

    The calendar never ends earlier than it already did: a rerun of an old day must not make later partitions
    unexpected. It is replaced in one transaction.
    """
    recorded = {
        str(row["source"]): date.fromisoformat(str(row["last_date"]))
        for row in warehouse.query(
            "read calendar",
            "select source, max(last_date) as last_date from raw_data.calendar group by source",
        )
    }
    spans = [
        span
        for source in calendar.fleet.sources
        for span in calendar.spans(source, max(due_through(source, day), recorded.get(source.id, date.min)))
    ]
    warehouse.execute("record calendar", calendar_statements(spans))
    return spans


def due_through(source: Source, day: date) -> date:
    """The newest day of the source that a run of `day` may expect."""
    return day - timedelta(days=source.lateness_days)


def calendar_statements(spans: Sequence[Span]) -> list[str]:
    """SQL that replaces raw_data.calendar. Source ids come from the fleet, all else are numbers and dates."""
    statements = ["delete from raw_data.calendar"]
    for start in range(0, len(spans), ROWS_A_STATEMENT):
        rows = ",\n".join(
            f"('{span.source}', {span.hour:d}, date '{span.first_date}', date '{span.last_date}')"
            for span in spans[start : start + ROWS_A_STATEMENT]
        )
        statements.append(
            f"insert into raw_data.calendar (source, partition_hour, first_date, last_date) values\n{rows}"
        )
    return statements


def missing_hours(warehouse: Warehouse, calendar: Calendar, day: date) -> Iterator[tuple[Source, Partition]]:
    """Expected hours of `day` and of CATCH_UP_DAYS before it that the ledger does not have, oldest first.

    An hourly run that failed for good has no later run of its own, and the last hours of a day may still be on
    their way when the daily run starts.
    """
    hourly = [source for source in calendar.fleet.sources if source.cadence is Cadence.HOURLY]
    if not hourly:
        return
    first = day - CATCH_UP_DAYS * DAY
    present = {
        (str(row["source"]), date.fromisoformat(str(row["partition_date"])), row["partition_hour"])
        for row in warehouse.query(
            "read hours of the ledger",
            "select source, partition_date, partition_hour from raw_data.load_ledger "
            f"where partition_hour >= 0 and partition_date between date '{first}' and date '{day}'",
        )
    }
    for source in hourly:
        newest = due_through(source, day)
        for days_before in range((newest - first).days, -1, -1):
            for partition in calendar.expected_on(source, newest - days_before * DAY):
                if (source.id, partition.date, partition.hour) not in present:
                    yield source, partition
