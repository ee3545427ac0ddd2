"""The assessment before: which one a result is compared with, and what moved since."""

from __future__ import annotations

from dataclasses import replace

from ..domain.assessment import assessment_from
from ..domain.errors import NotFound
from ..domain.moved import Moved
from ..domain.plan import PlanLine
from ..domain.since import moved_since
from ..store import Connection
from ..store.assessments import Kept
from ..store.carried import predecessor
from ..store.plans import actions
from ..store.results import Frozen, frozen_result, last_frozen_alike
from . import Context
from .results import FrozenResult


def since_last_time(c: Connection, context: Context, found: FrozenResult) -> Moved | None:
    """What moved since the last assessment; None where there is none, or its standards are not here.

    The last one is what this assessment was begun from, or else what the organisation submitted last before
    it, of the same framework and the same scope.
    """
    last = _last(c, found.assessment, found.frozen)
    if last is None:
        return None
    before = assessment_from(last.answers)
    try:
        old = context.shelf.get(before.framework, before.version)
        versions = context.shelf.versions(before.framework)
    except NotFound:
        return None
    if old.content_hash != last.content_hash:
        return None
    moved = moved_since(old, before, found.framework, found.answered, versions)
    return replace(moved, revision=last.revision, plan=_plan_then(c, last.assessment_id))


def _plan_then(c: Connection, assessment_id: str) -> tuple[PlanLine, ...]:
    """The plan that was made of the last result, as it stands now; owners are not part of what moved."""
    return tuple(
        PlanLine(item.text, item.criteria, item.status, "", item.due or "", "", item.because)
        for item in actions(c, assessment_id)
    )


def _last(c: Connection, kept: Kept, frozen: Frozen) -> Frozen | None:
    begun_from = predecessor(c, kept.id)
    if begun_from:
        return frozen_result(c, begun_from.before_id, begun_from.revision)
    return last_frozen_alike(c, kept, frozen.made_at)
