"""The classifier's SQL as dbt-redshift writes it: known to Redshift, and of the same meaning as on DuckDB.

That SQL and TypeScript agree on every labelled text is tested in local/classifier/sql.test.ts.
"""

from __future__ import annotations

import csv

import duckdb
import pytest
from redshift import semantics
from redshift.connection import Shadow
from redshift.guard import problems
from redshift.shadow import migrated_access, redshift_target
from redshift.translate import to_duckdb

from warehouse import PROJECT

INLINE = (
    "with {{ classification_ctes('texts', 'classifier_words', 'classifier_terms') }} "
    "select * from classified order by text_key"
)
SPLITS = ("train", "dev", "test", "fresh")
# Redshift's equality is spelt out in the shadow and slow there
EVERY = 10


@pytest.fixture(scope="module")
def local_sql(project) -> str:
    return project.run("compile", None, "--inline", INLINE).results[0].node.compiled_code


@pytest.fixture(scope="module")
def redshift_sql(project, tmp_path_factory) -> str:
    shadow = Shadow(tmp_path_factory.mktemp("classification") / "coretelecoms.duckdb", migrated_access())
    with redshift_target(shadow):
        return project.run("compile", None, "--inline", INLINE, target="redshift").results[0].node.compiled_code


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    """The seeds, and some of the labelled texts."""
    database = duckdb.connect()
    semantics.install(database)
    for seed in ("classifier_words", "classifier_terms"):
        file = PROJECT / f"seeds/{seed}.csv"
        database.execute(f"create table {seed} as from read_csv('{file}', header = true, nullstr = 'no value')")
    database.execute("create table texts (text_key integer, text varchar)")
    texts = []
    for split in SPLITS:
        with (PROJECT.parent / f"classifier/labelled/{split}.csv").open(newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    database.executemany("insert into texts values (?, ?)", list(enumerate(texts[::EVERY])))
    return database


def test_redshift_is_known_to_take_the_classifiers_sql(redshift_sql):
    assert problems(redshift_sql) == []


def test_redshifts_sql_classifies_as_duckdbs_does(local_sql, redshift_sql, database):
    local = database.execute(local_sql).fetchall()
    assert len(local) > 200
    assert {row[3] for row in local} == {True, False, None}
    assert database.execute(to_duckdb(redshift_sql)).fetchall() == local


def test_the_seeds_arrive_as_they_are_written(story):
    """dbt reads CSV with rules of its own about what is a number and what is missing."""
    for seed in ("classifier_words", "classifier_terms"):
        with (PROJECT / f"seeds/{seed}.csv").open(newline="") as file:
            written = [tuple(row) for row in csv.reader(file)][1:]
        columns = story.first.query(f"select * from staging.{seed}")
        assert sorted(tuple(map(str, row)) for row in columns) == sorted(written)
