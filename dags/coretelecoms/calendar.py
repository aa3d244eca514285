"""The calendar of expected partitions: what must be there, so that what is missing shows as missing.

It follows from the fleet (cadence, first date, lateness) and from exceptions kept in the Airflow Variable `calendar`
(or the environment variable AIRFLOW_VAR_CALENDAR), a JSON object by source:

    {"sms": {"hours": [8, 12, 18]},
     "call_logs": {"first_date": "2025-12-01", "last_date": "2026-06-30", "except": ["2025-12-25"]},
     "social_media": {"only": ["2025-11-20"]},
     "web_forms": {"absent": true}}

`except` and `only` hold partitions (`2025-11-20`, or `2025-11-20T08` of an hourly source; `except` also takes whole
days of one); `absent` says that this deployment does not have the source at all. The same calendar decides what the
DAGs ingest and what reconciliation expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from coretelecoms.fleet import Cadence, Fleet, Source
from coretelecoms.partition import InvalidPartition, Partition, parse_label

ALL_HOURS = tuple(range(24))
DAY = timedelta(days=1)
KEYS = frozenset({"hours", "first_date", "last_date", "except", "only", "absent"})


class InvalidCalendar(ValueError):
    """The Variable `calendar` says something that cannot be meant; the message names the source and the key."""


@dataclass(frozen=True)
class Exceptions:
    """What the Variable says of one source; the default says nothing."""

    absent: bool = False
    hours: tuple[int, ...] = ALL_HOURS
    first_date: date | None = None
    last_date: date | None = None
    excluded: frozenset[Partition] = frozenset()
    only: frozenset[Partition] | None = None


@dataclass(frozen=True, order=True)
class Span:
    """Consecutive expected days of a source, both ends included; `hour` is -1 for daily and snapshot sources."""

    source: str
    hour: int
    first_date: date
    last_date: date


@dataclass(frozen=True)
class Calendar:
    """The expected partitions of every source of the fleet."""

    fleet: Fleet
    exceptions: Mapping[str, Exceptions]

    def is_expected(self, source: Source, partition: Partition) -> bool:
        """Whether the source should bring this partition at all (lateness left aside)."""
        rule = self.exceptions.get(source.id, Exceptions())
        if rule.absent or (partition.hour is None) == (source.cadence is Cadence.HOURLY):
            return False
        if partition.hour is not None and partition.hour not in rule.hours:
            return False
        if partition in rule.excluded or Partition(partition.date) in rule.excluded:
            return False
        if rule.only is not None:
            return partition in rule.only
        first = rule.first_date or source.first_date
        return first <= partition.date <= (rule.last_date or partition.date)

    def expected_on(self, source: Source, day: date) -> Iterator[Partition]:
        """The partitions expected of the source on that day, in order."""
        hours = ALL_HOURS if source.cadence is Cadence.HOURLY else (None,)
        yield from (p for p in (Partition(day, hour) for hour in hours) if self.is_expected(source, p))

    def first_day(self, source: Source) -> date:
        """A day before which nothing of the source is expected."""
        rule = self.exceptions.get(source.id, Exceptions())
        if rule.only is not None:
            return min((p.date for p in rule.only), default=date.max)
        return rule.first_date or source.first_date

    def spans(self, source: Source, through: date) -> list[Span]:
        """The expected partitions of the source up to and including `through`, as few spans, in order."""
        hours: Iterable[int | None] = ALL_HOURS if source.cadence is Cadence.HOURLY else (None,)
        return [span for hour in hours for span in self._spans_of(source, hour, through)]

    def _spans_of(self, source: Source, hour: int | None, through: date) -> Iterator[Span]:
        start: date | None = None
        day = self.first_day(source)
        while day <= through:
            if self.is_expected(source, Partition(day, hour)):
                start = start or day
            elif start is not None:
                yield Span(source.id, -1 if hour is None else hour, start, day - DAY)
                start = None
            day += DAY
        if start is not None:
            yield Span(source.id, -1 if hour is None else hour, start, through)


def parse_calendar(fleet: Fleet, variable: object) -> Calendar:
    """Calendar of the fleet and the Variable's value (None, or an object by source); InvalidCalendar if it is wrong."""
    if variable is None:
        return Calendar(fleet, {})
    if not isinstance(variable, dict):
        raise InvalidCalendar(f"expected an object by source, got {type(variable).__name__}")
    known = {source.id: source for source in fleet.sources}
    exceptions: dict[str, Exceptions] = {}
    for source_id, rule in variable.items():
        if source_id not in known:
            raise InvalidCalendar(f"no source {source_id!r}; known: {', '.join(sorted(known))}")
        try:
            exceptions[source_id] = _parse_rule(known[source_id], rule)
        except (InvalidPartition, TypeError, ValueError) as error:
            raise InvalidCalendar(f"{source_id}: {error}") from error
    return Calendar(fleet, exceptions)


def _parse_rule(source: Source, rule: Any) -> Exceptions:
    if not isinstance(rule, dict):
        raise TypeError(f"expected an object, got {type(rule).__name__}")
    if unknown := sorted(set(rule) - KEYS):
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(KEYS))}")
    hourly = source.cadence is Cadence.HOURLY
    if "hours" in rule and not hourly:
        raise ValueError("hours are for hourly sources only")
    return Exceptions(
        absent=_boolean(rule.get("absent", False)),
        hours=tuple(_hour(hour) for hour in rule["hours"]) if "hours" in rule else ALL_HOURS,
        first_date=date.fromisoformat(rule["first_date"]) if "first_date" in rule else None,
        last_date=date.fromisoformat(rule["last_date"]) if "last_date" in rule else None,
        excluded=frozenset(_labels(rule.get("except", []), hour=None if hourly else False)),
        only=frozenset(_labels(rule["only"], hour=hourly)) if "only" in rule else None,
    )


def _labels(labels: Any, *, hour: bool | None) -> Iterator[Partition]:
    """Partitions of a list of labels; `hour`: they must have one (True), must not (False), may (None)."""
    if not isinstance(labels, list):
        raise TypeError(f"expected a list of partitions, got {type(labels).__name__}")
    for label in labels:
        partition = parse_label(str(label))
        if hour is not None and (partition.hour is not None) != hour:
            raise ValueError(f"partition {label!r} must {'' if hour else 'not '}have an hour")
        yield partition


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(f"absent is {value!r}, expected true or false")


def _hour(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 23:
        return value
    raise ValueError(f"hour {value!r} is no whole number from 0 to 23")
