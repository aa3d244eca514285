"""Whatever the order in which partitions arrive, the warehouse they leave is the same."""

from __future__ import annotations

import pytest

from audit import AUDIT_COLUMNS, AUDIT_TABLES, difference, results
from orders import DAILY, DAYS, HOURS, ORDERS, WITHDRAWN, Order, Partitions, at_once, partitions
from warehouse import PROJECT, Warehouse

DECISION = PROJECT.parent / "docs/adr/0040-an-independent-oracle.md"


@pytest.fixture(scope="module")
def known() -> Partitions:
    return partitions()


def built(project, path, order: Order, known: Partitions) -> dict[str, list[str]]:
    warehouse = Warehouse(path / "warehouse.duckdb")
    warehouse.create()
    for source in ("customers", "agents", *DAILY):
        warehouse.expect(source, DAYS[0], WITHDRAWN)
    for hour in HOURS:
        warehouse.expect("sms", DAYS[0], WITHDRAWN, hour=hour)
    for _ in order(warehouse, known):
        project.run("build", warehouse, "--resource-type", "seed", "--resource-type", "model")
    return results(warehouse)


@pytest.fixture(scope="module")
def rebuilt_at_once(project, known, tmp_path_factory) -> dict[str, list[str]]:
    return built(project, tmp_path_factory.mktemp("at_once"), at_once, known)


def test_what_is_compared_is_worth_comparing(rebuilt_at_once, known):
    empty = [table for table, rows in rebuilt_at_once.items() if not rows]
    assert [table for table in empty if table.startswith(("marts.", "restricted."))] == []
    again = [row["call_id"] for key, rows in known.final.items() if key[0] == "call_logs" for row in rows]
    assert len(set(again)) < len(again) - 10


@pytest.mark.heavy
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.__name__)
def test_every_order_leaves_the_same_warehouse(project, known, rebuilt_at_once, tmp_path, order):
    assert difference(built(project, tmp_path, order, known), rebuilt_at_once) == {}


def test_a_difference_would_be_told(story):
    before, after = results(story.first), results(story.corrected)
    assert {"marts.fct_complaints", "marts.dim_customers", "quality.reconciliation"} <= set(difference(before, after))


def test_the_decision_names_what_tells_of_the_way_only():
    text = DECISION.read_text()
    assert [name for name in sorted(AUDIT_TABLES | AUDIT_COLUMNS) if f"`{name}`" not in text] == []
