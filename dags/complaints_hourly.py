"""Hourly run: land the hour of every hourly source (SMS) and load it. The marts follow with the daily run.

### When it fails
| task | what it means | what to do |
| --- | --- | --- |
| `plan_partitions` | the run was asked for an impossible hour, or the Variable `calendar` is wrong | correct it, clear the task |
| `partition.ingest` | the hour's file is late or unreadable | docs/runbooks/partition-failed.md; the daily run tries missing hours again for three days |
| `partition.load` | the warehouse refused or was busy; the lake has the data | look up the statement, clear the task |

Clearing and rerunning is always safe.

### Run it by hand
Trigger with `{"partition_date": "2025-11-20", "partition_hour": 8}`.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, PokeReturnValue, TriggerRule, task
from airflow.timetables.interval import CronDataIntervalTimetable

from coretelecoms import plan, tasks
from coretelecoms.fleet import load_fleet
from coretelecoms.settings import Settings

settings = Settings.from_environment()
fleet = load_fleet()
source_ids = [source.id for source in fleet.sources]

with DAG(
    dag_id="complaints_hourly",
    description="Hourly sources → lake → warehouse",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable("0 * * * *", timezone="UTC"),
    start_date=datetime.combine(min(source.first_date for source in fleet.sources), time(), UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args=tasks.default_args(settings),
    params=tasks.run_params(hourly=True),
    tags=["complaints", "hourly", "ingest"],
) as dag:

    @task.sensor(mode="reschedule", poke_interval=120, timeout=timedelta(hours=6).total_seconds())
    def plan_partitions(dag_run: Any = None, params: Any = None) -> PokeReturnValue:
        """Wait until the hour's files are due, then say which partitions to land."""
        hour = tasks.partition_of_run(dag_run, params, hourly=True)
        if not tasks.is_due(dag_run, settings.hourly_start_delay):
            return PokeReturnValue(is_done=False)
        partitions = plan.hourly_partitions(tasks.current_calendar(), hour)
        return PokeReturnValue(is_done=True, xcom_value=tasks.requested(partitions, params, source_ids))

    landed = tasks.land_and_load.expand(request=plan_partitions())
    complete = EmptyOperator(task_id="complete", trigger_rule=TriggerRule.NONE_FAILED)
    [landed, dag.get_task("partition.ingest")] >> complete  # loads do not fail with their ingest
