"""Looking at the addresses of the hub's resources, and keeping what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from ..domain.errors import NotFound
from ..domain.resources import LISTED, TROUBLE, Check, Resource
from ..domain.times import moment, stamp
from ..store.events import Event, add_event
from ..store.resources import every_resource, resource, set_check
from . import Context
from .reaching import Look

PAUSE = 1.0  # seconds between two questions to one site
AGAIN = timedelta(hours=20)  # a resource that was looked at since then is not due, and not missed once more


class NothingAnswers(Exception):
    """Not one site answered: this machine has no way to the web, and nothing was noted."""


@dataclass(frozen=True)
class Looked:
    """A resource that was looked at, with what came of it."""

    resource: Resource
    check: Check


def check_links(
    context: Context,
    looking: Callable[[str], Look],
    *,
    everything: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[Looked]:
    """Looks at the address of every listed resource that is due, and notes what came of it, one by one.

    What did not answer is held back until some site did. Raises NothingAnswers, StoreUnavailable.
    """
    asked: dict[str, float] = {}
    held: list[tuple[Resource, Look]] = []
    answered = False
    for item in in_turns(_due(context, everything=everything)):
        host = item.said.host
        wait(max(0.0, asked.get(host, 0.0) + PAUSE - time.monotonic()) if host in asked else 0.0)
        found = looking(item.said.address)
        asked[host] = time.monotonic()
        held.append((item, found))
        answered = answered or found.answered
        if answered:
            yield from _noted(context, held)
            held = []
    if len({item.said.host for item, _ in held}) > 1:
        raise NothingAnswers
    yield from _noted(context, held)


def in_turns(resources: Iterable[Resource]) -> Iterator[Resource]:
    """The resources so that those of one site are as far apart as they can be."""
    sites: dict[str, list[Resource]] = {}
    for item in resources:
        sites.setdefault(item.said.host, []).append(item)
    for turn in zip_longest(*sites.values()):
        yield from (item for item in turn if item is not None)


def _due(context: Context, *, everything: bool) -> list[Resource]:
    since = stamp(context.now() - AGAIN)
    with context.database.read() as c:
        listed = [item for item in every_resource(c) if item.state == LISTED]
    return [item for item in listed if everything or item.check is None or item.check.at < since]


def _noted(context: Context, looks: Iterable[tuple[Resource, Look]]) -> Iterator[Looked]:
    for item, found in looks:
        noted = _note(context, item, found)
        if noted is not None:
            yield noted


def _note(context: Context, seen: Resource, found: Look) -> Looked | None:
    """Keeps what came of one look; None where the resource has another address by now."""
    at = stamp(context.now())
    with context.database.write() as c:
        try:
            current = resource(c, seen.id)
        except NotFound:
            return None
        if current.said.address != seen.said.address:
            return None
        check = Check(at, found.outcome, found.words, _missed(current.check, found, at), found.moved_to)
        news = _without_time(check) != _without_time(current.check)
        set_check(c, current.id, check, news=news)
        if news:
            after = {"outcome": check.outcome, "reason": check.words}
            add_event(c, Event("resource-checked", at, subject=current.id, after=after))
        return Looked(resource(c, current.id), check)


def _missed(before: Check | None, found: Look, at: str) -> int:
    """How many times in a row it was not found; looks soon after each other count once."""
    if found.outcome not in TROUBLE:
        return 0
    if before is None or before.outcome not in TROUBLE:
        return 1
    return before.times + (moment(before.at) + AGAIN <= moment(at))


def _without_time(check: Check | None) -> tuple[object, ...]:
    return () if check is None else (check.outcome, check.words, check.times, check.moved_to)
