"""Which partitions a run lands, from the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, TypedDict

from coretelecoms.calendar import DAY, Calendar
from coretelecoms.fleet import Cadence, Source
from coretelecoms.partition import Partition, run_type


class Request(TypedDict):
    """One partition to land and load: what is mapped over, shown in the UI and kept in XCom."""

    source: str
    function: str
    partition_date: str
    partition_hour: int | None
    options: dict[str, bool]


class InvalidRequest(ValueError):
    """The run was asked for something that cannot be; the message says what."""


def daily_partitions(
    calendar: Calendar, day: date, *, with_snapshots: bool = True
) -> Iterator[tuple[Source, Partition]]:
    """Snapshots of `day`, and of every daily source `day` and its correction days again, oldest first.

    Late sources count from their own newest due day (`lateness_days` before `day`). What the calendar does not
    expect is left out: nothing is asked of a source before its first date.
    """
    for source in calendar.fleet.sources:
        if source.cadence is Cadence.HOURLY or (source.cadence is Cadence.SNAPSHOT and not with_snapshots):
            continue
        back = source.correction_days if source.cadence is Cadence.DAILY else 0
        newest = day - timedelta(days=source.lateness_days)
        for days_before in range(back, -1, -1):
            for partition in calendar.expected_on(source, newest - days_before * DAY):
                yield source, partition


def hourly_partitions(calendar: Calendar, hour: Partition) -> Iterator[tuple[Source, Partition]]:
    """That hour of every hourly source that is expected to bring it."""
    for source in calendar.fleet.sources:
        if source.cadence is Cadence.HOURLY and calendar.is_expected(source, hour):
            yield source, hour


def takes_snapshots(dag_run: Any, day: date, today: date) -> bool:
    """Whether a run of `day` may read snapshot sources.

    A snapshot source only shows what it holds now. A backfill of an earlier day would store today's customers as
    that day's, so it leaves them out, but for the day that has just ended. A scheduled run is for that day anyway;
    who names a partition_date by hand is taken at their word.
    """
    return run_type(dag_run) != "backfill" or day >= today - DAY


def requests(
    partitions: Iterator[tuple[Source, Partition]], params: dict[str, Any], known: Collection[str]
) -> list[Request]:
    """Requests for these partitions, narrowed and marked by the run's params `sources`, `force`, `accept_volume`."""
    wanted = params.get("sources") or None
    if wanted is not None and (unknown := sorted(set(wanted) - set(known))):
        raise InvalidRequest(f"no source {unknown[0]!r}; known: {', '.join(sorted(known))}")
    options = {name: True for name in ("force", "accept_volume") if params.get(name)}
    if options.get("accept_volume") and wanted is None:
        raise InvalidRequest("accept_volume needs `sources`: name those whose volume was looked at")
    return [
        request_for(source, partition, options)
        for source, partition in partitions
        if wanted is None or source.id in wanted
    ]


def request_for(source: Source, partition: Partition, options: dict[str, bool] | None = None) -> Request:
    """The request to land this partition of this source."""
    return Request(
        source=source.id,
        function=source.function,
        partition_date=f"{partition.date}",
        partition_hour=partition.hour,
        options=dict(options or {}),
    )


def label(request: Request) -> str:
    """`call_logs 2025-11-20`, or `sms 2025-11-20T08`."""
    partition = Partition(date.fromisoformat(request["partition_date"]), request["partition_hour"])
    return f"{request['source']} {partition.label}"
