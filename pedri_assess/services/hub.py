"""The resource hub as everyone sees it: finding resources, reading one, and what to show at a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from ..domain.assessment import Assessment
from ..domain.errors import NotFound
from ..domain.facets import indices_of, places_of
from ..domain.resources import LISTED, RETIRED, Pointer, Resource, pointer
from ..domain.scoring import score
from ..domain.standards import Criterion, Framework
from ..store import Connection, StoreUnavailable
from ..store.full_text import words_in
from ..store.resources import resource
from . import Context
from .hub_copy import CHOICES, Listing

ON_A_PAGE = 20

Helps = dict[str, tuple[Pointer, ...]]  # what helps at the gaps of a report, by criterion


@dataclass(frozen=True)
class Found:
    """What a search found: one page of it, and how many there would be for each value of each choice.

    `words` says of each word how many resources have it by itself, where they were not found together.
    """

    resources: tuple[Resource, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    listed: int
    words: Mapping[str, int] = field(default_factory=dict)


def find(context: Context, words: str, chosen: Mapping[str, str], page: int = 1) -> Found:
    """The listed resources that have every word and every chosen value: the nearest first, else by title.

    `chosen` has values by the names in CHOICES. A page after the last is the last. Where the database is
    away it is the list as last known. Raises StoreUnavailable where none is.
    """
    listing = context.hub.now(context.database)
    chosen = {name: chosen.get(name, "") for name in CHOICES}
    ranks = context.hub.ranked(words, listing) if words_in(words) else None
    among = listing.facets.all if ranks is None else places_of(ranks)
    left = listing.facets.having(chosen, among)
    order = list(indices_of(left))
    if ranks is not None:
        kept = set(order)
        order = [place for place in ranks if place in kept]
    pages = max(1, -(-len(order) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    return Found(
        resources=tuple(
            listing.resources[place] for place in order[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
        ),
        total=len(order),
        page=page,
        pages=pages,
        counts=listing.facets.counts(chosen, among),
        listed=len(listing.resources),
        words={} if among else _one_by_one(context, words),
    )


def one_resource(context: Context, resource_id: str) -> Resource:
    """A resource that is listed or retired. Raises NotFound, StoreUnavailable."""
    with context.database.read() as c:
        found = resource(c, resource_id)
    if found.state not in (LISTED, RETIRED):
        raise NotFound("resource")
    return found


def help_with(context: Context, framework: str, criterion: str) -> tuple[Resource, ...]:
    """What to show beside a criterion, three resources at most; as last known where the database is away."""
    return help_with_each(context, framework, [criterion]).get(criterion, ())


def help_with_each(
    context: Context, framework: str, criteria: Iterable[str]
) -> dict[str, tuple[Resource, ...]]:
    """The same for several criteria at once; those that nothing helps with are left out."""
    with suppress(StoreUnavailable):  # what helps is an extra: a page goes on without
        listing = context.hub.now(context.database)
        found = {name: context.hub.for_gap(listing, framework, name) for name in criteria}
        return {name: resources for name, resources in found.items() if resources}
    return {}


def help_at_gaps(context: Context, framework: Framework, answered: Assessment) -> Helps:
    """What a report shows at its gaps; as last known, or nothing, where the database is away."""
    with suppress(StoreUnavailable):
        return help_from(context, context.hub.now(context.database), framework, answered)
    return {}


def help_in(c: Connection, context: Context, framework: Framework, answered: Assessment) -> Helps:
    """The same, in a transaction that is under way."""
    return help_from(context, context.hub.listing(c), framework, answered)


def help_from(context: Context, listing: Listing, framework: Framework, answered: Assessment) -> Helps:
    """The same, from a list that is at hand."""
    found = {
        gap.criterion: tuple(map(pointer, context.hub.for_gap(listing, framework.framework, gap.criterion)))
        for gap in score(framework, answered).order_of_work
    }
    return {name: pointers for name, pointers in found.items() if pointers}


def without_help(context: Context) -> list[tuple[Framework, list[Criterion]]]:
    """The criteria of the newest versions at which nothing is shown, by framework."""
    listing = context.hub.now(context.database)
    return [
        (framework, [one for one in framework.criteria if not context.hub.for_gap(listing, name, one.id)])
        for name in context.shelf.frameworks()
        for framework in [context.shelf.current(name)]
    ]


def _one_by_one(context: Context, words: str) -> dict[str, int]:
    return {word: context.hub.count(word) for word in _once(words_in(words))}


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
