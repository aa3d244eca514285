"""Which partition a run is for. Dates and hours are UTC labels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

LABEL = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}))?")


class InvalidPartition(ValueError):
    """The run was asked for a partition that cannot be; the message says what was given."""


@dataclass(frozen=True, order=True)
class Partition:
    """A day, or an hour of a day (0 to 23)."""

    date: date
    hour: int | None = None

    @property
    def label(self) -> str:
        """`2025-11-20`, or `2025-11-20T08`."""
        return f"{self.date}" if self.hour is None else f"{self.date}T{self.hour:02}"


def parse_label(text: str) -> Partition:
    """Partition of `2025-11-20` or `2025-11-20T08`; InvalidPartition for anything else."""
    match = LABEL.fullmatch(text)
    if match is None:
        raise InvalidPartition(f"{text!r} is no partition; expected YYYY-MM-DD or YYYY-MM-DDTHH")
    return Partition(_day(match[1]), None if match[2] is None else _hour(int(match[2])))


def resolve_partition(dag_run: Any, params: Any, *, hourly: bool) -> Partition:
    """The partition of a run, the same on every retry, from the first of these that is there:

    1. `dag_run.partition_key` (a partitioned run): `2025-11-20`, or `2025-11-20T08` for an hourly run;
    2. `params.partition_date` (and `partition_hour`): a manual run, or `--conf`;
    3. the start of the data interval: a scheduled run or a backfill;
    4. the day (hour) before `run_after`: a manual run without a logical date.

    `ds` is never used: a run triggered from the command line has no logical date. Raises InvalidPartition for
    dates that do not exist, lie in the future, or lack (or have) an hour where one is required (forbidden).
    """
    partition = _asked_for(dag_run, dict(params or {}), hourly=hourly) or _due(dag_run, hourly=hourly)
    if partition.date > _utc(dag_run.run_after).date():
        raise InvalidPartition(f"partition {partition.label} lies in the future of this run")
    return partition


def run_type(dag_run: Any) -> str:
    """`scheduled`, `manual`, `backfill` …; Airflow hands it over as an enum whose text is another."""
    return str(getattr(dag_run.run_type, "value", dag_run.run_type))


def _asked_for(dag_run: Any, params: dict[str, Any], *, hourly: bool) -> Partition | None:
    key = getattr(dag_run, "partition_key", None)
    day, hour = params.get("partition_date"), params.get("partition_hour")
    if key:
        partition = parse_label(str(key))
    elif day is not None:
        partition = Partition(_day(str(day)), None if hour is None else _hour(hour))
    elif hour is not None:
        raise InvalidPartition(f"partition_hour {hour!r} is given without partition_date")
    else:
        return None
    if hourly and partition.hour is None:
        raise InvalidPartition(f"an hourly run needs partition_hour (0 to 23) beside {partition.label}")
    if not hourly and partition.hour is not None:
        raise InvalidPartition(f"a daily run has no hour, but {partition.label} was asked for")
    return partition


def _due(dag_run: Any, *, hourly: bool) -> Partition:
    step = timedelta(hours=1) if hourly else timedelta(days=1)
    start = _utc(dag_run.data_interval_start or dag_run.run_after - step)
    return Partition(start.date(), start.hour if hourly else None)


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidPartition(f"partition date {text!r} is no calendar date of the form YYYY-MM-DD")


def _hour(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 23:
        return value
    raise InvalidPartition(f"partition_hour {value!r} is no whole number from 0 to 23")


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
