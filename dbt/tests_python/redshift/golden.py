"""What was recorded, as files that people can review: readable, the same on every machine, without data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

DATA_TEST = re.compile(r"select\s+count\(\*\) as failures", re.IGNORECASE)
# the only tables of that schema; their rows are bound as parameters
SEED = re.compile(
    r'(create\s+table|insert\s+into|truncate\s+table|drop\s+table\s+if\s+exists)\s+"\w+"\."staging"', re.IGNORECASE
)
# dbt asks a model for the types of its columns before it builds it, with the same query
COLUMNS_ASKED = re.compile(
    r"select \* from \(\n(?P<query>.*)\n    \) as __dbt_sbq\n    where false\n    limit 0", re.DOTALL
)
EMPTY_TRANSACTION = re.compile(r"begin;\n\n(?:commit|rollback);\n\n")
BUILT = re.compile(
    r"(?:create\s+(?:table|view)|insert\s+into|alter\s+table|drop\s+(?:table|view)\s+if\s+exists)\s+"
    r'"\w+"\."(\w+)"\."(\w+?)(?:__dbt_tmp|__dbt_backup)?"',
    re.IGNORECASE,
)


def readable(statements: list[str], *, known: set[str] = frozenset()) -> str:
    """
    The statements in order, each transaction between `begin` and `commit`; without dbt's data tests, its
    seeds, what is `known` from another file, and its questions for columns where the statement that builds is there.
    """
    kept = [normalised(sql) for sql in statements if not DATA_TEST.search(sql) and not SEED.match(sql)]
    kept = [sql for sql in kept if sql not in known or sql in ("begin", "commit", "rollback")]
    text = "".join(f"{sql};\n\n" for sql in kept if not _is_asked_and_built(sql, kept))
    while EMPTY_TRANSACTION.search(text):
        text = EMPTY_TRANSACTION.sub("", text)
    return text


def by_relation(statements: list[str]) -> dict[tuple[str, str], str]:
    """The same text, cut between the relations that dbt builds one after another: schema and name to what it sends."""
    texts: dict[tuple[str, str], str] = {}
    for transaction in _transactions(statements):
        text = readable(transaction)
        relations = set(BUILT.findall(text))
        assert len(relations) == (1 if text else 0), f"a transaction of {sorted(relations)}: {text[:200]}"
        for relation in relations:
            texts[relation] = texts.get(relation, "") + text
    return {relation: text.rstrip() + "\n" for relation, text in texts.items()}


def _is_asked_and_built(sql: str, statements: list[str]) -> bool:
    asked = COLUMNS_ASKED.fullmatch(sql)
    return asked is not None and any(asked["query"].strip() in other for other in statements if other != sql)


def _transactions(statements: list[str]) -> Iterator[list[str]]:
    current: list[str] = []
    for sql in statements:
        current.append(sql)
        if sql in ("commit", "rollback"):
            yield current
            current = []
    assert current == [], "a transaction that did not end"


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
    assert path.read_text() == text, _review(path.name)


def check_folder(folder: Path, texts: dict[str, str], *, update: bool) -> None:
    """The same for a folder of files, each by its path in it: none may differ, lack or be left over."""
    if update:
        for path in folder.rglob("*.sql"):
            path.unlink()
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    kept = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.sql")}
    differing = sorted(name for name in {*kept, *texts} if kept.get(name) != texts.get(name))
    assert differing == [], _review(", ".join(differing))


def _review(what: str) -> str:
    return (
        f"what dbt sends to Redshift is no longer {what}: review the difference, then run"
        " UPDATE_GOLDEN=1 python -m pytest tests_python/test_redshift_parity.py and commit"
    )
