"""Starting an assessment, and its set-up: scope, depth, targets and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..domain.assessment import Scope
from ..domain.errors import Stale
from ..domain.ids import new_id
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.assessments import Kept, add_assessment, add_participant, assessment, change_assessment
from ..store.organisations import organisation
from . import Context
from .assessments import event, framework_of, in_scope

CORE, SOME, ALL = "core", "some", "all"


@dataclass(frozen=True)
class SetUp:
    """What a lead chooses. `standards` counts with depth SOME; `targets` maps standard ids to levels."""

    scope: Scope
    depth: str = ALL
    standards: tuple[str, ...] = ()
    targets: Mapping[str, int] = field(default_factory=dict)
    finish_by: str | None = None


def start(
    context: Context, organisation_id: str, account_id: str, framework_id: str, version: str, set_up: SetUp
) -> str:
    """A new assessment, in which whoever starts it takes part; its id. Raises NotFound, ValueError."""
    framework = context.shelf.get(framework_id, version)
    with context.database.write() as c:
        return start_in(c, context, organisation_id, account_id, framework, set_up).id


def start_in(
    c: Connection,
    context: Context,
    organisation_id: str,
    account_id: str,
    framework: Framework,
    set_up: SetUp,
) -> Kept:
    """The same, in a transaction that is under way. Raises NotFound, ValueError."""
    at, name = stamp(context.now()), organisation(c, organisation_id).name
    blank = Kept(
        new_id(), organisation_id, name, framework.framework, framework.version, framework.content_hash,
        "", "", "", ALL, (), {}, None, "draft", 1, 1, at, account_id,
    )  # fmt: skip
    kept = _set(blank, framework, set_up)
    add_assessment(c, kept)
    add_participant(c, kept.id, account_id, account_id, at)
    event(c, kept, "assessment-started", account_id, at, after=set_up_document(kept))
    return kept


def set_up_of(context: Context, assessment_id: str) -> tuple[Kept, Framework]:
    """An assessment with its standards, for the set-up page; its `changes` goes into the form."""
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
    return kept, framework_of(context, kept)


def change_set_up(
    context: Context, assessment_id: str, account_id: str, expected: int, set_up: SetUp
) -> Kept:
    """Another scope, other targets or another date. The answer to a criterion that leaves the scope is kept.

    Raises NotFound, WrongState unless in progress, and Stale with the Kept of now where it changed.
    """
    with context.database.write() as c:
        before = assessment(c, assessment_id)
        before.state.check_answering()
        changed = _set(before, framework_of(context, before), set_up)
        if changed == before:
            return before
        if before.changes != expected:
            raise Stale(before)
        after = change_assessment(c, changed)
        at = stamp(context.now())
        event(c, after, "set-up-changed", account_id, at, "", set_up_document(before), set_up_document(after))
    return after


def _set(kept: Kept, framework: Framework, chosen: SetUp) -> Kept:
    criteria = _criteria(framework, chosen)
    if chosen.finish_by:
        date.fromisoformat(chosen.finish_by)
    draft = replace(
        kept,
        scope_kind=chosen.scope.kind,
        scope_name=chosen.scope.name,
        scope_about=chosen.scope.about,
        depth=chosen.depth,
        criteria=criteria,
        finish_by=chosen.finish_by or None,
    )
    usual = framework.scoring.default_target
    targets = {item.id: chosen.targets.get(item.id, usual) for item, _ in in_scope(draft, framework)}
    if not all(0 <= level <= framework.top for level in targets.values()):
        raise ValueError("a target is a level of the scale")
    return replace(draft, targets=targets)


def _criteria(framework: Framework, chosen: SetUp) -> tuple[str, ...]:
    if chosen.depth == ALL:
        return ()
    if chosen.depth == CORE:
        criteria = tuple(item.id for item in framework.core_criteria)
    elif chosen.depth == SOME:
        criteria = tuple(
            item.id for standard in framework.standards if standard.id in chosen.standards
            for item in standard.criteria
        )  # fmt: skip
    else:
        raise ValueError(chosen.depth)
    if not criteria:
        raise ValueError("no criterion is in scope")
    return criteria


def set_up_document(kept: Kept) -> dict[str, object]:
    """What a set-up says, for the history."""
    names = (
        *("framework", "version", "content_hash", "scope_kind", "scope_name", "scope_about"),
        *("depth", "targets", "finish_by"),
    )
    return {"criteria": list(kept.criteria), **{name: getattr(kept, name) for name in names}}
