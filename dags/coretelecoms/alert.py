"""E-mails through SNS: one per failed task (what failed, why, whom it hurts, what to do). No row, no name, no value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from airflow.providers.amazon.aws.hooks.sns import SnsHook
from airflow.providers.amazon.aws.notifications.sns import SnsNotifier
from botocore.exceptions import BotoCoreError, ClientError

from coretelecoms.failures import NamedFailure, call_failure
from coretelecoms.fleet import load_fleet
from coretelecoms.partition import resolve_partition
from coretelecoms.plan import label
from coretelecoms.settings import Settings

RUNBOOK = "docs/runbooks/partition-failed.md"
QUALITY_RUNBOOK = "docs/runbooks/data-quality.md"
SUBJECT_LIMIT = 99
"""SNS takes subjects of fewer than 100 ASCII characters on one line."""

HAPPENED = {
    "plan_partitions": "not planned",
    "ingest": "not ingested",
    "load": "not loaded",
    "record_calendar": "calendar not recorded",
    "dbt_build": "marts not built",
    "reconcile": "not reconciled",
    "check_quality": "beyond its quality limits",
}


@dataclass(frozen=True)
class Facts:
    """What an alert tells; `partition` is `call_logs 2025-11-24`, or the day of the run."""

    environment: str
    dag: str
    task: str
    partition: str
    source: str | None
    error: str
    message: str | None
    tries: str
    since: str
    run: str
    log: str


class FailureAlert(SnsNotifier):
    """Task-level failure callback. Nothing in it is a template, and every fact has a fallback: it always goes out."""

    template_fields: Sequence[str] = ()

    def __init__(self, settings: Settings):
        super().__init__(aws_conn_id=None, target_arn=settings.alert_topic_arn, message="")
        self.settings = settings

    def notify(self, context: Any) -> None:
        """Publish the alert of the failed task of this context."""
        facts = gather(context, self.settings.environment)
        self.subject = subject(facts)
        self.message = body(facts, self.settings.runbook_base_url)
        super().notify(context)


def gather(context: Any, environment: str) -> Facts:
    """Facts of a failed task; what cannot be found out is said to be unknown."""

    def fact(find: Callable[[], Any], otherwise: str) -> str:
        try:
            return str(find() or otherwise)
        except Exception:
            return otherwise

    error = _get(context, "exception")
    request = _attempt(lambda: context["ti"].task.request)
    request = request if isinstance(request, dict) else None
    named = error if isinstance(error, NamedFailure) else None
    return Facts(
        environment=environment,
        dag=fact(lambda: context["ti"].dag_id, "unknown dag"),
        task=fact(lambda: context["ti"].task_id, "unknown task"),
        partition=fact(lambda: label(request) if request else _partition_of_run(context), "unknown partition"),
        source=_attempt(lambda: str(request["source"])) if request else None,
        error=fact(lambda: named.name if named else _error_name(error), "unknown error"),
        message=_attempt(lambda: named.public_message) if named else None,
        tries=fact(lambda: f"try {context['ti'].try_number} of {context['ti'].max_tries + 1}", "try unknown"),
        since=fact(lambda: f"{context['ti'].start_date:%Y-%m-%d %H:%M} UTC", "unknown"),
        run=fact(lambda: context["ti"].run_id, "unknown run"),
        log=fact(lambda: context["ti"].log_url, "in the Airflow UI"),
    )


def subject(facts: Facts) -> str:
    """`[prod] call_logs 2025-11-24 not ingested: SchemaDrift`."""
    happened = HAPPENED.get(_step(facts), f"failed in {_step(facts)}")
    text = f"[{facts.environment}] {facts.partition} {happened}: {facts.error}"
    return one_line(text)


def one_line(text: str) -> str:
    """A subject as SNS takes it."""
    return " ".join(text.encode("ascii", "replace").decode().split())[:SUBJECT_LIMIT]


def body(facts: Facts, runbook_base_url: str = "") -> str:
    """The e-mail's text."""
    why = f"{facts.error}: {facts.message}" if facts.message else facts.error
    return "\n".join(
        [
            f"What failed    {facts.partition} {HAPPENED.get(_step(facts), 'failed')}",
            f"               dag {facts.dag}, task {facts.task}, {facts.tries}, run {facts.run}",
            f"Since          {facts.since}",
            f"Why            {why}",
            f"What it means  {impact(facts)}",
            f"What to do     {runbook_base_url}{runbook(facts)}",
            f"Log            {facts.log}",
        ]
    )


def impact(facts: Facts) -> str:
    """Whom the failure hurts, in one or two sentences."""
    day = facts.partition.rpartition(" ")[2]
    match _step(facts):
        case "ingest":
            source = _attempt(lambda: load_fleet().source(facts.source or ""))
            harm = source.impact if source else "Its records are missing from all dashboards."
            return f"{harm} If an earlier run has landed {day}, that state stays. The other sources go on."
        case "load":
            return (
                f"What was committed of {day} is safe in the lake, but dashboards do not show its newest state. "
                "A rerun loads it once the cause is gone; nothing is lost."
            )
        case "plan_partitions":
            return "Nothing was ingested by this run: all sources of that day are missing until it is rerun."
        case "record_calendar":
            return "The warehouse does not know what to expect of this day, so its completeness is not proven."
        case "dbt_build":
            return "Dashboards show the state before this run. What was ingested is safe and will be built by a rerun."
        case "reconcile":
            return (
                "Dashboards are incomplete or differ from the sources in the partitions named; the others are proven."
            )
        case "check_quality":
            return (
                "The marts are built and every record is accounted for, but figures of the sources named cannot be "
                "trusted until someone has looked at them."
            )
        case _:
            return "This run is incomplete."


def runbook(facts: Facts) -> str:
    """Where what to do stands."""
    return QUALITY_RUNBOOK if _step(facts) == "check_quality" else RUNBOOK


def publish(settings: Settings, subject: str, message: str) -> None:
    """Send an e-mail that is not about a failed task. Raises a NamedFailure that says whether to try again."""
    try:
        SnsHook(aws_conn_id=None).publish_to_target(
            target_arn=settings.alert_topic_arn, subject=one_line(subject), message=message
        )
    except (ClientError, BotoCoreError) as error:
        raise call_failure(error) from None


def _partition_of_run(context: Any) -> str:
    hourly = "hourly" in str(context["ti"].dag_id)
    return resolve_partition(context["dag_run"], context["params"], hourly=hourly).label


def _error_name(error: object) -> str:
    if isinstance(error, BaseException):
        return type(error).__name__
    return "TaskKilled"


def _step(facts: Facts) -> str:
    return facts.task.rpartition(".")[2]


def _get(context: Any, key: str) -> Any:
    return _attempt(lambda: context[key])


def _attempt(find: Callable[[], Any]) -> Any:
    try:
        return find()
    except Exception:
        return None
