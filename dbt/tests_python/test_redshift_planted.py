"""The parity and access tests can fail: mistakes planted in copies of the project are caught."""

from __future__ import annotations

import copy
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from redshift.connection import Shadow
from redshift.effective import Tags, open_at_a_commit
from redshift.parity import differences
from redshift.planting import MISTAKES, planted
from redshift.shadow import redshift_target

from conftest import Parity, Project
from warehouse import PROJECT, Warehouse

pytestmark = pytest.mark.heavy


def parsed_again(project: Project, target: Path, folder: Path = PROJECT) -> Project:
    """The project, or a copy of it. dbt parses what differs from what the session has parsed, for both targets."""
    for engine in ("duckdb", "redshift"):
        parsed = Path("target") / engine / "partial_parse.msgpack"
        (target / parsed).parent.mkdir(parents=True)
        shutil.copy(project.output / parsed, target / parsed)
    again = replace(project, output=target, folder=folder, manifest=None)
    # dbt parses all anew for another file of DuckDB
    again.manifest = again.run("parse", Warehouse(project.output / "warehouse.duckdb", {}))
    return again


def caught(project: Project, parity: Parity, select: str, folder) -> str:
    """How the tests would find what is wrong with a project, or nothing."""
    local = Warehouse(folder / "warehouse.duckdb", parity.local[-1].columns)
    shutil.copy(parity.local[-1].path, local.path)
    shadow = Shadow(folder / parity.shadows[-1].name, copy.deepcopy(parity.shadow.access))
    shutil.copy(parity.shadows[-1], shadow.path)
    try:
        with redshift_target(shadow):
            project.run("run", None, "--select", select, target="redshift")
    except pytest.fail.Exception as failure:
        return f"Redshift: {failure}"
    project.run("run", local, "--select", select)
    if found := differences(local.path, shadow.path):
        return f"parity: {found[0]}"
    if shadow.access.grants != parity.shadow.access.grants:
        return "access: other grants"
    if shadow.access.masks != parity.shadow.access.masks:
        return "access: other masks"
    if found := open_at_a_commit(shadow.recorded, copy.deepcopy(parity.shadow.access), Tags.of(project.manifest)):
        return f"open at a commit: {found[0]}"
    return ""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_planted_mistake_is_caught(parity, project, tmp_path, name):
    mistake = MISTAKES[name]
    with_mistake = parsed_again(project, tmp_path, planted(mistake, tmp_path))
    assert caught(with_mistake, parity, mistake.models, tmp_path)


def test_the_project_as_it_is_passes(parity, project, tmp_path):
    unharmed = parsed_again(project, tmp_path)
    assert caught(unharmed, parity, "agent_identities int_agents stg_customers", tmp_path) == ""
