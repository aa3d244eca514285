"""Runs of DAGs in this process, through Airflow's own `dag.test()`: real operators, retries and callbacks."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.models import Variable
from airflow.sdk.listener import get_listener_manager

from laptop.events import Events, TaskListener
from laptop.settings import DAGS


class InvalidDags(Exception):
    """A DAG file does not import, or there is no such DAG; the message says why."""


@dataclass(frozen=True)
class ParsedDag:
    """A DAG and the values its params have by themselves.

    Params of a run stick to the parsed DAG: a run in the same process that does not give them would get those of
    the run before. So every run is given all of them.
    """

    dag: Any
    defaults: dict[str, Any]

    def run(self, conf: dict[str, Any]) -> Any:
        """Run it; returns the ended DagRun, which has an id and a logical date of its own."""
        return self.dag.test(run_conf={**self.defaults, **conf})


def parse_dags() -> dict[str, ParsedDag]:
    """The DAGs of this repository by id; InvalidDags if one does not import."""
    bag = DagBag(DAGS)
    if bag.import_errors:
        raise InvalidDags("\n".join(f"{path}: {error}" for path, error in bag.import_errors.items()))
    return {dag_id: ParsedDag(dag, {name: dag.params[name] for name in dag.params}) for dag_id, dag in bag.dags.items()}


class Runner:
    """Runs one DAG at a time and reports on it."""

    def __init__(self, events: Events):
        self._events = events
        self._listener = TaskListener(events)
        get_listener_manager().add_listener(self._listener)
        self._dags: dict[str, ParsedDag] | None = None

    def warm_up(self) -> None:
        """Load what the first task would wait for: the execution API that tasks talk to, inside this process."""
        from airflow.sdk.execution_time.supervisor import InProcessTestSupervisor

        InProcessTestSupervisor._api_client().request("GET", "health/ping")

    def run(self, dag_id: str, conf: dict[str, Any]) -> bool:
        """Run the DAG with this conf; whether it succeeded."""
        dag = self._dag(dag_id)
        started = time.monotonic()
        self._events.emit("run_started", dag_id=dag_id, conf=conf)
        run = dag.run(conf)
        self._events.emit(
            "run_finished",
            dag_id=dag_id,
            run_id=run.run_id,
            conf=conf,
            state=str(run.state),
            seconds=round(time.monotonic() - started, 3),
            tasks=dict(Counter(str(ti.state or "none") for ti in run.get_task_instances())),
        )
        return str(run.state) == "success"

    def remember_calendar(self) -> None:
        """Keep the calendar of these runs for a scheduler that goes on with the same lake."""
        if (calendar := os.environ.get("AIRFLOW_VAR_CALENDAR")) is not None:
            # the one of the SDK works inside tasks only
            Variable.set("calendar", calendar, description="Exceptions from the expected partitions")  # noqa: AIR311

    def stop(self) -> None:
        """End what the running task has started outside this process (dbt and its process group)."""
        if self._listener.running is not None:
            self._listener.running.task.on_kill()

    def _dag(self, dag_id: str) -> ParsedDag:
        """The DAG, parsed with the first run, when the environment is known."""
        if self._dags is None:
            self._dags = parse_dags()
        if dag_id not in self._dags:
            raise InvalidDags(f"no DAG {dag_id!r}; known: {', '.join(sorted(self._dags))}")
        return self._dags[dag_id]
