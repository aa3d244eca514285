"""Compares every mart of a warehouse with what its source files say: `python -m oracle.check`, see README.md."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import duckdb

from .compare import differences, read_columns, read_table
from .history import read_history
from .marts import MARTS
from .world import build_world

TABLES = "select table_name from information_schema.tables where table_schema = 'marts' order by 1"
MATERIAL = "select key_value from restricted.key_material where purpose = 'surrogate_keys'"


def main() -> int:
    parser = argparse.ArgumentParser(prog="oracle.check", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True)
    parser.add_argument("--history", type=Path, required=True, help="JSON list of what happened to the sources")
    parser.add_argument("--only", nargs="*", help="tables to compare, without their schema")
    arguments = parser.parse_args()
    with duckdb.connect(str(arguments.warehouse), read_only=True) as connection:
        (material,) = connection.execute(MATERIAL).fetchone()
        tables = [name for (name,) in connection.execute(TABLES).fetchall()]
        world = build_world(read_history(json.loads(arguments.history.read_text())), material)
        problems, compared = [], {}
        for table in arguments.only or sorted({*tables, *MARTS}):
            if table not in MARTS:
                problems.append(f"marts.{table}: the oracle does not know it")
            elif table not in tables:
                problems.append(f"marts.{table}: not in the warehouse")
            else:
                rows = read_table(connection, f"marts.{table}")
                problems += differences(f"marts.{table}", rows, MARTS[table](world))
                compared[table] = {"rows": len(rows), "columns": read_columns(connection, f"marts.{table}")}
    print(json.dumps({"compared": compared, "problems": problems}, indent=1))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
