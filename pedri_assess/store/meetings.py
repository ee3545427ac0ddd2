"""Meetings of panels: where each stands, who is in (by a hash only), hands, and what was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.assessment import PublicView
from ..domain.panels import HANDS, Rating
from . import Connection, one


@dataclass(frozen=True)
class Meeting:
    """A meeting. `position` is the number of the question on the screen, 0 while people join; `changes`
    grows with all that phones and screens must follow."""

    id: str
    panel_id: str
    code: str
    position: int = 0
    changes: int = 1
    started_at: str = ""
    ended_at: str | None = None


def add_meeting(c: Connection, new: Meeting) -> None:
    """Keeps a new meeting. A panel has one at a time."""
    c.run(
        "INSERT INTO panel_meeting (id, panel_id, code, position, changes, started_at)"
        " VALUES (:id, :panel, :code, 0, 1, :at)",
        id=new.id,
        panel=new.panel_id,
        code=new.code,
        at=new.started_at,
    )


def meeting_of(c: Connection, panel_id: str) -> Meeting | None:
    """The meeting of a panel that is under way."""
    row = one(c, "SELECT * FROM panel_meeting WHERE panel_id = :panel AND ended_at IS NULL", panel=panel_id)
    return Meeting(**row) if row else None


def token_of_code(c: Connection, code: str) -> str | None:
    """The token of the group's panel whose meeting has this code, while it is under way."""
    row = one(
        c,
        "SELECT p.token FROM panel_meeting m JOIN panel p ON p.id = m.panel_id"
        " WHERE m.code = :code AND m.ended_at IS NULL AND p.kind = 'group'",
        code=code,
    )
    return str(row["token"]) if row else None


def move(c: Connection, meeting_id: str, position: int) -> None:
    """Puts another question on the screen, or says that something about this one has changed."""
    c.run(
        "UPDATE panel_meeting SET position = :position, changes = changes + 1 WHERE id = :id",
        position=position,
        id=meeting_id,
    )


def end_meeting(c: Connection, meeting_id: str, at: str) -> None:
    """Ends a meeting, and forgets who was in."""
    c.run("DELETE FROM panel_place WHERE meeting_id = :id", id=meeting_id)
    c.run(
        "UPDATE panel_meeting SET ended_at = :at, changes = changes + 1 WHERE id = :id", at=at, id=meeting_id
    )


def join(c: Connection, meeting_id: str, sheet: str) -> None:
    """Lets a sheet in; one that is in already stays."""
    if not is_in(c, meeting_id, sheet):
        c.run("INSERT INTO panel_place (meeting_id, sheet) VALUES (:id, :sheet)", id=meeting_id, sheet=sheet)


def is_in(c: Connection, meeting_id: str, sheet: str) -> bool:
    """Whether a sheet is in."""
    found = one(
        c,
        "SELECT 1 AS found FROM panel_place WHERE meeting_id = :id AND sheet = :sheet",
        id=meeting_id,
        sheet=sheet,
    )
    return found is not None


def count_in(c: Connection, meeting_id: str) -> int:
    """How many phones are in."""
    row = one(c, "SELECT count(*) AS here FROM panel_place WHERE meeting_id = :id", id=meeting_id)
    return int(row["here"]) if row else 0


def said_in_room(c: Connection, meeting: Meeting, criterion: str) -> list[int | None]:
    """What the phones that are in say of a question, in no order that means anything."""
    rows = c.rows(
        "SELECT r.level FROM panel_rating r JOIN panel_place p ON p.sheet = r.sheet"
        " WHERE p.meeting_id = :id AND r.panel_id = :panel AND r.criterion = :criterion ORDER BY r.id",
        id=meeting.id,
        panel=meeting.panel_id,
        criterion=criterion,
    )
    return [row["level"] for row in rows]


def set_hands(c: Connection, panel_id: str, criterion: str, hands: Mapping[int, int]) -> None:
    """Keeps how many hands went up for each level, instead of what was kept before."""
    c.run(
        "DELETE FROM panel_hands WHERE panel_id = :panel AND criterion = :criterion",
        panel=panel_id,
        criterion=criterion,
    )
    for level, number in hands.items():
        if number:
            c.run(
                "INSERT INTO panel_hands (panel_id, criterion, level, hands)"
                " VALUES (:panel, :criterion, :level, :hands)",
                panel=panel_id,
                criterion=criterion,
                level=level,
                hands=number,
            )


def hands_of(c: Connection, panel_id: str) -> dict[str, dict[int, int]]:
    """The hands for each level, by criterion."""
    rows = c.rows(
        "SELECT criterion, level, hands FROM panel_hands WHERE panel_id = :panel ORDER BY criterion, level",
        panel=panel_id,
    )
    found: dict[str, dict[int, int]] = {}
    for row in rows:
        found.setdefault(row["criterion"], {})[row["level"]] = row["hands"]
    return found


def hands_as_ratings(c: Connection, panel_id: str) -> list[Rating]:
    """Each hand as a rating."""
    return [
        Rating(criterion, level, HANDS)
        for criterion, levels in hands_of(c, panel_id).items()
        for level, number in levels.items()
        for _ in range(number)
    ]


def keep_shown(c: Connection, panel_id: str, criterion: str, view: PublicView) -> None:
    """Keeps what a meeting was shown, for good."""
    c.run(
        "INSERT INTO panel_shown (panel_id, criterion, level, raters)"
        " VALUES (:panel, :criterion, :level, :raters)",
        panel=panel_id,
        criterion=criterion,
        level=view.level,
        raters=view.of,
    )


def shown_of(c: Connection, panel_id: str) -> dict[str, PublicView]:
    """What meetings of a panel were shown, by criterion."""
    rows = c.rows(
        "SELECT criterion, level, raters FROM panel_shown WHERE panel_id = :panel ORDER BY criterion",
        panel=panel_id,
    )
    return {row["criterion"]: PublicView(row["level"], row["raters"]) for row in rows}
