"""Builds the published tables of a population, with the SQL that dbt compiles, on DuckDB in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import duckdb
from redshift import semantics
from redshift.connection import Shadow
from redshift.guard import problems
from redshift.shadow import redshift_target
from redshift.translate import to_duckdb

from publication.populations import CATEGORIES, Population

AS_OF = dt.date(2025, 11, 23)
INPUTS = """
create schema marts; create schema staging; create schema intermediate; create schema quality;
create table marts.fct_complaints (
    customer_key varchar, channel varchar, opened_date date, category varchar, resolution_state varchar,
    days_to_resolve integer, has_status boolean, bucket_source varchar, is_complaint boolean
);
create table marts.dim_customers (customer_key varchar, state_code varchar, state_name varchar);
create table intermediate.int_customers (
    customer_key varchar, state_code varchar, state_name varchar, signup_date date
);
create table staging.complaint_categories (category varchar);
create table intermediate.int_as_of (as_of_date date);
create table intermediate.int_period_completeness (
    clock varchar, granularity varchar, period_start date, is_complete boolean
);
"""
# in the order of their building
MODELS = [
    "int_publication_records",
    "int_publication_combinations",
    "int_publication_members",
    "int_publication_pairs",
    "int_publication_rectangles",
    "int_publication_tables",
    "int_publication_cells",
    "published_totals",
    "published_channel_months",
    "published_channel_categories",
    "published_channel_resolutions",
    "published_month_states",
    "int_publication_rates",
    "published_state_rates",
    "publication_audit",
]
TWO_WAY = {
    "published_channel_months": ("channel", "opened_month"),
    "published_channel_categories": ("channel", "category"),
    "published_channel_resolutions": ("channel", "resolution"),
    "published_month_states": ("opened_month", "state_code"),
}


@dataclass
class Release:
    """What left the warehouse, and the audit that did not."""

    totals: dict[tuple[str, str], int | None]
    # (row, column): the number, None where it is hidden
    tables: dict[str, dict[tuple[str, str], int | None]]
    rates: dict[str, float | None]
    # (table, row, column): lower and upper bound
    audit: dict[tuple[str, str, str], tuple[int | None, int | None]]
    columns: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Publisher:
    """The compiled SQL of every model, by name; `replaced` makes a mutant of it."""

    compiled: dict[str, tuple[str, str]]
    # the database that relations are named by
    database: str = "warehouse"
    prepare: Callable[[duckdb.DuckDBPyConnection], None] = lambda _: None

    @classmethod
    def of(cls, project) -> Publisher:
        results = project.run("compile", None, "--select", *MODELS).results
        return cls(
            {r.node.name: (r.node.relation_name, r.node.compiled_code) for r in results if r.node.name in MODELS}
        )

    def replaced(self, model: str, old: str, new: str) -> Publisher:
        relation, sql = self.compiled[model]
        assert old in sql, f"{model} no longer says: {old}"
        return Publisher({**self.compiled, model: (relation, sql.replace(old, new))})

    @classmethod
    def on_redshift(cls, project, shadow: Shadow) -> Publisher:
        """The SQL that Redshift would get, with its meaning, for DuckDB to run; all of it is known to Redshift."""
        with redshift_target(shadow):
            results = project.run("compile", None, "--select", *MODELS, target="redshift").results
        nodes = [result.node for result in results if result.node.name in MODELS]
        assert [(node.name, found) for node in nodes if (found := problems(node.compiled_code))] == []
        compiled = {node.name: (node.relation_name, to_duckdb(node.compiled_code)) for node in nodes}
        return cls(compiled, nodes[0].database, semantics.install)

    def publish(self, population: Population) -> Release:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute(f"attach ':memory:' as {self.database}; use {self.database}")
            self.prepare(connection)
            connection.execute(INPUTS)
            _load(connection, population)
            for name in MODELS:
                relation, sql = self.compiled[name]
                connection.execute(f"create table {relation} as {sql}")
            return _read(connection)


def _load(connection: duckdb.DuckDBPyConnection, population: Population) -> None:
    states = [[key, code, code and f"State of {code}"] for key, code in population.states.items()]
    signed_up = [[*row, dt.date(2020, 1, 1)] for row in states if row[0] not in population.inferred]
    signed_up += [[f"quiet-{n}", code, code, dt.date(2020, 1, 1)] for n, code in enumerate(population.quiet)]
    rows = {
        "intermediate.int_as_of": [[AS_OF]],
        "staging.complaint_categories": [[name] for name in CATEGORIES],
        "marts.fct_complaints": [[*record.as_fact(), True] for record in population.records],
        "marts.dim_customers": [*states, ["unknown", None, None]],
        "intermediate.int_customers": signed_up,
    }
    for table, values in rows.items():
        if values:
            # as text: bound values cost a hundred times as much
            lines = ", ".join(f"({', '.join(_literal(value) for value in row)})" for row in values)
            connection.execute(f"insert into {table} values {lines}")


def _literal(value: object) -> str:
    if value is None or isinstance(value, bool | int):
        return "null" if value is None else str(value)
    return f"'{value}'"


def _read(connection: duckdb.DuckDBPyConnection) -> Release:
    def rows(sql: str) -> list[tuple]:
        return connection.execute(sql).fetchall()

    totals = {(a, m): n for a, m, n in rows("select attribute, member, complaints from marts.published_totals")}
    tables = {
        name: {(r, c): n for r, c, n in rows(f"select {row}, {column}, complaints from marts.{name}")}
        for name, (row, column) in TWO_WAY.items()
    }
    rates = dict(rows("select state_code, complaints_per_10000 from marts.published_state_rates"))
    audit = {
        (t, r, c): (low, high)
        for t, r, c, low, high in rows(
            "select table_name, inner_member, outer_member, lower_bound, upper_bound from quality.publication_audit"
        )
    }
    columns: dict[str, list[str]] = {}
    for table, column in rows(
        "select table_name, column_name from information_schema.columns where table_schema = 'marts'"
    ):
        columns.setdefault(table, []).append(column)
    return Release(totals, tables, rates, audit, columns)
