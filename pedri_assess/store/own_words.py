"""What organisations, and those who run the service, say in reports in their own words."""

from __future__ import annotations

import json

from ..domain.edition import Logo
from ..domain.own_words import NO_WORDS, OwnWords, StandingText
from . import Connection, one

_COLUMNS = "introduction, left_out_json, comments_since, logo_kind, logo_content, logo_words, changes"
_INSERT = (
    "INSERT INTO own_words (organisation_id, introduction, left_out_json, comments_since, logo_kind,"
    " logo_content, logo_words, changes, changed_at, changed_by) VALUES (:organisation,"
    " :introduction, :left_out, :comments_since, :kind, :content, :words, 1, :at, :by)"
    " ON CONFLICT (organisation_id) DO NOTHING"
)
_UPDATE = (
    "UPDATE own_words SET introduction = :introduction, left_out_json = :left_out,"
    " comments_since = :comments_since, logo_kind = :kind, logo_content = :content, logo_words = :words,"
    " changes = changes + 1, changed_at = :at, changed_by = :by"
    " WHERE organisation_id = :organisation AND changes = :expected"
)


def own_words(c: Connection, organisation_id: str) -> OwnWords:
    """What an organisation says in its reports."""
    row = one(
        c,
        f"SELECT {_COLUMNS} FROM own_words WHERE organisation_id = :organisation",  # noqa: S608 - our own
        organisation=organisation_id,
    )
    if row is None:
        return NO_WORDS
    kind, content, words = row["logo_kind"], row["logo_content"], row["logo_words"]
    return OwnWords(
        row["introduction"],
        tuple(json.loads(row["left_out_json"])),
        row["comments_since"],
        Logo(kind, content, words) if kind else None,
        row["changes"],
    )


def save_own_words(c: Connection, organisation_id: str, said: OwnWords, by: str, at: str) -> bool:
    """Keeps what is said, where nobody changed it since `said.changes`; whether that was so."""
    logo = said.logo
    expected = {"expected": said.changes} if said.changes else {}
    return bool(
        c.run(
            _UPDATE if said.changes else _INSERT,
            organisation=organisation_id,
            introduction=said.introduction,
            left_out=json.dumps(list(said.left_out)),
            comments_since=said.comments_since,
            kind=logo.kind if logo else None,
            content=logo.content if logo else None,
            words=logo.words if logo else None,
            by=by,
            at=at,
            **expected,
        )
    )


def standing_texts(c: Connection, most: int) -> list[StandingText]:
    """What every report says, and said, the newest first."""
    rows = c.rows(
        "SELECT s.number, s.body, s.set_at, b.name, b.email FROM standing_text s"
        " JOIN account b ON b.id = s.set_by ORDER BY s.number DESC LIMIT :most",
        most=most,
    )
    return [
        StandingText(row["number"], row["body"], row["set_at"], row["name"] or row["email"]) for row in rows
    ]


def standing_body(c: Connection) -> str:
    """What every report says now; empty where nothing."""
    row = one(c, "SELECT body FROM standing_text ORDER BY number DESC LIMIT 1")
    return row["body"] if row else ""


def add_standing_text(c: Connection, number: int, body: str, by: str, at: str) -> None:
    """Sets what every report says. Raises Duplicate where there is one of this number."""
    c.run(
        "INSERT INTO standing_text (number, body, set_at, set_by) VALUES (:number, :body, :at, :by)",
        number=number,
        body=body,
        at=at,
        by=by,
    )
