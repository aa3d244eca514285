"""What a warehouse shows of the way it was built, as opposed to its data. The only list; docs/adr/0040 explains it."""

from __future__ import annotations

from warehouse import Warehouse

# One row per build: as many as there were.
AUDIT_TABLES = frozenset({"quality.build_loads"})
# Wherever they stand: which commit and which load brought a partition, and when.
AUDIT_COLUMNS = frozenset({"load_id", "commit_seq", "committed_at", "loaded_at"})

# key_material is an input, not a result.
INPUTS = frozenset({"restricted.key_material"})
RESULT_SCHEMAS = ("intermediate", "marts", "restricted", "quality")


def results(warehouse: Warehouse) -> dict[str, list[str]]:
    """Rows of every relation as sorted texts, without what tells of the way."""
    marks = ", ".join("?" for _ in RESULT_SCHEMAS)
    columns = warehouse.query(
        "select table_schema || '.' || table_name, column_name from information_schema.columns"
        f" where table_schema in ({marks}) order by 1, ordinal_position",
        list(RESULT_SCHEMAS),
    )
    shown: dict[str, list[str]] = {}
    for table, column in columns:
        if table not in AUDIT_TABLES | INPUTS and column not in AUDIT_COLUMNS:
            shown.setdefault(table, []).append(f'"{column}"')
    return {table: rows_of(warehouse, table, names) for table, names in shown.items()}


def rows_of(warehouse: Warehouse, table: str, names: list[str]) -> list[str]:
    return sorted(map(repr, warehouse.query(f"select {', '.join(names)} from {table}")))


def difference(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, str]:
    """What differs, by relation: how many rows, and the first that only one side has."""
    found = {}
    for table in sorted({*one, *other}):
        left, right = one.get(table), other.get(table)
        if left is None or right is None:
            found[table] = "there on one side only"
        elif left != right:
            rest = set(left) ^ set(right)
            found[table] = f"{len(left)} rows and {len(right)}; {min(rest, default='the same row more often')}"
    return found
