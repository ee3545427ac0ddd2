"""Drafts of standards that staff brought in, and the versions that were published."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.ids import new_id
from . import Connection, Row, one

_DRAFT = (
    "SELECT d.id, d.framework, d.version, d.title, d.content, d.uploaded_at, d.published_at, b.name, b.email"
    " FROM standards_draft d JOIN account b ON b.id = d.uploaded_by WHERE d.removed_at IS NULL"
)


@dataclass(frozen=True)
class Draft:
    """A version that somebody brought in: its text as a file, and whether it was published since."""

    id: str
    framework: str
    version: str
    title: str
    content: str
    uploaded_at: str
    uploader: str
    published_at: str | None = None


@dataclass(frozen=True)
class Released:
    """A published version: its file, and the checksum that it was published with."""

    framework: str
    version: str
    content: str
    sha256: str
    released_at: str

    @property
    def whole(self) -> bool:
        """Whether the text is still what was published."""
        return checksum(self.content) == self.sha256


def checksum(content: str) -> str:
    """The sha256 of a file's text."""
    return hashlib.sha256(content.encode()).hexdigest()


def add_draft(c: Connection, framework: str, version: str, title: str, content: str, at: str, by: str) -> str:
    """Keeps a draft; its id."""
    made = new_id()
    c.run(
        "INSERT INTO standards_draft (id, framework, version, title, content, uploaded_at, uploaded_by)"
        " VALUES (:id, :framework, :version, :title, :content, :at, :by)",
        id=made,
        framework=framework,
        version=version,
        title=title,
        content=content,
        at=at,
        by=by,
    )
    return made


def drafts(c: Connection) -> list[Draft]:
    """All drafts that are still here, the newest first."""
    return [_draft(row) for row in c.rows(f"{_DRAFT} ORDER BY d.uploaded_at DESC, d.id")]


def draft(c: Connection, draft_id: str) -> Draft:
    """One draft. Raises NotFound."""
    row = one(c, f"{_DRAFT} AND d.id = :id", id=draft_id)
    if row is None:
        raise NotFound("draft")
    return _draft(row)


def end_draft(c: Connection, draft_id: str, at: str, *, published: bool) -> None:
    """Notes that a draft was published, or takes it away."""
    column = "published_at" if published else "removed_at"
    c.run(f"UPDATE standards_draft SET {column} = :at WHERE id = :id", at=at, id=draft_id)  # noqa: S608


def release(c: Connection, framework: str, version: str, content: str, at: str, by: str) -> Released:
    """Keeps a version for ever. Raises Duplicate where there is one."""
    made = Released(framework, version, content, checksum(content), at)
    c.run(
        "INSERT INTO released_version (framework, version, content, sha256, released_at, released_by)"
        " VALUES (:framework, :version, :content, :sha256, :at, :by)",
        framework=framework,
        version=version,
        content=content,
        sha256=made.sha256,
        at=at,
        by=by,
    )
    return made


def how_many_released(c: Connection) -> int:
    """How many versions were published: they are only added to."""
    row = one(c, "SELECT count(*) AS released FROM released_version")
    return int(row["released"]) if row else 0


def released(c: Connection) -> list[Released]:
    """Every version that was published, in the order in which that happened."""
    return [
        Released(**row)
        for row in c.rows(
            "SELECT framework, version, content, sha256, released_at FROM released_version"
            " ORDER BY released_at, framework, version"
        )
    ]


def _draft(row: Row) -> Draft:
    called = row.pop("name") or row["email"]
    del row["email"]
    return Draft(uploader=called, **row)
