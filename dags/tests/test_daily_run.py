"""Whole daily runs, with real operators, retries and callbacks; only the AWS services are stubbed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk.exceptions import ParamValidationError

from aws_stub import AwsStub, FunctionError
from conftest import nothing_to_report, succeed

ONE_SOURCE: dict[str, Any] = {"partition_date": "2025-11-20", "sources": ["web_forms"]}
"""The smallest daily run."""


def failing(function: str, error: FunctionError, times: int = 99, **where: Any) -> Any:
    """Answers of a fleet in which that function fails (so many times) for events that match `where`."""
    left = times

    def answer(name: str, event: dict[str, Any]) -> Any:
        nonlocal left
        if name == function and left > 0 and all(event.get(key) == value for key, value in where.items()):
            left -= 1
            return error
        return succeed(name, event)

    return answer


def ingested(aws: AwsStub) -> list[str]:
    return [
        f"{name} {event['partition_date']}" + (f"T{event['partition_hour']:02}" if "partition_hour" in event else "")
        for name, event in aws.invocations
        if name != "load-warehouse"
    ]


def test_lands_snapshots_and_daily_sources_then_loads_builds_and_reconciles(
    run: Any, aws: AwsStub, dbt_calls: Path
) -> None:
    outcome = run("complaints_daily", partition_date="2025-11-20")
    assert outcome.state == "success"
    assert sorted(ingested(aws)) == [
        f"{source} 2025-11-20" for source in ("agents", "call-logs", "customers", "social-media", "web-forms")
    ]
    loaded = [event for name, event in aws.invocations if name == "load-warehouse"]
    assert len(loaded) == 5
    assert {"source": "call_logs", "partition_date": "2025-11-20"} in loaded
    assert dbt_calls.read_text() == (
        f"--no-use-colors build --target duckdb --project-dir {dbt_calls.parents[1]} "
        "--exclude-resource-type unit_test\n"
    )
    assert aws.alerts == []


def test_builds_incremental_models_anew_when_asked_to(run: Any, aws: AwsStub, dbt_calls: Path) -> None:
    assert run("complaints_daily", **ONE_SOURCE, full_refresh=True).state == "success"
    assert dbt_calls.read_text().endswith("--exclude-resource-type unit_test --full-refresh\n")


def test_ingests_the_days_before_again_for_corrections_but_none_before_the_first_date(run: Any, aws: AwsStub) -> None:
    assert run("complaints_daily", partition_date="2025-11-22").state == "success"
    calls = [call for call in ingested(aws) if call.startswith("call-logs")]
    assert sorted(calls) == ["call-logs 2025-11-20", "call-logs 2025-11-21", "call-logs 2025-11-22"]
    assert [call for call in ingested(aws) if call.startswith("customers")] == ["customers 2025-11-22"]


def test_a_source_that_fails_for_good_stops_no_other_and_turns_the_run_red(
    run: Any, aws: AwsStub, dbt_calls: Path
) -> None:
    aws.function = failing("web-forms", FunctionError("SchemaDrift", "no column X"))
    outcome = run("complaints_daily", partition_date="2025-11-20")
    assert outcome.state == "failed"
    assert outcome.failed() == {"partition.ingest web_forms 2025-11-20"}
    assert outcome.tries["partition.ingest web_forms 2025-11-20"] == 1
    assert outcome.tasks["partition.load call_logs 2025-11-20"] == "success"
    assert outcome.tasks["partition.load web_forms 2025-11-20"] == "success"
    assert outcome.tasks["dbt_build"] == "success"
    assert outcome.tasks["reconcile"] == "success"
    assert len(dbt_calls.read_text().splitlines()) == 1
    assert [alert["subject"] for alert in aws.alerts] == ["[test] web_forms 2025-11-20 not ingested: SchemaDrift"]
    assert "SchemaDrift: no column X" in aws.alerts[0]["message"]


@pytest.mark.parametrize(
    "error",
    [
        FunctionError("SourceNotReady"),
        FunctionError("Sandbox.Timedout"),
        FunctionError(None, "2026-01-01T00:00:00Z 1 Task timed out after 3.00 seconds"),
        FunctionError("Runtime.ExitError"),
        FunctionError("TooManyRequestsException", status=429),
        FunctionError("ServiceException", status=500),
    ],
    ids=lambda error: error.name or "timed out without a type",
)
def test_a_passing_error_is_tried_again_without_an_alert(run: Any, aws: AwsStub, error: FunctionError) -> None:
    aws.function = failing("sms", error, times=1)
    outcome = run("complaints_hourly", partition_date="2025-11-20", partition_hour=8)
    assert outcome.state == "success"
    assert outcome.tries["partition.ingest sms 2025-11-20T08"] == 2
    assert aws.alerts == []


def test_a_passing_error_that_stays_sends_one_alert_after_the_last_try(run: Any, aws: AwsStub) -> None:
    aws.function = failing("sms", FunctionError("SourceNotReady", "not there yet"))
    outcome = run("complaints_hourly", partition_date="2025-11-20", partition_hour=8)
    assert outcome.state == "failed"
    assert outcome.tries["partition.ingest sms 2025-11-20T08"] == 2
    assert [alert["subject"] for alert in aws.alerts] == ["[test] sms 2025-11-20T08 not ingested: SourceNotReady"]


@pytest.mark.parametrize(
    "error",
    [
        FunctionError("TypeError", "value 'jane@example.com' is wrong"),
        FunctionError("ResourceNotFoundException", "jane@example.com", status=404),
        FunctionError("AccessDeniedException", "jane@example.com", status=403),
    ],
    ids=lambda error: str(error.name),
)
def test_an_error_that_is_not_ours_is_final_and_its_text_stays_inside(
    run: Any, aws: AwsStub, error: FunctionError
) -> None:
    aws.function = failing("sms", error)
    outcome = run("complaints_hourly", partition_date="2025-11-20", partition_hour=8)
    assert outcome.tries["partition.ingest sms 2025-11-20T08"] == 1
    assert [alert["subject"] for alert in aws.alerts] == [f"[test] sms 2025-11-20T08 not ingested: {error.name}"]
    assert "jane" not in aws.alerts[0]["message"]


def test_a_load_that_fails_alerts_for_itself_only(run: Any, aws: AwsStub) -> None:
    aws.function = failing("load-warehouse", FunctionError("WarehouseRejected"), source="web_forms")
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"partition.load web_forms 2025-11-20"}
    assert outcome.state == "failed"
    assert outcome.tasks["reconcile"] == "success"
    assert len(aws.alerts) == 1


def test_reconcile_fails_and_names_the_partitions(run: Any, aws: AwsStub) -> None:
    def rows(sql: str) -> list[dict[str, Any]]:
        if "not is_reconciled" not in sql:
            return nothing_to_report(sql)
        return [
            {"source": "web_forms", "partition_date": "2025-11-20", "partition_hour": -1, "difference": "missing"},
            {
                "source": "sms",
                "partition_date": "2025-11-20",
                "partition_hour": 8,
                "difference": "warehouse 7, loaded 8",
            },
        ]

    aws.rows = rows
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.state == "failed"
    assert outcome.failed() == {"reconcile"}
    assert [alert["subject"] for alert in aws.alerts] == ["[test] 2025-11-20 not reconciled: NotReconciled"]
    assert "web_forms 2025-11-20: missing" in aws.alerts[0]["message"]
    assert "sms 2025-11-20T08: warehouse 7, loaded 8" in aws.alerts[0]["message"]


def test_an_empty_reconciliation_is_not_taken_for_a_clean_one(run: Any, aws: AwsStub) -> None:
    empty = [{"judged": 0, "expected": 0}]
    aws.rows = lambda sql: empty if "as judged, coalesce" in sql else nothing_to_report(sql)
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"reconcile"}
    assert "ReconciliationIncomplete" in aws.alerts[0]["subject"]


def test_an_hour_that_never_arrived_is_tried_again(run: Any, aws: AwsStub) -> None:
    aws.rows = lambda sql: [] if "load_ledger" in sql else nothing_to_report(sql)
    outcome = run("complaints_daily", partition_date="2025-11-21", sources=["sms"])
    assert outcome.tasks["catch_up.load sms 2025-11-20T08"] == "success"
    assert sorted(call for call in ingested(aws) if call.startswith("sms")) == [
        "sms 2025-11-20T08",
        "sms 2025-11-21T08",
    ]


def test_a_failing_data_test_is_final_and_named(
    run: Any, aws: AwsStub, dbt_calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [
        {"unique_id": "test.coretelecoms.unique_fct_complaints.1a2b", "status": "fail", "message": "jane"},
        {"unique_id": "model.coretelecoms.dim_dates", "status": "success"},
    ]
    monkeypatch.setenv("FAKE_DBT_RESULTS", json.dumps({"results": results}))
    monkeypatch.setenv("FAKE_DBT_EXIT", "1")
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"dbt_build"}
    assert outcome.tasks["reconcile"] == "upstream_failed"
    assert len(dbt_calls.read_text().splitlines()) == 1
    assert "DbtTestsFailed: unique_fct_complaints" in aws.alerts[0]["message"]
    assert "jane" not in aws.alerts[0]["message"]


def test_a_dbt_that_breaks_off_is_tried_once_more(
    run: Any, aws: AwsStub, dbt_calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_DBT_EXIT", "2")
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"dbt_build"}
    assert len(dbt_calls.read_text().splitlines()) == 2
    assert [alert["subject"] for alert in aws.alerts] == ["[test] 2025-11-20 marts not built: DbtNotRun"]


def test_a_warehouse_that_refuses_the_calendar_stops_neither_landing_nor_loading(run: Any, aws: AwsStub) -> None:
    aws.failing_statements = "delete from raw_data.calendar"
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"record_calendar"}
    assert outcome.state == "failed"
    assert outcome.tasks["partition.load web_forms 2025-11-20"] == "success"
    assert len(aws.alerts) == 1


def test_a_day_of_the_future_fails_clearly_and_calls_nothing(run: Any, aws: AwsStub) -> None:
    outcome = run("complaints_daily", partition_date="2999-01-01")
    assert outcome.state == "failed"
    assert outcome.failed() == {"plan_partitions"}
    assert outcome.tasks["dbt_build"] == "skipped"
    assert aws.invocations == []
    assert aws.statements == []
    assert [alert["subject"] for alert in aws.alerts] == ["[test] unknown partition not planned: InvalidRequest"]


@pytest.mark.parametrize("given", ["2025-02-30", "20.11.2025", ""])
def test_airflow_refuses_a_run_for_what_is_no_date(run: Any, aws: AwsStub, given: str) -> None:
    with pytest.raises(ParamValidationError, match="partition_date"):
        run("complaints_daily", partition_date=given)
    assert aws.invocations == []


def test_params_of_one_run_do_not_stick_to_the_next(run: Any, aws: AwsStub) -> None:
    run("complaints_hourly", partition_date="2025-11-20", partition_hour=8, force=True)
    run("complaints_hourly", partition_date="2025-11-20", partition_hour=8)
    assert [event.get("force") for name, event in aws.invocations if name == "sms"] == [True, None]


def test_a_run_for_one_source_lands_only_that_one(run: Any, aws: AwsStub) -> None:
    run("complaints_daily", partition_date="2025-11-21", sources=["web_forms"], accept_volume=True)
    assert sorted(ingested(aws)) == ["web-forms 2025-11-20", "web-forms 2025-11-21"]
    assert all(event.get("accept_volume") for name, event in aws.invocations if name == "web-forms")


def test_what_the_calendar_does_not_expect_is_not_asked_for(
    run: Any, aws: AwsStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar = {"web_forms": {"absent": True}, "call_logs": {"except": ["2025-11-20"]}, "sms": {"hours": [8]}}
    monkeypatch.setenv("AIRFLOW_VAR_CALENDAR", json.dumps(calendar))
    assert run("complaints_daily", partition_date="2025-11-20").state == "success"
    assert sorted(ingested(aws)) == ["agents 2025-11-20", "customers 2025-11-20", "social-media 2025-11-20"]
    spans = next(sql for sql in aws.statements if sql.startswith("insert into raw_data.calendar"))
    assert "web_forms" not in spans
    assert "('sms', 8, date '2025-11-20', date '2025-11-20')" in spans
    assert "('customers', -1, date '2025-11-20', date '2025-11-20')" in spans


def test_a_wrong_calendar_fails_clearly(run: Any, aws: AwsStub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_VAR_CALENDAR", '{"smss": {}}')
    outcome = run("complaints_hourly", partition_date="2025-11-20", partition_hour=8)
    assert outcome.failed() == {"plan_partitions"}
    assert "no source 'smss'" in aws.alerts[0]["message"]


def test_functions_are_called_by_the_name_they_have_in_this_deployment(
    run: Any, aws: AwsStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNCTION_PREFIX", "coretelecoms-prod-")
    outcome = run("complaints_daily", partition_date="2025-11-20", sources=["agents"])
    assert outcome.state == "success"
    assert {name for name, _ in aws.invocations} == {"coretelecoms-prod-agents", "coretelecoms-prod-load-warehouse"}
