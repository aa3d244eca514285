"""Alerts say what happened without saying whose data it was, and always go out."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from aws_stub import AwsStub
from coretelecoms.alert import FailureAlert, body, gather, publish, subject
from coretelecoms.failures import LastingFailure, NamedFailure, TransientFailure
from coretelecoms.settings import Settings


class Explosive:
    """Whatever is asked of it, it raises."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("jane@example.com")

    def __getitem__(self, name: str) -> Any:
        raise RuntimeError("jane@example.com")

    def __str__(self) -> str:
        raise RuntimeError("jane@example.com")


REQUEST = {
    "source": "call_logs",
    "function": "call-logs",
    "partition_date": "2025-11-24",
    "partition_hour": None,
    "options": {},
}


def context(task_id: str = "partition.ingest", request: Any = REQUEST, **fields: Any) -> dict[str, Any]:
    instance = SimpleNamespace(
        dag_id="complaints_daily",
        task_id=task_id,
        run_id="scheduled__2025-11-24",
        try_number=5,
        max_tries=4,
        start_date=datetime(2025, 11, 25, 2, 13, tzinfo=UTC),
        log_url="https://airflow.example/dags/complaints_daily",
        task=SimpleNamespace(request=request),
    )
    run = SimpleNamespace(
        partition_key=None,
        data_interval_start=datetime(2025, 11, 24, tzinfo=UTC),
        run_after=datetime(2025, 11, 25, tzinfo=UTC),
    )
    return {"ti": instance, "dag_run": run, "params": {}, "exception": None, **fields}


def test_an_alert_names_dag_task_partition_error_meaning_and_what_to_do() -> None:
    error = LastingFailure("SchemaDrift", 'call_logs 2025-11-24 has no column "agent ID"; nothing was committed.')
    facts = gather(context(exception=error), "prod")
    assert subject(facts) == "[prod] call_logs 2025-11-24 not ingested: SchemaDrift"
    assert body(facts, "https://example.com/").splitlines() == [
        "What failed    call_logs 2025-11-24 not ingested",
        "               dag complaints_daily, task partition.ingest, try 5 of 5, run scheduled__2025-11-24",
        "Since          2025-11-25 02:13 UTC",
        'Why            SchemaDrift: call_logs 2025-11-24 has no column "agent ID"; nothing was committed.',
        "What it means  Call-centre complaints of the day are missing from all dashboards; the other channels are "
        "complete. If an earlier run has landed 2025-11-24, that state stays. The other sources go on.",
        "What to do     https://example.com/docs/runbooks/partition-failed.md",
        "Log            https://airflow.example/dags/complaints_daily",
    ]


def test_an_hour_is_named_with_its_hour() -> None:
    request = {**REQUEST, "source": "sms", "partition_hour": 8}
    facts = gather(context("catch_up.load", request, exception=TransientFailure("WarehouseBusy")), "prod")
    assert subject(facts) == "[prod] sms 2025-11-24T08 not loaded: WarehouseBusy"


def test_a_task_without_a_partition_names_the_day_of_the_run() -> None:
    facts = gather(context("dbt_build", None, exception=LastingFailure("DbtTestsFailed", "unique_x")), "prod")
    assert subject(facts) == "[prod] 2025-11-24 marts not built: DbtTestsFailed"


def test_text_of_errors_that_are_not_ours_stays_inside() -> None:
    facts = gather(context(exception=ValueError("jane@example.com")), "prod")
    assert subject(facts).endswith("not ingested: ValueError")
    assert "jane" not in body(facts)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"exception": Explosive()},
        {"ti": Explosive(), "dag_run": Explosive(), "params": Explosive(), "exception": Explosive()},
        {**context(), "ti": SimpleNamespace(task=Explosive()), "exception": "killed"},
        {**context(request={"source": 1}), "exception": None},
        {**context(request=None), "params": {"partition_date": "never"}},
        {**context(task_id="renamed_task")},
    ],
)
def test_whatever_is_missing_the_alert_still_says_what_is_known(broken: dict[str, Any]) -> None:
    facts = gather(broken, "prod")
    assert subject(facts).startswith("[prod] ")
    assert len(subject(facts)) < 100
    assert "docs/runbooks/partition-failed.md" in body(facts)
    assert "jane" not in subject(facts) + body(facts)


def test_a_subject_is_one_short_line_of_ascii() -> None:
    error = LastingFailure("Ünexpected\nError " * 20)
    text = subject(gather(context(exception=error), "prod"))
    assert text.isascii()
    assert "\n" not in text
    assert len(text) < 100


def test_an_alert_reaches_the_topic_even_from_an_empty_context(aws: AwsStub) -> None:
    FailureAlert(Settings.from_environment())({})
    assert [alert["subject"] for alert in aws.alerts] == ["[test] unknown partition failed in unknown task: TaskKilled"]


@pytest.mark.parametrize(("status", "retriable"), [(500, True), (403, False)])
def test_a_mail_that_is_not_taken_fails_by_name(monkeypatch: pytest.MonkeyPatch, status: int, retriable: bool) -> None:
    class Refusing:
        def __init__(self, **_: Any):
            pass

        def publish_to_target(self, **_: Any) -> None:
            reply = {"Error": {"Code": "Refused"}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(reply, "Publish")

    monkeypatch.setattr("coretelecoms.alert.SnsHook", Refusing)
    with pytest.raises(NamedFailure, match="Refused") as failure:
        publish(Settings.from_environment(), "subject", "message")
    assert failure.value.retriable is retriable
