"""Panels, their links, and what public contributors rate. Ratings have no events: an event has a moment."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.errors import NotFound, Stale
from ..domain.ids import new_id
from ..domain.panels import Rating
from . import Connection, Row, one

WAITING, RELEASED, WITHHELD = "waiting", "released", "withheld"


@dataclass(frozen=True)
class Panel:
    """A panel. `token` is that of a group's link; `arrivals` counts sheets, `left_out` names batches."""

    id: str
    assessment_id: str
    name: str
    intro: str
    payment: str
    contact: str
    criteria: tuple[str, ...]
    expected: int
    closes_on: str
    kind: str
    token: str
    arrivals: int = 0
    left_out: tuple[int, ...] = ()
    response: str = ""
    changes: int = 1
    created_at: str = ""
    opened_at: str | None = None
    closed_at: str | None = None
    responded_at: str | None = None


@dataclass(frozen=True)
class Comment:
    """What somebody wrote beside a rating, and whether it waits, is released or withheld."""

    id: str
    criterion: str
    body: str
    reading: str


def add_panel(c: Connection, new: Panel, by: str) -> None:
    """Keeps a new panel."""
    c.run(
        "INSERT INTO panel (id, assessment_id, name, intro, payment, contact, criteria_json, expected,"
        " closes_on, kind, token, arrivals, left_out_json, response, changes, created_at, created_by)"
        " VALUES (:id, :assessment_id, :name, :intro, :payment, :contact, :criteria, :expected, :closes_on,"
        " :kind, :token, 0, '[]', '', 1, :created_at, :by)",
        **_values(new),
        assessment_id=new.assessment_id,
        kind=new.kind,
        token=new.token,
        created_at=new.created_at,
        by=by,
    )


def change_panel(c: Connection, changed: Panel, expected: int) -> None:
    """Keeps what changed. Raises Stale with the panel of now where somebody changed it since."""
    done = c.run(
        "UPDATE panel SET name = :name, intro = :intro, payment = :payment, contact = :contact,"
        " criteria_json = :criteria, expected = :expected, closes_on = :closes_on, left_out_json = :left_out,"
        " response = :response, opened_at = :opened_at, closed_at = :closed_at,"
        " responded_at = :responded_at, changes = changes + 1 WHERE id = :id AND changes = :known",
        **_values(changed),
        left_out=json.dumps(list(changed.left_out)),
        response=changed.response,
        opened_at=changed.opened_at,
        closed_at=changed.closed_at,
        responded_at=changed.responded_at,
        known=expected,
    )
    if not done:
        raise Stale(panel(c, changed.assessment_id, changed.id))


def panels(c: Connection, assessment_id: str) -> list[Panel]:
    """The panels of an assessment, the newest first."""
    rows = c.rows(
        "SELECT * FROM panel WHERE assessment_id = :assessment ORDER BY created_at DESC, id",
        assessment=assessment_id,
    )
    return [_panel(row) for row in rows]


def panel(c: Connection, assessment_id: str, panel_id: str) -> Panel:
    """One panel of this assessment. Raises NotFound."""
    row = one(
        c,
        "SELECT * FROM panel WHERE id = :id AND assessment_id = :assessment",
        id=panel_id,
        assessment=assessment_id,
    )
    if row is None:
        raise NotFound("panel")
    return _panel(row)


def panel_by_token(c: Connection, token: str) -> Panel | None:
    """The panel of a group's link."""
    row = one(c, "SELECT * FROM panel WHERE token = :token AND kind = 'group'", token=token)
    return _panel(row) if row else None


def panel_by_link(c: Connection, token_hash: str) -> Panel | None:
    """The panel of a single-use link."""
    row = one(
        c,
        "SELECT p.* FROM panel_link l JOIN panel p ON p.id = l.panel_id WHERE l.token_hash = :hash",
        hash=token_hash,
    )
    return _panel(row) if row else None


def add_links(c: Connection, panel_id: str, token_hashes: Iterable[str]) -> None:
    """Adds single-use links."""
    for token_hash in token_hashes:
        c.run(
            "INSERT INTO panel_link (token_hash, panel_id) VALUES (:hash, :panel)",
            hash=token_hash,
            panel=panel_id,
        )


def count_links(c: Connection, panel_id: str) -> int:
    """How many single-use links a panel has."""
    row = one(c, "SELECT count(*) AS links FROM panel_link WHERE panel_id = :panel", panel=panel_id)
    return int(row["links"]) if row else 0


def batch_of_sheet(c: Connection, panel_id: str, sheet: str) -> int | None:
    """The batch in which a sheet came; None for one that has said nothing yet."""
    row = one(
        c,
        "SELECT batch FROM panel_rating WHERE panel_id = :panel AND sheet = :sheet"
        " ORDER BY criterion LIMIT 1",
        panel=panel_id,
        sheet=sheet,
    )
    return int(row["batch"]) if row else None


def arrive(c: Connection, panel_id: str) -> int:
    """Counts one more sheet; its number, from 1."""
    c.run("UPDATE panel SET arrivals = arrivals + 1 WHERE id = :id", id=panel_id)
    row = one(c, "SELECT arrivals FROM panel WHERE id = :id", id=panel_id)
    return int(row["arrivals"]) if row else 1


def rate(
    c: Connection, panel_id: str, sheet: str, batch: int, criterion: str, level: int | None, body: str
) -> None:
    """Keeps what a sheet says of a criterion, instead of what it said of it before."""
    c.run(
        "DELETE FROM panel_rating WHERE panel_id = :panel AND sheet = :sheet AND criterion = :criterion",
        panel=panel_id,
        sheet=sheet,
        criterion=criterion,
    )
    c.run(
        "INSERT INTO panel_rating (id, panel_id, sheet, batch, criterion, level, body, reading)"
        " VALUES (:id, :panel, :sheet, :batch, :criterion, :level, :body, :reading)",
        id=new_id(),
        panel=panel_id,
        sheet=sheet,
        batch=batch,
        criterion=criterion,
        level=level,
        body=body,
        reading=WAITING,
    )


def take_back(c: Connection, panel_id: str, sheet: str) -> int:
    """Deletes all that a sheet said; how many ratings."""
    return c.run(
        "DELETE FROM panel_rating WHERE panel_id = :panel AND sheet = :sheet", panel=panel_id, sheet=sheet
    )


def sheet_of(c: Connection, panel_id: str, sheet: str) -> dict[str, tuple[int | None, str]]:
    """What a sheet says: level and words by criterion."""
    rows = c.rows(
        "SELECT criterion, level, body FROM panel_rating WHERE panel_id = :panel AND sheet = :sheet"
        " ORDER BY criterion",
        panel=panel_id,
        sheet=sheet,
    )
    return {row["criterion"]: (row["level"], row["body"]) for row in rows}


def ratings(c: Connection, panel_id: str) -> list[Rating]:
    """All ratings of a panel, in no order that means anything."""
    rows = c.rows(
        "SELECT criterion, level, batch FROM panel_rating WHERE panel_id = :panel ORDER BY id", panel=panel_id
    )
    return [Rating(row["criterion"], row["level"], row["batch"]) for row in rows]


def forget_sheets(c: Connection, panel_id: str) -> None:
    """Cuts what ties the ratings of one contributor together: new ids, and no sheet any more."""
    rows = c.rows("SELECT id FROM panel_rating WHERE panel_id = :panel ORDER BY id", panel=panel_id)
    for row in rows:
        c.run("UPDATE panel_rating SET id = :new, sheet = '' WHERE id = :id", new=new_id(), id=row["id"])


def comments(c: Connection, found: Panel) -> list[Comment]:
    """What was written, in no order that means anything; not in batches that are left out."""
    rows = c.rows(
        "SELECT id, criterion, body, reading, batch FROM panel_rating WHERE panel_id = :panel"
        " AND body <> '' ORDER BY id",
        panel=found.id,
    )
    left_out = set(found.left_out)
    return [Comment(**row) for row in rows if row.pop("batch") not in left_out]


def set_reading(c: Connection, panel_id: str, comment_id: str, reading: str) -> None:
    """Notes whether a comment is released or withheld. Raises NotFound."""
    done = c.run(
        "UPDATE panel_rating SET reading = :reading WHERE id = :id AND panel_id = :panel AND body <> ''",
        id=comment_id,
        panel=panel_id,
        reading=reading,
    )
    if not done:
        raise NotFound("comment")


def _values(item: Panel) -> dict[str, str | int | None]:
    names = ("id", "name", "intro", "payment", "contact", "expected", "closes_on")
    values: dict[str, str | int | None] = {name: getattr(item, name) for name in names}
    return {**values, "criteria": json.dumps(list(item.criteria))}


def _panel(row: Row) -> Panel:
    del row["created_by"]
    criteria, left_out = json.loads(row.pop("criteria_json")), json.loads(row.pop("left_out_json"))
    return Panel(**row, criteria=tuple(criteria), left_out=tuple(left_out))
