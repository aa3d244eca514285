"""Times the classification of texts that are all different, on the engine alone, and prints it as JSON.

Arguments: folder of the repository; how many texts. They are made of the labelled ones: the beginning of one, the end
of another and a word of a third. The SQL is what dbt makes of the macros. Output: texts, seconds, cpu_seconds,
max_rss_mb.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

INLINE = "with {{ classification_ctes('texts', 'classifier_words', 'classifier_terms') }} select * from classified"
SEEDS = ("classifier_words", "classifier_terms")
MEMORY_LIMIT = "4GB"
THREADS = 2


def main(repository: Path, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sql = rendered(repository / "dbt", Path(folder))
        texts = Path(folder) / "texts.csv"
        with texts.open("w", newline="") as file:
            csv.writer(file).writerows([("text",), *((text,) for text in different_texts(repository, count))])
        database = duckdb.connect(f"{folder}/bench.duckdb")
        database.execute(f"set threads = {THREADS}")
        database.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        database.execute(
            "create table texts as select sha256(text) as text_key, text from read_csv(?, header = true)", [str(texts)]
        )
        for seed in SEEDS:
            file = repository / "dbt" / "seeds" / f"{seed}.csv"
            database.execute(f"create table {seed} as from read_csv('{file}', header = true, nullstr = 'no value')")
        started, cpu_before = time.perf_counter(), time.process_time()
        database.execute(f"create table classified_texts as {sql}")
        measured = {
            "texts": database.execute("select count(*) from classified_texts").fetchone()[0],
            "seconds": time.perf_counter() - started,
            "cpu_seconds": time.process_time() - cpu_before,
            "max_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        database.close()
    print(json.dumps(measured))


def rendered(project: Path, folder: Path) -> str:
    os.environ["DBT_DUCKDB_PATH"] = str(folder / "warehouse.duckdb")
    arguments = ["--quiet", "compile", "--inline", INLINE, "--target", "duckdb"]
    arguments += ["--project-dir", str(project), "--profiles-dir", str(project)]
    arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    with contextlib.redirect_stdout(None):
        outcome = dbtRunner().invoke(arguments)
    if not outcome.success:
        raise outcome.exception or RuntimeError("dbt compile failed")
    return outcome.result.results[0].node.compiled_code


def different_texts(repository: Path, count: int) -> list[str]:
    draw = random.Random(7)
    labelled: list[list[str]] = []
    for path in sorted((repository / "classifier" / "labelled").glob("*.csv")):
        with path.open(newline="") as file:
            labelled += [row["text"].split() for row in csv.DictReader(file) if row.get("text", "").split()]
    made: dict[str, None] = {}
    while len(made) < count:
        first, second, third = (draw.choice(labelled) for _ in range(3))
        words = first[: draw.randint(1, len(first))] + second[draw.randint(0, len(second) - 1) :]
        words.insert(draw.randint(0, len(words)), draw.choice(third))
        made[" ".join(words)] = None
    return list(made)


# dbt starts processes, and each of them imports this file again
if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]))
