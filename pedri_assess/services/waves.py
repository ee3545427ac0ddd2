"""Waves of benchmarks: prepared by one of PEDRI's staff, approved by another, published for ever."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..domain.disclosure import PARTNER, Organisation, Release, Shown, Wave, network_from, release_from
from ..domain.errors import Duplicate, NotFound, Stale, WrongState
from ..domain.ids import new_id
from ..domain.languages import to_translate
from ..domain.sharing import PARTNERS, PUBLIC
from ..domain.standards import Framework
from ..domain.times import stamp
from ..domain.waves import (
    AUDIENCES,
    Counted,
    Names,
    counted_document,
    levels,
    names,
    release_documents,
    released,
    seal_of,
)
from ..store import Connection
from ..store import waves as kept
from ..store.events import Event, add_event
from ..store.shared_results import shared_results
from ..store.sharing import choices_of
from ..store.waves import WaveRow
from . import Context
from .network_view import by_place, speaks

OWN_WORK = to_translate("Somebody else than the person who prepared a wave approves it")
NOT_APPROVED = to_translate("A second person has to approve the wave first")
APPROVED_ALREADY = to_translate("The wave is approved already")
CHANGED = to_translate(
    "What would be counted has changed since the wave was prepared: somebody handed in, agreed or withdrew, "
    "or another wave was published. Prepare it again, and look at it again"
)
NO_LONGER_DRAFT = to_translate("The wave is published: it stays as it is")


@dataclass(frozen=True)
class Benchmark:
    """A wave with its version of the standards, and what it shows. Nobody else's levels are in it."""

    row: WaveRow
    framework: Framework

    def release(self, audience: str) -> Release:
        """What it shows to an audience, as it was decided when it was prepared."""
        return release_from(self.row.content[audience])

    @property
    def names(self) -> Names:
        """By which name each criterion is followed through waves."""
        found: Names = self.row.content["names"]
        return found

    @property
    def shows_anything(self) -> bool:
        """Whether there is a figure for any audience; if not, there is no reason to publish it."""
        return any(
            isinstance(figure, Shown)
            for audience in AUDIENCES
            for _, cell in self.release(audience).cells()
            for figure in cell.criteria.values()
        )

    @property
    def organisations(self) -> int:
        """How many are counted: for staff; others see what the release says."""
        return len(self._counted)

    @property
    def public(self) -> int:
        """How many of them are counted in what the public sees."""
        return sum(item.get("public", True) for item in self._counted)

    def own_levels(self, organisation_id: str) -> dict[str, int | None] | None:
        """The levels with which one organisation is counted, for itself; None where it is not."""
        found = (item["levels"] for item in self._counted if item["id"] == organisation_id)
        return next(found, None)

    @property
    def _counted(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.row.content["organisations"]
        return found


@dataclass(frozen=True)
class Series:
    """The waves of a framework: published ones, the newest first, and the one that is being prepared."""

    framework: Framework
    published: Sequence[Benchmark]
    drafted: Benchmark | None


def series(context: Context) -> list[Series]:
    """All frameworks with their waves."""
    shelf = context.shelf
    with context.database.read() as c:
        return [
            Series(
                shelf.current(name),
                [_benchmark(context, row) for row in reversed(kept.published(c, name))],
                _benchmark(context, row) if (row := kept.drafted(c, name)) else None,
            )
            for name in shelf.frameworks()
        ]


def published_waves(context: Context, framework: str) -> list[Benchmark]:
    """The published waves of a framework, from first to last."""
    with context.database.read() as c:
        return [_benchmark(context, row) for row in kept.published(c, framework)]


def published_wave(context: Context, wave_id: str) -> Benchmark:
    """One published wave. Raises NotFound, also for one that is not published yet."""
    found = wave_of(context, wave_id)
    if not found.row.number:
        raise NotFound("wave")
    return found


def wave_of(context: Context, wave_id: str) -> Benchmark:
    """One wave, for staff. Raises NotFound."""
    with context.database.read() as c:
        return _benchmark(context, kept.wave(c, wave_id))


def mark_of(found: Benchmark) -> str:
    """What tells a wave that is being prepared from another, and from itself before it was approved."""
    return f"{found.row.id}.{found.row.changes}"


def prepare(
    context: Context, by: str, framework: Framework, name: str, since: str, seen: Collection[str] = ()
) -> str:
    """Prepares a wave from what is handed in and shared now; its id.

    `since` is the first day of what counts. It takes the place of a wave of the framework that was being
    prepared, if `seen` has the mark of that. Raises Stale with that wave if not, and Duplicate where a
    published wave has this name.
    """
    at = stamp(context.now())
    with context.database.read() as c:
        earlier = _earlier(c, context, framework.framework)
        if any(row.name.casefold() == name.casefold() for row in kept.published(c, framework.framework)):
            raise Duplicate(name)
        new = _counted(c, context, framework, since, earlier)
    content = {**counted_document(new), **release_documents(released(earlier, new))}
    row = WaveRow(
        *(new.wave.id, framework.framework, framework.version, name, since, content),
        *(seal_of(earlier, new), at, by),
    )
    with context.database.write() as c:
        _replace(c, context, by, framework.framework, seen)
        kept.prepare(c, row)
        add_event(c, Event("wave-prepared", at, by, None, None, row.id, after=_said(row)))
    return row.id


def approve(context: Context, by: str, wave_id: str, expected: int) -> None:
    """Approves a wave as it is shown. Raises NotFound, Stale, and WrongState with words."""
    at = stamp(context.now())
    with context.database.write() as c:
        row = _draft(c, wave_id)
        if row.approved_at:
            raise WrongState(APPROVED_ALREADY)
        if row.prepared_by == by:
            raise WrongState(OWN_WORK)
        _check_seal(c, context, row)
        kept.approve(c, wave_id, expected, at, by)
        add_event(c, Event("wave-approved", at, by, None, None, wave_id, after=_said(row)))


def publish(context: Context, by: str, wave_id: str, expected: int) -> None:
    """Publishes an approved wave, for ever. Raises NotFound, Stale, Duplicate, and WrongState with words."""
    at = stamp(context.now())
    with context.database.write() as c:
        row = _draft(c, wave_id)
        if not row.approved_at:
            raise WrongState(NOT_APPROVED)
        _check_seal(c, context, row)
        number = len(kept.published(c, row.framework)) + 1
        kept.publish(c, replace(row, number=number, published_at=at, published_by=by))
        kept.discard(c, wave_id, expected)
        add_event(c, Event("wave-published", at, by, None, None, wave_id, after=_said(row)))


def discard(context: Context, by: str, wave_id: str, expected: int) -> None:
    """Takes away a wave that is being prepared. Raises NotFound, Stale, WrongState."""
    with context.database.write() as c:
        row = _draft(c, wave_id)
        kept.discard(c, wave_id, expected)
        at = stamp(context.now())
        add_event(c, Event("wave-discarded", at, by, None, None, wave_id, before=_said(row)))


def _replace(c: Connection, context: Context, by: str, framework: str, seen: Collection[str]) -> None:
    row = kept.drafted(c, framework)
    if row is None:
        return
    found = _benchmark(context, row)
    if mark_of(found) not in seen:
        raise Stale(found)
    kept.discard(c, row.id, row.changes)
    add_event(c, Event("wave-discarded", stamp(context.now()), by, None, None, row.id, before=_said(row)))


def _draft(c: Connection, wave_id: str) -> WaveRow:
    row = kept.wave(c, wave_id)
    if row.number:
        raise WrongState(NO_LONGER_DRAFT)
    return row


def _check_seal(c: Connection, context: Context, row: WaveRow) -> None:
    framework = context.shelf.get(row.framework, row.version)
    earlier = _earlier(c, context, row.framework)
    now = _counted(c, context, framework, row.since, earlier, row.id)
    if seal_of(earlier, now) != row.seal:
        raise WrongState(CHANGED)


def _earlier(c: Connection, context: Context, framework: str) -> list[Counted]:
    """What every published wave counted, from first to last."""
    return [
        Counted(
            context.shelf.get(row.framework, row.version), row.content["names"], _wave_in(row.id, row.content)
        )
        for row in kept.published(c, framework)
    ]


def _counted(
    c: Connection,
    context: Context,
    framework: Framework,
    since: str,
    earlier: Sequence[Counted],
    wave_id: str = "",
) -> Counted:
    """Who would be counted now: each organisation that agreed once, by its widest result of this version."""
    found = []
    for results in by_place(shared_results(c, framework.framework, PARTNERS)):
        place = results[0]
        answered = speaks(c, [item for item in results if item.made_at[:10] >= since], framework)
        if answered is not None:
            public = PUBLIC in choices_of(c, place.organisation_id)
            said = {"type": place.kind, "nation": place.nation, "size": place.size}
            groups = {name: value for name, value in said.items() if value}
            found.append(Organisation(place.organisation_id, groups, levels(framework, answered), public))
    found.sort(key=lambda item: item.id)
    known = names(
        framework,
        [(one.framework, one.names) for one in earlier],
        context.shelf.versions(framework.framework),
    )
    return Counted(framework, known, Wave(wave_id or new_id(), tuple(found)))


def _wave_in(wave_id: str, content: dict[str, Any]) -> Wave:
    document = {"waves": [{"id": wave_id, "organisations": content["organisations"]}]}
    return network_from(document).waves[0]


def _benchmark(context: Context, row: WaveRow) -> Benchmark:
    return Benchmark(row, context.shelf.get(row.framework, row.version))


def _said(row: WaveRow) -> dict[str, Any]:
    """What the log of events keeps: nothing of anyone's levels."""
    counted = len(row.content["organisations"])
    method = row.content[PARTNER]["method"]
    about = {"framework": row.framework, "version": row.version, "name": row.name, "since": row.since}
    return {**about, "organisations": counted, "method": method, "seal": row.seal}
