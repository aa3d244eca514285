"""Quality tables tell of every partition what changed, and forget what was corrected or withdrawn."""

from __future__ import annotations

import shutil

import pytest

from story import call
from warehouse import Warehouse

SECRET_COLUMN = "jane.sentinel@example.com"
DAYS = ("2025-12-01", "2025-12-02", "2025-12-03")


@pytest.fixture(scope="module")
def changing(project, story, tmp_path_factory) -> Warehouse:
    """The story's last chapter, and three days in which a source changes: columns, a new value, a flood of rejects."""
    warehouse = Warehouse(tmp_path_factory.mktemp("quality") / "warehouse.duckdb", story.withdrawn.columns, 100)
    shutil.copy(story.withdrawn.path, warehouse.path)
    rows = [call(1000 + number, f"{number:08d}-0000-4000-8000-000000000000") for number in range(200)]
    warehouse.load("call_logs", DAYS[0], rows, quarantined=1)
    warehouse.load("call_logs", DAYS[1], rows[:150], unmapped=["mood", SECRET_COLUMN])
    warehouse.load(
        "call_logs",
        DAYS[2],
        [{**row, "resolution_status": "Parked"} if number < 20 else row for number, row in enumerate(rows)],
        quarantined=60,
    )
    project.build(warehouse)
    return warehouse


def checks(warehouse: Warehouse, check_id: str, where: str = "true") -> list[tuple]:
    return warehouse.query(
        "select partition_date::varchar, level, is_new from quality.checks"
        f" where check_id = ? and source = 'call_logs' and partition_date >= '2025-12-01' and {where} order by all",
        [check_id],
    )


def test_rejects_are_judged_by_their_share_and_explained_by_their_reason(changing):
    assert checks(changing, "rejected_share") == [
        (DAYS[0], "ok", False),
        (DAYS[1], "ok", False),
        (DAYS[2], "fail", True),
    ]
    [(message,)] = changing.query(
        "select message from quality.checks where check_id = 'rejected_share' and level = 'fail'"
    )
    assert message == (
        "call_logs 2025-12-03: 23.1 % of records rejected (before: 0.0 %), most for missing_value:source_index (60)."
    )


def test_columns_that_come_and_go_are_told_but_not_one_that_may_be_a_person(changing):
    changes = changing.query(
        "select partition_date::varchar, change, changed_column, changes from quality.schema_changes"
        " where source = 'call_logs' and partition_date >= '2025-12-01' order by all"
    )
    assert changes == [
        (DAYS[1], "appeared", "(unrecognised)", 1),
        (DAYS[1], "appeared", "mood", 1),
        (DAYS[2], "disappeared", "(unrecognised)", 1),
        (DAYS[2], "disappeared", "mood", 1),
    ]
    assert checks(changing, "schema_changes") == [
        (DAYS[0], "ok", False),
        (DAYS[1], "warn", True),
        (DAYS[2], "warn", True),
    ]


def test_a_new_value_is_news_once_and_its_share_while_it_is_high(changing):
    assert checks(changing, "new_unknown_values", "subject = 'status'")[-1] == (DAYS[2], "warn", True)
    assert checks(changing, "unknown_value_share", "subject = 'status'")[-1] == (DAYS[2], "warn", True)


def test_customers_that_no_file_has_fail_and_ids_that_come_again_warn(changing):
    assert {level for _, level, _ in checks(changing, "orphan_customer_share")} == {"fail"}
    assert [new for *_, new in checks(changing, "orphan_customer_share")] == [True, False, False]
    assert {level for _, level, _ in checks(changing, "repeated_id_share")} == {"warn"}


def test_a_withdrawn_partition_is_judged_no_more_and_the_next_one_is_compared_with_the_one_before(project, changing):
    changing.withdraw("call_logs", DAYS[1])
    project.build(changing, "--select", "+checks")
    assert [day for day, *_ in checks(changing, "schema_changes")] == [DAYS[0], DAYS[2]]
    assert {level for _, level, _ in checks(changing, "schema_changes")} == {"ok"}


def test_no_unknown_name_or_value_of_a_row_is_in_a_message(changing, story):
    for warehouse in (changing, story.withdrawn):
        messages = "\n".join(message for (message,) in warehouse.query("select message from quality.checks"))
        assert messages
        for secret in (SECRET_COLUMN, "Parked", "Roaming", "Escalated", "sentinel"):
            assert secret not in messages


def test_every_check_has_limits_and_every_limit_a_check(story, changing):
    limits = {check for (check,) in story.first.query("select distinct check_id from staging.quality_thresholds")}
    without_volumes = {check for (check,) in changing.query("select distinct check_id from quality.checks")}
    assert without_volumes == limits
    assert (
        changing.query(
            "select source from staging.quality_thresholds where warn_above > fail_above or"
            " source <> '*' and source not in (select source from quality.freshness)"
        )
        == []
    )
