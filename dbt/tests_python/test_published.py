"""Nobody can be found in the published tables: attacked together, on populations made to break them (docs/adr/0035)."""

from __future__ import annotations

import re

import pytest
from publication.adversarial import everything
from publication.engine import TWO_WAY, Publisher
from publication.judge import problems, shown_share
from publication.mutants import MUTANTS
from publication.populations import random_population
from redshift.connection import Shadow
from redshift.shadow import migrated_access

MADE = {population.name: population for population in everything()}
SEEDS = range(24)
COLUMNS = {
    "attribute",
    "member",
    "channel",
    "opened_month",
    "category",
    "resolution",
    "state_code",
    "complaints",
    "is_suppressed",
    "is_complete",
    "complaints_per_10000",
    "complaints_per_100000",
}
ALLOWED_PARENTS = {
    "int_publication_members",
    "int_publication_tables",
    "int_publication_cells",
    "int_publication_rates",
    "int_period_completeness",
    "published_totals",
}
VOCABULARY = re.compile(
    r"call_centre|social_media|web_form|sms|chat|\d{4}-\d{2}|Network Failure|Payments|Router Delivery|[A-Z]{2}"
    r"|resolved, not measured|resolved in (\d\d|over 30) days|unresolved|unknown"
    r"|\((all|none|other|small|small, resolved in days|free text)\)"
)


@pytest.fixture(scope="module")
def publisher(project) -> Publisher:
    return Publisher.of(project)


@pytest.mark.parametrize("name", MADE)
def test_a_population_made_to_break_it_stays_hidden(publisher, name):
    assert problems(MADE[name], publisher.publish(MADE[name])) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_population_stays_hidden(publisher, seed):
    population = random_population(seed)
    assert problems(population, publisher.publish(population)) == []


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(1000, 1400))
def test_many_random_populations_stay_hidden(publisher, seed):
    population = random_population(seed)
    assert problems(population, publisher.publish(population), sample=40) == []


@pytest.mark.parametrize("missing", MUTANTS)
def test_every_step_is_needed(publisher, missing):
    name, replacements = MUTANTS[missing]
    mutant = publisher
    for model, old, new in replacements:
        mutant = mutant.replaced(model, old, new)
    assert problems(MADE[name], mutant.publish(MADE[name]), sample=100) != []


@pytest.fixture(scope="module")
def on_redshift(project, tmp_path_factory) -> Publisher:
    shadow = Shadow(tmp_path_factory.mktemp("shadow") / "coretelecoms.duckdb", migrated_access())
    return Publisher.on_redshift(project, shadow)


@pytest.mark.parametrize("seed", [5, 10, 53, 58])
def test_redshift_publishes_the_same(publisher, on_redshift, seed):
    population = random_population(seed)
    assert on_redshift.publish(population) == publisher.publish(population)


def test_hiding_everything_is_not_how_it_is_done(publisher):
    """Where every cell is large all is shown; one small cell costs three others."""
    assert shown_share(publisher.publish(MADE["all is large"])) == 1
    cells = publisher.publish(MADE["one small cell"]).tables["published_channel_categories"]
    assert sorted(pair for pair, number in cells.items() if number is None) == [
        ("call_centre", "Network Failure"),
        ("call_centre", "Router Delivery"),
        ("web_form", "Network Failure"),
        ("web_form", "Router Delivery"),
    ]
    assert [number for number in cells.values() if number is not None] == [160, 160]


def test_published_tables_hold_nothing_but_members_and_numbers(project, publisher):
    """No key, no identifier, no count of customers, and nothing that was typed."""
    published = {
        node.name: node
        for node in project.manifest.nodes.values()
        if node.resource_type == "model" and node.fqn[1:3] == ["marts", "published"]
    }
    assert set(published) == {"published_totals", "published_state_rates", *TWO_WAY}
    for node in published.values():
        assert set(node.columns) <= COLUMNS, node.name
        assert {project.manifest.nodes[parent].name for parent in node.depends_on.nodes} <= ALLOWED_PARENTS, node.name
    release = publisher.publish(random_population(17))
    assert {column for columns in release.columns.values() for column in columns} >= {"is_suppressed"}
    for name in published:
        assert set(release.columns[name]) <= COLUMNS, name


def test_a_category_that_somebody_typed_does_not_leave(publisher):
    """Its text is that of no known category; it is counted with all others."""
    population = MADE["a small member spread over all"]
    assert {record.category for record in population.records} >= {"(other)"}
    names = {member for _, member in publisher.publish(population).totals}
    assert "(other)" in names
    assert [name for name in names if "555" in name] == []
    assert [name for name in names if not VOCABULARY.fullmatch(name)] == []


def test_the_tables_are_a_tree_from_the_channel_outwards(publisher):
    """Each attribute is reached once, and the one table that hangs on another hangs on a table of the root."""
    outer = [column for _, column in TWO_WAY.values()]
    assert sorted(outer) == sorted({"opened_month", "category", "resolution", "state_code"})
    reached = {column for row, column in TWO_WAY.values() if row == "channel"}
    assert {row for row, _ in TWO_WAY.values()} <= {"channel", *reached}
