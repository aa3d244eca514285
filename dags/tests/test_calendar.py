"""Which partitions are expected, and which of them a run lands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coretelecoms.calendar import Calendar, InvalidCalendar, Span, parse_calendar
from coretelecoms.fleet import Cadence, Fleet, load_fleet
from coretelecoms.ledger import calendar_statements
from coretelecoms.partition import Partition
from coretelecoms.plan import daily_partitions, hourly_partitions

FLEET = load_fleet()
FIRST = date(2025, 11, 20)
DAYS = st.integers(0, 40).map(lambda offset: FIRST - timedelta(days=5) + timedelta(days=offset))
LABELS = {
    True: st.tuples(DAYS, st.integers(0, 23)).map(lambda p: Partition(*p).label),
    False: DAYS.map(lambda day: f"{day}"),
}


def rules(hourly: bool) -> st.SearchStrategy[dict[str, Any]]:
    optional: dict[str, st.SearchStrategy[Any]] = {
        "first_date": DAYS.map(str),
        "last_date": DAYS.map(str),
        "except": st.lists(LABELS[hourly] | LABELS[False], max_size=6),
        "absent": st.booleans(),
        "only": st.lists(LABELS[hourly], max_size=6),
    }
    if hourly:
        optional["hours"] = st.lists(st.integers(0, 23), unique=True, max_size=5)
    return st.fixed_dictionaries({}, optional=optional)


CALENDARS = st.fixed_dictionaries(
    {}, optional={source.id: rules(source.cadence is Cadence.HOURLY) for source in FLEET.sources}
)


def expanded(spans: list[Span]) -> list[tuple[date, int]]:
    return [
        (span.first_date + timedelta(days=offset), span.hour)
        for span in spans
        for offset in range((span.last_date - span.first_date).days + 1)
    ]


@given(CALENDARS, DAYS)
def test_spans_hold_exactly_the_expected_partitions_each_once(variable: dict[str, Any], through: date) -> None:
    calendar = parse_calendar(FLEET, variable)
    for source in FLEET.sources:
        partitions = expanded(calendar.spans(source, through))
        days = [FIRST + timedelta(days=offset) for offset in range(-10, 50)]
        expected = [
            (day, -1 if partition.hour is None else partition.hour)
            for day in days
            if day <= through
            for partition in calendar.expected_on(source, day)
        ]
        assert sorted(partitions) == sorted(expected)
        assert all(span.first_date <= span.last_date <= through for span in calendar.spans(source, through))


@given(CALENDARS, DAYS)
def test_a_run_lands_nothing_that_is_not_expected(variable: dict[str, Any], day: date) -> None:
    calendar = parse_calendar(FLEET, variable)
    landed = list(daily_partitions(calendar, day))
    assert len(landed) == len(set(landed))
    for source, partition in landed:
        assert calendar.is_expected(source, partition)
        assert 0 <= (day - partition.date).days <= source.correction_days


@given(CALENDARS, DAYS)
def test_the_calendar_is_written_as_spans_that_read_back(variable: dict[str, Any], through: date) -> None:
    calendar = parse_calendar(FLEET, variable)
    spans = [span for source in FLEET.sources for span in calendar.spans(source, through)]
    statements = calendar_statements(spans)
    assert statements[0] == "delete from raw_data.calendar"
    assert sum(statement.count("date '") for statement in statements) == 2 * len(spans)
    assert all(len(statement) < 100_000 for statement in statements)


def by_source(calendar: Calendar, day: str, **options: Any) -> dict[str, list[str]]:
    landed: dict[str, list[str]] = {}
    for source, partition in daily_partitions(calendar, date.fromisoformat(day), **options):
        landed.setdefault(source.id, []).append(partition.label)
    return landed


def test_a_daily_run_takes_the_days_snapshots_and_corrects_three_days_of_daily_sources() -> None:
    assert by_source(Calendar(FLEET, {}), "2025-11-25") == {
        "agents": ["2025-11-25"],
        "customers": ["2025-11-25"],
        **{
            source: ["2025-11-22", "2025-11-23", "2025-11-24", "2025-11-25"]
            for source in ("call_logs", "social_media", "web_forms")
        },
    }


def test_a_backfill_leaves_snapshots_out() -> None:
    assert set(by_source(Calendar(FLEET, {}), "2025-11-20", with_snapshots=False)) == {
        "call_logs",
        "social_media",
        "web_forms",
    }


def test_a_late_source_is_asked_for_its_own_newest_day() -> None:
    late = tuple(replace(s, lateness_days=2) if s.id == "call_logs" else s for s in FLEET.sources)
    calendar = Calendar(Fleet(late, FLEET.retriable_errors, FLEET.load_function), {})
    assert by_source(calendar, "2025-11-23")["call_logs"] == ["2025-11-20", "2025-11-21"]


def test_nothing_is_expected_before_the_first_date() -> None:
    assert by_source(Calendar(FLEET, {}), "2025-11-19") == {}
    hours = hourly_partitions(Calendar(FLEET, {}), Partition(date(2025, 11, 19), 23))
    assert list(hours) == []


def test_the_exceptions_of_the_variable() -> None:
    calendar = parse_calendar(
        FLEET,
        {
            "sms": {"hours": [8, 12], "except": ["2025-11-21", "2025-11-22T08"]},
            "call_logs": {"first_date": "2025-11-21", "last_date": "2025-11-22"},
            "social_media": {"only": ["2025-11-20", "2025-11-22"]},
            "web_forms": {"absent": True},
        },
    )
    day = date(2025, 11, 23)
    spans = {source.id: calendar.spans(source, day) for source in FLEET.sources}
    assert spans["web_forms"] == []
    assert spans["call_logs"] == [Span("call_logs", -1, date(2025, 11, 21), date(2025, 11, 22))]
    assert spans["social_media"] == [
        Span("social_media", -1, FIRST, FIRST),
        Span("social_media", -1, date(2025, 11, 22), date(2025, 11, 22)),
    ]
    assert spans["sms"] == [
        Span("sms", 8, FIRST, FIRST),
        Span("sms", 8, day, day),
        Span("sms", 12, FIRST, FIRST),
        Span("sms", 12, date(2025, 11, 22), day),
    ]


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("[]", "expected an object"),
        ('{"smss": {}}', "no source 'smss'"),
        ('{"sms": []}', "sms: expected an object"),
        ('{"sms": {"hour": [8]}}', "unknown key 'hour'"),
        ('{"sms": {"hours": [24]}}', "hour 24"),
        ('{"sms": {"hours": [true]}}', "hour True"),
        ('{"call_logs": {"hours": [8]}}', "hours are for hourly sources"),
        ('{"call_logs": {"only": ["2025-11-20T08"]}}', "must not have an hour"),
        ('{"sms": {"only": ["2025-11-20"]}}', "must have an hour"),
        ('{"call_logs": {"except": "2025-11-20"}}', "expected a list"),
        ('{"call_logs": {"except": ["2025-13-01"]}}', "2025-13-01"),
        ('{"call_logs": {"first_date": "soon"}}', "call_logs"),
        ('{"call_logs": {"absent": "yes"}}', "absent is 'yes'"),
    ],
)
def test_a_calendar_that_cannot_be_meant_is_refused(variable: str, said: str) -> None:
    with pytest.raises(InvalidCalendar, match=said):
        parse_calendar(FLEET, json.loads(variable))
