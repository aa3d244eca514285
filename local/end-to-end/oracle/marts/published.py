"""What leaves the warehouse: the published_* tables.

Which numbers to hide is a choice that the platform makes (docs/adr/0035); the oracle takes over which are hidden, and
holds against it that every number shown is right, that none is of fewer than ten customers, and that every row that has
complaints is there. That hidden ones cannot be computed from the others is tested in dbt/tests_python.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import product
from typing import Any

import pandas as pd

from ..compare import Expected
from ..figures import complaints_of, grouped, month_is_complete
from ..seeds import CATEGORIES, STATES
from ..world import NONE, World

LEAST_CUSTOMERS = 10
SMALL = "(small)"
SMALL_TIMES = "(small, resolved in days)"
OTHER = "(other)"
FREE_TEXT = "(free text)"
EVERYTHING = "(all)"
LONGEST_DAYS = 30
TABLES = {
    "published_channel_months": ("channel", "opened_month"),
    "published_channel_categories": ("channel", "category"),
    "published_channel_resolutions": ("channel", "resolution"),
    "published_month_states": ("opened_month", "state_code"),
}
# Of which every pair of members is possible: those that nobody has are rows, too.
WITH_EMPTY_PAIRS = ("published_month_states",)
ATTRIBUTES = ("channel", "opened_month", "category", "resolution", "state_code")

Rows = list[dict[str, Any]]
# rows of a table of the warehouse
Shown = Callable[[str], Rows]


def records(world: World) -> pd.DataFrame:
    """Complaints by the five attributes, and whose they are."""
    rows = [
        {
            "customer": one.customer_key if one.is_person else None,
            "channel": one.channel,
            "opened_month": one.opened_month.strftime("%Y-%m") if one.opened_month else NONE,
            "category": category(one),
            "resolution": resolution(one),
            "state_code": state(one.state),
        }
        for one in complaints_of(world.enriched).itertuples()
    ]
    return pd.DataFrame(rows, dtype=object)


def category(one: Any) -> str:
    if one.channel == "sms":
        return FREE_TEXT
    return one.category if one.category in CATEGORIES or one.category == NONE else OTHER


def resolution(one: Any) -> str:
    if one.channel == "sms":
        return FREE_TEXT
    if not one.has_status:
        return NONE
    if one.resolution_state != "resolved":
        return one.resolution_state
    if one.days_to_resolve is None:
        return "resolved, not measured"
    days = "over 30" if one.days_to_resolve > LONGEST_DAYS else f"{one.days_to_resolve:02d}"
    return f"resolved in {days} days"


def state(code: str) -> str:
    return code if code in STATES or code == NONE else OTHER


def number(found: pd.DataFrame, is_hidden: bool) -> int | None:
    """How many complaints, unless they are hidden or of too few customers to be shown."""
    is_too_small = len(found) > 0 and found.customer.nunique() < LEAST_CUSTOMERS
    return None if is_hidden or is_too_small else len(found)


def published_totals(world: World, shown: Shown) -> Expected:
    rows = shown("marts.published_totals")
    hidden = {(row["attribute"], row["member"]) for row in rows if row["is_suppressed"]}
    listed = {row["attribute"] for row in rows}
    every = records(world)
    groups = [("all", EVERYTHING, every)]
    for attribute in ATTRIBUTES:
        if attribute in listed:
            groups += [(attribute, key[attribute], found) for key, found in grouped(every, [attribute])]
    expected = [
        {
            "attribute": attribute,
            "member": member,
            "complaints": number(found, (attribute, member) in hidden),
            "is_suppressed": (attribute, member) in hidden,
        }
        for attribute, member, found in groups
    ]
    return Expected(pd.DataFrame(expected, dtype=object), ("attribute", "member"))


def pairs(name: str) -> Callable[[World, Shown], Expected]:
    inner, outer = TABLES[name]

    def table(world: World, shown: Shown) -> Expected:
        rows = shown(f"marts.{name}")
        hidden = {(row[inner], row[outer]) for row in rows if row["is_suppressed"]}
        every = merged(records(world), shown)
        expected = []
        groups = {(key[inner], key[outer]): found for key, found in grouped(every, [inner, outer])}
        if name in WITH_EMPTY_PAIRS:
            possible = product(every[inner].unique(), every[outer].unique())
            groups = dict.fromkeys(possible, every.iloc[:0]) | groups
        for key, found in groups.items() if rows else ():
            row = {inner: key[0], outer: key[1], "complaints": number(found, key in hidden)}
            expected.append({**row, "is_suppressed": key in hidden})
            if "opened_month" in row:
                expected[-1]["is_complete"] = month_is_complete(world, "opened", first_of(row["opened_month"]))
        return Expected(pd.DataFrame(expected, dtype=object), (inner, outer))

    return table


def first_of(month: str) -> dt.date | None:
    return None if month in (SMALL, NONE) else dt.date.fromisoformat(f"{month}-01")


def merged(every: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """
    Members that are hidden by themselves are one in all other tables, with those possible in the same channels;
    so are all of an attribute not listed.
    """
    totals = shown("marts.published_totals")
    named = {(row["attribute"], row["member"]) for row in totals if not row["is_suppressed"]}
    listed = {row["attribute"] for row in totals}

    def shown_as(attribute: str, member: str) -> str:
        if (attribute, member) in named:
            return member
        is_time = attribute in listed and attribute == "resolution" and member.startswith("resolved in ")
        return SMALL_TIMES if is_time else SMALL

    every = every.copy()
    for attribute in ATTRIBUTES:
        every[attribute] = [shown_as(attribute, member) for member in every[attribute]]
    return every


def published_state_rates(world: World, shown: Shown) -> Expected:
    rows = shown("marts.published_state_rates")
    hidden = {row["state_code"] for row in rows if row["is_suppressed"]}
    complaints = {key["state_code"]: found for key, found in grouped(records(world), ["state_code"])}
    complaints[EVERYTHING] = records(world)
    homes = dict(zip(world.dim_customers.customer_key, world.dim_customers.state_code, strict=True))
    people = [
        state(homes[one.customer_key] or NONE)
        for one in world.known_customers.itertuples()
        if one.signed_up is not None and one.signed_up <= world.as_of
    ]
    totals = {row["member"] for row in shown("marts.published_totals") if row["attribute"] == "state_code"}
    expected = []
    for code in [one for one in STATES if one in totals] + [EVERYTHING]:
        customers = len(people) if code == EVERYTHING else people.count(code)
        found = complaints.get(code, complaints[EVERYTHING].iloc[:0])
        is_shown = code not in hidden and customers >= LEAST_CUSTOMERS and number(found, is_hidden=False) is not None
        rate = len(found) / customers if is_shown else None
        expected.append(
            {
                "state_code": code,
                "complaints_per_10000": rate and rate * 10_000,
                "complaints_per_100000": rate and rate * 100_000,
                "is_suppressed": code in hidden,
            }
        )
    return Expected(pd.DataFrame(expected, dtype=object), ("state_code",))


MARTS = {
    "published_totals": published_totals,
    **{name: pairs(name) for name in TABLES},
    "published_state_rates": published_state_rates,
}
