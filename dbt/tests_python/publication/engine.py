"""Builds the published tables of a population, with the SQL that dbt compiles, on DuckDB in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import duckdb

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

    def publish(self, population: Population) -> Release:
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.execute("attach ':memory:' as warehouse; use warehouse")
            connection.execute(INPUTS)
            _load(connection, population)
            for name in MODELS:
                relation, sql = self.compiled[name]
                connection.execute(f"create table {relation} as {sql}")
            return _read(connection)


def _load(connection: duckdb.DuckDBPyConnection, population: Population) -> None:
    connection.execute("insert into intermediate.int_as_of values (?)", [AS_OF])
    connection.executemany("insert into staging.complaint_categories values (?)", [[name] for name in CATEGORIES])
    rows = [record.as_fact() for record in population.records]
    if rows:
        connection.executemany("insert into marts.fct_complaints values (?, ?, ?, ?, ?, ?, ?, ?, true)", rows)
    states = [[key, code, code and f"State of {code}"] for key, code in population.states.items()]
    connection.executemany("insert into marts.dim_customers values (?, ?, ?)", [*states, ["unknown", None, None]])
    if states:
        signed_up = [[*row, dt.date(2020, 1, 1)] for row in states if row[0] not in population.inferred]
        signed_up += [[f"quiet-{n}", code, code, dt.date(2020, 1, 1)] for n, code in enumerate(population.quiet)]
        connection.executemany("insert into intermediate.int_customers values (?, ?, ?, ?)", signed_up or [[None] * 4])


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
