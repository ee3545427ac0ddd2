"""Which header cells speak for which cells of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .nodes import Node

Names = dict[int, list[str]]  # of header cells, by row or by column


def head_tables(root: Node) -> None:
    """Gives each header cell its scope; where a cell spans others, each data cell gets its headers' names."""
    for number, table in enumerate(_tables(root)):
        rows = list(table.within("/TR"))
        for row in rows:
            for cell in row.within("/TH"):
                in_head = row.parent is not None and row.parent.kind == "/THead"
                cell.scope = cell.scope or ("/Column" if in_head else "/Row")
        placed = list(_placed(rows))
        if any(cell.columns > 1 or cell.rows > 1 for _, _, cell in placed):
            _connect(placed, f"t{number}")


def _tables(node: Node) -> Iterator[Node]:
    for kid in node.elements():
        if kid.kind == "/Table":
            yield kid
        yield from _tables(kid)


def _placed(rows: list[Node]) -> Iterator[tuple[int, int, Node]]:
    """Each cell with its row and column, from 0, where the cells before it leave room."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row.elements():
            while (y, x) in taken:
                x += 1
            yield y, x, cell
            taken.update((y + down, x + right) for down in range(cell.rows) for right in range(cell.columns))


def _connect(placed: list[tuple[int, int, Node]], table: str) -> None:
    of_row: Names = defaultdict(list)
    of_column: Names = defaultdict(list)
    for y, x, cell in placed:
        if cell.kind == "/TH":
            cell.name = f"{table}-{y}-{x}"
            spoken_for, first, many = (
                (of_row, y, cell.rows) if cell.scope == "/Row" else (of_column, x, cell.columns)
            )
            for place in range(first, first + many):
                spoken_for[place].append(cell.name)
    for y, x, cell in placed:
        if cell.kind == "/TD":
            names = [name for place in range(y, y + cell.rows) for name in of_row[place]]
            names += [name for place in range(x, x + cell.columns) for name in of_column[place]]
            cell.headers = tuple(dict.fromkeys(names))
