"""Waves of benchmarks in the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..domain.errors import NotFound, Stale
from . import Connection, Row, one

_CALLED = "CASE WHEN {0}.name = '' THEN {0}.email ELSE {0}.name END"
_DRAFT = (
    f"SELECT w.*, {_CALLED.format('p')} AS preparer, {_CALLED.format('a')} AS approver"  # noqa: S608
    " FROM wave_draft w"
    " JOIN account p ON p.id = w.prepared_by LEFT JOIN account a ON a.id = w.approved_by"
)
_PUBLISHED = (
    f"SELECT w.*, {_CALLED.format('p')} AS preparer, {_CALLED.format('a')} AS approver"  # noqa: S608
    " FROM published_wave w JOIN account p ON p.id = w.prepared_by JOIN account a ON a.id = w.approved_by"
)


@dataclass(frozen=True)
class WaveRow:
    """A wave: being prepared, where `number` is 0, or published. `since` is a day; `content` plain values.

    `preparer` and `approver` are what the people are called.
    """

    id: str
    framework: str
    version: str
    name: str
    since: str
    content: dict[str, Any]
    seal: str
    prepared_at: str
    prepared_by: str
    preparer: str = ""
    approved_at: str | None = None
    approved_by: str | None = None
    approver: str | None = None
    changes: int = 1
    number: int = 0
    published_at: str | None = None
    published_by: str | None = None


def prepare(c: Connection, wave: WaveRow) -> None:
    """Keeps a wave that is being prepared, the only one of its framework."""
    c.run(
        "INSERT INTO wave_draft (id, framework, version, name, since, content, seal, changes, prepared_at,"
        " prepared_by) VALUES (:id, :framework, :version, :name, :since, :content, :seal, :changes,"
        " :prepared_at, :prepared_by)",
        **_columns(wave, "id framework version name since seal changes prepared_at prepared_by"),
    )


def approve(c: Connection, wave_id: str, expected: int, at: str, by: str) -> None:
    """Notes who approved it. Raises Stale."""
    changed = c.run(
        "UPDATE wave_draft SET approved_at = :at, approved_by = :by, changes = changes + 1"
        " WHERE id = :id AND changes = :expected",
        at=at, by=by, id=wave_id, expected=expected,
    )  # fmt: skip
    if not changed:
        raise Stale(wave_id)


def discard(c: Connection, wave_id: str, expected: int) -> None:
    """Takes a wave that is being prepared away. Raises Stale."""
    if not c.run(
        "DELETE FROM wave_draft WHERE id = :id AND changes = :expected", id=wave_id, expected=expected
    ):
        raise Stale(wave_id)


def publish(c: Connection, wave: WaveRow) -> None:
    """Keeps a wave for ever. Raises Duplicate for a name in use, or where another came first."""
    named = (
        "id number framework version name since seal prepared_at prepared_by approved_at approved_by"
        " published_at published_by"
    )
    places = ", ".join(named.split())
    c.run(
        f"INSERT INTO published_wave ({places}, content) VALUES"  # noqa: S608 - the names above
        f" ({', '.join(f':{name}' for name in named.split())}, :content)",
        **_columns(wave, named),
    )


def drafted(c: Connection, framework: str) -> WaveRow | None:
    """The wave of a framework that is being prepared."""
    row = one(c, f"{_DRAFT} WHERE w.framework = :framework", framework=framework)
    return _wave(row) if row else None


def published(c: Connection, framework: str) -> list[WaveRow]:
    """The published waves of a framework, from first to last."""
    rows = c.rows(f"{_PUBLISHED} WHERE w.framework = :framework ORDER BY w.number", framework=framework)
    return [_wave(row) for row in rows]


def wave(c: Connection, wave_id: str) -> WaveRow:
    """A wave, being prepared or published. Raises NotFound."""
    row = one(c, f"{_DRAFT} WHERE w.id = :id", id=wave_id) or one(
        c, f"{_PUBLISHED} WHERE w.id = :id", id=wave_id
    )
    if row is None:
        raise NotFound("wave")
    return _wave(row)


def _columns(wave: WaveRow, named: str) -> dict[str, Any]:
    content = json.dumps(wave.content, ensure_ascii=False, separators=(",", ":"))
    return {"content": content, **{name: getattr(wave, name) for name in named.split()}}


def _wave(row: Row) -> WaveRow:
    return WaveRow(**{**row, "content": json.loads(row["content"])})
