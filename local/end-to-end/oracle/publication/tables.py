"""Which cells of the two-way tables are hidden, by rectangles, and which tables are not published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from .members import Member
from .records import THRESHOLD, Count, Record, counts

# inner (towards the root) and outer attribute; whether some pairs of their members are impossible by nature
DESIGN = {
    "published_channel_months": ("channel", "opened_month", True),
    "published_channel_categories": ("channel", "category", True),
    "published_channel_resolutions": ("channel", "resolution", True),
    "published_month_states": ("opened_month", "state_code", False),
}
Cell = tuple[str, str]


@dataclass(frozen=True)
class Rectangle:
    """Cells that are hidden together, and what decides between several: the first of them is taken."""

    cells: frozenset[Cell]
    order: tuple[int, str, str, str]


@dataclass
class Table:
    cells: dict[Cell, Count]
    # complaints of a hidden cell that everybody knows of
    known: int
    # of every small cell what hides it, None where nothing can
    rectangles: dict[Cell, Rectangle | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.columns: dict[str, set[str]] = defaultdict(set)
        for row, column in self.cells:
            self.rows[row].add(column)
            self.columns[column].add(row)
        small = [cell for cell, count in self.cells.items() if not count.has_enough_customers]
        for cell in small:
            found = [*self.crosses(*cell), *self.line_pairs(*cell)]
            self.rectangles[cell] = min(found, key=lambda one: one.order, default=None)

    @property
    def is_protected(self) -> bool:
        return None not in self.rectangles.values()

    @property
    def hidden(self) -> set[Cell]:
        return {cell for one in self.rectangles.values() if one for cell in one.cells}

    def is_large(self, cell: Cell) -> bool:
        count = self.cells.get(cell, Count())
        return count.has_enough_customers and count.complaints - self.known >= THRESHOLD

    def rectangle(self, cells: set[Cell], kind: str, row: str, column: str) -> Rectangle:
        cost = sum(self.cells[cell].complaints for cell in cells)
        return Rectangle(frozenset(cells), (cost, kind, row, column))

    def crosses(self, row: str, column: str) -> Iterator[Rectangle]:
        """With a large cell in the same row, one in the same column, and the cell that completes them."""
        for other_row, other_column in product(self.columns[column], self.rows[row]):
            if self.is_large((row, other_column)) and self.is_large((other_row, column)):
                corners = {(row, column), (row, other_column), (other_row, column), (other_row, other_column)}
                if corners <= self.cells.keys():
                    yield self.rectangle(corners, "cross", other_row, other_column)

    def line_pairs(self, row: str, column: str) -> Iterator[Rectangle]:
        """The whole row, or column, of two cells or more, with another that is large beside each of them."""
        for other in self.rows:
            beside = {(other, place) for place in self.rows[row]}
            if other != row and len(beside) > 1 and all(map(self.is_large, beside)):
                yield self.rectangle(beside | {(row, place) for place in self.rows[row]}, "row", other, "")
        for other in self.columns:
            beside = {(place, other) for place in self.columns[column]}
            if other != column and len(beside) > 1 and all(map(self.is_large, beside)):
                yield self.rectangle(beside | {(place, column) for place in self.columns[column]}, "column", "", other)

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """Between what a hidden cell may lie: the widest that any of its rectangles leaves open."""
        found = [self.bounds_within(cell, one.cells) for one in self.rectangles.values() if one and cell in one.cells]
        return min(lower for lower, _ in found), max(upper for _, upper in found)

    def bounds_within(self, cell: Cell, cells: frozenset[Cell]) -> tuple[int, int]:
        free = {one: self.cells[one].complaints - self.known for one in cells}
        row = sum(number for one, number in free.items() if one[0] == cell[0])
        column = sum(number for one, number in free.items() if one[1] == cell[1])
        return self.known + max(0, row + column - sum(free.values())), self.known + min(row, column)


def tables_of(found: list[Record], members: dict[tuple[str, str], Member]) -> dict[str, Table]:
    """Every table of the design, also those that are not published then."""
    shown = [
        {name: value if name == "customer" else members[name, value].shown_as for name, value in one.items()}
        for one in found
    ]
    tables = {}
    for name, (inner, outer, has_impossible_pairs) in DESIGN.items():
        cells: dict[Cell, Count] = counts(shown, (inner, outer))
        if not has_impossible_pairs:
            every = product(*({one[attribute] for one in shown} for attribute in (inner, outer)))
            cells = dict.fromkeys(every, Count()) | cells
        tables[name] = Table(cells, known=1 if has_impossible_pairs else 0)
    return tables
