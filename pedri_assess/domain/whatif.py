"""What would follow if actions succeeded: the result then, and which sets would do. Never a fact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .actions import Candidate, succeeded
from .assessment import Assessment
from .best import Aim, Best, best
from .result import Result, StandardResult, result_document
from .scoring import score
from .smallest import Smallest, in_words, smallest
from .standards import Framework

Document = dict[str, Any]

NOTICE = "What would follow if the taken actions succeeded. It is not a result."


@dataclass(frozen=True)
class WhatIf:
    """The result now and then, where `taken` succeed; and what of `actions` would do, and do most."""

    now: Result
    then: Result
    actions: tuple[Candidate, ...]
    taken: tuple[Candidate, ...]
    smallest: tuple[Smallest, ...]
    aim: Aim
    best: Best
    best_then: Result

    @property
    def raised(self) -> tuple[tuple[str, int | None, int], ...]:
        """The criteria that the taken actions raise, with the level now (None where unanswered) and then."""
        before = {item.criterion: item.level for item in self.now.criteria}
        pairs = ((item.criterion, before.get(item.criterion), item.level) for item in self.then.criteria)
        return tuple(each for each in pairs if each[1] != each[2])


def what_if(
    framework: Framework,
    assessment: Assessment,
    actions: Sequence[Candidate],
    taken: Sequence[Candidate],
    aim: Aim,
) -> WhatIf:
    """What would follow from `taken`, and what else of `actions` would."""
    in_scope = [standard for standard in framework.standards if assessment.counted(standard)]
    found = best(framework, assessment, actions, aim)
    return WhatIf(
        score(framework, assessment),
        score(framework, succeeded(assessment, taken)),
        tuple(actions),
        tuple(taken),
        tuple(smallest(standard, framework, assessment, actions) for standard in in_scope),
        aim,
        found,
        score(framework, succeeded(assessment, found.actions)),
    )


def gap_in(result: Result) -> int:
    """All levels of gap together."""
    return sum(gap.gap for gap in result.order_of_work)


def comes_to_target(now: Result, then: Result) -> tuple[str, ...]:
    """The standards that are at their target then, and are not now."""
    return tuple(
        after.id
        for before, after in zip(now.standards, then.standards, strict=True)
        if _at_target(after) and not _at_target(before)
    )


def _at_target(standard: StandardResult) -> bool:
    return standard.level is not None and standard.level >= standard.target


def best_in_words(found: WhatIf) -> str:
    """One sentence on what the best actions would do."""
    number = len(found.best.actions)
    if not number:
        return "No action within these limits would close a gap or bring a standard to its target."
    before, after = gap_in(found.now), gap_in(found.best_then)
    arrived = comes_to_target(found.now, found.best_then)
    said = f"{_counted(number)} would close {before - after} of {before} levels of gap"
    if arrived:
        said += f" and bring {_listed(arrived)} to {'its target' if len(arrived) == 1 else 'their targets'}"
    return f"{said}, for an effort of {plain(found.best.cost)}."


def _counted(number: int) -> str:
    return "This one action" if number == 1 else f"These {number} actions"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def plain(cost: Fraction) -> int | float:
    """An amount of effort as a plain number."""
    return int(cost) if cost.denominator == 1 else float(cost)


def what_if_document(found: WhatIf, assumption: str = "") -> Document:
    """The document of `pedri-assess whatif`; `assumption` says where the levels of the actions come from."""
    return {
        "notice": NOTICE,
        **({"assumption": assumption} if assumption else {}),
        "framework": found.now.framework,
        "version": found.now.version,
        "actions": [_action_document(action, action in found.taken) for action in found.actions],
        "criteria": [{"criterion": name, "level": level, "then": then} for name, level, then in found.raised],
        "standards": [
            {"standard": before.id, "target": before.target, "level": before.level, "then": after.level}
            for before, after in zip(found.now.standards, found.then.standards, strict=True)
        ],
        "gap": {"now": gap_in(found.now), "then": gap_in(found.then)},
        "result": result_document(found.then),
        "smallest_sets": [_smallest_document(each, found.now) for each in found.smallest],
        "best": {
            "most": found.aim.most,
            "effort": None if found.aim.effort is None else plain(found.aim.effort),
            "first": "standards" if found.aim.standards_first else "gaps",
            "actions": [action.id for action in found.best.actions],
            "cost": plain(found.best.cost),
            "text": best_in_words(found),
        },
    }


def _action_document(action: Candidate, taken: bool) -> Document:
    document: Document = {
        "id": action.id,
        "criterion": action.criterion,
        "cost": plain(action.cost),
        "level": action.level,
        "taken": taken,
    }
    return {**document, "text": str(action.text)} if action.text else document


def _smallest_document(found: Smallest, now: Result) -> Document:
    return {
        "standard": found.standard,
        "target": found.target,
        "level": now.standard(found.standard).level,
        "actions": None if found.actions is None else [action.id for action in found.actions],
        "cost": plain(found.cost),
        "text": in_words(found),
    }
