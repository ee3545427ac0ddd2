"""Results as they were frozen: read back for pages and reports, and shown to follow from what was stored."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.assessment import Assessment, assessment_from
from ..domain.errors import NotFound
from ..domain.result import result_document
from ..domain.scoring import score
from ..domain.standards import Framework
from ..store import Connection
from ..store.assessments import Kept, assessment
from ..store.results import Frozen, frozen_result, frozen_results
from . import Context
from .assessments import framework_of


@dataclass(frozen=True)
class FrozenResult:
    """One revision as it was submitted: `answered` and `framework` make its pages and reports."""

    assessment: Kept
    framework: Framework
    frozen: Frozen
    answered: Assessment

    @property
    def reproduced(self) -> bool:
        """Whether the stored result still follows from the stored answers."""
        return result_document(score(self.framework, self.answered)) == self.frozen.result


def revisions(context: Context, assessment_id: str) -> list[Frozen]:
    """All revisions that were submitted, the newest first."""
    with context.database.read() as c:
        return frozen_results(c, assessment_id)


def result_of(context: Context, assessment_id: str, revision: int | None = None) -> FrozenResult:
    """One frozen revision, the newest where none is named. Raises NotFound where there is none."""
    with context.database.read() as c:
        return result_in(c, context, assessment_id, revision)


def result_in(
    c: Connection, context: Context, assessment_id: str, revision: int | None = None
) -> FrozenResult:
    """The same, in a transaction that is under way."""
    kept = assessment(c, assessment_id)
    if revision is None:
        found = next(iter(frozen_results(c, assessment_id)), None)
    else:
        found = frozen_result(c, assessment_id, revision)
    if found is None:
        raise NotFound("result")
    return FrozenResult(kept, framework_of(context, kept), found, assessment_from(found.answers))
