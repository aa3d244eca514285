"""Daily run: land the day's sources, load them, build the marts, prove that nothing was lost.

### What it does
For the day of the run (`partition_date`, UTC), and for the days before it that may still be corrected, it ingests every
daily source again (unchanged ones cost one request), takes the day's snapshots of customers and agents, loads
what is committed into the warehouse, tries hours once more that never arrived, builds the marts with dbt and
compares every expected partition from source to mart. Last it judges the data itself by reviewed limits.

### When it fails
Each failed task has sent one e-mail that names the partition and the error; start there.

| task | what it means | what to do |
| --- | --- | --- |
| `plan_partitions` | the run was asked for an impossible date, or the Variable `calendar` is wrong | correct it, clear the task |
| `partition.ingest` | a source is late (`SourceNotReady`), changed its shape (`SchemaDrift`), or cannot be trusted (`TooManyRejects`, `VolumeOutOfRange`); the others went on | docs/runbooks/partition-failed.md; then clear the task, or wait: the next three runs try the day again |
| `partition.load`, `catch_up.load` | the warehouse refused or was busy; the lake has the data | look up the statement, clear the task |
| `catch_up.ingest` | an hour that never arrived is still not there | as `partition.ingest` |
| `record_calendar` | the warehouse cannot be reached | clear the task, then everything after it |
| `dbt_build` | a test found wrong data, or a model broke: named in the e-mail | docs/runbooks/partition-failed.md |
| `reconcile` | the partitions named are missing or differ | fix their cause, rerun this run |
| `check_quality` | all is there, but the data of the day is beyond a limit; the marts are built | docs/runbooks/data-quality.md |

Clearing and rerunning is always safe: a partition is committed once, by one small object.
Warnings about data that are new turn nothing red: they are one e-mail.
`complete` is red whenever anything before it failed, so that the run is.

### Run it by hand
Trigger with `{"partition_date": "2025-11-20"}`; `{"partition_date": "2025-11-20", "sources": ["web_forms"]}` for one
source; `accept_volume` once someone has looked at an unusual number of rows. A backfill of earlier days leaves
snapshots out: what customers were then can no longer be read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, PokeReturnValue, TriggerRule, task
from airflow.timetables.interval import CronDataIntervalTimetable

from coretelecoms import alert, ledger, plan, quality, reconcile, tasks, warehouse
from coretelecoms.dbt import DbtBuild
from coretelecoms.fleet import load_fleet
from coretelecoms.plan import Request
from coretelecoms.settings import WAREHOUSE_POOL, Settings

settings = Settings.from_environment()
fleet = load_fleet()
source_ids = [source.id for source in fleet.sources]


def connect() -> warehouse.Warehouse:
    return warehouse.connect(settings.warehouse_workgroup, settings.warehouse_database)


def day_of(dag_run: Any, params: Any) -> date:
    return tasks.partition_of_run(dag_run, params, hourly=False).date


with DAG(
    dag_id="complaints_daily",
    description="Sources of a day → lake → warehouse → marts, reconciled",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=datetime.combine(min(source.first_date for source in fleet.sources), time(), UTC),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=12),
    default_args=tasks.default_args(settings),
    params=tasks.run_params(hourly=False),
    tags=["complaints", "daily", "ingest", "warehouse"],
) as dag:

    @task.sensor(mode="reschedule", poke_interval=300, timeout=timedelta(hours=24).total_seconds())
    def plan_partitions(dag_run: Any = None, params: Any = None) -> PokeReturnValue:
        """Wait until the day's sources are due, then say which partitions to land."""
        day = day_of(dag_run, params)
        if not tasks.is_due(dag_run, settings.daily_start_delay):
            return PokeReturnValue(is_done=False)
        with_snapshots = plan.takes_snapshots(dag_run, day, datetime.now(UTC).date())
        partitions = plan.daily_partitions(tasks.current_calendar(), day, with_snapshots=with_snapshots)
        return PokeReturnValue(is_done=True, xcom_value=tasks.requested(partitions, params, source_ids))

    @task(pool=WAREHOUSE_POOL)
    def record_calendar(dag_run: Any = None, params: Any = None) -> list[Request]:
        """Tell the warehouse which partitions to expect; returns the hours it still lacks."""
        day, calendar = day_of(dag_run, params), tasks.current_calendar()
        database = connect()
        ledger.record_calendar(database, calendar, day)
        return tasks.requested(ledger.missing_hours(database, calendar, day), params, source_ids)

    @task(pool=WAREHOUSE_POOL, task_id="reconcile")
    def reconcile_partitions(dag_run: Any = None, params: Any = None) -> dict[str, int]:
        """Fail, naming them, if expected partitions are missing or differ between source, lake, warehouse and mart."""
        return reconcile.reconcile(connect(), tasks.current_calendar(), day_of(dag_run, params))

    @task(pool=WAREHOUSE_POOL, task_id="check_quality", trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def judge_quality(dag_run: Any = None, params: Any = None) -> dict[str, int]:
        """Fail, naming them, if the day's data is beyond a limit of quality_thresholds; mail what is newly odd.

        Runs once the marts are built, also where reconciliation failed.
        """
        day = day_of(dag_run, params)
        findings = quality.read_findings(connect(), fleet, day)
        quality.refuse(findings)
        if findings.news:
            runbook = f"{settings.runbook_base_url}{alert.QUALITY_RUNBOOK}"
            alert.publish(
                settings,
                quality.warning_subject(settings.environment, day, findings.news),
                quality.warning_body(day, findings, f"dag complaints_daily, run {dag_run.run_id}", runbook),
            )
        return quality.counts(findings)

    planned = plan_partitions()
    recorded = record_calendar()
    landed = tasks.land_and_load.expand(request=planned)
    caught_up = tasks.land_and_load.override(group_id="catch_up").expand(request=recorded)
    built = DbtBuild(
        task_id="dbt_build",
        settings=settings,
        planned_by="plan_partitions",
        pool=WAREHOUSE_POOL,
        retries=min(settings.retries, 1),
        execution_timeout=timedelta(hours=2),
        trigger_rule=TriggerRule.ALL_DONE,
    )
    reconciled = reconcile_partitions()
    judged = judge_quality()
    complete = EmptyOperator(task_id="complete", trigger_rule=TriggerRule.NONE_FAILED)

    planned >> [recorded, complete]
    [landed, caught_up, recorded] >> built >> reconciled
    [built, reconciled] >> judged
    [landed, caught_up, recorded, built, reconciled, judged] >> complete
    [dag.get_task("partition.ingest"), dag.get_task("catch_up.ingest")] >> complete  # loads do not fail with them
