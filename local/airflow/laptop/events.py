"""Events of a local run, as JSON lines: what the command line draws its progress and its result from."""

from __future__ import annotations

import json
import time
from typing import Any, TextIO

from airflow.listeners import hookimpl
from airflow.models import TaskInstance
from airflow.utils.session import create_session
from airflow.utils.state import State, TaskInstanceState
from sqlalchemy import func, select

from coretelecoms.failures import NamedFailure


class Events:
    """Writes one JSON object a line and flushes it."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def emit(self, event: str, **fields: Any) -> None:
        """Write an event with its fields and the time (seconds since 1970)."""
        print(json.dumps({"event": event, "at": round(time.time(), 3), **fields}), file=self._stream, flush=True)


class TaskListener:
    """Airflow listener that reports tasks as they start and end, and knows the one that runs."""

    def __init__(self, events: Events):
        self._events = events
        self.running: Any = None
        self._started = 0.0

    @hookimpl
    def on_task_instance_running(self, previous_state: Any, task_instance: Any) -> None:
        self.running, self._started = task_instance, time.monotonic()
        self._events.emit("task_started", **identity(task_instance), **progress(task_instance))

    @hookimpl
    def on_task_instance_success(self, previous_state: Any, task_instance: Any) -> None:
        result = None
        if "request" in task_instance.task.template_fields:
            result = task_instance.xcom_pull(task_ids=task_instance.task_id, map_indexes=task_instance.map_index)
        self._finished(task_instance, "success", result=result)

    @hookimpl
    def on_task_instance_skipped(self, previous_state: Any, task_instance: Any) -> None:
        self._finished(task_instance, "skipped")

    @hookimpl
    def on_task_instance_failed(self, previous_state: Any, task_instance: Any, error: Any) -> None:
        self._finished(task_instance, TaskInstanceState(task_instance.state).value, error=describe_error(error))

    def _finished(self, task_instance: Any, state: str, **fields: Any) -> None:
        seconds = round(time.monotonic() - self._started, 3)
        self.running = None
        self._events.emit("task_finished", **identity(task_instance), state=state, seconds=seconds, **fields)


def identity(task_instance: Any) -> dict[str, Any]:
    """Which task this is; `request` names the partition of mapped tasks."""
    request = getattr(task_instance.task, "request", None)
    return {
        "dag_id": task_instance.dag_id,
        "run_id": task_instance.run_id,
        "task_id": task_instance.task_id,
        "map_index": task_instance.map_index,
        "try_number": task_instance.try_number,
        "request": request if isinstance(request, dict) else None,
    }


def progress(task_instance: Any) -> dict[str, int]:
    """How many tasks of the run have ended, of how many known so far (mapped ones show once they are planned)."""
    of_run = (TaskInstance.dag_id == task_instance.dag_id, TaskInstance.run_id == task_instance.run_id)
    with create_session() as session:
        states = select(TaskInstance.state, func.count()).where(*of_run).group_by(TaskInstance.state)
        counts: dict[Any, int] = dict(session.execute(states).tuples().all())
    return {
        "done": sum(count for state, count in counts.items() if state in State.finished),
        "total": sum(counts.values()),
    }


def describe_error(error: object) -> dict[str, Any]:
    """Name, message and kind of an error; the message only where it is one of ours (no data in it)."""
    if isinstance(error, NamedFailure):
        return {"name": error.name, "message": error.public_message, "retriable": error.retriable}
    return {"name": type(error).__name__, "message": None, "retriable": False}
