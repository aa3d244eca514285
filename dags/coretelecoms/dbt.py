"""dbt in its own virtual environment, and what became of its nodes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from coretelecoms.failures import LastingFailure, NamedFailure, TransientFailure
from coretelecoms.settings import Settings

COMMAND = (
    'exec "$DBT_EXECUTABLE" --no-use-colors build --target "$DBT_TARGET" '
    '--project-dir "$DBT_PROJECT_DIR" --exclude-resource-type unit_test'
    "{{ ' --full-refresh' if params.full_refresh else '' }}"
)
"""Unit tests prove the code, not the data: they run before a release."""

LISTED = 5
SECONDS_TO_END = 10


class DbtBuild(BashOperator):
    """`dbt build`; a failure names the nodes, never their messages, which may quote rows.

    Data that fails a test fails it again, so that is final. A model that broke, or dbt not getting that far, may
    be the connection's fault and is worth another try. dbt runs in a process group of its own, which is told to
    end when the task times out or is stopped. It builds whatever was loaded, so it runs after loads that failed.
    """

    def __init__(self, *, settings: Settings, planned_by: str, **kwargs: Any):
        super().__init__(
            bash_command=COMMAND,
            env={
                "DBT_EXECUTABLE": settings.dbt_executable,
                "DBT_PROJECT_DIR": settings.dbt_project_dir,
                "DBT_TARGET": settings.dbt_target,
            },
            append_env=True,
            skip_on_exit_code=None,
            do_xcom_push=False,
            **kwargs,
        )
        self.project_dir = settings.dbt_project_dir
        self.planned_by = planned_by

    def execute(self, context: Context) -> None:
        """Run dbt; LastingFailure `DbtTestsFailed`, TransientFailure `DbtBuildFailed` or `DbtNotRun`.

        Skipped where the run has no plan, that is, was asked for something impossible.
        """
        if context["ti"].xcom_pull(task_ids=self.planned_by) is None:
            raise AirflowSkipException(f"{self.planned_by} has failed")
        started = time.time()
        try:
            super().execute(context)
        except AirflowException:
            raise build_failure(read_results(results_file(self.project_dir), started)) from None

    def on_kill(self) -> None:
        """Ask dbt and all it has started to end; make it, if it does not."""
        super().on_kill()
        process = self.subprocess_hook.sub_process
        if process is None:
            return
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def results_file(project_dir: str, environment: Mapping[str, str] = os.environ) -> Path:
    """Where dbt leaves what became of each node."""
    return Path(environment.get("DBT_TARGET_PATH") or Path(project_dir) / "target") / "run_results.json"


def read_results(path: Path, since: float) -> dict[str, str]:
    """Status by node of the build that ended after `since` (seconds since 1970); empty if there was none."""
    try:
        if path.stat().st_mtime < since - 1:
            return {}
        results = json.loads(path.read_text(encoding="utf-8"))["results"]
        return {str(result["unique_id"]): str(result["status"]) for result in results}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def build_failure(statuses: Mapping[str, str]) -> NamedFailure:
    """The failure that these statuses amount to."""
    failed = sorted(node for node, status in statuses.items() if status == "fail")
    broken = sorted(node for node, status in statuses.items() if status in {"error", "runtime error"})
    if failed:
        return LastingFailure("DbtTestsFailed", f"{_names(failed)}; look up the rows with the test's SQL")
    if broken:
        return TransientFailure("DbtBuildFailed", _names(broken))
    return TransientFailure("DbtNotRun", "dbt ended before its first node; its log says why")


def _names(nodes: list[str]) -> str:
    names = [node.split(".")[2] if node.count(".") >= 2 else node for node in nodes]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
