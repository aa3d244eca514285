"""One story of a warehouse, told once: the fixtures build it, the tests look at its chapters."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import crowd
import pytest
from redshift import awkward
from redshift.connection import Shadow
from redshift.shadow import DATABASE, migrated_access, redshift_target

from story import correct_and_repeat, first_days, withdraw_a_day
from warehouse import PROJECT, Warehouse

# DuckDB looks for pandas with every statement that binds values. It is not installed; so it is told at once.
sys.modules.setdefault("pandas", None)

OUTPUT_SCHEMAS = ("staging", "intermediate", "marts", "quality")


@dataclass
class Project:
    """The dbt project, run in this process on one DuckDB file after another."""

    output: Path
    manifest: object = None
    folder: Path = PROJECT
    # of dbt's own log file, which costs a quarter of the time of a build; the story's is looked at
    log_level: str = "none"

    def run(self, command: str, warehouse: Warehouse | None, *arguments: str, target: str = "duckdb"):
        """Runs one dbt command; fails the test when dbt does, naming the nodes that failed but none of their rows."""
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

        os.environ["DBT_DUCKDB_PATH"] = str(warehouse.path if warehouse else self.output / "warehouse.duckdb")
        result = dbtRunner(manifest=self.manifest if target == "duckdb" else None).invoke(
            [
                "--quiet",
                "--no-version-check",
                "--no-use-colors",
                command,
                "--project-dir",
                str(self.folder),
                "--profiles-dir",
                str(self.folder),
                "--target",
                target,
                "--target-path",
                str(self.output / "target" / target),
                "--log-path",
                str(self.output / "logs"),
                "--log-level-file",
                self.log_level,
                *arguments,
            ]
        )
        DuckDBConnectionManager.close_all_connections()
        if not result.success:
            nodes = getattr(result.result, "results", None) or []
            failed = [f"{node.node.name}: {node.message}" for node in nodes if node.status not in ("success", "pass")]
            pytest.fail(f"dbt {command} failed: {result.exception or failed}")
        return result.result

    def build_on_redshift(self, shadow: Shadow):
        with redshift_target(shadow):
            return self.run("build", None, "--exclude-resource-type", "unit_test", target="redshift")

    def build(self, warehouse: Warehouse, *arguments: str):
        return self.run("build", warehouse, "--exclude-resource-type", "unit_test", *arguments)


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Project:
    project = Project(tmp_path_factory.mktemp("dbt"))
    project.manifest = project.run("parse", None)
    return project


def chapter(warehouse: Warehouse, path: Path) -> Warehouse:
    """A copy of the warehouse as it stands, so that later chapters do not change what a test looks at."""
    folder = path / f"chapter_{warehouse.commits}"
    folder.mkdir()
    copy = Warehouse(folder / "warehouse.duckdb", warehouse.columns, warehouse.commits)
    shutil.copy(warehouse.path, copy.path)
    return copy


@dataclass
class Story:
    """The warehouse after each chapter, every one built incrementally on the one before."""

    first: Warehouse
    corrected: Warehouse
    withdrawn: Warehouse


@pytest.fixture(scope="session")
def story(project, tmp_path_factory) -> Story:
    path = tmp_path_factory.mktemp("story")
    warehouse = Warehouse(path / "warehouse.duckdb")
    warehouse.create()
    logging = replace(project, log_level="debug")
    chapters = []
    for tell in (first_days, correct_and_repeat, withdraw_a_day):
        tell(warehouse)
        logging.build(warehouse)
        chapters.append(chapter(warehouse, path))
        warehouse.commits += 1
    return Story(*chapters)


@pytest.fixture(scope="session")
def rebuilt(project, story, tmp_path_factory) -> Warehouse:
    """The last chapter, built from the raw tables alone."""
    copy = Warehouse(tmp_path_factory.mktemp("rebuilt") / "warehouse.duckdb", story.withdrawn.columns)
    shutil.copy(story.withdrawn.path, copy.path)
    for schema in OUTPUT_SCHEMAS:
        copy.query(f"drop schema {schema} cascade")
    copy.query("drop view restricted.customer_identities")
    copy.query("drop view restricted.complaint_identities")
    copy.query("drop table restricted.agent_identities")
    project.build(copy)
    return copy


@dataclass
class Parity:
    """The same raw rows, built by dbt-duckdb and by dbt-redshift on the shadow; each side a file per chapter."""

    local: list[Warehouse]
    shadows: list[Path]
    shadow: Shadow
    # how many statements had been sent after each chapter
    sent: list[int]


def begin(warehouse: Warehouse) -> None:
    first_days(warehouse)
    awkward.arrive(warehouse)
    crowd.arrive(warehouse)


def correct_and_withdraw(warehouse: Warehouse) -> None:
    correct_and_repeat(warehouse)
    withdraw_a_day(warehouse)
    awkward.arrive_as_newest(warehouse)


@pytest.fixture(scope="session")
def parity(project, tmp_path_factory) -> Parity:
    path = tmp_path_factory.mktemp("parity")
    local = Warehouse(path / "warehouse.duckdb")
    remote = Warehouse(path / f"{DATABASE}.duckdb")
    parity = Parity([], [], Shadow(remote.path, migrated_access()), [])
    for warehouse in (local, remote):
        warehouse.create()
    # made by migrations: in Redshift dbt may not make any
    for schema in OUTPUT_SCHEMAS:
        remote.query(f"create schema {schema}")
    for number, tell in enumerate((begin, correct_and_withdraw)):
        tell(local)
        project.build(local)
        parity.local.append(chapter(local, path))
        tell(remote)
        project.build_on_redshift(parity.shadow)
        (path / f"shadow_{number}").mkdir()
        parity.shadows.append(path / f"shadow_{number}" / remote.path.name)
        shutil.copy(remote.path, parity.shadows[-1])
        parity.sent.append(len(parity.shadow.recorded))
    return parity
