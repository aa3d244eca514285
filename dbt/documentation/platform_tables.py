"""Tables that migrations make, from the SQL that they send, which a test of migrate-warehouse keeps in platform.sql."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

PROJECT = Path(__file__).resolve().parents[1]
PLATFORM_SQL = PROJECT / "tests_python" / "redshift" / "golden" / "platform.sql"

CREATE_TABLE = re.compile(r"^create table (?:if not exists )?(\w+)\.(\w+) \(\n(.*?)\n\);", re.MULTILINE | re.DOTALL)
COLUMN = re.compile(r"^\s*(\w+) (.+?)(?: not null)?,?$")

Types = dict[tuple[str, str], dict[str, str]]


def platform_types() -> Types:
    """Types of all columns by (schema, table), as they stand in the SQL."""
    return {
        (schema, table): dict(COLUMN.match(line).groups() for line in body.splitlines())
        for schema, table, body in CREATE_TABLE.findall(PLATFORM_SQL.read_text())
    }


def make_empty_warehouse(path: Path) -> None:
    """A DuckDB file with all of these tables and a key that keys nothing, so that dbt can build every model."""
    with duckdb.connect(str(path)) as connection:
        for (schema, table), columns in platform_types().items():
            connection.execute(f"create schema if not exists {schema}")
            definitions = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table {schema}.{table} ({definitions})")
        connection.execute("insert into restricted.key_material values ('surrogate_keys', 'of an empty warehouse')")


def physical_types(path: Path) -> Types:
    """Types of all columns by (schema, table), as the DuckDB file has them, in lower case."""
    found: Types = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select schema_name, table_name, column_name, lower(data_type) from duckdb_columns()"
            " where database_name = current_database() order by 1, 2, column_index"
        ).fetchall()
    for schema, table, column, kind in rows:
        found.setdefault((schema, table), {})[column] = kind
    return found
