"""Every mart, by name: how it is computed, and what names its rows."""

from __future__ import annotations

from collections.abc import Callable

from ..compare import Expected
from ..world import World
from . import (
    agents,
    backlog,
    dimensions,
    features,
    insights,
    loads,
    mix,
    operations,
    published,
    quality,
    repeats,
    risk,
    volume,
)

Mart = Callable[[World], Expected]

GROUPS = (dimensions, volume, mix, operations, backlog, agents, repeats, features, risk, insights, published)
MARTS: dict[str, Mart] = {name: mart for group in GROUPS for name, mart in group.MARTS.items()}

# Tables of the platform by their full names. Those of quality are compared where they follow from the sources.
TABLES: dict[str, Mart] = {f"marts.{name}": mart for name, mart in MARTS.items()}
TABLES |= {f"quality.{name}": table for name, table in {**quality.TABLES, **loads.TABLES}.items()}

TABLES["quality.publication_audit"] = published.publication_audit

NOT_COMPUTED: dict[str, str] = {
    "quality.build_loads": "tells of builds, not of data",
    "quality.checks": "judges the other quality tables by reviewed limits; its own tests do",
}
