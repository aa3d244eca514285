"""What somebody can infer who holds all published tables, knows how they are made and which pairs are impossible.

The unknowns are the complaints of every combination of all five attributes at once. What is published is a set of
linear equations over them, so the bounds of a hidden number are two linear programs, and a sum of hidden numbers is
told when its coefficients are a combination of the equations'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from publication.engine import TWO_WAY, Release
from publication.populations import Population, is_possible

ATTRIBUTES = ("channel", "opened_month", "category", "resolution", "state_code")
ROOT = "channel"
# there an empty pair is no row, and a hidden cell is known not to be empty
EMPTY_IS_KNOWN = tuple(name for name, (row, _) in TWO_WAY.items() if row == ROOT)
SMALL_TIMES = "(small, resolved in days)"
Cell = tuple[str, str, str]


@dataclass
class Attack:
    population: Population
    release: Release
    _known: dict[Cell, set[str]] = field(default_factory=dict)

    @cached_property
    def combinations(self) -> list[tuple[str, ...]]:
        members = [
            sorted({self.population.member(record, attribute) for record in self.population.records})
            for attribute in ATTRIBUTES
        ]
        return [c for c in product(*members) if is_possible(c[0], c[2], c[3])]

    @cached_property
    def truth(self) -> np.ndarray:
        index = {combination: place for place, combination in enumerate(self.combinations)}
        counts = np.zeros(len(index))
        for record in self.population.records:
            counts[index[tuple(self.population.member(record, a) for a in ATTRIBUTES)]] += 1
        return counts

    def shown_as(self, attribute: str, member: str) -> str:
        """Under which name two-way tables show a member: that is told by the totals."""
        if self.release.totals.get((attribute, member)) is not None:
            return member
        return SMALL_TIMES if self.times_are_apart and member.startswith("resolved in") else "(small)"

    @cached_property
    def times_are_apart(self) -> bool:
        return any(column == SMALL_TIMES for cells in self.release.tables.values() for _, column in cells)

    def rows_of(self, table: str, row: str, column: str) -> csr_matrix:
        """The coefficients of a published or hidden number over the unknowns."""
        if table == "published_totals":
            wanted = [row == "all" or c[ATTRIBUTES.index(row)] == column for c in self.combinations]
        else:
            inner, outer = TWO_WAY[table]
            i, o = ATTRIBUTES.index(inner), ATTRIBUTES.index(outer)
            wanted = [
                self.shown_as(inner, c[i]) == row and self.shown_as(outer, c[o]) == column for c in self.combinations
            ]
        return csr_matrix(np.array(wanted, dtype=float))

    @cached_property
    def numbers(self) -> dict[Cell, int | None]:
        shown = {("published_totals", *key): number for key, number in self.release.totals.items()}
        for table, cells in self.release.tables.items():
            shown |= {(table, *key): number for key, number in cells.items()}
        return shown

    @cached_property
    def hidden(self) -> list[Cell]:
        return sorted(cell for cell, number in self.numbers.items() if number is None and cell[1] != "all")

    @cached_property
    def equations(self) -> tuple[csr_matrix, np.ndarray]:
        """Published numbers, and empty pairs where these are known."""
        known = [(cell, number) for cell, number in self.numbers.items() if number is not None]
        for table in EMPTY_IS_KNOWN:
            cells = self.release.tables[table]
            rows, columns = {r for r, _ in cells}, {c for _, c in cells}
            known += [((table, r, c), 0) for r in rows for c in columns if (r, c) not in cells]
        if not known:
            return csr_matrix((0, len(self.combinations))), np.zeros(0)
        return vstack([self.rows_of(*cell) for cell, _ in known]).tocsr(), np.array([n for _, n in known], dtype=float)

    @cached_property
    def at_least_one(self) -> csr_matrix | None:
        known = [self.rows_of(*cell) for cell in self.hidden if cell[0] in (*EMPTY_IS_KNOWN, "published_totals")]
        return vstack(known).tocsr() if known else None

    def bounds(self, cell: Cell) -> tuple[float, float]:
        """The fewest and most complaints that a hidden number can be."""
        coefficients = self.rows_of(*cell).toarray()[0]
        matrix, numbers = self.equations
        least = self.at_least_one
        found = []
        for sign in (1, -1):
            result = linprog(
                sign * coefficients,
                A_eq=matrix if matrix.shape[0] else None,
                b_eq=numbers if matrix.shape[0] else None,
                A_ub=-least if least is not None else None,
                b_ub=-np.ones(least.shape[0]) if least is not None else None,
                bounds=(0, None),
                method="highs",
            )
            assert result.status in (0, 3), f"{cell}: {result.message}"
            found.append(np.inf * sign * -1 if result.status == 3 else sign * result.fun)
        return found[0], found[1]

    def customers(self, cells: list[Cell]) -> int:
        """Distinct known customers with a complaint in any of the cells."""
        return len(set().union(*(self._customers_of(cell) for cell in cells)))

    def _customers_of(self, cell: Cell) -> set[str]:
        if cell not in self._known:
            records = (record for record in self.population.records if record.customer)
            self._known[cell] = {record.customer for record in records if self._holds(cell, record)}
        return self._known[cell]

    def _holds(self, cell: Cell, record) -> bool:
        table, row, column = cell
        if table == "published_totals":
            return row == "all" or self.population.member(record, row) == column
        inner, outer = TWO_WAY[table]
        return (
            self.shown_as(inner, self.population.member(record, inner)) == row
            and self.shown_as(outer, self.population.member(record, outer)) == column
        )

    def told_sums(self, most: int = 14) -> list[list[Cell]]:
        """
        Sets of hidden numbers of one table whose sum is told: all subsets of the first `most` are tried.
        """
        matrix, _ = self.equations
        told = []
        for table in {(cell[0], cell[1] if cell[0] == "published_totals" else "") for cell in self.hidden}:
            cells = [c for c in self.hidden if c[0] == table[0] and table[1] in ("", c[1])][:most]
            free = _beyond(vstack([self.rows_of(*cell) for cell in cells]).toarray(), matrix.toarray())
            # as many directions as cells are enough
            free = np.linalg.qr(free.T)[1].T
            subsets = np.array(list(product((0.0, 1.0), repeat=len(cells))))[1:]
            for subset in subsets[np.abs(subsets @ free).max(axis=1) < 1e-7]:
                told.append([cell for cell, chosen in zip(cells, subset, strict=True) if chosen])
        return told


def _beyond(rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """What of each row is no combination of the known rows: zero for what is told."""
    if not known.size:
        return rows
    _, sizes, directions = np.linalg.svd(known, full_matrices=False)
    basis = directions[sizes > 1e-9]
    return rows - rows @ basis.T @ basis
