"""Generated sources as rows of raw tables, without a lake in between."""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from warehouse import PROJECT, raw_columns

REPOSITORY = PROJECT.parent
NODE = REPOSITORY / "node_modules/.bin/node"
GENERATOR = REPOSITORY / "local/generator/many.ts"
DAYS = ("2025-11-20", "2025-11-21", "2025-11-22", "2025-11-23")
# Path of each source's file of a day, within the sources folder
FILES = {
    "call_logs": "call logs/call_logs_day_{day}.csv",
    "social_media": "social_medias/media_complaint_day_{day}.json",
    "web_forms": "web_forms/web_form_request_{day_}.csv",
}
SNAPSHOTS = {"customers": "customers/customers_dataset.csv", "agents": "agents/agents.csv"}


@dataclass(frozen=True)
class World:
    """What to generate: sources without defects, since those never reach the warehouse as they are, and without SMS,
    which has no category, status or agent. `effects` as the generator's command line takes them."""

    seed: int
    scale: float = 0.01
    effects: tuple[str, ...] = ()
    days: tuple[str, ...] = DAYS


class Generator:
    """The generator as one process for many worlds; it ends with its input."""

    def __init__(self) -> None:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.process = subprocess.Popen([str(NODE), str(GENERATOR)], **pipes)

    def generate(self, world: World, out: Path) -> None:
        effects = [argument for effect in world.effects for argument in ("--effect", effect)]
        size = ["--scale", str(world.scale), "--days", f"{world.days[0]}..{world.days[-1]}"]
        arguments = ["--out", str(out), "--seed", str(world.seed), *size, "--clean", *effects]
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "done\n":
            raise RuntimeError(f"The generator failed on {world}")


@cache
def generator() -> Generator:
    """This process's own."""
    return Generator()


def load(world: World, sources: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Fills raw tables and ledger as the loader would; columns go by position, as contracts map them."""
    columns = raw_columns()
    files = [(source, world.days[0], sources / path) for source, path in SNAPSHOTS.items()]
    files += [
        (source, day, sources / path.format(day=day, day_=day.replace("-", "_")))
        for source, path in FILES.items()
        for day in world.days
    ]
    connection.begin()
    for source, day, path in files:
        _load_file(connection, source, columns[source], day, _as_csv(path))
    connection.commit()


def _as_csv(path: Path) -> Path:
    """Column-oriented JSON written again by rows."""
    if path.suffix == ".csv":
        return path
    document = json.loads(path.read_text())
    rows = sorted({int(row) for column in document.values() for row in column})
    again = path.with_suffix(".csv")
    with again.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(document)
        writer.writerows([column.get(str(row)) for column in document.values()] for row in rows)
    return again


def _load_file(connection, source: str, columns: list[str], day: str, path: Path) -> None:
    with path.open(newline="") as file:
        # a contract's optional columns come last and are not generated
        given = columns[: len(next(csv.reader(file)))]
    types = ", ".join(f"{name}: 'varchar'" for name in given)
    as_text = f"columns = {{{types}}}, auto_detect = false, header = true, delim = ',', quote = '\"'"
    load_id = f"{source}-{day}"
    connection.execute(
        f"insert into raw_data.{source} by name select *, '{path.name}' as _source_uri,"
        f" row_number() over () as _source_row, date '{day}' as _partition_date, -1 as _partition_hour,"
        f" '{load_id}' as _load_id, 1 as _contract_version, 0 as _record_hash"
        f" from read_csv('{path}', {as_text})"
    )
    connection.execute(
        "insert into raw_data.load_ledger (source, partition_date, partition_hour, commit_seq, load_id)"
        " values (?, ?, -1, 1, ?)",
        [source, day, load_id],
    )
