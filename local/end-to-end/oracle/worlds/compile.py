"""Compiles every model and data test once per variant of dbt's variables: `python compile.py OUT [VARIANT...]`.

Variants are those of variants.json. Runs in dbt's environment, which has no pandas, so it is no part of the package.
Writes OUT/warehouse.duckdb, with raw tables and seeds only, and OUT/<variant>.json.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).resolve().parents[4] / "dbt"
sys.path.insert(0, str(PROJECT / "tests_python"))

from warehouse import Warehouse  # noqa: E402


def run(out: Path, *command: str) -> list:
    places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", out / "target"]
    options = [*places, "--log-path", out / "logs", "--target", "duckdb"]
    result = dbtRunner().invoke(["--quiet", "--no-version-check", *command, *map(str, options)])
    DuckDBConnectionManager.close_all_connections()
    if not result.success:
        sys.exit(f"dbt {command[0]} failed: {result.exception or [one.message for one in result.result.results]}")
    return result.result.results


def compiled(results: list) -> dict[str, list[dict]]:
    nodes = {result.node.unique_id: result.node for result in results}
    models: dict[str, dict] = {}

    def visit(identifier: str) -> None:
        node = nodes.get(identifier)
        if node is None or node.resource_type != "model" or identifier in models:
            return
        for parent in node.depends_on.nodes:
            visit(parent)
        is_view = node.config.materialized == "view"
        models[identifier] = {
            "relation": f"{node.schema}.{node.name}",
            "sql": node.compiled_code,
            "is_view": is_view,
        }

    for identifier in sorted(nodes):
        visit(identifier)
    tests = [
        {"name": node.name, "sql": node.compiled_code}
        for node in nodes.values()
        if node.resource_type == "test" and node.config.severity.lower() == "error"
    ]
    return {"models": list(models.values()), "tests": tests}


def main() -> None:
    out, variants = Path(sys.argv[1]), json.loads((Path(__file__).parent / "variants.json").read_text())
    out.mkdir(parents=True, exist_ok=True)
    warehouse = Warehouse(out / "warehouse.duckdb")
    warehouse.create()
    warehouse.query("delete from restricted.key_material")
    os.environ["DBT_DUCKDB_PATH"] = str(warehouse.path)
    run(out, "seed")
    for name in sys.argv[2:] or variants:
        found = compiled(run(out, "compile", "--vars", json.dumps(variants[name])))
        (out / f"{name}.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
