"""A set of resources from a file into the hub: again and again, and never over what somebody changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..catalogue import Shelf
from ..domain.errors import Duplicate, Fault, InvalidDocument, NotFound
from ..domain.kinship import family
from ..domain.resources import (
    CRITERION,
    FRAMEWORK,
    KINDS,
    LISTED,
    STANDARD,
    Described,
    Link,
    faults,
    said_document,
    tidy,
)
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.resources import add_resource, change_said, forget_check, resource
from . import Context
from .hub_keeping import check_address

Document = dict[str, Any]


@dataclass(frozen=True)
class Seeded:
    """How many were added, renewed, left as they were, and left out: another has their address."""

    added: int = 0
    renewed: int = 0
    left: int = 0
    elsewhere: int = 0


def seed(context: Context, document: Document, source: str) -> Seeded:
    """Takes the resources of a checked document into the hub, in one transaction.

    What is there already is renewed only where nobody changed or retired it. Raises InvalidDocument.
    """
    found = first_faults(document, context.shelf)
    if found:
        raise InvalidDocument(source, found)
    at = stamp(context.now())
    counts = dict.fromkeys(("added", "renewed", "left", "elsewhere"), 0)
    with context.database.write() as c:
        for item in document["resources"]:
            counts[_put(c, item["id"], described(item), at)] += 1
    return Seeded(**counts)


def described(item: Document) -> Described:
    """What a document says of one resource."""
    texts = {name: item.get(name, "") for name in ("summary", "dated", "licence")}
    kinds: Any = {kind: tuple(item.get(kind, ())) for kind in KINDS}
    links = tuple(_link(about) for about in item.get("about", ()))
    return tidy(Described(item["title"], item["publisher"], item["address"], **texts, **kinds, links=links))


def first_faults(document: Document, shelf: Shelf) -> list[Fault]:
    """What a schema cannot say: ids and addresses that come twice, unusable addresses, unknown criteria."""
    return list(_faults(document, shelf))


def _faults(document: Document, shelf: Shelf) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for number, item in enumerate(document["resources"]):
        path = f"$.resources[{number}]"
        for name in ("id", "address"):
            before = seen.setdefault((name, item[name]), number)
            if before != number:
                yield Fault(f"{path}.{name}", f"the same as in $.resources[{before}]", "expected it once")
        for name, fault in faults(described(item)):
            to_do = str(fault)
            yield Fault(f"{path}.{name}", "cannot be used", to_do[:1].lower() + to_do[1:])
        for place, about in enumerate(item.get("about", ())):
            if wrong := _unknown(_link(about), shelf):
                yield Fault(f"{path}.about[{place}]", wrong, "expected one of a version that is here")


def _unknown(link: Link, shelf: Shelf) -> str:
    """What is wrong with a link; nothing where its framework is not here: another server may have it."""
    try:
        known = family(shelf.versions(link.framework)).standards
    except NotFound:
        return ""
    if link.kind == CRITERION and link.target not in known:
        return f'no version has a criterion "{link.target}"'
    if link.kind == STANDARD and not any(link.target in standards for standards in known.values()):
        return f'no version has a standard "{link.target}"'
    return ""


def _link(about: Document) -> Link:
    for kind in (CRITERION, STANDARD):
        if kind in about:
            return Link(about["framework"], kind, about[kind])
    return Link(about["framework"], FRAMEWORK)


def _put(c: Connection, name: str, said: Described, at: str) -> str:
    try:
        current = resource(c, name)
    except NotFound:
        return _add(c, name, said, at)
    if current.changed_by is not None or current.said == said:
        return "left"
    change_said(c, name, said, current.revision, at, None)
    if said.address != current.said.address:
        forget_check(c, name)
    before = said_document(current.said)
    event = Event("resource-changed", at, subject=name, before=before, after=said_document(said))
    add_event(c, event)
    return "renewed"


def _add(c: Connection, name: str, said: Described, at: str) -> str:
    try:
        check_address(c, said.address)
    except Duplicate:
        return "elsewhere"
    add_resource(c, name, said, LISTED, at, None, suggested=False)
    add_event(c, Event("resource-added", at, subject=name, after=said_document(said)))
    return "added"
