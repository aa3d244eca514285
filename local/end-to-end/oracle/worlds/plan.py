"""What kind of world a seed makes: its days, who is there, and what goes wrong."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from ..foreign.draw import Draw
from .edges import DAY, start_of_time

# dbt's variables, by the name of the variant; the oracle is told the same.
VARIANTS: dict[str, dict[str, object]] = json.loads((Path(__file__).parent / "variants.json").read_text())
SOURCES = ("call_logs", "social_media", "web_forms", "sms")


@dataclass(frozen=True)
class Plan:
    variant: str
    # days of each run; a day that comes again is corrected
    runs: list[list[dt.date]]
    sources: tuple[str, ...]
    hours: tuple[int, ...]
    # most complaints of a source and day
    size: int
    customers: int
    agents: int
    states: int
    # chances
    odd: float
    again: float
    empty: float
    heavy: float
    withdrawals: int
    outside: bool
    snapshots: tuple[str, ...]
    snapshots_change: bool

    @property
    def as_of(self) -> dt.date:
        return max(day for days in self.runs for day in days)


def plan_of(seed: int) -> Plan:
    return draw_plan(Draw(seed))


def draw_plan(draw: Draw) -> Plan:
    first = start_of_time(draw)
    days = [first]
    for _ in range(draw.choice((0, 1, 2, 3))):
        days.append(days[-1] + draw.choice((1, 1, 1, 2, 7, 30, 31)) * DAY)
    runs = draw_runs(draw, days)
    crowd = draw.rarely(0.35)
    return Plan(
        variant=draw.choice(tuple(VARIANTS)),
        runs=runs,
        sources=(draw.choice(SOURCES),) if draw.rarely(0.15) else SOURCES,
        hours=draw.choice(((0,), (23,), (0, 23), (5, 6))),
        size=draw.choice((120, 250)) if crowd else draw.choice((2, 10, 25, 60)),
        customers=draw.choice((60, 200)) if crowd else draw.choice((1, 3, 12, 40)),
        agents=draw.choice((1, 5, 12)),
        states=draw.choice((1, 3, 6)) if crowd else draw.choice((1, 3, 30)),
        odd=draw.choice((0.0, 0.03, 0.25)),
        again=draw.choice((0.0, 0.2, 0.7)),
        empty=draw.choice((0.0, 0.0, 0.25)),
        heavy=draw.choice((0.0, 0.0, 0.8)),
        withdrawals=draw.choice((0, 0, 1, 3)),
        outside=draw.rarely(0.08),
        snapshots=draw.choice((("customers", "agents"),) * 7 + (("customers",), ("agents",), ())),
        snapshots_change=draw.rarely(0.6),
    )


def draw_runs(draw: Draw, days: list[dt.date]) -> list[list[dt.date]]:
    """All at once, day by day, out of order, or with days that come again."""
    kind = draw.random()
    if kind < 0.3:
        return [days]
    ordered = days[:]
    if kind < 0.6:
        draw.shuffle(ordered)
    runs = [[day] for day in ordered]
    if kind > 0.45:
        runs += [sorted(draw.sample(days, draw.randint(1, len(days)))) for _ in range(draw.randint(1, 2))]
    return runs
