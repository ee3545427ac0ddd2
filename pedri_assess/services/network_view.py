"""The network as PEDRI staff see it: sums of what organisations share, and looks at one, which are noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..domain.assessment import Assessment, assessment_from
from ..domain.cohort import Cohort, Pair, cohort
from ..domain.errors import NotFound
from ..domain.network_view import NetworkView, network_view, widest
from ..domain.standards import Framework
from ..domain.times import stamp
from ..reports import Report
from ..store import Connection
from ..store.events import Event, add_event
from ..store.shared_results import SharedResult, answers_in, shared_result, shared_results
from . import Context
from .reports import report_for
from .results import result_in

Years = tuple[str, str]


@dataclass(frozen=True)
class Network:
    """The sums about one version, the years that can be compared, the newest last, and what changed."""

    view: NetworkView
    choices: tuple[Years, ...]
    cohort: Cohort | None


@dataclass(frozen=True)
class Looked:
    """The result of one organisation, as staff see it: nothing of drafts, comments, or who said what."""

    result: SharedResult
    framework: Framework
    report: Report


def network(context: Context, framework: Framework, years: Years | None = None) -> Network:
    """The sums about a version; `years` are those to compare, the newest two where none are given.

    Raises NotFound for years that cannot be compared.
    """
    with context.database.read() as c:
        every = shared_results(c, framework.framework)
        mine = [item for item in every if item.content_hash == framework.content_hash]
        choices = _choices(every, mine)
        if years is not None and years not in choices:
            raise NotFound("years")
        chosen = years or (choices[-1] if choices else None)
        pairs = list(_pairs(context, c, every, framework, chosen)) if chosen else []
        speaking = [found for item in by_place(mine) if (found := speaks(c, item, framework))]
    versions = context.shelf.versions(framework.framework)
    changed = cohort(framework, chosen, pairs, versions) if chosen else None
    return Network(network_view(framework, speaking), choices, changed)


def shared_with_staff(context: Context, framework: str) -> list[list[SharedResult]]:
    """What can be looked at of a framework, by organisation."""
    with context.database.read() as c:
        return list(by_place(shared_results(c, framework)))


def look_at(context: Context, by: str, assessment_id: str, revision: int) -> Looked:
    """The result of one organisation; that somebody looked is noted with it, or nothing is shown.

    Raises NotFound for what is not shared.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        shared = shared_result(c, assessment_id, revision)
        found = result_in(c, context, assessment_id, revision)
        what = {"scope": shared.scope_name, "version": f"{found.framework.title} {found.framework.version}"}
        said = {**what, "revision": revision}
        place = (shared.organisation_id, assessment_id)
        add_event(c, Event("result-looked-at", at, by, *place, subject=str(revision), after=said))
    return Looked(shared, found.framework, report_for(found.framework, _without_notes(found.answered)))


def _without_notes(answered: Assessment) -> Assessment:
    """Notes are for next year's selves, and for nobody else."""
    answers = {name: replace(answer, note="") for name, answer in answered.answers.items()}
    return replace(answered, answers=answers)


def by_place(results: Iterable[SharedResult]) -> Iterator[list[SharedResult]]:
    """The results of each organisation, of each assessment the newest revision of a version only."""
    for _place, items in groupby(results, key=lambda item: item.organisation_id):
        newest: dict[tuple[str, str, str], SharedResult] = {}
        for item in items:
            newest.setdefault((item.assessment_id, item.content_hash, item.year), item)
        yield list(newest.values())


def speaks(c: Connection, results: Iterable[SharedResult], framework: Framework) -> Assessment | None:
    """What speaks for an organisation among results of this version."""
    mine = [item for item in results if item.content_hash == framework.content_hash]
    return widest(((item.made_at, assessment_from(answers_in(c, item))) for item in mine), framework)


def _choices(every: Iterable[SharedResult], mine: Iterable[SharedResult]) -> tuple[Years, ...]:
    """The pairs of years that can be compared: a year with results of this version, and one before it."""
    years = sorted({item.year for item in every})
    later = {item.year for item in mine}
    return tuple(pair for pair in pairwise(years) if pair[1] in later)


def _pairs(
    context: Context, c: Connection, every: Iterable[SharedResult], framework: Framework, years: Years
) -> Iterator[Pair]:
    versions = {item.content_hash: item for item in context.shelf.versions(framework.framework)}
    for place in by_place(every):
        after = speaks(c, (item for item in place if item.year == years[1]), framework)
        if after is None:
            continue
        before = [item for item in place if item.year == years[0]]
        # An older version may be of that year too: the newest one that the organisation used then speaks
        for old in dict.fromkeys(item.content_hash for item in before):
            if old in versions and (spoken := speaks(c, before, versions[old])):
                yield Pair(versions[old], spoken, after)
                break
