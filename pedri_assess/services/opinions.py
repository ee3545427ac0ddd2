"""Saying whether a criterion is clear and relevant, and what PEDRI staff may learn from what many say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.errors import NotAllowed
from ..domain.opinions import (
    ANSWERS,
    HELPS,
    HINDERS,
    NOTHING,
    QUESTIONS,
    TEXTS,
    Counted,
    Opinion,
    Shown,
    check_length,
    counted_until,
    shown,
)
from ..domain.policies import Actor
from ..domain.standards import Criterion, Framework, Standard
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.opinions import Mine, counted, opinion, opinions_of, put_opinion, texts
from ..store.organisations import organisations_of
from . import Context
from .limits import hold_to

MOST_AN_HOUR = 300
HOUR = 60 * 60  # seconds


@dataclass(frozen=True)
class Learnt:
    """What may be shown of one criterion: counts, and texts by question, where they may be shown."""

    standard: Standard
    criterion: Criterion
    shown: Shown
    texts: Mapping[str, tuple[str, ...]]


def own_opinion(context: Context, who: Actor, framework: str, version: str, criterion: str) -> Opinion | None:
    """What somebody says of a criterion; None for whoever belongs to no organisation, and is not asked."""
    with context.database.read() as c:
        if not organisations_of(c, who.account_id):
            return None
        return opinion(c, who.account_id, framework, version, criterion)


def own_opinions(context: Context, account_id: str) -> list[Mine]:
    """Everything that somebody says of criteria."""
    with context.database.read() as c:
        return opinions_of(c, account_id)


def say(
    context: Context, who: Actor, framework: str, version: str, criterion: str, changed: Mapping[str, str]
) -> Opinion:
    """Changes what somebody says of a criterion; what they say then.

    `changed` has new values by the names of an opinion's fields; other names and answers that are none are no
    matter. Raises NotFound, NotAllowed for whoever is no member, Incomplete for a text too long, TooMany.
    """
    context.shelf.get(framework, version).criterion(criterion)
    at = stamp(context.now())
    with context.database.write() as c:
        if not organisations_of(c, who.account_id):
            raise NotAllowed("opinion")
        before = opinion(c, who.account_id, framework, version, criterion)
        after = replace(before, **_usable(changed))
        if after != before:
            hold_to(c, f"opinion:{who.account_id}", at, MOST_AN_HOUR, HOUR)
            put_opinion(c, who.account_id, framework, version, criterion, after, at)
            _note(c, at, who, f"{framework}/{version}/{criterion}", before, after)
        return after


def withdraw(context: Context, who: Actor, framework: str, version: str, criterion: str) -> None:
    """Takes back what somebody says of a criterion, if they say anything: none of it is kept."""
    at = stamp(context.now())
    with context.database.write() as c:
        before = opinion(c, who.account_id, framework, version, criterion)
        if not before.empty:
            put_opinion(c, who.account_id, framework, version, criterion, NOTHING, at)
            _note(c, at, who, f"{framework}/{version}/{criterion}", before, NOTHING)


def learnt(context: Context, framework: Framework) -> list[Learnt]:
    """What staff may see of a version, for every criterion in the file's order."""
    until = stamp(counted_until(context.now()))
    with context.database.read() as c:
        counts = counted(c, framework.framework, framework.version, until)
        written = texts(c, framework.framework, framework.version, until)
    found = []
    for standard in framework.standards:
        for criterion in standard.criteria:
            seen = shown(counts.get(criterion.id, Counted(criterion.id)))
            mine = [item for item in written if item.criterion == criterion.id and not seen.texts_hidden]
            said = {
                HINDERS: tuple(sorted(item.hinders for item in mine if item.hinders)),
                HELPS: tuple(sorted(item.helps for item in mine if item.helps)),
            }
            found.append(Learnt(standard, criterion, seen, said))
    return found


def _usable(changed: Mapping[str, str]) -> dict[str, str]:
    """What of it can be kept. Raises Incomplete."""
    answers = {name: changed[name] for name in QUESTIONS if changed.get(name) in ANSWERS}
    texts = {name: changed[name] for name in TEXTS if name in changed}
    for text in texts.values():
        check_length(text)
    return answers | texts


def _note(c: Connection, at: str, who: Actor, subject: str, before: Opinion, after: Opinion) -> None:
    """The event says that something was said, and not what: what is taken back must be gone."""
    kind = "opinion-given" if before.empty else ("opinion-withdrawn" if after.empty else "opinion-changed")
    add_event(c, Event(kind, at, who.account_id, subject=subject))
