"""The project's own SQL of marts.insights and everything it is made of, compiled once and run many times."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse import Warehouse

MART = "model.coretelecoms.insights"


@dataclass(frozen=True)
class Model:
    relation: str
    sql: str
    is_view: bool


@dataclass(frozen=True)
class Compiled:
    """`template` is a warehouse with seeds and without rows; `models` build insights in the order they depend on."""

    template: Path
    models: list[Model]

    def start(self, threads: int = 1) -> duckdb.DuckDBPyConnection:
        """A new warehouse in memory, by the name that compiled SQL holds."""
        connection = duckdb.connect(config={"threads": threads})
        connection.execute(f"attach ':memory:' as {self.template.stem}")
        connection.execute(f"attach '{self.template}' as template (read_only)")
        connection.execute(f"copy from database template to {self.template.stem}")
        connection.execute(f"use {self.template.stem}")
        connection.execute("detach template")
        return connection

    def build(self, connection: duckdb.DuckDBPyConnection) -> None:
        for model in self.models:
            kind = "view" if model.is_view else "table"
            connection.execute(f"create {kind} {model.relation} as {model.sql}")


def compile_insights(project, folder: Path) -> Compiled:
    """Compiles with `project` (see conftest) against a warehouse that has only seeds."""
    warehouse = Warehouse(folder / "warehouse.duckdb")
    warehouse.create()
    project.run("seed", warehouse)
    results = project.run("compile", warehouse, "--select", "+insights")
    nodes = {result.node.unique_id: result.node for result in results.results}
    ordered: dict[str, Model] = {}

    def visit(identifier: str) -> None:
        node = nodes.get(identifier)
        if node is None or node.resource_type != "model" or identifier in ordered:
            return
        for parent in node.depends_on.nodes:
            visit(parent)
        ordered[identifier] = Model(
            f"{node.schema}.{node.name}", node.compiled_code, node.config.materialized == "view"
        )

    visit(MART)
    schemas = sorted({model.relation.split(".")[0] for model in ordered.values()})
    for schema in schemas:
        warehouse.query(f"create schema if not exists {schema}")
    return Compiled(warehouse.path, list(ordered.values()))
