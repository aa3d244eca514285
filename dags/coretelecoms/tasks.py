"""Tasks that both DAGs are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import Param, TriggerRule, Variable, task_group

from coretelecoms.alert import FailureAlert
from coretelecoms.calendar import Calendar, parse_calendar
from coretelecoms.failures import LastingFailure
from coretelecoms.fleet import Source, load_fleet
from coretelecoms.invoke import IngestPartition, LoadPartition, read_timeout_s
from coretelecoms.partition import InvalidPartition, Partition, resolve_partition, run_type
from coretelecoms.plan import InvalidRequest, Request, requests
from coretelecoms.settings import WAREHOUSE_POOL, Settings

OWNER = "data-platform"
LONGEST_RETRY_DELAY = timedelta(minutes=30)


def default_args(settings: Settings) -> dict[str, Any]:
    """What every task has: an owner, retries with growing delays, a time-out, an alert when it fails for good."""
    return {
        "owner": OWNER,
        "retries": settings.retries,
        "retry_delay": settings.retry_delay,
        "retry_exponential_backoff": True,
        "max_retry_delay": LONGEST_RETRY_DELAY,
        "execution_timeout": timedelta(minutes=10),
        "on_failure_callback": [FailureAlert(settings)],
    }


def run_params(*, hourly: bool) -> dict[str, Param]:
    """Params of a run by hand or of `--conf`; all may be left out."""
    params = {
        "partition_date": Param(
            None,
            type=["null", "string"],
            format="date",
            description="UTC day to process; default: that of the schedule",
        ),
        "sources": Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            description="only these source ids; default: all",
        ),
        "force": Param(False, type="boolean", description="ingest again what has not changed"),
        "accept_volume": Param(
            False, type="boolean", description="accept an unusual number of rows of the sources named"
        ),
    }
    if hourly:
        params["partition_hour"] = Param(
            None,
            type=["null", "integer"],
            minimum=0,
            maximum=23,
            description="UTC hour to process, with partition_date",
        )
    else:
        params["full_refresh"] = Param(
            False, type="boolean", description="build incremental models anew: after a changed macro or variable"
        )
    return params


def current_calendar() -> Calendar:
    """The calendar of the fleet and the Airflow Variable `calendar`; LastingFailure `ConfigurationError` if wrong."""
    try:
        return parse_calendar(load_fleet(), Variable.get("calendar", default=None, deserialize_json=True))
    except ValueError as error:
        raise LastingFailure("ConfigurationError", f"Airflow Variable calendar: {error}") from error


def partition_of_run(dag_run: Any, params: Any, *, hourly: bool) -> Partition:
    """The run's partition; LastingFailure `InvalidRequest` if it was asked for an impossible one."""
    try:
        return resolve_partition(dag_run, params, hourly=hourly)
    except InvalidPartition as error:
        raise LastingFailure("InvalidRequest", str(error)) from error


def requested(partitions: Iterator[tuple[Source, Partition]], params: Any, source_ids: list[str]) -> list[Request]:
    """These partitions as the run's params ask for them; LastingFailure `InvalidRequest` if they cannot be."""
    try:
        return requests(partitions, dict(params), source_ids)
    except InvalidRequest as error:
        raise LastingFailure("InvalidRequest", str(error)) from error


def is_due(dag_run: Any, delay: timedelta, now: datetime | None = None) -> bool:
    """Whether a scheduled run has waited long enough after the end of its interval for the sources to be there."""
    if run_type(dag_run) != "scheduled" or dag_run.data_interval_end is None:
        return True
    return (now or datetime.now(UTC)) >= dag_run.data_interval_end + delay


@task_group(group_id="partition")
def land_and_load(request: Request) -> None:
    """Ingest a partition, then load what is committed of it, whether or not this ingest succeeded."""
    call_limit = timedelta(seconds=read_timeout_s() + 60)
    ingest = IngestPartition(task_id="ingest", request=request, execution_timeout=call_limit)
    load = LoadPartition(
        task_id="load",
        request=request,
        execution_timeout=call_limit,
        pool=WAREHOUSE_POOL,
        trigger_rule=TriggerRule.ALL_DONE,
    )
    ingest >> load
