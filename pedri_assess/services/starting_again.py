"""Starting again from an assessment that was submitted: what comes along, and the beginning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.assessment import NO_ANSWER, Assessment, assessment_from
from ..domain.carrying import CarriedOver, carried_assessment, carry
from ..domain.earlier import Brought, Whence, brought
from ..domain.errors import NotFound, WrongState
from ..domain.mapping import leads_to, origins, predecessors
from ..domain.said import Said, said_document
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.answers import save
from ..store.assessments import Kept, assessment
from ..store.carried import add_predecessor, put_carried
from ..store.results import frozen_result, frozen_results
from . import Context
from .assessments import CHANGED_STANDARDS, event
from .set_up import ALL, CORE, SOME, SetUp, start_in


@dataclass(frozen=True)
class Again:
    """What would come along from a submission to a version; `begun` is the set-up to start from.

    `depth` and `standards` are as the set-up form takes them.
    """

    before: Kept
    revision: int
    answered: Assessment
    over: CarriedOver
    begun: Assessment
    depth: str
    standards: tuple[str, ...]


def versions_to_go_to(context: Context, framework_id: str, version: str) -> tuple[Framework, ...]:
    """The version itself and those that were made from it, the newest first. Raises NotFound."""
    versions = context.shelf.versions(framework_id)
    old = context.shelf.get(framework_id, version)
    return tuple(new for new in versions if leads_to(old, new, versions))


def again(context: Context, assessment_id: str, version: str = "", revision: int | None = None) -> Again:
    """What would come along to a version, the newest that the answers lead to where none is named.

    Raises NotFound, also where nothing was submitted or no answer leads to the version, and WrongState where
    the old standards are not what was answered.
    """
    with context.database.read() as c:
        return _again(c, context, assessment_id, version, revision)


def start_again(
    context: Context, assessment_id: str, revision: int, account_id: str, version: str, set_up: SetUp
) -> str:
    """A new assessment with all that comes along, in one transaction; its id. The old one stays as it is.

    Raises NotFound, WrongState, ValueError.
    """
    with context.database.write() as c:
        found = _again(c, context, assessment_id, version, revision)
        before, at = found.before, stamp(context.now())
        new = start_in(c, context, before.organisation_id, account_id, found.over.new, set_up)
        add_predecessor(c, new.id, before.id, revision, account_id, at)
        whence = Whence(before.id, revision, found.over.old.version, found.answered.date)
        for item in found.over.criteria:
            along = brought(item, whence)
            put_carried(c, new.id, item.criterion, along, account_id, at)
            if item.answer != NO_ANSWER:
                bring(c, new, item.criterion, Said(item.answer, item.importance), along, account_id, at)
        told = {"assessment": before.id, "revision": revision, **found.over.counts()}
        event(c, new, "carried-over", account_id, at, before.id, after=told)
    return new.id


def bring(c: Connection, kept: Kept, criterion: str, said: Said, along: Brought, by: str, at: str) -> None:
    """Fills in an answer that came along, and writes down where it came from."""
    save(c, kept.id, criterion, by, said, 0, at)
    event(c, kept, "answer-carried", by, at, criterion, sources_document(along), said_document(said))


def sources_document(along: Brought) -> dict[str, object]:
    """Where something came from, without its words."""
    return {
        "from": [
            {**vars(item.whence), "criterion": item.criterion, "link": item.link} for item in along.earlier
        ]
    }


def _again(c: Connection, context: Context, assessment_id: str, version: str, revision: int | None) -> Again:
    before = assessment(c, assessment_id)
    if revision is None:
        frozen = next(iter(frozen_results(c, assessment_id)), None)
    else:
        frozen = frozen_result(c, assessment_id, revision)
    if frozen is None:
        raise NotFound("result")
    answered = assessment_from(frozen.answers)
    old = context.shelf.get(answered.framework, answered.version)
    if old.content_hash != frozen.content_hash:
        raise WrongState(CHANGED_STANDARDS)
    able = {each.version: each for each in versions_to_go_to(context, old.framework, old.version)}
    new = able.get(version) if version else next(iter(able.values()))
    if new is None:
        raise NotFound(version)
    versions = context.shelf.versions(old.framework)
    return Again(
        before,
        frozen.revision,
        answered,
        carry(old, new, answered, versions),
        carried_assessment(old, new, answered, versions),
        *depth_then(before, old, new, answered.criteria, versions),
    )


def depth_then(
    before: Kept, old: Framework, new: Framework, chosen: tuple[str, ...], versions: Iterable[Framework]
) -> tuple[str, tuple[str, ...]]:
    """How much is answered in another version, and which standards where it is some of them."""
    if before.depth == CORE:
        return (CORE if new.core_criteria else ALL), ()
    if before.depth != SOME:
        return ALL, ()
    found = predecessors(old, new, origins(old, new, versions))
    whole = {
        standard.id for standard in old.standards if {item.id for item in standard.criteria} <= set(chosen)
    }
    return SOME, tuple(
        standard.id for standard in new.standards if any(part.id in whole for part in found[standard.id][:1])
    )
