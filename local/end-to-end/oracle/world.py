"""Everything that the marts are computed from, read once from the source files of a history."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from .fact import build_fact
from .history import History, Partition
from .keys import UNKNOWN, Keys
from .people import customers, dim_agents, dim_customers, sender_keys
from .settings import Settings
from .sources import Settled, read_source
from .versions import CHANNELS, read_versions

NONE = "(none)"


@dataclass(frozen=True, eq=False)
class World:
    history: History
    settled: dict[Partition, Settled]
    as_of: dt.date
    versions: pd.DataFrame
    known_customers: pd.DataFrame
    dim_customers: pd.DataFrame
    dim_agents: pd.DataFrame
    fact: pd.DataFrame
    keys: Keys
    settings: Settings

    def customer_key(self, customer_id: str) -> str | None:
        return self.keys.key("customer", customer_id)

    def agent_key(self, agent_id: str) -> str | None:
        return self.keys.key("agent", agent_id)

    @cached_property
    def enriched(self) -> pd.DataFrame:
        """The fact with what the aggregates group by: absent members named, months, the customer's state."""
        fact = self.fact.copy()
        states = dict(zip(self.dim_customers.customer_key, self.dim_customers.state_code, strict=True))
        fact["state"] = [states[key] or NONE for key in fact.customer_key]
        for name in ("platform", "category", "status"):
            fact[name] = fact[name].fillna(NONE)
        fact["opened_month"] = [date and date.replace(day=1) for date in fact.opened_date]
        fact["reported_month"] = [date.replace(day=1) for date in fact.reported_date]
        fact["is_person"] = fact.customer_key != UNKNOWN
        return fact

    def expected_complaint_partitions(self) -> set[Partition]:
        return {one for one in self.history.expected if one[0] in CHANNELS}

    def committed(self, partition: Partition) -> bool:
        return partition in self.settled


def build_world(history: History, material: str, settings: Settings) -> World:
    keys = Keys(material)
    files = {(partition[0], path) for partition, path in history.files.items() if path is not None}
    read = {(source, path): read_source(source, path) for source, path in files}
    settled = {one: read[(one[0], path)] for one, path in history.files.items() if path is not None}
    loaded = {partition: one.loaded for partition, one in settled.items()}
    as_of = max(date for _, date, _ in loaded)
    versions = read_versions(loaded, keys, settings)
    known = customers(loaded, keys)
    senders = sender_keys(versions, known, keys)
    agents = dim_agents(loaded, versions, keys)
    people = dim_customers(known, versions, senders, keys, as_of)
    fact = build_fact(versions, keys, senders, known, agents)
    return World(history, settled, as_of, versions, known, people, agents, fact, keys, settings)
