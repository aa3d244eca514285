"""What leaves the warehouse: the published_* tables and their audit (docs/adr/0035)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd

from ..compare import Expected
from ..figures import month_is_complete
from ..publication.members import SMALL
from ..publication.release import Release, release_of
from ..publication.tables import DESIGN
from ..world import NONE, World

EVERYTHING = "(all)"


def published_totals(world: World) -> Expected:
    release = release_of(world)
    rows = (
        [total("all", EVERYTHING, release.every.complaints, release.is_all_hidden)] if release.every.complaints else []
    )
    rows += [
        total(one.attribute, one.name, one.complaints, one.is_hidden)
        for one in release.members.values()
        if release.is_listed(one.attribute)
    ]
    return Expected(pd.DataFrame(rows, dtype=object), ("attribute", "member"))


def total(attribute: str, member: str, complaints: int, is_hidden: bool) -> dict[str, Any]:
    return {"attribute": attribute, "member": member, "complaints": None if is_hidden else complaints} | {
        "is_suppressed": is_hidden
    }


def pairs(name: str) -> Callable[[World], Expected]:
    inner, outer, _ = DESIGN[name]

    def table(world: World) -> Expected:
        release = release_of(world)
        found = release.tables[name]
        rows = []
        for cell, count in found.cells.items() if release.is_published(name) else ():
            is_hidden = cell in found.hidden
            row = {inner: cell[0], outer: cell[1], "complaints": None if is_hidden else count.complaints}
            rows.append({**row, "is_suppressed": is_hidden})
            if "opened_month" in row:
                rows[-1]["is_complete"] = month_is_complete(world, "opened", first_of(row["opened_month"]))
        return Expected(pd.DataFrame(rows, dtype=object), (inner, outer))

    return table


def first_of(month: str) -> dt.date | None:
    return None if month in (SMALL, NONE) else dt.date.fromisoformat(f"{month}-01")


def published_state_rates(world: World) -> Expected:
    release = release_of(world)
    hidden = release.states_without_rate
    rows = [
        rate(name, release.members["state_code", name].complaints, release.customers[name], name in hidden)
        for name in release.listed_states
    ]
    if release.every.complaints:
        customers = release.customers.total()
        rows.append(rate(EVERYTHING, release.every.complaints, customers, release.is_all_hidden or customers < 10))
    return Expected(pd.DataFrame(rows, dtype=object), ("state_code",))


def rate(name: str, complaints: int, customers: int, is_hidden: bool) -> dict[str, Any]:
    per_customer = None if is_hidden else complaints / customers
    return {
        "state_code": name,
        "complaints_per_10000": None if per_customer is None else per_customer * 10_000,
        "complaints_per_100000": None if per_customer is None else per_customer * 100_000,
        "is_suppressed": is_hidden,
    }


def publication_audit(world: World) -> Expected:
    release = release_of(world)
    rows = [*hidden_cells(release), *hidden_members(release), *withheld_cells(release), *hidden_customers(release)]
    names = ("table_name", "inner_member", "outer_member", "counted", "lower_bound", "upper_bound")
    audit = [{**dict(zip(names, row, strict=True)), "width": row[5] - row[4]} for row in rows]
    return Expected(pd.DataFrame(audit, dtype=object), names[:4])


def hidden_cells(release: Release) -> list[tuple]:
    return [
        (name, *cell, "complaints", *table.bounds(cell))
        for name, table in release.tables.items()
        if release.is_published(name)
        for cell in table.hidden
    ]


def hidden_members(release: Release) -> list[tuple]:
    """Any may have all that those hidden with it have, but for one complaint each."""
    rows = []
    hidden = [one for one in release.members.values() if one.is_hidden and release.is_listed(one.attribute)]
    for one in hidden:
        alike = [other.complaints for other in hidden if (other.attribute, other.kind) == (one.attribute, one.kind)]
        rows.append(("published_totals", one.attribute, one.name, "complaints", 1, sum(alike) - len(alike) + 1))
    return rows


def withheld_cells(release: Release) -> list[tuple]:
    """Of a table that is withheld alone, rows and columns are published members."""
    rows = []
    for name, (inner, _, has_impossible_pairs) in DESIGN.items():
        if has_impossible_pairs or release.is_published(name) or not release.is_listed(inner):
            continue
        table, all_of_them = release.tables[name], release.every.complaints
        for cell in table.cells if not release.is_all_hidden else ():
            row = sum(count.complaints for one, count in table.cells.items() if one[0] == cell[0])
            column = sum(count.complaints for one, count in table.cells.items() if one[1] == cell[1])
            rows.append((name, *cell, "complaints", max(0, row + column - all_of_them), min(row, column)))
    return rows


def hidden_customers(release: Release) -> list[tuple]:
    """All states less those with a rate: as a sum, where the rate of all tells it."""
    without = release.states_without_rate
    together = sum(release.customers[name] for name in without)
    if release.is_all_hidden or release.customers.total() < 10:
        return []
    return [
        ("published_state_rates", "state_code", name, "customers", 0, together)
        for name in release.listed_states
        if name in without
    ]


MARTS = {
    "published_totals": published_totals,
    **{name: pairs(name) for name in DESIGN},
    "published_state_rates": published_state_rates,
}
