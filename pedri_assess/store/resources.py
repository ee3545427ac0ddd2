"""Resources of the hub as they are kept, what each is about, and what came of looking at its address.

Every write gives its resource the next number of the hub's changes: so a copy knows what it has not seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..domain.errors import NotFound
from ..domain.resources import KINDS, Check, Described, Link, Resource
from . import Connection, Row, one

TEXTS = ("title", "publisher", "address", "summary", "dated", "licence")
_COLUMNS = (
    "r.id, r.title, r.publisher, r.address, r.summary, r.audiences_json, r.formats_json, r.languages_json,"
    " r.nations_json, r.dated, r.licence, r.state, r.reason, r.revision, r.change, r.added_at, r.changed_at,"
    " r.changed_by, r.suggested_by, b.name, b.email,"
    " k.checked_at, k.outcome, k.words, k.times, k.moved_to"
)
_SELECT = (
    f"SELECT {_COLUMNS} FROM resource r LEFT JOIN resource_check k ON k.resource_id = r.id"  # noqa: S608
    " LEFT JOIN account b ON b.id = r.changed_by"
)
_LINKS = (
    "SELECT l.resource_id, l.framework, l.kind, l.target FROM resource_link l"
    " JOIN resource r ON r.id = l.resource_id"
)
_NEXT = "(SELECT coalesce(max(x.change), 0) + 1 FROM resource x)"
_SAID = (
    "title = :title, publisher = :publisher, address = :address, summary = :summary,"
    " audiences_json = :audiences, formats_json = :formats, languages_json = :languages,"
    " nations_json = :nations, dated = :dated, licence = :licence"
)


def last_change(c: Connection) -> int:
    """The number of the newest change of the hub; 0 where it is empty."""
    row = one(c, "SELECT coalesce(max(change), 0) AS newest FROM resource")
    return int(row["newest"]) if row else 0


def changed_since(c: Connection, change: int) -> list[Resource]:
    """The resources that changed after a change, in the order of their changes; whatever their state."""
    return _read(c, "r.change > :change", "r.change", change=change)


def resource(c: Connection, resource_id: str) -> Resource:
    """One resource, whatever its state. Raises NotFound."""
    found = _read(c, "r.id = :id", "r.id", id=resource_id)
    if not found:
        raise NotFound("resource")
    return found[0]


def every_resource(c: Connection) -> list[Resource]:
    """All resources, whatever their state, those that changed last first."""
    return _read(c, "r.change > 0", "r.change DESC")


def suggester(c: Connection, resource_id: str) -> str | None:
    """The address of whoever suggested a resource; None where nobody did who still has an account."""
    row = one(
        c,
        "SELECT a.email FROM resource r JOIN account a ON a.id = r.suggested_by AND a.disabled_at IS NULL"
        " WHERE r.id = :id",
        id=resource_id,
    )
    return row["email"] if row else None


def suggestions_of(c: Connection, account_id: str) -> list[Resource]:
    """What somebody suggested, the newest first."""
    return _read(c, "r.suggested_by = :account", "r.added_at DESC, r.id", account=account_id)


def at_address(c: Connection, address: str) -> list[Resource]:
    """The resources with this address, with or without a stroke at its end, whatever their state."""
    return _read(c, "rtrim(r.address, '/') = rtrim(:address, '/')", "r.change DESC", address=address)


def add_resource(
    c: Connection, resource_id: str, said: Described, state: str, at: str, by: str | None, suggested: bool
) -> None:
    """A new resource, by an account or, where that is None, from a starter set. Raises Duplicate."""
    c.run(
        "INSERT INTO resource (id, title, publisher, address, summary, audiences_json, formats_json,"  # noqa: S608
        " languages_json, nations_json, dated, licence, state, reason, revision, change, added_at, added_by,"
        " suggested_by, changed_at, changed_by) VALUES (:id, :title, :publisher, :address, :summary,"
        " :audiences, :formats, :languages, :nations, :dated, :licence, :state, '', 1,"
        f" {_NEXT}, :at, :by, :suggested, :at, :by)",
        id=resource_id,
        state=state,
        at=at,
        by=by,
        suggested=by if suggested else None,
        **_values(said),
    )
    _link(c, resource_id, said.links)


def change_said(
    c: Connection, resource_id: str, said: Described, expected: int, at: str, by: str | None
) -> bool:
    """Puts another text in place of the one numbered `expected`; whether that still was the one there."""
    changed = c.run(
        f"UPDATE resource SET {_SAID}, revision = revision + 1, change = {_NEXT}, changed_at = :at,"  # noqa: S608
        " changed_by = :by WHERE id = :id AND revision = :expected",
        id=resource_id,
        expected=expected,
        at=at,
        by=by,
        **_values(said),
    )
    if changed:
        c.run("DELETE FROM resource_link WHERE resource_id = :id", id=resource_id)
        _link(c, resource_id, said.links)
    return changed == 1


def set_state(c: Connection, resource_id: str, state: str, reason: str, at: str, by: str) -> None:
    """Lists, retires, declines or withdraws a resource."""
    c.run(
        f"UPDATE resource SET state = :state, reason = :reason, change = {_NEXT}, changed_at = :at,"  # noqa: S608
        " changed_by = :by WHERE id = :id",
        id=resource_id,
        state=state,
        reason=reason,
        at=at,
        by=by,
    )


def forget_check(c: Connection, resource_id: str) -> None:
    """Forgets what came of looking at an address that is not the resource's any more."""
    c.run("DELETE FROM resource_check WHERE resource_id = :id", id=resource_id)


def set_check(c: Connection, resource_id: str, check: Check, *, news: bool) -> None:
    """Keeps what came of looking at an address; `news` where copies of the hub must know of it."""
    c.run(
        "INSERT INTO resource_check (resource_id, checked_at, outcome, words, times, moved_to)"
        " VALUES (:id, :at, :outcome, :words, :times, :moved) ON CONFLICT (resource_id) DO UPDATE SET"
        " checked_at = excluded.checked_at, outcome = excluded.outcome, words = excluded.words,"
        " times = excluded.times, moved_to = excluded.moved_to",
        id=resource_id,
        at=check.at,
        outcome=check.outcome,
        words=check.words,
        times=check.times,
        moved=check.moved_to,
    )
    if news:
        c.run(f"UPDATE resource SET change = {_NEXT} WHERE id = :id", id=resource_id)  # noqa: S608


def _read(c: Connection, where: str, order: str, **values: str | int) -> list[Resource]:
    rows = c.rows(f"{_SELECT} WHERE {where} ORDER BY {order}", **values)
    links: dict[str, list[Link]] = {}
    for row in (
        c.rows(f"{_LINKS} WHERE {where} ORDER BY l.framework, l.kind, l.target", **values) if rows else ()
    ):
        links.setdefault(row["resource_id"], []).append(Link(row["framework"], row["kind"], row["target"]))
    return [_resource(row, links.get(row["id"], [])) for row in rows]


def _resource(row: Row, links: Iterable[Link]) -> Resource:
    values: Row = {name: row[name] for name in TEXTS}
    values |= {kind: tuple(json.loads(row[f"{kind}_json"])) for kind in KINDS}
    said = Described(**values, links=tuple(links))
    check = None
    if row["checked_at"]:
        found = (row["checked_at"], row["outcome"], row["words"], int(row["times"]), row["moved_to"])
        check = Check(*found)
    return Resource(
        row["id"],
        said,
        row["state"],
        int(row["revision"]),
        int(row["change"]),
        row["added_at"],
        row["changed_at"],
        row["reason"],
        row["suggested_by"],
        row["changed_by"],
        row["name"] or row["email"] or "",
        check,
    )


def _values(said: Described) -> dict[str, str]:
    texts = {name: getattr(said, name) for name in TEXTS}
    return {**texts, **{kind: json.dumps(list(getattr(said, kind))) for kind in KINDS}}


def _link(c: Connection, resource_id: str, links: Iterable[Link]) -> None:
    for link in sorted(set(links)):
        c.run(
            "INSERT INTO resource_link (resource_id, framework, kind, target)"
            " VALUES (:id, :framework, :kind, :target)",
            id=resource_id,
            framework=link.framework,
            kind=link.kind,
            target=link.target,
        )
