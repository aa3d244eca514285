"""The dictionary is what models, contracts and migrations say; exposures name what is there."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from warehouse import PROJECT

sys.path.append(str(PROJECT / "documentation"))

from dictionary import SCHEMAS, render, tables
from platform_tables import physical_types, platform_types

REPOSITORY = PROJECT.parent
DICTIONARY = REPOSITORY / "docs" / "data" / "dictionary.md"


@pytest.fixture(scope="module")
def manifest(project) -> dict:
    return json.loads((project.output / "target" / "duckdb" / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(manifest, story) -> list:
    return tables(manifest, physical_types(story.first.path))


def test_the_dictionary_is_up_to_date(found):
    assert DICTIONARY.read_text(encoding="utf-8") == render(found), "npm run docs, and commit docs/data/dictionary.md"


def test_every_table_and_column_has_a_meaning_and_a_type(found):
    assert {table.schema for table in found} == set(SCHEMAS)
    assert [f"{table.schema}.{table.name}" for table in found if not table.description or not table.columns] == []
    nameless = [
        f"{table.schema}.{table.name}.{name}"
        for table in found
        for name, kind, meaning, _ in table.columns
        if not kind or not meaning
    ]
    assert nameless == []


def test_every_relation_is_in_it(found, story):
    listed = {(table.schema, table.name) for table in found}
    physical = set(physical_types(story.first.path)) | set(platform_types())
    assert physical - listed == {("raw_data", "schema_migrations")}


def test_tags_types_and_lineage_are_those_of_the_models(found):
    by_name = {f"{table.schema}.{table.name}": table for table in found}
    email = next(column for column in by_name["restricted.customer_identities"].columns if column[0] == "email")
    assert email[3] == "direct_identifier"
    assert ("call_id", "varchar(128)") in [column[:2] for column in by_name["raw_data.call_logs"].columns]
    ledger = by_name["raw_data.load_ledger"]
    assert ("hash_sum", "decimal(38, 0)") in [column[:2] for column in ledger.columns]
    assert "quality.reconciliation" in ledger.read_by
    assert "intermediate.int_complaint_versions" in by_name["marts.fct_complaints"].read_from
    assert "Run report" in by_name["quality.checks"].read_by


def test_links_of_the_contents_lead_to_a_heading():
    text = DICTIONARY.read_text(encoding="utf-8")
    headings = {re.sub(r"[^a-z0-9_ -]", "", title.lower()) for title in re.findall(r"^##+ (.+)$", text, re.MULTILINE)}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert len(links) > 40
    assert links <= headings


def test_a_changed_meaning_would_be_noticed(manifest, story):
    node = manifest["nodes"]["model.coretelecoms.fct_complaints"]
    changed = {**node, "description": "Something else."}
    nodes = {**manifest["nodes"], "model.coretelecoms.fct_complaints": changed}
    text = render(tables({**manifest, "nodes": nodes}, physical_types(story.first.path)))
    assert text != DICTIONARY.read_text(encoding="utf-8")


def test_exposures_name_what_is_there(project):
    exposures = {exposure.name: exposure for exposure in project.manifest.exposures.values()}
    published = {key for key in project.manifest.nodes if key.startswith("model.coretelecoms.published_")}
    assert set(exposures["published_tables"].depends_on.nodes) == published
    for exposure in exposures.values():
        for path in re.findall(r"docs/[\w./-]+\.md", exposure.description):
            assert (REPOSITORY / path).is_file(), f"{exposure.name}: {path}"


@pytest.mark.heavy
def test_the_page_is_one_file_with_every_model_in_it(project, tmp_path):
    page = tmp_path / "docs" / "index.html"
    script = PROJECT / "documentation" / "build.py"
    subprocess.run([sys.executable, script, "--page", page], check=True, timeout=600)
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]
    text = page.read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html")
    names = [node.name for node in project.manifest.nodes.values() if node.resource_type == "model"]
    assert [name for name in names if f'"model.coretelecoms.{name}"' not in text] == []


@pytest.mark.heavy
def test_the_check_fails_where_the_file_differs(tmp_path):
    other = tmp_path / "dictionary.md"
    other.write_text("old", encoding="utf-8")
    script = PROJECT / "documentation" / "build.py"
    ended = subprocess.run([sys.executable, script, "--check", other], capture_output=True, text=True, timeout=600)
    assert ended.returncode == 1
    assert "npm run docs" in ended.stdout
