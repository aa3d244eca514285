"""Builds random worlds with the project's SQL and compares them: `python -m oracle.worlds compare COMPILED SEED...`.

COMPILED is a folder that compile.py wrote. Prints JSON: what every seed that differs is like, and what differs; the
exit code is 1 when one does. With `--raw WAREHOUSE --history FILE` the raw tables of that warehouse are taken, not what
the oracle reads. `python -m oracle.worlds write OUT SEED` writes a world's sources, for ingest to read.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path

from ..check import MATERIAL, compare
from ..history import read_history
from ..settings import with_variables
from ..world import build_world
from . import raw
from .models import Models
from .plan import VARIANTS, plan_of
from .write import write_world

OWN_MATERIAL = "key-material-of-random-worlds"


def problems_of(compiled: Path, seed: int, steps: list[dict], warehouse: Path | None) -> list[str]:
    plan, history = plan_of(seed), read_history(steps)
    models = Models.of(compiled, plan.variant)
    with models.start() as connection:
        if warehouse is None:
            connection.execute("insert into restricted.key_material values ('surrogate_keys', ?)", [OWN_MATERIAL])
        else:
            raw.copy(connection, warehouse)
        (material,) = connection.execute(MATERIAL).fetchone()
        world = build_world(history, material, with_variables(VARIANTS[plan.variant]))
        if warehouse is None:
            raw.load(connection, history, world.settled)
        raw.expect(connection, history)
        models.build(connection)
        problems = compare(connection, world, [])["problems"]
        failed = models.failed_tests(connection)
    return problems + [f"test {name} fails" for name in failed]


def compare_seed(compiled: Path, seed: int, history: Path | None, warehouse: Path | None) -> list[str]:
    """What differs; an error in the oracle or in a model does, too."""
    with tempfile.TemporaryDirectory() as out:
        try:
            steps = json.loads(history.read_text()) if history else write_world(Path(out), seed)
            return problems_of(compiled, seed, steps, warehouse)
        except Exception:  # so that one world does not end the others
            return [traceback.format_exc()]


def seeds_of(texts: list[str]) -> list[int]:
    ranges = [text.partition("-") for text in texts]
    return [seed for first, _, last in ranges for seed in range(int(first), int(last or first) + 1)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="oracle.worlds", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write")
    write.add_argument("out", type=Path)
    write.add_argument("seed", type=int)
    check = commands.add_parser("compare")
    check.add_argument("compiled", type=Path)
    check.add_argument("seeds", nargs="+", help="numbers, or ranges such as 1-20")
    check.add_argument("--raw", type=Path, help="a warehouse that ingest has filled; of one seed")
    check.add_argument("--history", type=Path, help="the history of that warehouse, as `write` prints it")
    arguments = parser.parse_args()
    if arguments.command == "write":
        print(json.dumps(write_world(arguments.out, arguments.seed)))
        return 0
    failed: dict[str, list[str]] = {}
    for seed in seeds_of(arguments.seeds):
        began = time.monotonic()
        problems = compare_seed(arguments.compiled, seed, arguments.history, arguments.raw)
        print(f"world {seed}: {len(problems)} problems, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
        if problems:
            failed[f"world {seed}: {plan_of(seed)}"] = problems
    print(json.dumps(failed, indent=1))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
