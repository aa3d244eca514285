"""Compares every mart of a warehouse with what its source files say: `python -m oracle.check`, see README.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import duckdb

from .compare import differences, read_columns, read_table
from .history import read_history
from .marts import NOT_COMPUTED, TABLES
from .settings import with_variables
from .world import World, build_world

SCHEMAS = ("marts", "quality")
NAMES = (
    "select table_schema || '.' || table_name from information_schema.tables where table_schema in (?, ?) order by 1"
)
MATERIAL = "select key_value from restricted.key_material where purpose = 'surrogate_keys'"


def compare(connection: duckdb.DuckDBPyConnection, world: World, only: list[str]) -> dict[str, object]:
    """What was compared and what differs; a table on one side only differs."""
    found = [name for (name,) in connection.execute(NAMES, SCHEMAS).fetchall()]
    problems, compared = [], {}

    for table in only or sorted({*found, *TABLES} - set(NOT_COMPUTED)):
        if table not in TABLES:
            problems.append(f"{table}: the oracle does not know it")
        elif table not in found:
            problems.append(f"{table}: not in the warehouse")
        else:
            expected = TABLES[table](world)
            columns = read_columns(connection, table)
            rows = read_table(connection, table)
            problems += differences(table, rows, columns, expected)
            compared[table] = {"rows": len(rows), "columns": [one for one in columns if one in expected.rows.columns]}
    return {"compared": compared, "not_compared": NOT_COMPUTED, "problems": problems}


def main() -> int:
    parser = argparse.ArgumentParser(prog="oracle.check", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True)
    parser.add_argument("--history", type=Path, required=True, help="JSON list of what happened to the sources")
    parser.add_argument("--only", nargs="*", default=[], help="tables to compare, with their schema")
    parser.add_argument("--vars", type=json.loads, default={}, help="dbt's variables, as dbt takes them")
    arguments = parser.parse_args()
    settings = with_variables(arguments.vars)
    with duckdb.connect(str(arguments.warehouse), read_only=True) as connection:
        (material,) = connection.execute(MATERIAL).fetchone()
        world = build_world(read_history(json.loads(arguments.history.read_text())), material, settings)
        verdict = compare(connection, world, arguments.only)
    print(json.dumps(verdict, indent=1))
    return 1 if verdict["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
