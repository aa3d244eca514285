"""Runs all worlds and writes docs/data/insights-report.md: `python -m insights.report --results FILE`.

Results are kept in FILE line by line; a run that was interrupted goes on, and with all of them there only the report
is written.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from pathlib import Path

from conftest import Project
from insights.compiled import compile_insights
from insights.scenarios import LARGER_SCALE, LARGER_SCENARIOS, SCENARIOS, Scenario
from insights.simulate import Finding, Run, runs
from insights.text import write_report
from insights.worlds import World

FLAT_SEEDS = range(1, 201)
FIRST_PLANTED_SEED = 1001


def all_worlds(planted_seeds: int, larger_seeds: int) -> list[World]:
    """Those of the scale that most are of, then the larger ones."""
    flat = [World(seed) for seed in FLAT_SEEDS]
    larger = [World(seed, LARGER_SCALE) for seed in range(1, 2 * larger_seeds + 1)]
    planted = planted_worlds(SCENARIOS, planted_seeds, World(0).scale)
    return flat + planted + larger + planted_worlds(LARGER_SCENARIOS, larger_seeds, LARGER_SCALE)


def planted_worlds(scenarios: tuple[Scenario, ...], count: int, scale: float) -> list[World]:
    seeds = range(FIRST_PLANTED_SEED, FIRST_PLANTED_SEED + count)
    return [World(seed, scale, (one.effect,)) for seed in seeds for one in scenarios]


def read(path: Path) -> dict[World, Run]:
    found = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        value = json.loads(line)
        world = World(**{**value["world"], **{key: tuple(value["world"][key]) for key in ("effects", "days")}})
        findings = [Finding(**finding) for finding in value["findings"]]
        found[world] = Run(**{**value, "world": world, "findings": findings})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--planted", type=int, default=60, help="seeds of each planted effect")
    parser.add_argument("--larger", type=int, default=5, help="seeds of each planted effect in larger worlds")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    worlds = all_worlds(options.planted, options.larger)
    done = read(options.results)
    missing = [world for world in worlds if world not in done]
    if missing:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "template"
            folder.mkdir()
            compiled = compile_insights(Project(Path(name)), folder)
            with options.results.open("a") as file:
                for one in runs(compiled, missing, options.workers):
                    file.write(json.dumps(dataclasses.asdict(one)) + "\n")
                    file.flush()
    found = read(options.results)
    write_report([found[world] for world in worlds])


if __name__ == "__main__":
    main()
