"""What can be seen of the sheets of an open panel without seeing what anybody thinks."""

from __future__ import annotations

from ..domain.batches import Batch
from . import Connection, one


def count_sheets(c: Connection, panel_id: str) -> int:
    """How many sheets say something while the panel is open."""
    row = one(
        c,
        "SELECT count(DISTINCT sheet) AS sheets FROM panel_rating WHERE panel_id = :panel AND sheet <> ''",
        panel=panel_id,
    )
    return int(row["sheets"]) if row else 0


def batches(c: Connection, panel_id: str) -> list[Batch]:
    """What can be seen of each batch without seeing what anybody thinks."""
    rows = c.rows(
        "SELECT batch, sheet, criterion, level, body FROM panel_rating WHERE panel_id = :panel"
        " AND sheet <> '' ORDER BY batch, sheet, criterion",
        panel=panel_id,
    )
    sheets: dict[int, dict[str, list[tuple[str, int | None, str]]]] = {}
    for row in rows:
        said = (row["criterion"], row["level"], row["body"])
        sheets.setdefault(row["batch"], {}).setdefault(row["sheet"], []).append(said)
    return [_batch(number, list(found.values())) for number, found in sorted(sheets.items())]


def _batch(number: int, sheets: list[list[tuple[str, int | None, str]]]) -> Batch:
    levels = [tuple((criterion, level) for criterion, level, _body in sheet) for sheet in sheets]
    alike = sum(levels.count(each) > 1 for each in levels)
    with_words = sum(any(body for _criterion, _level, body in sheet) for sheet in sheets)
    return Batch(number, len(sheets), alike, with_words)
