"""Every mart, by name: how it is computed, and what names its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..compare import Expected
from ..world import World
from . import dimensions

Mart = Callable[[World], Expected]

MARTS: dict[str, Mart] = {**dimensions.MARTS}


def compute(world: World, only: Iterable[str] | None = None) -> dict[str, Expected]:
    return {name: mart(world) for name, mart in MARTS.items() if not only or name in only}
