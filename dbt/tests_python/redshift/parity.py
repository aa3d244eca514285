"""Compares two warehouses relation by relation: columns, families of types, rows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb

SCHEMAS = ("staging", "intermediate", "marts", "restricted", "quality")
# dbt's own id of a run
IGNORED = {("quality", "build_loads", "invocation_id")}
INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL(38,0)")


def relations(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Columns with their types, in order, of everything that dbt built."""
    marks = ", ".join("?" for _ in SCHEMAS)
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            f"select schema_name, table_name, column_name, data_type from duckdb_columns()"
            f" where schema_name in ({marks}) and database_name = current_database() order by 1, 2, column_index",
            list(SCHEMAS),
        ).fetchall()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for schema, table, column, kind in rows:
        found.setdefault((schema, table), {})[column] = kind
    return found


def differences(local: Path, shadow: Path) -> list[str]:
    """In words, what is not the same; nothing when the two engines agree."""
    ours, theirs = relations(local), relations(shadow)
    with duckdb.connect(str(local), read_only=True) as here, duckdb.connect(str(shadow), read_only=True) as there:
        return _differences(ours, theirs, here, there)


def _differences(
    ours: dict[tuple[str, str], dict[str, str]],
    theirs: dict[tuple[str, str], dict[str, str]],
    here: duckdb.DuckDBPyConnection,
    there: duckdb.DuckDBPyConnection,
) -> list[str]:
    found = [f"only one engine has {'.'.join(name)}" for name in sorted(set(ours) ^ set(theirs))]
    for name in sorted(set(ours) & set(theirs)):
        label = ".".join(name)
        if list(ours[name]) != list(theirs[name]):
            found.append(f"{label}: other columns")
            continue
        found += [
            f"{label}.{column}: {kind} and {theirs[name][column]}"
            for column, kind in ours[name].items()
            if _family(kind) != _family(theirs[name][column])
        ]
        columns = [column for column in ours[name] if (*name, column) not in IGNORED]
        found += _row_differences(label, columns, _rows(here, label, columns), _rows(there, label, columns))
    return found


def row_counts(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return {
            f"{schema}.{table}": connection.execute(f"select count(*) from {schema}.{table}").fetchone()[0]
            for schema, table in relations(path)
        }


def _rows(connection: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> list[tuple]:
    names = ", ".join(f'"{column}"' for column in columns)
    rows = connection.execute(f"select {names} from {relation}").fetchall()
    return [tuple(_comparable(value) for value in row) for row in rows]


def _row_differences(label: str, columns: list[str], ours: list[tuple], theirs: list[tuple]) -> list[str]:
    """Counts rows and columns that differ; values are not told, they may be personal."""
    only_ours, only_theirs = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    if not only_ours and not only_theirs:
        return []
    differing = [
        column
        for position, column in enumerate(columns)
        if Counter(row[position] for row in ours) != Counter(row[position] for row in theirs)
    ]
    return [f"{label}: {only_ours.total()} and {only_theirs.total()} rows of their own, in {', '.join(differing)}"]


def _family(kind: str) -> str:
    """What a type is on both engines: the width of integers differs, what fits into them does not."""
    if kind.startswith("INTEGER") or kind in INTEGERS:
        return "integer"
    return "varchar" if kind.startswith("VARCHAR") else kind


def _comparable(value: object) -> object:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value
