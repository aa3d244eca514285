"""What was recorded, as a file that people can review: readable, the same on every machine, without data."""

from __future__ import annotations

import re
from pathlib import Path

DATA_TEST = re.compile(r"select\s+count\(\*\) as failures", re.IGNORECASE)
# the only tables of that schema; their rows are bound as parameters
SEED = re.compile(
    r'(create\s+table|insert\s+into|truncate\s+table|drop\s+table\s+if\s+exists)\s+"\w+"\."staging"', re.IGNORECASE
)
EMPTY_TRANSACTION = re.compile(r"begin;\n\n(?:commit|rollback);\n\n")


def readable(statements: list[str], *, known: set[str] = frozenset()) -> str:
    """
    The statements in order, each transaction between `begin` and `commit`; without dbt's data tests, its
    seeds and what is `known` from another file.
    """
    kept = [normalised(sql) for sql in statements if not DATA_TEST.search(sql) and not SEED.match(sql)]
    text = "".join(f"{sql};\n\n" for sql in kept if sql not in known or sql in ("begin", "commit", "rollback"))
    while EMPTY_TRANSACTION.search(text):
        text = EMPTY_TRANSACTION.sub("", text)
    return text


def normalised(sql: str) -> str:
    """Without what changes from run to run: ids of dbt's run, checksums of its files, blanks at the ends of lines."""
    sql = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "<invocation>", sql)
    sql = re.sub(r"'[0-9a-f]{32}'", "'<digest>'", sql)
    # temporary tables carry the time of their making
    sql = re.sub(r"__dbt_tmp\d+", "__dbt_tmp", sql)
    lines = [line.rstrip() for line in sql.splitlines()]
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def check(path: Path, text: str, *, update: bool) -> None:
    """Fails when the file differs; writes it instead when it is to be updated."""
    if update:
        path.write_text(text)
    assert path.read_text() == text, (
        f"what dbt sends to Redshift is no longer {path.name}: review the difference, then run"
        " UPDATE_GOLDEN=1 python -m pytest tests_python/test_redshift_parity.py and commit"
    )
