"""The one-process runner behind `npm start`, as its own process: what it reports and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aws_stub import AwsStub, FunctionError
from conftest import REPOSITORY, succeed

PROGRAM = REPOSITORY / "local" / "airflow" / "run_dags.py"
HOUR = {"partition_date": "2025-11-20", "partition_hour": 8}


class Runner:
    """A running run_dags.py: lines in, events out."""

    def __init__(self, home: Path, environment: dict[str, str]):
        self.command = [sys.executable, PROGRAM, "--log", home / "airflow.log"]
        self.environment = {**os.environ, "AIRFLOW_HOME": str(home)}
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.environment
        )
        self.send({"environment": environment})

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def until(self, found: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Events up to and including the first that is found, or to the end."""
        assert self.process.stdout
        events = []
        for line in self.process.stdout:
            events.append(json.loads(line))
            if found(events[-1]):
                break
        return events


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("airflow-home")


@pytest.fixture
def runner(aws: AwsStub, home: Path, _database: None) -> Iterator[Runner]:
    started = Runner(home, {"AIRFLOW_VAR_CALENDAR": '{"sms": {"hours": [8, 12]}}'})
    yield started
    started.process.kill()
    started.process.wait()


def test_it_reports_every_task_and_run_and_ends_with_1_if_a_run_failed(runner: Runner, aws: AwsStub) -> None:
    drift = FunctionError("SchemaDrift", "no column")
    aws.function = lambda name, event: drift if event.get("partition_hour") == 12 else succeed(name, event)
    runner.send({"dag_id": "complaints_hourly", "conf": HOUR})
    runner.send({"dag_id": "complaints_hourly", "conf": HOUR})
    runner.send({"dag_id": "complaints_hourly", "conf": {**HOUR, "partition_hour": 12}})
    assert runner.process.stdin
    runner.process.stdin.close()
    events = runner.until(lambda event: False)
    assert runner.process.wait() == 1
    assert events[0]["event"] == "ready"
    assert events[-1]["event"] == "finished"
    assert events[-1]["failed_runs"] == 1
    runs = [event for event in events if event["event"] == "run_finished"]
    assert [run["state"] for run in runs] == ["success", "success", "failed"]
    assert len({run["run_id"] for run in runs}) == 3
    finished = [
        event for event in events if event["event"] == "task_finished" and event["task_id"] == "partition.ingest"
    ]
    assert finished[0]["result"]["outcome"] == "committed"
    assert finished[0]["request"]["partition_hour"] == 8
    assert finished[2]["state"] == "failed"
    assert finished[2]["error"] == {"name": "SchemaDrift", "message": "no column", "retriable": False}
    started = [event for event in events if event["event"] == "task_started"]
    assert started[0] | {"done": 0, "total": 4} == started[0]
    assert started[3] | {"done": 3, "total": 4} == started[3]


def test_while_it_runs_a_second_one_is_refused_and_ctrl_c_ends_it_with_all_that_dbt_has_started(
    runner: Runner, home: Path, tmp_path: Path
) -> None:
    pids = tmp_path / "pids"
    dbt = tmp_path / "dbt"
    dbt.write_text(f"#!/bin/sh\nsleep 600 &\necho $! $$ > {pids}.next\nmv {pids}.next {pids}\nwait\n")
    dbt.chmod(0o755)
    runner.send({"environment": {"DBT_EXECUTABLE": str(dbt)}})
    runner.send({"dag_id": "complaints_daily", "conf": {"partition_date": "2025-11-20", "sources": ["agents"]}})
    runner.until(lambda event: event["event"] == "task_started" and event["task_id"] == "dbt_build")
    while not pids.exists():
        assert runner.process.poll() is None
        time.sleep(0.05)
    second = Runner(home, {})
    assert "in use" in second.until(lambda event: False)[-1]["message"]
    assert second.process.wait() == 2
    runner.process.send_signal(signal.SIGINT)
    assert runner.process.wait(timeout=20) == 130
    for pid in pids.read_text().split():
        assert not is_running(int(pid))
    subprocess.run([*runner.command, "--prepare-only"], env=runner.environment, check=True)
    with contextlib.closing(sqlite3.connect(home / "airflow.db")) as database:
        states = {state for (state,) in database.execute("select state from dag_run")}
    assert states <= {"success", "failed"}, "a scheduler would go on with a run that was cut short"


def is_running(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
