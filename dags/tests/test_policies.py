"""What holds for every DAG and every task, so that nobody is woken by surprise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from airflow.timetables.interval import CronDataIntervalTimetable

from coretelecoms.alert import FailureAlert
from coretelecoms.fleet import load_fleet
from coretelecoms.invoke import connect, read_timeout_s
from coretelecoms.settings import ConfigurationError, Settings

WAREHOUSE_TASKS = {"load", "record_calendar", "dbt_build", "reconcile", "check_quality"}


@pytest.fixture(params=["complaints_daily", "complaints_hourly"])
def dag(request: pytest.FixtureRequest, dags: dict[str, Any]) -> Any:
    return dags[request.param].dag


def tasks_of(dag: Any) -> list[Any]:
    """All tasks but the marker at the end, which does nothing."""
    return [task for task in dag.tasks if task.task_id != "complete"]


def test_there_are_these_dags(dags: dict[str, Any]) -> None:
    assert set(dags) == {"complaints_daily", "complaints_hourly"}


def test_every_dag_runs_once_at_a_time_without_catching_up_and_has_an_end(dag: Any) -> None:
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.dagrun_timeout <= timedelta(hours=24)
    assert isinstance(dag.timetable, CronDataIntervalTimetable) or "CronDataInterval" in type(dag.timetable).__name__


def test_every_dag_says_what_to_do_when_it_fails(dag: Any) -> None:
    assert "### When it fails" in dag.doc_md
    assert "docs/runbooks/partition-failed.md" in dag.doc_md
    assert dag.tags
    for task in tasks_of(dag):
        assert f"`{task.task_id}`" in dag.doc_md or f"{task.task_id.split('.')[-1]}`" in dag.doc_md


def test_every_task_has_an_owner_retries_with_growing_delays_a_time_out_and_one_alert(dag: Any) -> None:
    for task in tasks_of(dag):
        arguments = getattr(task, "partial_kwargs", None) or {name: getattr(task, name) for name in POLICY}
        assert arguments["owner"] == "data-platform", task.task_id
        assert arguments["retries"] >= 1, task.task_id
        assert arguments["retry_exponential_backoff"], task.task_id
        assert arguments["max_retry_delay"] <= timedelta(hours=1), task.task_id
        assert arguments["execution_timeout"] is not None, task.task_id
        (alert,) = arguments["on_failure_callback"]
        assert isinstance(alert, FailureAlert), task.task_id


POLICY = (
    "owner",
    "retries",
    "retry_exponential_backoff",
    "max_retry_delay",
    "execution_timeout",
    "on_failure_callback",
)


def test_whatever_writes_the_warehouse_goes_one_at_a_time(dag: Any) -> None:
    for task in tasks_of(dag):
        writes = task.task_id.split(".")[-1] in WAREHOUSE_TASKS
        assert (task.pool == "warehouse") == writes, task.task_id


def test_the_marker_at_the_end_sees_every_task(dag: Any) -> None:
    complete = dag.get_task("complete")
    assert complete.upstream_task_ids >= {task.task_id for task in tasks_of(dag)} - {"plan_partitions"}
    assert not complete.downstream_task_ids


def test_a_call_is_sent_once_and_waited_for_longer_than_any_function_may_take() -> None:
    config = connect.__wrapped__().meta.config
    assert config.retries["total_max_attempts"] == 1
    assert config.read_timeout == read_timeout_s()
    assert read_timeout_s() > max(source.timeout_s for source in load_fleet().sources)
    assert read_timeout_s() < 350, "NAT gateways drop connections that are silent for longer"


def test_settings_that_are_missing_or_wrong_are_all_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as error:
        Settings.from_environment({"PLATFORM_ENVIRONMENT": "prod", "PLATFORM_TASK_RETRIES": "-1"})
    for name in ("ALERT_TOPIC_ARN", "WAREHOUSE_WORKGROUP", "DBT_TARGET", "FUNCTION_PREFIX", "PLATFORM_TASK_RETRIES"):
        assert name in str(error.value)
    assert "PLATFORM_ENVIRONMENT" not in str(error.value)


def test_the_generated_fleet_is_what_the_dags_need() -> None:
    fleet = load_fleet()
    assert {source.id for source in fleet.sources} >= {"customers", "agents", "call_logs", "social_media", "sms"}
    assert "SourceNotReady" in fleet.retriable_errors
    assert "SchemaDrift" not in fleet.retriable_errors
    assert all(source.impact for source in fleet.sources)
