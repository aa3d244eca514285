"""Everything that leaves: members, tables, and the customers behind rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..world import NONE, World
from .members import Member, members_of
from .records import OTHER, THRESHOLD, Count, Record, counts, records, state
from .tables import DESIGN, Table, tables_of


@dataclass(frozen=True)
class Release:
    every: Count
    members: dict[tuple[str, str], Member]
    tables: dict[str, Table]
    # customers of every state, '(none)' and '(other)' too, who had signed up by the as-of date
    customers: Counter[str]

    def is_listed(self, attribute: str) -> bool:
        """Whether anything is published of an attribute: not where a small cell of its table finds no rectangle."""
        if any(one.is_given_up for one in self.members.values() if one.attribute == attribute):
            return False
        return all(
            self.tables[name].is_protected
            for name, (_, outer, has_impossible_pairs) in DESIGN.items()
            if outer == attribute and has_impossible_pairs
        )

    def is_published(self, name: str) -> bool:
        """Nor is a table whose own way to the root is closed."""
        inner, _, _ = DESIGN[name]
        towards_root = [other for other, (_, outer, _) in DESIGN.items() if outer == inner]
        return all(self.tables[one].is_protected for one in (name, *towards_root))

    @property
    def is_all_hidden(self) -> bool:
        return not self.every.has_enough_customers or self.every.complaints < THRESHOLD + 1

    @property
    def listed_states(self) -> list[str]:
        if not self.is_listed("state_code"):
            return []
        return [name for attribute, name in self.members if attribute == "state_code" and name not in (NONE, OTHER)]

    @property
    def states_without_rate(self) -> set[str]:
        shown = {
            name
            for name in self.listed_states
            if not self.members["state_code", name].is_hidden and self.customers[name] >= THRESHOLD
        }
        without = {*self.listed_states, *self.customers} - shown
        together = sum(self.customers[name] for name in without)
        if shown and together < THRESHOLD and (together or without & {*self.listed_states}):
            without.add(min(shown, key=lambda name: (self.customers[name], name)))
        return without


@lru_cache(maxsize=1)
def release_of(world: World) -> Release:
    found: list[Record] = records(world)
    members = members_of(found)
    homes = dict(zip(world.dim_customers.customer_key, world.dim_customers.state_code, strict=True))
    customers = Counter(
        state(homes[one.customer_key] or NONE)
        for one in world.known_customers.itertuples()
        if one.signed_up is not None and one.signed_up <= world.as_of
    )
    every = counts(found, ()).get((), Count())
    return Release(every, members, tables_of(found, members), customers)
