"""Damage planted between raw, versions and fact is found, named, and does not stop the build."""

from __future__ import annotations

import shutil

import pytest

from warehouse import Warehouse

CALLS = (
    "_load_id = (select load_id from raw_data.load_ledger where source = 'call_logs' and partition_date = '2025-11-20')"
)
VERSIONS = "source = 'call_logs' and partition_date = '2025-11-20'"
FIRST, SECOND = "_source_row = 1", "_source_row = 2"

DAMAGE = {
    "a lost raw row": (
        [f"delete from raw_data.call_logs where {CALLS} and {SECOND}"],
        "warehouse 1 row short of loaded",
    ),
    "a doubled raw row": (
        [f"insert into raw_data.call_logs select * from raw_data.call_logs where {CALLS} and {SECOND}"],
        "warehouse 1 row over loaded",
    ),
    "one raw row lost and one doubled": (
        [
            f"delete from raw_data.call_logs where {CALLS} and {SECOND}",
            f"insert into raw_data.call_logs select * from raw_data.call_logs where {CALLS} and {FIRST}",
        ],
        "warehouse rows differ from those loaded (same count, other content)",
    ),
    "accounts that do not add up": (
        ["update raw_data.load_ledger set rows_read = rows_read + 3 where " + VERSIONS],
        "ledger accounts for 3 rows short of read",
    ),
    "erased rows that nobody counted": (
        ["update raw_data.load_ledger set rows_erased = 0 where " + VERSIONS],
        "ledger accounts for 2 rows short of read",
    ),
    "a partition without its ledger row": (
        ["delete from raw_data.load_ledger where " + VERSIONS],
        "in the models, but not in the ledger",
    ),
    "a withdrawn partition that still counts rows": (
        ["update raw_data.load_ledger set load_id = null where " + VERSIONS],
        "withdrawn, but the ledger still counts rows",
    ),
    "a lost version": (
        [f"delete from intermediate.int_complaint_versions where {VERSIONS} and source_row = 2"],
        "versions 1 row short of warehouse",
    ),
    "one version lost and one doubled": (
        [
            f"delete from intermediate.int_complaint_versions where {VERSIONS} and source_row = 2",
            "insert into intermediate.int_complaint_versions select * from intermediate.int_complaint_versions"
            f" where {VERSIONS} and source_row = 3",
        ],
        "versions differ from the warehouse (same count, other content)",
    ),
    "a lost fact row": (
        [f"delete from marts.fct_complaints where {VERSIONS} and category = 'Roaming'"],
        "fact and superseded 1 row short of versions",
    ),
    "a doubled fact row": (
        [
            "insert into marts.fct_complaints "
            f"select * from marts.fct_complaints where {VERSIONS} and category = 'Roaming'"
        ],
        "fact and superseded 1 row over versions",
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_named(project, story, tmp_path, name):
    statements, difference = DAMAGE[name]
    damaged = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, damaged.path)
    for statement in statements:
        damaged.query(statement)
    project.run("run", damaged, "--select", "reconciliation")
    assert damaged.query(
        "select source, partition_date::varchar, difference from quality.reconciliation"
        " where not is_reconciled and difference <> 'missing'"
    ) == [("call_logs", "2025-11-20", difference)]


def test_a_lost_dimension_row_is_found(project, story, tmp_path):
    damaged = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, damaged.path)
    damaged.query("delete from marts.dim_customers where state_code = 'CO'")
    project.run("run", damaged, "--select", "reconciliation")
    assert damaged.query(
        "select source, difference from quality.reconciliation where not is_reconciled and difference <> 'missing'"
    ) == [("customers", "dimension 1 row short of loaded")]


def test_versions_made_by_other_rules_are_built_again(project, story, tmp_path):
    stale = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, stale.path)
    stale.query(
        "update intermediate.int_complaint_versions set category = 'old spelling', rules_digest = 'old'"
        " where source = 'call_logs'"
    )
    project.run("run", stale, "--select", "int_complaint_versions")
    versions = "select * from intermediate.int_complaint_versions"
    assert sorted(map(repr, stale.query(versions))) == sorted(map(repr, story.first.query(versions)))


def test_another_zone_reads_every_version_again(project, story, tmp_path):
    copy = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, copy.path)
    opened = "select opened_at from intermediate.int_complaint_versions where source = 'web_forms' order by opened_at"
    before = copy.query(opened)
    project.run("run", copy, "--select", "1+int_complaint_versions", "--vars", "{source_time_zone: Asia/Tokyo}")
    after = copy.query(opened)
    assert {(then - now).total_seconds() / 3600 for (then,), (now,) in zip(before, after, strict=True)} == {9}


def test_a_calendar_that_ends_before_the_last_deadline_stops_the_build(project, story, tmp_path):
    ending = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, ending.path)
    with pytest.raises(pytest.fail.Exception, match="the_calendar_ends_too_soon"):
        project.run("build", ending, "--select", "dim_dates", "--vars", "{last_calendar_date: 2025-12-01}")


def test_a_value_that_is_lost_in_a_cast_stops_the_build(project, story, tmp_path):
    broken = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns, story.first.commits)
    shutil.copy(story.first.path, broken.path)
    broken.query("update raw_data.call_logs set call_start_time = 'half past ten' where _source_row = 1")
    broken.query("delete from intermediate.int_complaint_versions")
    with pytest.raises(pytest.fail.Exception, match="all_values_cast_int_complaint_versions"):
        project.build(broken)


def test_a_warehouse_without_its_key_stops_the_build(project, story, tmp_path):
    keyless = Warehouse(tmp_path / "warehouse.duckdb", story.first.columns)
    shutil.copy(story.first.path, keyless.path)
    keyless.query("delete from restricted.key_material")
    with pytest.raises(pytest.fail.Exception, match="has_one_surrogate_key"):
        project.build(keyless, "--select", "+int_customers")
