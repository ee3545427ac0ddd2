"""The hub's list as one process has it: in memory, found by words, by tags and by gap, renewed on changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..catalogue import Shelf
from ..domain.facets import Facets, Tags
from ..domain.kinship import Family, family
from ..domain.resources import CRITERION, KINDS, LISTED, STANDARD, Link, Resource, at_gap
from ..store import Connection, Database, StoreUnavailable
from ..store.full_text import FullText
from ..store.resources import changed_since, last_change

# What can be chosen among, with the field of a resource that has its values; standards and criteria are links
FIELDS = {"audience": "audiences", "format": "formats", "language": "languages", "nation": "nations"}
PAUSE = 10.0  # seconds until a database that was away is asked again
CHOICES = (STANDARD, CRITERION, *FIELDS)


@dataclass(frozen=True)
class Listing:
    """The listed resources at one moment, by title."""

    resources: tuple[Resource, ...] = ()
    facets: Facets = field(default_factory=lambda: Facets(()))
    about: Mapping[Link, Sequence[Resource]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)


class HubCopy:
    """What one process knows of the hub: one statement tells it whether that is still so.

    Threads may share it.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._known = self._edition = 0
        self._kin: dict[str, Family] | None = None
        self._by_id: dict[str, tuple[tuple[str, str], Resource, Tags]] = {}
        self._text = FullText()
        self._listing = Listing()
        self._ask_again = 0.0

    def now(self, database: Database) -> Listing:
        """The list as it is now; as it last was where the database is away.

        Raises StoreUnavailable where it is away and nothing is known. A database that was away is not asked
        again for a while: pages that only show what helps must not wait for it, one after another.
        """
        if time.monotonic() < self._ask_again:
            if not self._listing.resources:
                raise StoreUnavailable("the database did not answer a moment ago")
            return self._listing
        try:
            with database.read() as c:
                return self.listing(c)
        except StoreUnavailable:
            self._ask_again = time.monotonic() + PAUSE
            if not self._listing.resources:
                raise
            return self._listing

    def listing(self, c: Connection) -> Listing:
        """The list as it is now."""
        newest, edition = last_change(c), self._shelf.edition
        if newest != self._known or edition != self._edition:
            with self._lock:
                if edition != self._edition:  # what is akin to what is made from the versions that there are
                    self._edition, self._known, self._kin = edition, 0, None
                self._renew(c, newest)
        return self._listing

    def ranked(self, words: str, listing: Listing) -> list[int]:
        """The places of the resources that have every word, the nearest first, then by title."""
        ranks = self._text.ranks(words).items()
        found = [(rank, listing.places[name]) for name, rank in ranks if name in listing.places]
        return [place for _rank, place in sorted(found)]

    def count(self, words: str) -> int:
        """How many resources have every word."""
        return self._text.count(words)

    def for_gap(self, listing: Listing, framework: str, criterion: str) -> tuple[Resource, ...]:
        """What to show at a gap in a criterion.

        First what is about it, or about what it was or became in other versions; then what is about its
        standard as a whole.
        """
        if not listing.resources:
            return ()
        known = self._families.get(framework, Family())
        names = (criterion, *sorted(known.kin.get(criterion, ())))
        standards = sorted({one for name in names for one in known.standards.get(name, ())})
        return at_gap(
            [one for name in names for one in listing.about.get(Link(framework, CRITERION, name), ())],
            [one for name in standards for one in listing.about.get(Link(framework, STANDARD, name), ())],
        )

    @property
    def _families(self) -> dict[str, Family]:
        if self._kin is None:
            self._kin = {name: family(self._shelf.versions(name)) for name in self._shelf.frameworks()}
        return self._kin

    def _renew(self, c: Connection, newest: int) -> None:
        if newest < self._known:  # another database stands in the place of the one that was copied
            self._known, self._by_id, self._text = 0, {}, FullText()
        changed = changed_since(c, self._known)
        if not changed:
            return
        for resource in changed:
            self._by_id.pop(resource.id, None)
            if resource.state == LISTED:
                order = (resource.said.title.casefold(), resource.id)
                self._by_id[resource.id] = (order, resource, _tags(resource, self._families))
        listed = [resource for resource in changed if resource.state == LISTED]
        self._text.put(map(_text, listed), (resource.id for resource in changed))
        self._listing = self._made()
        self._known = changed[-1].change

    def _made(self) -> Listing:
        ordered = sorted(self._by_id.values(), key=lambda one: one[0])
        resources = tuple(resource for _order, resource, _tags in ordered)
        about: dict[Link, list[Resource]] = {}
        for resource in resources:
            for link in resource.said.links:
                about.setdefault(link, []).append(resource)
        places = {resource.id: place for place, resource in enumerate(resources)}
        return Listing(resources, Facets([tags for _order, _resource, tags in ordered]), about, places)


def _tags(resource: Resource, families: Mapping[str, Family]) -> Tags:
    said = resource.said
    places: dict[str, set[str]] = {STANDARD: set(), CRITERION: set()}
    for link in said.links:
        known = families.get(link.framework, Family())
        if link.kind == CRITERION:
            names = {link.target, *known.kin.get(link.target, ())}
            places[CRITERION] |= {named(link.framework, name) for name in names}
            standards = {one for name in names for one in known.standards.get(name, ())}
        elif link.kind == STANDARD:
            standards = {link.target}
        else:
            standards = {one for every in known.standards.values() for one in every}
        places[STANDARD] |= {named(link.framework, name) for name in standards}
    return {**places, **{choice: getattr(said, name) for choice, name in FIELDS.items()}}


def named(framework: str, target: str) -> str:
    """How a standard or criterion of a framework is named in an address."""
    return f"{framework}/{target}"


def _text(resource: Resource) -> dict[str, str]:
    """The words by which a resource is found."""
    said = resource.said
    labels = [KINDS[kind][value] for kind in KINDS for value in getattr(said, kind)]
    return {
        "id": resource.id,
        "title": said.title,
        "publisher": said.publisher,
        "summary": said.summary,
        "labels": " ".join([*labels, said.licence, said.dated]),
    }
