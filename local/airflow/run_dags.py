"""Run the platform's DAGs in this one process, without a scheduler: what `npm start` uses.

    AIRFLOW_HOME=.local/airflow python run_dags.py --log FILE [--prepare-only]

Standard input, a JSON object a line:
    {"environment": {"AWS_ENDPOINT_URL": "http://127.0.0.1:…", …}}       at most once, before the first run
    {"dag_id": "complaints_daily", "conf": {"partition_date": "2025-11-20"}}
    {"dag_id": "complaints_hourly", "conf": {"partition_date": "2025-11-20", "partition_hour": 8}}
Runs are taken one after the other until the end of input. Starting up takes seconds and needs neither the
environment nor any service: start this early, send the environment once the services are there.

Standard output, a JSON object a line (each with `event` and `at`, seconds since 1970):
    {"event": "ready", "seconds"}                                       Airflow is loaded, its database is there
    {"event": "run_started", "dag_id", "conf"}
    {"event": "task_started", "dag_id", "run_id", "task_id", "map_index", "try_number", "request", "done", "total"}
    {"event": "task_finished", "dag_id", …, "request", "state", "seconds", "result" | "error"}
    {"event": "run_finished", "dag_id", "run_id", "conf", "state", "seconds", "tasks": {"success": 12, …}}
    {"event": "finished", "failed_runs", "seconds"}                     or
    {"event": "broken", "message"}                                      it could not start, or not go on
States: success, failed, up_for_retry (another try follows), skipped; `upstream_failed` only in run_finished.
`request` is {"source", "function", "partition_date", "partition_hour", "options"} for ingest and load, else null;
`result` is what the function answered; `error` is {"name", "message" | null, "retriable"}; `done` and `total`
count the run's tasks, of which mapped ones show once they are planned.

All logs go to --log. Exit code: 0 every run succeeded, 1 a run failed, 2 broken, 130 interrupted (SIGINT or
SIGTERM, or the end of the process that started it; a running dbt is ended with its whole process group).
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn, TextIO

from laptop import settings

STARTED = time.monotonic()


def main() -> int:
    """Read runs, run them, report; see above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=Path, required=True, help="file that all logs are appended to")
    parser.add_argument("--prepare-only", action="store_true", help="create the database and end")
    arguments = parser.parse_args()
    if "AIRFLOW_HOME" not in os.environ:
        parser.error("AIRFLOW_HOME is not set")
    stream = take_over_output(arguments.log)
    try:
        return serve(stream, prepare_only=arguments.prepare_only)
    except Exception as error:
        import traceback

        traceback.print_exc()
        tell(stream, {"event": "broken", "at": round(time.time(), 3), "message": str(error)})
        return 2


def serve(stream: TextIO, *, prepare_only: bool) -> int:
    """Start Airflow and run what is asked for; the exit code."""
    home = settings.apply()
    sys.path.insert(0, str(settings.DAGS))
    from laptop import database

    database.lock(home)
    database.prepare(home)
    if prepare_only:
        return 0
    from laptop.events import Events
    from laptop.runs import Runner

    events = Events(stream)
    runner = Runner(events)
    runner.warm_up()
    stop_at_signals(runner)
    end_with_parent()
    events.emit("ready", seconds=round(time.monotonic() - STARTED, 3))
    failed = sum(not handle(json.loads(line), runner) for line in sys.stdin)
    events.emit("finished", failed_runs=failed, seconds=round(time.monotonic() - STARTED, 3))
    return 1 if failed else 0


def handle(message: dict[str, Any], runner: Any) -> bool:
    """Act on one line of input; False for a run that failed."""
    if "environment" in message:
        os.environ.update(message["environment"])
        runner.remember_calendar()
        return True
    return bool(runner.run(message["dag_id"], message.get("conf") or {}))


def stop_at_signals(runner: Any) -> None:
    """End at once on SIGINT and SIGTERM. An exception would be taken for the failure of the running task."""

    def stop(_signal: int, _frame: object) -> NoReturn:
        try:
            runner.stop()
        finally:
            os._exit(130)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def end_with_parent() -> None:
    """End as by SIGTERM when whoever started this process is gone: the services are gone with it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def take_over_output(log: Path) -> TextIO:
    """Send all that anything writes to the log; returns what was standard output, for events alone."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    log.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)
    return events


def tell(stream: TextIO, event: dict[str, Any]) -> None:
    """Write one event."""
    print(json.dumps(event), file=stream, flush=True)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Airflow's threads have nothing left to do, and take a second to end
