"""Complaints of known customers with an opening time, each customer's in order."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from .figures import complaints_of
from .world import World

Contacts = dict[Any, list[Any]]


def contacts(world: World) -> list[Any]:
    """In the order in which they were opened; the key decides between equal times."""
    complaints = complaints_of(world.enriched)
    found = [one for one in complaints.itertuples() if one.is_person and one.opened_at is not None]
    return sorted(found, key=lambda one: (one.opened_at, one.complaint_key))


def not_assignable(world: World) -> list[Any]:
    """Complaints without a customer, an opening time or a topic."""
    complaints = complaints_of(world.enriched)
    found = complaints.itertuples()
    return [one for one in found if not one.is_person or one.opened_at is None or one.topic is None]


def by_customer(found: list[Any]) -> Contacts:
    groups: Contacts = defaultdict(list)
    for one in found:
        groups[one.customer_key].append(one)
    return groups


def by_customer_and_topic(found: list[Any]) -> Contacts:
    """Those of the same topic; what is about nothing known is like no other, and in none of the groups."""
    groups: Contacts = defaultdict(list)
    for one in found:
        if one.topic is not None:
            groups[(one.customer_key, one.topic)].append(one)
    return groups


def gaps(found: list[Any]) -> list[int]:
    """Days from each to the next."""
    return [(b.opened_date - a.opened_date).days for a, b in pairwise(found)]
