"""The end of a daily run: quality is judged, new warnings are mailed once, a failed check turns the run red."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aws_stub import AwsStub
from conftest import nothing_to_report

ONE_SOURCE: dict[str, Any] = {"partition_date": "2025-11-20", "sources": ["web_forms"]}
"""The smallest daily run."""


def finding(level: str, message: str, *, is_new: bool = True) -> dict[str, Any]:
    return {"level": level, "is_new": is_new, "message": message}


def judging(*findings: dict[str, Any]) -> Any:
    """A warehouse in which everything reconciles and quality.checks has these rows that are not ok."""
    return lambda sql: list(findings) if "from quality.checks where" in sql else nothing_to_report(sql)


def test_a_failed_quality_check_fails_the_run_by_name_once(run: Any, aws: AwsStub) -> None:
    aws.rows = judging(
        finding("fail", "web_forms 2025-11-20: 23.1 % of records rejected (before: 0.2 %)."),
        finding("warn", "web_forms 2025-11-20: appeared mood."),
        finding("warn", "web_forms 2025-11-20: known before.", is_new=False),
    )
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.state == "failed"
    assert outcome.failed() == {"check_quality"}
    assert outcome.tries["check_quality"] == 1
    assert [alert["subject"] for alert in aws.alerts] == ["[test] 2025-11-20 beyond its quality limits: QualityFailed"]
    message = aws.alerts[0]["message"]
    assert "1 check is beyond the limit:" in message
    assert "23.1 % of records rejected" in message
    assert "appeared mood" in message
    assert "known before" not in message
    assert "docs/runbooks/data-quality.md" in message


def test_new_warnings_are_one_mail_and_turn_nothing_red(run: Any, aws: AwsStub) -> None:
    news = [finding("warn", f"call_logs 2025-11-20: change {number}.") for number in range(25)]
    aws.rows = judging(*news, finding("warn", "sms 2025-11-20T08: as before.", is_new=False))
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.state == "success"
    assert [alert["subject"] for alert in aws.alerts] == ["[test] 2025-11-20 data quality: 25 new warnings"]
    lines = json.loads(aws.alerts[0]["message"])["default"].splitlines()
    assert lines[0] == "What changed   call_logs 2025-11-20: change 0."
    assert lines[20:22] == [
        "               and 5 more",
        "Besides        1 warnings that the partitions before had already",
    ]
    assert "What to do     docs/runbooks/data-quality.md" in lines
    assert "as before" not in aws.alerts[0]["message"]


def test_warnings_that_were_there_before_are_not_mailed_again(run: Any, aws: AwsStub) -> None:
    aws.rows = judging(finding("warn", "sms 2025-11-20T08: as before.", is_new=False))
    assert run("complaints_daily", **ONE_SOURCE).state == "success"
    assert aws.alerts == []


def test_quality_is_judged_for_the_day_of_the_run_only(run: Any, aws: AwsStub) -> None:
    run("complaints_daily", partition_date="2025-11-22", sources=["web_forms"])
    [sql] = [sql for sql in aws.statements if "from quality.checks where" in sql]
    assert "partition_date = date '2025-11-22' and source in ('" in sql
    assert "2025-11-21" not in sql


def test_quality_is_judged_though_a_partition_is_missing_but_not_without_marts(
    run: Any, aws: AwsStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = {"source": "sms", "partition_date": "2025-11-20", "partition_hour": 8, "difference": "missing"}
    aws.rows = lambda sql: [missing] if "not is_reconciled" in sql else nothing_to_report(sql)
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert (outcome.tasks["reconcile"], outcome.tasks["check_quality"]) == ("failed", "success")
    monkeypatch.setenv("FAKE_DBT_EXIT", "2")
    assert run("complaints_daily", **ONE_SOURCE).tasks["check_quality"] != "success"


def test_an_empty_table_of_checks_is_not_taken_for_good_data(run: Any, aws: AwsStub) -> None:
    aws.rows = lambda sql: [{"judged": 0}] if "as judged from quality.checks" in sql else nothing_to_report(sql)
    outcome = run("complaints_daily", **ONE_SOURCE)
    assert outcome.failed() == {"check_quality"}
    assert "QualityNotJudged" in aws.alerts[0]["subject"]
