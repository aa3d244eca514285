"""Which members of an attribute are hidden, and as what they are shown in two-way tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .records import ATTRIBUTES, FREE_TEXT, THRESHOLD, Record, counts

SMALL = "(small)"
SMALL_TIMES = "(small, resolved in days)"
TIMES = "resolved in "
# Attributes that stand in a table with each other in which some pairs are impossible.
NEIGHBOURS = {
    "channel": ("opened_month", "category", "resolution"),
    "opened_month": ("channel",),
    "category": ("channel",),
    "resolution": ("channel",),
    "state_code": (),
}


@dataclass(frozen=True)
class Member:
    attribute: str
    name: str
    complaints: int
    kind: str
    is_hidden: bool
    # nothing is published of an attribute that is given up, the names of its members neither
    is_given_up: bool
    shown_as: str


def kind_of(name: str) -> str:
    """What is possible in the same channels is of one kind."""
    return "time" if name.startswith(TIMES) else "free text" if name == FREE_TEXT else "any"


def members_of(found: list[Record]) -> dict[tuple[str, str], Member]:
    """Every member of every attribute."""
    by_attribute = {
        attribute: {name: count for (name,), count in counts(found, (attribute,)).items()} for attribute in ATTRIBUTES
    }
    members = {}
    for attribute, present in by_attribute.items():
        # one complaint for each member of a neighbour is known to be there
        known = max((len(by_attribute[other]) for other in NEIGHBOURS[attribute]), default=1)
        small = {
            name
            for name, count in present.items()
            if not count.has_enough_customers or count.complaints < THRESHOLD + known
        }
        sizes = {name: count.complaints for name, count in present.items()}
        for one in judged(attribute, sizes, small):
            members[attribute, one.name] = one
    return members


def judged(attribute: str, sizes: dict[str, int], small: set[str]) -> Iterable[Member]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in sizes:
        kinds[kind_of(name)].append(name)
    hidden: set[str] = set()
    is_given_up = attribute == "channel" and bool(small)
    for names in kinds.values():
        others = [name for name in names if name not in small]
        if len(others) < len(names):
            hidden |= {*names} & small
            hidden |= {min(others, key=lambda name: (sizes[name], name))} if others else set()
            is_given_up = is_given_up or not others
    for name, complaints in sizes.items():
        is_hidden, kind = is_given_up or name in hidden, kind_of(name)
        merged = SMALL_TIMES if kind == "time" and not is_given_up else SMALL
        yield Member(attribute, name, complaints, kind, is_hidden, is_given_up, merged if is_hidden else name)
