"""Every mart, by name: how it is computed, and what names its rows."""

from __future__ import annotations

from collections.abc import Callable

from ..compare import Expected
from ..world import World
from . import agents, backlog, dimensions, features, operations, repeats, risk, volume

Mart = Callable[[World], Expected]

GROUPS = (dimensions, volume, operations, backlog, agents, repeats, features, risk)
MARTS: dict[str, Mart] = {name: mart for group in GROUPS for name, mart in group.MARTS.items()}
