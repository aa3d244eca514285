"""Populations of complaints: random ones of every size, and those made to find a gap."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass, field

CATEGORIES = ["Network Failure", "Payments", "Router Delivery"]
FREE_TEXT = "(free text)"
TIMED = [f"resolved in {days:02} days" for days in (1, 7, 30)] + ["resolved in over 30 days"]
UNTIMED = ["resolved, not measured", "unresolved", "unknown", "(none)"]
TEXT_CHANNELS = ("sms", "chat")
TIMED_CHANNELS = ("social_media", "web_form")


@dataclass(frozen=True)
class Record:
    """One complaint, by the members that are published."""

    customer: str | None
    channel: str
    opened_month: str
    category: str
    resolution: str

    def as_fact(self) -> list[object]:
        timed = re.fullmatch(r"resolved in (?:(\d\d)|over 30) days", self.resolution)
        days = timed and int(timed[1] or 99)
        resolved = self.resolution.startswith("resolved")
        return [
            self.customer or "unknown",
            self.channel,
            None if self.opened_month == "(none)" else dt.date.fromisoformat(f"{self.opened_month}-15"),
            {FREE_TEXT: None, "(none)": None, "(other)": "call me on 555-0101"}.get(self.category, self.category),
            "resolved" if resolved else "unresolved" if self.resolution == "unresolved" else "unknown",
            days,
            self.resolution not in (FREE_TEXT, "(none)"),
            "classifier" if self.channel in TEXT_CHANNELS else "mapping",
        ]


@dataclass
class Population:
    name: str
    records: list[Record]
    # of every customer who complained; None for no state
    states: dict[str, str | None]
    # customers who are in no snapshot
    inferred: set[str] = field(default_factory=set)
    # states of customers who never complained
    quiet: list[str] = field(default_factory=list)

    def state_of(self, record: Record) -> str:
        return (self.states.get(record.customer) if record.customer else None) or "(none)"

    def member(self, record: Record, attribute: str) -> str:
        return self.state_of(record) if attribute == "state_code" else getattr(record, attribute)


def is_possible(channel: str, category: str, resolution: str) -> bool:
    """What anybody knows about channels: which of them have categories, statuses and resolution times at all."""
    if channel in TEXT_CHANNELS:
        return category == FREE_TEXT and resolution == FREE_TEXT
    if FREE_TEXT in (category, resolution):
        return False
    return channel in TIMED_CHANNELS or resolution not in TIMED


def random_population(seed: int) -> Population:
    """Skewed members of every attribute, so that large, small and empty cells all occur; of any size."""
    draw = random.Random(seed)
    size = draw.choice([0, 5, 12, 30, 60, 120, 250, 500, 1000, 2500])
    weights = {
        "channel": _skewed(draw, ["call_centre", *TIMED_CHANNELS, *TEXT_CHANNELS][: draw.choice([1, 2, 3, 4, 4, 5])]),
        "month": _skewed(draw, ["2025-08", "2025-09", "2025-10", "2031-01", "(none)"][: draw.choice([1, 2, 3, 4, 5])]),
        "category": _skewed(draw, [*CATEGORIES, "(other)", "(none)"][: draw.choice([1, 3, 4, 5])]),
        "state": _skewed(draw, ["CA", "NY", "TX", "WY", None][: draw.choice([1, 2, 4, 5])]),
    }
    loyalty = draw.choice([1, 1, 1.2, 3])
    customers = [f"c{number}" for number in range(max(1, int(size / loyalty)))]
    states = {customer: _one(draw, weights["state"]) for customer in customers}
    resolutions = {channel: _skewed(draw, _resolutions(channel)) for channel in weights["channel"]}
    records = []
    for _ in range(size):
        channel = _one(draw, weights["channel"])
        records.append(
            Record(
                None if draw.random() < 0.05 else draw.choice(customers),
                channel,
                _one(draw, weights["month"]),
                FREE_TEXT if channel in TEXT_CHANNELS else _one(draw, weights["category"]),
                _one(draw, resolutions[channel]),
            )
        )
    quiet = draw.choices(["CA", "NY", "TX", "WY"], k=draw.choice([0, 20, 200]))
    return Population(f"random {seed}", records, states, set(customers[: draw.choice([0, 0, 3])]), quiet)


def _resolutions(channel: str) -> list[str]:
    if channel in TEXT_CHANNELS:
        return [FREE_TEXT]
    return [*TIMED, *UNTIMED] if channel in TIMED_CHANNELS else UNTIMED


def _skewed(draw: random.Random, members: list) -> dict:
    """Each next member is rarer than the one before, by a factor that is drawn."""
    factor = draw.choice([1, 1.5, 3, 10])
    return {member: factor**-place for place, member in enumerate(members)}


def _one(draw: random.Random, weights: dict):
    return draw.choices(list(weights), list(weights.values()))[0]
