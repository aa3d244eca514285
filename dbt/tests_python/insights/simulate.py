"""Runs of marts.insights over many worlds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from insights.compiled import Compiled
from insights.worlds import World, generator, load


@dataclass(frozen=True)
class Finding:
    metric: str
    dimension: str
    member: str
    category: str | None
    difference: float
    lower: float
    upper: float
    sentence: str


@dataclass(frozen=True)
class Run:
    """What one world's insights printed."""

    world: World
    complaints: int
    comparisons: int
    findings: list[Finding]
    rows: int


QUERY = """
select metric, dimension, member, category, difference, difference_lower, difference_upper, sentence, is_finding,
    comparisons, (select count(*) from marts.fct_complaints)
from marts.insights
order by insight_number
"""


def run(compiled: Compiled, world: World) -> Run:
    with tempfile.TemporaryDirectory() as name, compiled.start() as connection:
        sources = Path(name) / "sources"
        generator().generate(world, sources)
        load(world, sources, connection)
        compiled.build(connection)
        rows = connection.execute(QUERY).fetchall()
    return Run(world, rows[0][-1], rows[0][-2], [Finding(*row[:8]) for row in rows if row[8]], len(rows))


def runs(compiled: Compiled, worlds: Iterable[World], workers: int = 1) -> Iterator[Run]:
    """Runs in the order of the worlds, so many at a time, each as soon as it and those before are there."""
    if workers == 1:
        yield from (run(compiled, world) for world in worlds)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(run, compiled), worlds)
