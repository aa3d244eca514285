"""One partition for scheduled, manual and backfill runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from coretelecoms.partition import InvalidPartition, Partition, parse_label, resolve_partition
from coretelecoms.plan import takes_snapshots
from coretelecoms.tasks import is_due


def dag_run(**fields: Any) -> Any:
    """A run as Airflow hands it to tasks; by default manual, without a logical date, on 25 November."""
    return SimpleNamespace(
        **{
            "run_type": "manual",
            "partition_key": None,
            "data_interval_start": None,
            "data_interval_end": None,
            "run_after": datetime(2025, 11, 25, 0, 30, tzinfo=UTC),
            **fields,
        }
    )


SCHEDULED = dag_run(
    run_type="scheduled",
    data_interval_start=datetime(2025, 11, 23, 7, tzinfo=UTC),
    data_interval_end=datetime(2025, 11, 23, 8, tzinfo=UTC),
)


def test_a_scheduled_run_and_a_backfill_take_the_start_of_their_interval() -> None:
    assert resolve_partition(SCHEDULED, {}, hourly=False) == Partition(date(2025, 11, 23))
    assert resolve_partition(SCHEDULED, {"partition_date": None}, hourly=True) == Partition(date(2025, 11, 23), 7)


def test_the_interval_is_read_in_utc() -> None:
    berlin = timezone(timedelta(hours=1))
    run = dag_run(data_interval_start=datetime(2025, 11, 23, 0, 30, tzinfo=berlin))
    assert resolve_partition(run, {}, hourly=True) == Partition(date(2025, 11, 22), 23)


def test_a_manual_run_takes_its_params_before_anything_that_follows_from_time() -> None:
    params = {"partition_date": "2025-11-20", "partition_hour": 0}
    assert resolve_partition(SCHEDULED, params, hourly=True) == Partition(date(2025, 11, 20), 0)


def test_a_partition_key_comes_first() -> None:
    run = dag_run(partition_key="2025-11-21T05")
    assert resolve_partition(run, {"partition_date": "2025-11-20"}, hourly=True) == Partition(date(2025, 11, 21), 5)


def test_a_manual_run_without_anything_takes_the_day_or_hour_before() -> None:
    assert resolve_partition(dag_run(), {}, hourly=False) == Partition(date(2025, 11, 24))
    assert resolve_partition(dag_run(), None, hourly=True) == Partition(date(2025, 11, 24), 23)


@pytest.mark.parametrize(
    ("hourly", "params"),
    [
        (False, {"partition_date": "2025-02-30"}),
        (False, {"partition_date": "2025-11-20T08"}),
        (False, {"partition_date": "20251120"}),
        (False, {"partition_date": ""}),
        (False, {"partition_date": 20251120}),
        (False, {"partition_date": "2025-11-20", "partition_hour": 3}),
        (False, {"partition_date": "2025-11-26"}),
        (True, {"partition_date": "2025-11-20"}),
        (True, {"partition_hour": 3}),
        (True, {"partition_date": "2025-11-20", "partition_hour": 24}),
        (True, {"partition_date": "2025-11-20", "partition_hour": True}),
        (True, {"partition_date": "2025-11-20", "partition_hour": "8"}),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_given(hourly: bool, params: dict[str, Any]) -> None:
    with pytest.raises(InvalidPartition) as error:
        resolve_partition(dag_run(), params, hourly=hourly)
    assert any(str(value) in str(error.value) for value in params.values())


@pytest.mark.parametrize("label", ["2025-11-20", "2025-11-20T00", "2025-11-20T23"])
def test_labels_go_both_ways(label: str) -> None:
    assert parse_label(label).label == label


@pytest.mark.parametrize("label", ["", "2025-11-20T24", "2025-11-20T8", "2025-11-31", "today", "2025-11-20 "])
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(InvalidPartition):
        parse_label(label)


@pytest.mark.parametrize(
    ("run_type", "day", "expected"),
    [
        ("backfill", date(2025, 11, 20), False),
        ("backfill", date(2025, 11, 24), True),
        ("scheduled", date(2025, 11, 24), True),
        ("scheduled", date(2025, 11, 20), True),
        ("manual", date(2025, 11, 20), True),
    ],
)
def test_a_backfill_of_earlier_days_takes_no_snapshots(run_type: str, day: date, expected: bool) -> None:
    assert takes_snapshots(run_type, day, today=date(2025, 11, 25)) is expected


def test_only_a_scheduled_run_waits_for_its_sources() -> None:
    delay, end = timedelta(hours=2), datetime(2025, 11, 23, 8, tzinfo=UTC)
    assert not is_due(SCHEDULED, delay, end + timedelta(hours=1, minutes=59))
    assert is_due(SCHEDULED, delay, end + delay)
    assert is_due(dag_run(run_type="backfill", data_interval_end=end), delay, end)
    assert is_due(dag_run(), delay, end)
