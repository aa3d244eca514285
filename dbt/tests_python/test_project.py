"""What holds for every model, and the unit tests that stand beside them."""

from __future__ import annotations

import re

import pytest
import sqlglot
from redshift.shadow import HOST

from warehouse import PROJECT

WALL_CLOCK = re.compile(
    r"\b(now\s*\(|getdate\s*\(|sysdate\b|current_date\b|current_time\b|current_timestamp\b|localtime(stamp)?\b"
    r"|today\s*\(|clock_timestamp\b|transaction_timestamp\b|statement_timestamp\b|run_started_at\b|modules\.datetime)",
    re.IGNORECASE,
)
SQL_FILES = sorted(path for folder in ("models", "macros", "tests") for path in (PROJECT / folder).rglob("*.sql"))


def models(manifest) -> list:
    return [node for node in manifest.nodes.values() if node.resource_type == "model"]


def without_comments(sql: str) -> str:
    return re.sub(r"\{#.*?#\}|--[^\n]*", "", sql, flags=re.DOTALL)


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_no_model_or_macro_reads_the_wall_clock(path):
    assert WALL_CLOCK.search(without_comments(path.read_text())) is None


@pytest.mark.parametrize("text", ["select now()", "where d < CURRENT_DATE", "getdate ()", "{{ run_started_at }}"])
def test_the_wall_clock_would_be_found(text):
    assert WALL_CLOCK.search(text)


def test_every_model_says_its_grain_first(project):
    assert [node.name for node in models(project.manifest) if not re.match(r"One row( per|:)", node.description)] == []


def test_every_model_has_its_own_file_of_the_same_name_and_ends_with_final(project):
    for node in models(project.manifest):
        path = PROJECT / node.original_file_path
        assert node.patch_path.split("://")[1] == str(path.relative_to(PROJECT).with_suffix(".yml"))
        assert path.read_text().rstrip().endswith("select * from final")


def test_every_column_is_described(project, story):
    physical = {}
    for schema, table, column in story.first.query(
        "select table_schema, table_name, column_name from information_schema.columns"
    ):
        physical.setdefault((schema, table), set()).add(column)
    for node in models(project.manifest):
        described = {name for name, column in node.columns.items() if column.description}
        assert described == physical[(node.schema, node.name)], node.name


def test_schemas_carry_exactly_their_names_and_open_ones_enforce_contracts(project):
    for node in models(project.manifest):
        assert node.schema == node.fqn[1], node.name
        assert node.contract.enforced == (node.schema in ("marts", "restricted", "quality")), node.name


def test_only_versions_and_the_build_log_are_incremental(project):
    assert sorted(node.name for node in models(project.manifest) if node.config.materialized == "incremental") == [
        "build_loads",
        "int_complaint_versions",
    ]


def test_dates_are_a_complete_calendar(story):
    assert story.first.query(
        "select min(date_day)::varchar, max(date_day)::varchar, count(*), count(distinct date_day) from marts.dim_dates"
    ) == [("2010-01-01", "2035-12-31", 9496, 9496)]
    assert story.first.query(
        "select year_number, quarter_number, month_start_date::varchar, week_start_date::varchar, iso_weekday,"
        " weekday_name, is_weekend from marts.dim_dates where date_day = '2025-11-23'"
    ) == [(2025, 4, "2025-11-01", "2025-11-17", 7, "Sunday", True)]


def test_the_unit_tests_beside_the_models_pass(project, story):
    results = project.run("test", story.first, "--select", "test_type:unit")
    assert len(results.results) >= 20


class EmptyRedshift:
    """Stands in for a connection and its cursor: a warehouse in which there is nothing yet."""

    autocommit = False
    rowcount = 0
    description = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def cursor(self):
        return self

    def execute(self, *_):
        return self

    def fetchone(self):
        return (1,)

    def fetchall(self):
        return []

    fetchmany = fetchall

    def commit(self):
        return None

    rollback = close = commit


def test_every_model_compiles_for_redshift(project, monkeypatch):
    """Nothing is executed: the SQL must parse as Redshift's and use none of DuckDB's own functions."""
    monkeypatch.setenv("DBT_REDSHIFT_HOST", HOST)  # as everywhere: dbt parses all anew for another one
    monkeypatch.setattr("redshift_connector.connect", lambda **_: EmptyRedshift())
    compiled = project.run("compile", None, target="redshift")
    sql = {
        result.node.name: result.node.compiled_code
        for result in compiled.results
        if result.node.resource_type == "model"
    }
    assert len(sql) == len(models(project.manifest))
    for name, text in sql.items():
        assert sqlglot.parse_one(text, read="redshift"), name
        assert not re.search(r"\b(sha256|regexp_matches|regexp_extract|date_diff)\(", text), name
