"""The sources and functions of the platform, as generated from their declarations (`npm run fleet`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

FLEET_FILE = Path(__file__).parent.parent / "generated" / "fleet.json"


class Cadence(StrEnum):
    """How often a source brings a partition."""

    SNAPSHOT = "snapshot"  # the whole of it every day; yesterday's can no longer be read today
    DAILY = "daily"
    HOURLY = "hourly"


@dataclass(frozen=True)
class Source:
    """One source: which function lands it, which partitions it brings from when on, whom its absence hurts."""

    id: str
    function: str
    cadence: Cadence
    kind: str
    channel: str | None
    first_date: date
    lateness_days: int
    correction_days: int
    timeout_s: int
    impact: str


@dataclass(frozen=True)
class Fleet:
    """All sources, the errors worth a retry, and the functions that move data into the warehouse."""

    sources: tuple[Source, ...]
    retriable_errors: frozenset[str]
    load_function: str

    def source(self, source_id: str) -> Source:
        """The source of this id; KeyError with the known ids if there is none."""
        for source in self.sources:
            if source.id == source_id:
                return source
        raise KeyError(f"no source {source_id!r}; known: {', '.join(s.id for s in self.sources)}")

    @property
    def longest_timeout_s(self) -> int:
        """The longest time in seconds any ingest function may take."""
        return max((source.timeout_s for source in self.sources), default=0)


def parse_fleet(text: str) -> Fleet:
    """Fleet of the generated JSON text; KeyError or ValueError where it lacks something."""
    document = json.loads(text)
    sources = tuple(
        Source(
            id=entry["id"],
            function=entry["function"],
            cadence=Cadence(entry["cadence"]),
            kind=entry["kind"],
            channel=entry.get("channel"),
            first_date=date.fromisoformat(entry["first_date"]),
            lateness_days=int(entry["lateness_days"]),
            correction_days=int(entry["correction_days"]),
            timeout_s=int(entry["timeout_s"]),
            impact=entry["impact"],
        )
        for entry in document["sources"]
    )
    return Fleet(
        sources=sources,
        retriable_errors=frozenset(document["retriable_errors"]),
        load_function=document["warehouse_functions"]["load"],
    )


@cache
def load_fleet(path: Path = FLEET_FILE) -> Fleet:
    """The fleet of the generated file, read once a process."""
    return parse_fleet(path.read_text(encoding="utf-8"))
