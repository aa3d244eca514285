"""Airflow in a temporary home, and the AWS services it calls answered by `aws_stub`."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY / "dags"), str(REPOSITORY / "local" / "airflow")]

HOME = Path(tempfile.mkdtemp(prefix="airflow-tests-"))
FAKE_DBT = HOME / "dbt"
os.environ.update(
    AIRFLOW_HOME=str(HOME),
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="eu-north-1",
    PLATFORM_ENVIRONMENT="test",
    ALERT_TOPIC_ARN="arn:aws:sns:eu-north-1:000000000000:coretelecoms-alerts",
    WAREHOUSE_WORKGROUP="coretelecoms",
    WAREHOUSE_DATABASE="coretelecoms",
    FUNCTION_PREFIX="",
    DBT_PROJECT_DIR=str(HOME),
    DBT_TARGET="duckdb",
    DBT_TARGET_PATH=str(HOME / "target"),
    DBT_EXECUTABLE=str(FAKE_DBT),
    PLATFORM_TASK_RETRIES="1",
    PLATFORM_RETRY_DELAY_S="0",
)

from laptop import settings as laptop_settings  # noqa: E402

laptop_settings.apply()

from aws_stub import AwsStub  # noqa: E402

FAKE_DBT_SCRIPT = """#!/bin/sh
mkdir -p "$DBT_TARGET_PATH"
echo "$@" >> "$DBT_TARGET_PATH/calls"
rm -f "$DBT_TARGET_PATH/run_results.json"
if [ -n "$FAKE_DBT_RESULTS" ]; then printf '%s' "$FAKE_DBT_RESULTS" > "$DBT_TARGET_PATH/run_results.json"; fi
exit "${FAKE_DBT_EXIT:-0}"
"""


def succeed(name: str, event: dict[str, Any]) -> dict[str, Any]:
    """What a function answers when all is well."""
    outcome = "loaded" if name == "load-warehouse" else "committed"
    return {"source": event.get("source", name.replace("-", "_")), **event, "outcome": outcome}


def nothing_to_report(sql: str) -> list[dict[str, Any]]:
    """A warehouse that has every hour and in which everything reconciles."""
    if "load_ledger" in sql:
        days = [f"2025-11-{day}" for day in range(17, 31)]
        return [{"source": "sms", "partition_date": day, "partition_hour": hour} for day in days for hour in range(24)]
    return [{"judged": 9999, "expected": 9999}] if "count(*)" in sql else []


@pytest.fixture(scope="session")
def aws_server() -> Iterator[AwsStub]:
    stub = AwsStub(succeed, nothing_to_report)
    os.environ["AWS_ENDPOINT_URL"] = stub.start()
    yield stub
    stub.stop()


@pytest.fixture
def aws(aws_server: AwsStub, monkeypatch: pytest.MonkeyPatch) -> AwsStub:
    """The services, all well and with nothing asked of them yet; one hour of SMS a day is expected."""
    aws_server.function, aws_server.rows, aws_server.failing_statements = succeed, nothing_to_report, None
    for asked in (aws_server.invocations, aws_server.statements, aws_server.alerts):
        asked.clear()
    monkeypatch.setenv("AIRFLOW_VAR_CALENDAR", '{"sms": {"hours": [8]}}')
    return aws_server


@pytest.fixture(scope="session")
def dags() -> dict[str, Any]:
    """The DAGs as Airflow parses them (ParsedDag by id)."""
    from laptop.runs import parse_dags

    return parse_dags()


@dataclass
class Outcome:
    """How a run ended: its state, and states of tasks by name (`partition.load call_logs 2025-11-20`)."""

    state: str
    tasks: dict[str, str] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)

    def failed(self) -> set[str]:
        return {name for name, state in self.tasks.items() if state == "failed"}


@pytest.fixture(scope="session")
def _database() -> None:
    from laptop import database

    FAKE_DBT.write_text(FAKE_DBT_SCRIPT)
    FAKE_DBT.chmod(FAKE_DBT.stat().st_mode | stat.S_IXUSR)
    database.prepare(HOME)


@pytest.fixture
def run(_database: None, aws: AwsStub, dags: dict[str, Any]) -> Any:
    """Run a DAG for real, in this process: `run("complaints_daily", partition_date="2025-11-20")`."""

    def run_dag(dag_id: str, **conf: Any) -> Outcome:
        dag_run = dags[dag_id].run(conf)
        outcome = Outcome(str(dag_run.state))
        for instance in dag_run.get_task_instances():
            name = " ".join(filter(None, [instance.task_id, instance.rendered_map_index]))
            outcome.tasks[name], outcome.tries[name] = str(instance.state), instance.try_number
        return outcome

    return run_dag


@pytest.fixture
def dbt_calls() -> Path:
    """File with a line for every call of dbt in this test."""
    calls = HOME / "target" / "calls"
    calls.unlink(missing_ok=True)
    return calls


def days(first: str, count: int) -> list[date]:
    """`count` days from `first` on."""
    start = date.fromisoformat(first)
    return [date.fromordinal(start.toordinal() + offset) for offset in range(count)]
