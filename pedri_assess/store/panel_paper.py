"""Sheets of paper of a panel, in the lots in which they were typed in. A lot that was taken back has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.ids import new_id
from ..domain.paper import Sheets, batch_number
from . import Connection
from .panels import WAITING, rate


@dataclass(frozen=True)
class Lot:
    """Sheets that were typed in together; `sheets` is 0 where they were taken back."""

    batch: int
    sheets: int


def lots(c: Connection, panel_id: str) -> list[Lot]:
    """All lots, the first first."""
    rows = c.rows(
        "SELECT batch, sheets FROM panel_paper WHERE panel_id = :panel ORDER BY batch", panel=panel_id
    )
    return [Lot(**row) for row in rows]


def count_paper(c: Connection, panel_id: str) -> int:
    """How many sheets of paper there are."""
    return sum(lot.sheets for lot in lots(c, panel_id))


def add_lot(c: Connection, panel_id: str, typed: Sheets) -> None:
    """Keeps sheets. Each gets a name that leads nowhere, and words belong to no sheet."""
    batch = batch_number(len(lots(c, panel_id)) + 1)
    for said in typed.sheets:
        sheet = new_id()
        for criterion, level in said.items():
            rate(c, panel_id, sheet, batch, criterion, level, "")
    for criterion, comments in typed.words.items():
        _add_words(c, panel_id, batch, criterion, comments)
    c.run(
        "INSERT INTO panel_paper (panel_id, batch, sheets) VALUES (:panel, :batch, :sheets)",
        panel=panel_id,
        batch=batch,
        sheets=len(typed.sheets),
    )


def take_lot_back(c: Connection, panel_id: str, batch: int) -> int:
    """Deletes the sheets of a lot; how many they were."""
    found = next((lot.sheets for lot in lots(c, panel_id) if lot.batch == batch), 0)
    if found:
        c.run(
            "DELETE FROM panel_rating WHERE panel_id = :panel AND batch = :batch", panel=panel_id, batch=batch
        )
        c.run(
            "UPDATE panel_paper SET sheets = 0 WHERE panel_id = :panel AND batch = :batch",
            panel=panel_id,
            batch=batch,
        )
    return found


def _add_words(c: Connection, panel_id: str, batch: int, criterion: str, comments: Sequence[str]) -> None:
    for comment in comments:
        c.run(
            "INSERT INTO panel_rating (id, panel_id, sheet, batch, criterion, level, body, reading)"
            " VALUES (:id, :panel, '', :batch, :criterion, :level, :body, :reading)",
            id=new_id(),
            panel=panel_id,
            batch=batch,
            criterion=criterion,
            level=None,
            body=comment,
            reading=WAITING,
        )
