"""The resource hub as everyone sees it: finding resources, reading one, and what to show at a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..domain.assessment import Assessment
from ..domain.edition import NO_EDITION, Edition
from ..domain.errors import NotFound
from ..domain.facets import indices_of, places_of
from ..domain.resources import LISTED, RETIRED, Resource, pointer
from ..domain.scoring import score
from ..domain.standards import Framework
from ..store import StoreUnavailable
from ..store.full_text import words_in
from ..store.resources import resource
from . import Context
from .hub_copy import CHOICES, Listing

ON_A_PAGE = 20


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

    `chosen` has values by the names in CHOICES. A page after the last is the last. Raises StoreUnavailable.
    """
    with context.database.read() as c:
        listing = context.hub.listing(c)
    chosen = {name: chosen.get(name, "") for name in CHOICES}
    ranks = context.hub.ranked(words, listing) if words_in(words) else None
    among = listing.facets.all if ranks is None else places_of(ranks)
    left = listing.facets.having(chosen, among)
    order = [rank for rank in ranks if left >> rank & 1] if ranks is not None else list(indices_of(left))
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
        words={} if among else _one_by_one(context, words, listing),
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
    return context.hub.for_gap(_listing(context), framework, criterion)


def with_help(
    context: Context, framework: Framework, answered: Assessment, edition: Edition = NO_EDITION
) -> Edition:
    """The edition of a report with the resources to show at each gap."""
    listing = _listing(context)
    found = {
        gap.criterion: tuple(map(pointer, context.hub.for_gap(listing, framework.framework, gap.criterion)))
        for gap in score(framework, answered).order_of_work
    }
    return replace(edition, resources={name: pointers for name, pointers in found.items() if pointers})


def _listing(context: Context) -> Listing:
    try:
        with context.database.read() as c:
            return context.hub.listing(c)
    except StoreUnavailable:  # what helps is an extra: a page that needs no database goes without
        return context.hub.last


def _one_by_one(context: Context, words: str, listing: Listing) -> dict[str, int]:
    return {word: len(context.hub.ranked(word, listing)) for word in _once(words_in(words))}


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
