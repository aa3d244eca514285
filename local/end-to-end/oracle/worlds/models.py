"""The project's own SQL, compiled once and run on one world after another, in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Models:
    """`template` is a warehouse with seeds and without rows; `models` are in the order they depend on each other."""

    template: Path
    models: list[dict]
    tests: list[dict]

    @classmethod
    def of(cls, folder: Path, variant: str) -> Models:
        compiled = json.loads((folder / f"{variant}.json").read_text())
        return cls(folder / "warehouse.duckdb", compiled["models"], compiled["tests"])

    def start(self) -> duckdb.DuckDBPyConnection:
        """A new warehouse by the name that compiled SQL holds."""
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach ':memory:' as {self.template.stem}")
        connection.execute(f"attach '{self.template}' as template (read_only)")
        connection.execute(f"copy from database template to {self.template.stem}")
        connection.execute(f"use {self.template.stem}")
        connection.execute("detach template")
        return connection

    def build(self, connection: duckdb.DuckDBPyConnection) -> None:
        for schema in sorted({model["relation"].split(".")[0] for model in self.models}):
            connection.execute(f"create schema if not exists {schema}")
        for model in self.models:
            kind = "view" if model["is_view"] else "table"
            connection.execute(f"create {kind} {model['relation']} as {model['sql']}")

    def failed_tests(self, connection: duckdb.DuckDBPyConnection) -> list[str]:
        """Names of data tests that find something."""
        return [
            test["name"]
            for test in self.tests
            if connection.execute(f"select count(*) from ({test['sql']}) as found").fetchone() != (0,)
        ]
