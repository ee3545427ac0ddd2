"""What would follow if actions succeeded: tick them, and see the profile then beside the profile now."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flask import Blueprint, Response, make_response, render_template, request

from ..domain.actions import ASSUMPTION, Candidate, candidates, own_candidates
from ..domain.assessment import Assessment
from ..domain.best import MOST, Aim
from ..domain.languages import to_translate
from ..domain.policies import READS
from ..domain.result import StandardResult
from ..domain.smallest import Smallest
from ..domain.standards import Criterion, Framework, Level, Standard
from ..domain.whatif import WhatIf, comes_to_target, gap_in, what_if
from ..reports.charts import profile_bar, profile_words
from ..services.handing_in import check
from ..services.plans import own_actions
from .gate import access
from .languages import gettext
from .protection import allow
from .site import site
from .texts import whole_number
from .whatif_words import best_words, smallest_words

whatif = Blueprint("whatif", __name__, url_prefix="/assessments/<assessment>")

UNUSABLE = 422
NOW, THEN = to_translate("Now"), to_translate("If they succeed")
MOST_EFFORT = 10_000
NO_EFFORT = to_translate("Give the effort as a whole number from 0 to 10,000, or leave it empty")


@dataclass(frozen=True)
class Beside:
    """One standard now and then, in pictures and in words, and the fewest actions that would do.

    `why` says why it has the level that it has now; `rows` are its criteria with actions.
    """

    standard: Standard
    now: Level | None
    then: Level | None
    target: Level
    bars: tuple[tuple[str, str, str], ...]
    smallest: Smallest
    words: str
    why: str
    rows: tuple[tuple[Criterion, Level, tuple[Candidate, ...]], ...]


@whatif.route("/what-if", methods=["GET", "POST"])
@allow(READS)
def show(assessment: str) -> Response:
    """The what-if of the answers as they are now. Nothing of it is kept."""
    found = check(site().context, assessment)
    framework, answered = found.framework, found.answered
    own = own_candidates(framework, answered, own_actions(site().context, assessment))
    actions = (*candidates(framework, answered), *own)
    ticked = set(request.values.getlist("take"))
    effort, wrong = _effort(request.values.get("effort", ""))
    first = request.values.get("first", "gaps")
    taken = [action for action in actions if action.id in ticked]
    outcome = what_if(framework, answered, actions, taken, Aim(MOST, effort, first == "standards"))
    page = render_template(
        "assessments/what_if.html",
        kept=found.assessment,
        framework=framework,
        outcome=outcome,
        standards=_beside(framework, answered, outcome),
        ticked={action.id for action in taken},
        gaps=(gap_in(outcome.now), gap_in(outcome.then)),
        arrived=[_standard(framework, name) for name in comes_to_target(outcome.now, outcome.then)],
        best_words=best_words(outcome),
        assumption=gettext(ASSUMPTION),
        own={action.id for action in own},
        effort=request.values.get("effort", "").strip()[:20],
        first="standards" if first == "standards" else "gaps",
        most=MOST,
        wrong=gettext(wrong),
        role=access().role,
        in_error=bool(wrong),
    )
    return make_response(page, UNUSABLE if wrong else 200)


def _effort(text: str) -> tuple[Fraction | None, str]:
    """The amount of effort, None for any; and what is wrong with it."""
    plain = text.strip()
    if not plain:
        return None, ""
    amount = whole_number(plain)
    return (Fraction(amount), "") if 0 <= amount <= MOST_EFFORT else (None, NO_EFFORT)


def _beside(framework: Framework, answered: Assessment, outcome: WhatIf) -> list[Beside]:
    by_criterion: dict[str, list[Candidate]] = {}
    for action in outcome.actions:
        by_criterion.setdefault(action.criterion, []).append(action)
    return [
        _one(framework, answered, now, then, smallest, by_criterion)
        for now, then, smallest in zip(
            outcome.now.standards, outcome.then.standards, outcome.smallest, strict=True
        )
    ]


def _one(
    framework: Framework,
    answered: Assessment,
    now: StandardResult,
    then: StandardResult,
    smallest: Smallest,
    by_criterion: dict[str, list[Candidate]],
) -> Beside:
    standard, scale = _standard(framework, now.id), framework.scale
    changed = [(NOW, now)] if now.counts == then.counts else [(NOW, now), (THEN, then)]
    return Beside(
        standard,
        None if now.level is None else scale[now.level],
        None if then.level is None else scale[then.level],
        scale[now.target],
        tuple(
            (gettext(name), profile_bar(part, scale, standard.title), profile_words(part, scale))
            for name, part in changed
        ),
        smallest,
        smallest_words(smallest),
        now.level_reason,
        tuple(
            (item, scale[answered.answer(item.id).level or 0], tuple(by_criterion[item.id]))
            for item in standard.criteria
            if item.id in by_criterion
        ),
    )


def _standard(framework: Framework, name: str) -> Standard:
    return next(standard for standard in framework.standards if standard.id == name)
