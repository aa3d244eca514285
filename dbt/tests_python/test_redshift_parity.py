"""dbt-redshift builds, on a stand-in for Redshift, exactly what dbt-duckdb builds (see redshift/__init__.py)."""

from __future__ import annotations

import os

import pytest
from redshift import golden
from redshift.access import statements_in
from redshift.guard import problems
from redshift.parity import differences, relations, row_counts
from redshift.shadow import GOLDEN

from story import SENTINELS
from warehouse import KEY_MATERIAL

UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"


@pytest.mark.parametrize("chapter", [0, 1], ids=["full build", "incremental build"])
def test_both_engines_build_the_same(parity, project, chapter):
    built = relations(parity.shadows[chapter])
    assert {
        (node.schema, node.name) for node in project.manifest.nodes.values() if node.resource_type == "model"
    } <= set(built)
    assert differences(parity.local[chapter].path, parity.shadows[chapter]) == []


def test_the_comparison_is_not_one_of_nothing(parity):
    counts = row_counts(parity.shadows[1])
    assert [name for name, count in counts.items() if count == 0 and name != "staging.stg_web_forms"] == []
    assert sum(counts.values()) > 9_600


def test_what_is_sent_is_what_was_reviewed(parity, project):
    """A full build is one file per model, in the folders of models/; an incremental one is what differs from it."""
    full, incremental = parity.shadow.recorded[: parity.sent[0]], parity.shadow.recorded[parity.sent[0] :]
    places = {
        (node.schema, node.name): node.path for node in project.manifest.nodes.values() if node.resource_type == "model"
    }
    texts = {places[relation]: text for relation, text in golden.by_relation(full).items()}
    assert set(texts) == set(places.values())
    golden.check_folder(GOLDEN / "full", texts, update=UPDATE)
    known = {golden.normalised(sql) for sql in full}
    golden.check(GOLDEN / "incremental.sql", golden.readable(incremental, known=known), update=UPDATE)


@pytest.mark.parametrize("name", sorted(path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*.sql")))
def test_redshift_is_known_to_take_every_statement(name):
    statements = statements_in((GOLDEN / name).read_text())
    assert len(statements) > 3
    assert [(sql[:80], problem) for sql in statements for problem in problems(sql)] == []


def test_dbt_makes_no_schema_as_transform_may_not(parity):
    assert [sql for sql in parity.shadow.recorded if "schema" in sql.lower().split()[:4]] == []


def test_no_key_and_no_personal_value_is_sent(parity):
    text = "\n".join(parity.shadow.recorded).lower()
    assert KEY_MATERIAL not in text
    assert [value for group in SENTINELS.values() for value in group if value.lower() in text] == []


def test_dbt_signs_in_with_its_iam_role_over_verified_tls(parity):
    assert parity.shadow.settings
    for settings in parity.shadow.settings:
        assert settings["iam"] is True
        assert settings["is_serverless"] is True
        assert settings["db_user"] is None
        assert settings["sslmode"] == "verify-full"
        assert settings["password"] == ""


def test_every_table_says_how_it_is_distributed_and_sorted(project):
    tables = [
        node
        for node in project.manifest.nodes.values()
        if node.resource_type == "model" and node.config.materialized in ("table", "incremental")
    ]
    assert [node.name for node in tables if not node.config.get("dist") or not node.config.get("sort")] == []
