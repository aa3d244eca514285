"""One partition for scheduled, manual and backfill runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.api.datamodels._generated import DagRunType

from coretelecoms.partition import InvalidPartition, Partition, parse_label, resolve_partition
from coretelecoms.tasks import is_due

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)


def dag_run(**fields: Any) -> Any:
    """A run as Airflow hands it to tasks; by default manual, without a logical date, on 25 November."""
    return SimpleNamespace(
        **{
            "run_type": DagRunType.MANUAL,
            "partition_key": None,
            "data_interval_start": None,
            "data_interval_end": None,
            "run_after": datetime(2025, 11, 25, 0, 30, tzinfo=UTC),
            **fields,
        }
    )


SCHEDULED = dag_run(
    run_type=DagRunType.SCHEDULED,
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
    ("run_type", "day", "has_snapshots"),
    [
        (DagRunType.BACKFILL, YESTERDAY - timedelta(days=1), False),
        (DagRunType.BACKFILL, YESTERDAY, True),
        (DagRunType.SCHEDULED, YESTERDAY - timedelta(days=1), True),
        (DagRunType.MANUAL, YESTERDAY - timedelta(days=1), True),
    ],
    ids=str,
)
def test_a_backfill_of_earlier_days_takes_no_snapshots(
    dags: dict[str, Any], run_type: DagRunType, day: date, has_snapshots: bool
) -> None:
    start = datetime.combine(day, time(), UTC)
    run = dag_run(
        run_type=run_type,
        data_interval_start=start,
        data_interval_end=start + timedelta(days=1),
        run_after=start + timedelta(days=1),
    )
    planned = dags["complaints_daily"].dag.get_task("plan_partitions").python_callable(run, {})
    sources = {request["source"] for request in planned.xcom_value}
    assert {"call_logs", "social_media", "web_forms"} <= sources
    assert ({"customers", "agents"} <= sources) is has_snapshots


def test_a_scheduled_run_looks_again_later_while_its_sources_are_not_due(dags: dict[str, Any]) -> None:
    end = datetime.now(UTC) - timedelta(minutes=1)
    run = dag_run(
        run_type=DagRunType.SCHEDULED,
        data_interval_start=end - timedelta(days=1),
        data_interval_end=end,
        run_after=end,
    )
    planned = dags["complaints_daily"].dag.get_task("plan_partitions").python_callable(run, {})
    assert planned.is_done is False


def test_only_a_scheduled_run_waits_for_its_sources() -> None:
    delay, end = timedelta(hours=2), datetime(2025, 11, 23, 8, tzinfo=UTC)
    assert not is_due(SCHEDULED, delay, end + timedelta(hours=1, minutes=59))
    assert is_due(SCHEDULED, delay, end + delay)
    assert is_due(dag_run(run_type=DagRunType.BACKFILL, data_interval_end=end), delay, end)
    assert is_due(dag_run(), delay, end)
