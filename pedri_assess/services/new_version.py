"""Moving a draft to a newer version half way: the preview of what comes along, and the move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..catalogue import content_hash
from ..domain.assessment import NO_ANSWER, Assessment, assessment_from
from ..domain.carrying import (
    CONFIRM,
    NOTHING,
    Carried,
    CarriedOver,
    carried_assessment,
    carried_scope,
    carry,
)
from ..domain.earlier import Brought, Earlier, Whence, brought
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.mapping import origins
from ..domain.said import NOTHING as NOTHING_SAID
from ..domain.said import SETTLED, Said, said_document, status
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.answers import Sheet, save, set_owner, sheet
from ..store.assessments import Kept, assessment, change_assessment
from ..store.carried import add_version_before, predecessor, put_carried
from ..store.results import frozen_result, frozen_results
from ..store.rounds import rounds_of
from . import Context
from .assessments import event, framework_of
from .rating import check_ended
from .set_up import set_up_document
from .starting_again import bring, depth_then, sources_document, versions_to_go_to

SUBMITTED_BEFORE = to_translate(
    "A revision of this assessment was submitted, and its result is by the old version. "
    "Start again from it instead"
)
IN_A_ROUND = to_translate(
    "This assessment takes part in the round %(name)s, which asks for version %(version)s"
)


@dataclass(frozen=True)
class Move:
    """What a draft would become. `moved` is how it would be set up, `seal` names the very answers.

    `along` has what would come along by criterion; `owners` are who would answer for what.
    """

    kept: Kept
    over: CarriedOver
    moved: Kept
    along: dict[str, Brought]
    said: dict[str, Said]
    owners: dict[str, str]
    seal: str


def newer_versions(context: Context, kept: Kept) -> tuple[Framework, ...]:
    """The versions that a draft can be moved to, the newest first; none for what is no draft."""
    if kept.status != "draft" or kept.revision > 1 or kept.archived_at:
        return ()
    able = versions_to_go_to(context, kept.framework, kept.version)
    return tuple(each for each in able if each.version != kept.version)


def move_preview(context: Context, assessment_id: str, version: str = "") -> Move:
    """What would become of a draft, in the newest version where none is named.

    Raises NotFound, also for a version that the answers do not lead to, and WrongState for what is no draft,
    was submitted before, or takes part in a round.
    """
    with context.database.read() as c:
        return _move(c, context, assessment_id, version)


def move(context: Context, assessment_id: str, account_id: str, version: str, seal: str) -> Kept:
    """Moves a draft, in one transaction; every earlier answer stays where it is, to be read.

    `seal` is that of the preview. Raises NotFound, WrongState, and Stale with the Move of now where something
    was changed since the preview.
    """
    with context.database.write() as c:
        found = _move(c, context, assessment_id, version)
        if found.seal != seal:
            raise Stale(found)
        at, before = stamp(context.now()), found.kept
        after = change_assessment(c, found.moved)
        add_version_before(c, before.id, before.version, before.content_hash, account_id, at)
        current = sheet(c, before.id)
        for name, along in found.along.items():
            put_carried(c, before.id, name, along, account_id, at)
            if name in found.said:
                _bring(c, after, current, name, found.said[name], along, account_id, at)
            if name in found.owners and name not in current.owners:
                set_owner(c, before.id, name, found.owners[name], account_id, at)
        was, is_now = set_up_document(before), set_up_document(after)
        told = {**is_now, "owners": found.owners, "counts": found.over.counts()}
        event(c, after, "assessment-moved", account_id, at, after.version, was, told)
        return after


def _bring(
    c: Connection,
    kept: Kept,
    current: Sheet,
    name: str,
    said: Said,
    along: Brought,
    by: str,
    at: str,
) -> None:
    there = current.answers.get(name)
    if there is None:
        bring(c, kept, name, said, along, by, at)
    elif there.said != said:  # an id that both versions have, for another criterion
        save(c, kept.id, name, by, said, there.changes, at)
        before = {**said_document(there.said), **sources_document(along)}
        event(c, kept, "answer-carried", by, at, name, before, said_document(said))


def _move(c: Connection, context: Context, assessment_id: str, version: str) -> Move:
    kept, found = assessment(c, assessment_id), sheet(c, assessment_id)
    kept.state.check_answering()
    check_ended(c, assessment_id)
    if kept.revision > 1 or frozen_results(c, assessment_id):
        raise WrongState(SUBMITTED_BEFORE)
    _check_rounds(c, kept)
    old, versions = framework_of(context, kept), context.shelf.versions(kept.framework)
    new = _chosen(newer_versions(context, kept), version)
    said = {item.id: found.answers[item.id].said for item in old.criteria if item.id in found.answers}
    draft = _answered(kept, said)
    over = carry(old, new, draft, versions)
    before = _before(c, context, assessment_id, new, versions)
    whence = Whence(kept.id, 0, kept.version)
    along = {item.criterion: _along(item, whence, old, found, before) for item in over.criteria}
    return Move(
        kept,
        over,
        _moved(kept, old, new, draft, versions),
        along,
        {item.criterion: filled for item in over.criteria if (filled := _filled_in(item, said))},
        _owners(over, found),
        _seal(kept, found, new),
    )


def _chosen(able: Sequence[Framework], version: str) -> Framework:
    for each in able:
        if version in ("", each.version):
            return each
    raise NotFound(version)


def _seal(kept: Kept, found: Sheet, new: Framework) -> str:
    """Names all that a move is made from: another seal says that something was changed."""
    return content_hash(
        {
            "set_up": kept.changes,
            "version": new.content_hash,
            "answers": {name: item.changes for name, item in found.answers.items()},
            "left": found.left,
            "owners": found.owners,
        }
    )


def _check_rounds(c: Connection, kept: Kept) -> None:
    """Raises WrongState where a round counts on the version."""
    for asked, place in rounds_of(c, kept.organisation_id):
        if place.assessment_id == kept.id and asked.closed_at is None:
            raise WrongState(IN_A_ROUND, name=asked.name, version=kept.version)


def _answered(kept: Kept, said: dict[str, Said]) -> Assessment:
    return Assessment(
        kept.framework,
        kept.version,
        criteria=kept.criteria,
        targets=dict(kept.targets),
        importance={name: item.importance for name, item in said.items() if item.importance},
        answers={name: item.answer for name, item in said.items()},
    )


def _filled_in(item: Carried, said: dict[str, Said]) -> Said | None:
    """What is filled in for a criterion, with half-typed words; None for nothing."""
    typed = said[item.sources[0].criterion].typed if _is_alone(item, said) else {}
    if item.answer == NO_ANSWER and not typed:
        return None
    return Said(item.answer, item.importance, typed)


def _is_alone(item: Carried, said: dict[str, Said]) -> bool:
    return len(item.sources) == 1 and item.comparable and item.sources[0].criterion in said


def _along(
    item: Carried, whence: Whence, old: Framework, found: Sheet, before: dict[str, tuple[Earlier, ...]]
) -> Brought:
    """What comes along from the draft, and beside it what came along to the draft from the year before.

    What was answered in this draft and asks the same need not be confirmed again.
    """
    said = {name: saved.said for name, saved in found.answers.items()}
    along = brought(item, whence, said)
    asked_alike = item.to_do == CONFIRM
    done = asked_alike and all(_is_done(source.criterion, old, found) for source in item.sources)
    earlier = tuple(each for each in along.earlier if each.said != NOTHING_SAID)
    return Brought(NOTHING if done else item.to_do, earlier + before.get(item.criterion, ()), along.suggested)


def _is_done(name: str, old: Framework, found: Sheet) -> bool:
    saved = found.answers.get(name)
    return (
        saved is not None
        and not found.left.get(name)
        and status(old.criterion(name), saved.said, old) in SETTLED
    )


def _before(
    c: Connection, context: Context, assessment_id: str, new: Framework, versions: Iterable[Framework]
) -> dict[str, tuple[Earlier, ...]]:
    """What the submission said that the draft was begun from, by the criteria of the newer version."""
    begun_from = predecessor(c, assessment_id)
    frozen = frozen_result(c, begun_from.before_id, begun_from.revision) if begun_from else None
    if not begun_from or not frozen:
        return {}
    answered = assessment_from(frozen.answers)
    whence = Whence(begun_from.before_id, begun_from.revision, answered.version, answered.date)
    first = context.shelf.get(answered.framework, answered.version)
    over = carry(first, new, answered, versions)
    return {item.criterion: brought(item, whence).earlier for item in over.criteria}


def _moved(
    kept: Kept, old: Framework, new: Framework, draft: Assessment, versions: Iterable[Framework]
) -> Kept:
    """The same assessment, set up for another version."""
    depth, standards = depth_then(kept, old, new, kept.criteria, versions)
    begun = carried_assessment(old, new, draft, versions)
    chosen = {"core": tuple(item.id for item in new.core_criteria), "all": ()}.get(depth)
    if chosen is None:
        chosen = tuple(
            item.id for standard in new.standards if standard.id in standards for item in standard.criteria
        ) or carried_scope(old, new, kept.criteria, origins(old, new, versions))
    in_scope = [s for s in new.standards if not chosen or {item.id for item in s.criteria} & set(chosen)]
    usual = new.scoring.default_target
    return replace(
        kept,
        version=new.version,
        content_hash=new.content_hash,
        depth=depth,
        criteria=chosen,
        targets={standard.id: begun.targets.get(standard.id, usual) for standard in in_scope},
    )


def _owners(over: CarriedOver, found: Sheet) -> dict[str, str]:
    """Whose the criteria become: where all they come from are one person's, that person's."""
    owners = {}
    for item in over.criteria:
        before = {found.owners.get(source.criterion, "") for source in item.sources}
        if len(before) == 1 and (only := before.pop()):
            owners[item.criterion] = only
    return owners
