"""Compares tables of the warehouse with the oracle's, row by row and column by column."""

from __future__ import annotations

import datetime as dt
import decimal
import math
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pandas as pd

# Doubles are sums and ratios of whole numbers: they may differ in the order of additions only.
TOLERANCE = 1e-9
MOST_SHOWN = 20


@dataclass(frozen=True)
class Expected:
    """What a table must hold. Keys name a row; columns of `tolerance` are approximations on one side."""

    rows: pd.DataFrame
    key: tuple[str, ...]
    uncompared: tuple[str, ...] = ()
    tolerance: float = TOLERANCE


def plain(value: object) -> object:
    """One form for each value, whatever pandas or DuckDB make of it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, decimal.Decimal) and value == value.to_integral_value():
        return int(value)
    if hasattr(value, "item"):
        return value.item()
    return value


def same(found: object, wanted: object, tolerance: float) -> bool:
    if found is None or wanted is None:
        return found is wanted
    numbers = (int, float, decimal.Decimal)
    if isinstance(found, numbers) and isinstance(wanted, numbers):
        if isinstance(found, bool) != isinstance(wanted, bool):
            return False
        if isinstance(found, int) and isinstance(wanted, int):
            return found == wanted
        return math.isclose(found, wanted, rel_tol=tolerance, abs_tol=tolerance)
    if isinstance(found, dt.datetime) != isinstance(wanted, dt.datetime):
        return False
    return found == wanted


def differences(table: str, found: list[dict], columns: list[str], expected: Expected) -> list[str]:
    """What differs, each as `table, key, column: the warehouse's value, the oracle's`."""
    wanted_rows = expected.rows.to_dict("records")
    problems = [f"{table}: the oracle does not compute {name}" for name in unknown(columns, expected)]
    problems += [f"{table}: lacks {name}" for name in expected.rows.columns if name not in columns]
    ours, theirs = by_key(wanted_rows, expected.key), by_key(found, expected.key)
    problems += [f"{table}: {count} rows with the key {key}" for key, count in doubled(theirs)]
    problems += [f"{table}: the oracle has {count} rows with the key {key}" for key, count in doubled(ours)]
    problems += some(f"{table} {key}: not in the warehouse" for key in ours if key not in theirs)
    problems += some(f"{table} {key}: not in the oracle" for key in theirs if key not in ours)
    compared = [name for name in columns if name in expected.rows.columns and name not in expected.key]
    return problems + some(cells(table, theirs, ours, compared, expected.tolerance))


def unknown(columns: list[str], expected: Expected) -> list[str]:
    if not len(expected.rows.columns):
        return []  # no rows at all
    return [name for name in columns if name not in expected.rows.columns and name not in expected.uncompared]


def by_key(rows: list[dict], key: tuple[str, ...]) -> dict[tuple, list[dict]]:
    found: dict[tuple, list[dict]] = {}
    for row in rows:
        clean = {name: plain(value) for name, value in row.items()}
        found.setdefault(tuple(clean.get(name) for name in key), []).append(clean)
    return found


def doubled(rows: dict[tuple, list[dict]]) -> Iterable[tuple[tuple, int]]:
    return [(key, len(same_key)) for key, same_key in rows.items() if len(same_key) > 1][:MOST_SHOWN]


def cells(
    table: str, found: dict[tuple, list[dict]], wanted: dict[tuple, list[dict]], names: list[str], tolerance: float
) -> Iterable[str]:
    for key, rows in wanted.items():
        for name in names if key in found else ():
            value, other = found[key][0][name], rows[0][name]
            if not same(value, other, tolerance):
                yield f"{table} {key}, {name}: warehouse {value!r}, oracle {other!r}"


def some(problems: Iterable[str]) -> list[str]:
    every = list(problems)
    rest = len(every) - MOST_SHOWN
    return every if rest <= 0 else [*every[:MOST_SHOWN], f"… and {rest} more of the kind"]


def read_table(connection: duckdb.DuckDBPyConnection, table: str) -> list[dict]:
    result = connection.execute(f"select * from {table}")
    names = [name for name, *_ in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def read_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for name, *_ in connection.execute(f"describe {table}").fetchall()]
