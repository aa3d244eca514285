"""Complaints by the five attributes that are published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..figures import complaints_of
from ..seeds import CATEGORIES, STATES
from ..world import NONE, World

ATTRIBUTES = ("channel", "opened_month", "category", "resolution", "state_code")
FREE_TEXT = "(free text)"
OTHER = "(other)"
LONGEST_DAYS = 30
THRESHOLD = 10

Record = dict[str, str | None]


@dataclass(frozen=True)
class Count:
    complaints: int = 0
    customers: int = 0

    @property
    def has_enough_customers(self) -> bool:
        return self.customers >= THRESHOLD


def records(world: World) -> list[Record]:
    """Of every complaint its attributes, and the customer, None where nobody knows who it was."""
    return [
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


def category(one: Any) -> str:
    if one.channel == "sms":
        return FREE_TEXT
    return (
        one.category if one.category in CATEGORIES or (one.category == NONE and not one.is_unknown_category) else OTHER
    )


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


def counts(found: Iterable[Record], names: tuple[str, ...]) -> dict[tuple[str, ...], Count]:
    """Complaints, and distinct known customers, by some of the attributes."""
    complaints: dict[tuple, int] = defaultdict(int)
    customers: dict[tuple, set] = defaultdict(set)
    for one in found:
        key = tuple(one[name] for name in names)
        complaints[key] += 1
        if one["customer"] is not None:
            customers[key].add(one["customer"])
    return {key: Count(number, len(customers[key])) for key, number in complaints.items()}
