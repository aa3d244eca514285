"""The data dictionary, and dbt's documentation as one page. No warehouse is needed: an empty one is made.

`--dictionary FILE` and `--page FILE` say what to write where; `--check FILE` fails if that dictionary is out of date.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path

from dictionary import render, tables
from platform_tables import PROJECT, make_empty_warehouse, physical_types


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--dictionary", "--page", "--check"):
        parser.add_argument(option, type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="documentation-") as name:
        folder = Path(name)
        warehouse = folder / "warehouse.duckdb"
        make_empty_warehouse(warehouse)
        dbt(folder, "build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test")
        manifest = json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))
        text = render(tables(manifest, physical_types(warehouse)))
        if wanted.check is not None:
            return check(wanted.check, text)
        if wanted.dictionary is not None:
            wanted.dictionary.write_text(text, encoding="utf-8")
        if wanted.page is not None:
            dbt(folder, "docs", "generate", "--static", "--no-compile")
            wanted.page.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "target" / "static_index.html", wanted.page)
    return 0


def check(path: Path, text: str) -> int:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return 0
    print(f"{path.name} is not what models, contracts and migrations say: npm run docs, and commit it")
    return 1


def dbt(folder: Path, *command: str) -> None:
    """Run dbt on the folder's warehouse; ends the program with dbt's own words if it fails."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ["DBT_DUCKDB_PATH"] = str(folder / "warehouse.duckdb")
    flags = ["--quiet", "--no-version-check", "--no-use-colors", "--no-partial-parse"]
    places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT), "--target", "duckdb"]
    outputs = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    result = dbtRunner().invoke([*flags, *command, *places, *outputs])
    DuckDBConnectionManager.close_all_connections()
    if not result.success:
        raise SystemExit(f"dbt {command[0]} failed: {result.exception or 'see above'}")


if __name__ == "__main__":
    raise SystemExit(main())
