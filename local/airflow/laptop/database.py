"""Airflow's own database on a laptop: a SQLite file under AIRFLOW_HOME, created once per Airflow version."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import sqlalchemy

from coretelecoms.settings import WAREHOUSE_POOL

UNFINISHED = ("queued", "running")


class InUse(Exception):
    """Another process runs DAGs on the same AIRFLOW_HOME."""


def lock(home: Path) -> int:
    """Keep everyone else from running DAGs on this AIRFLOW_HOME while the returned descriptor is open.

    A scheduler would take runs of `dag.test()` for its own and run their tasks a second time. Child processes
    inherit the lock, and the system releases it however the last of them ends. Raises InUse.
    """
    home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(f"Airflow in {home} is in use: stop `npm run airflow` or the other `npm start` first") from None
    os.set_inheritable(descriptor, True)
    return descriptor


def prepare(home: Path) -> None:
    """Create or migrate the database and its pool (once per Airflow version); close runs that were cut short."""
    sqlalchemy.event.listen(sqlalchemy.engine.Engine, "connect", _relax)
    import airflow

    marker = home / ".database-ready"
    if marker.exists() and marker.read_text() == airflow.__version__ and (home / "airflow.db").exists():
        close_broken_runs()
        return
    from airflow.models import Pool
    from airflow.utils import db

    db.initdb()
    Pool.create_or_update_pool(
        WAREHOUSE_POOL, slots=1, description="One writer of the warehouse at a time", include_deferred=False
    )
    marker.write_text(airflow.__version__)


def close_broken_runs() -> None:
    """Mark runs that a stopped `npm start` left unfinished as failed, or a scheduler would go on with them."""
    from airflow.models import DagRun, TaskInstance
    from airflow.utils.session import create_session

    broken = (DagRun.state.in_(UNFINISHED), DagRun.triggering_user_name == "dag_test")
    with create_session() as session:
        runs = sqlalchemy.select(DagRun.run_id).where(*broken)
        session.execute(
            sqlalchemy.update(TaskInstance)
            .where(TaskInstance.run_id.in_(runs), TaskInstance.state.is_distinct_from("success"))
            .values(state="failed")
            .execution_options(synchronize_session=False)
        )
        session.execute(
            sqlalchemy.update(DagRun).where(*broken).values(state="failed").execution_options(synchronize_session=False)
        )


def _relax(connection: Any, _record: Any) -> None:
    """Do not wait for the disk: what a power cut would take from a local run can be run again."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("pragma synchronous = off")
