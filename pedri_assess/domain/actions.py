"""Actions that might be done, with what they cost and where they would lead: the ground of a what-if."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .assessment import NO_ANSWER, Assessment
from .building import exact
from .errors import Fault, first
from .languages import to_translate
from .paths import ROOT, at, shown, suggestion
from .standards import Action, Criterion, Framework, Text

Document = dict[str, Any]

# A framework says how much its efforts are one beside the other, and not by how much
TIMES_MORE = 3
ASSUMPTION = to_translate(
    "The framework does not say how far its actions carry. Here the smallest effort raises a criterion by "
    "one level for 1, the next by two levels for 3, then three for 9, and so on."
)


@dataclass(frozen=True)
class Candidate:
    """An action that might be done. If it succeeds, its criterion is at `level` or higher.

    `cost` is an exact amount of effort, in whatever unit all candidates share.
    """

    id: str
    criterion: str
    cost: Fraction
    level: int
    text: Text = Text()


def candidates(framework: Framework, assessment: Assessment) -> tuple[Candidate, ...]:
    """The framework's own actions for every criterion below its target, in the file's order.

    A file does not say how far an action carries. We take it that the smallest effort raises its criterion by
    one level and costs 1, the next one by two levels for 3, then three for 9 and so on, within the scale. An
    action without an effort costs as much as the greatest and raises by one level.
    """
    return tuple(_candidates(framework, assessment))


def _candidates(framework: Framework, assessment: Assessment) -> Iterator[Candidate]:
    for standard in framework.standards:
        target = assessment.target(standard, framework)
        for criterion in assessment.counted(standard):
            level = assessment.answer(criterion.id).level
            if level is not None and level < target:
                for number, action in enumerate(criterion.actions, start=1):
                    yield _candidate(criterion, number, action, level, framework)


@dataclass(frozen=True)
class OwnAction:
    """An action of one's own plan: the criteria that it is for, and the id of its effort, or nothing."""

    id: str
    criteria: tuple[str, ...]
    effort: str
    text: str


def own_candidates(
    framework: Framework, assessment: Assessment, actions: Iterable[OwnAction]
) -> tuple[Candidate, ...]:
    """One's own actions, by the same assumption, for each of their criteria that is below its target.

    One that is for several criteria stands once for each, with its effort divided among all that it is for.
    """
    return tuple(_own_candidates(framework, assessment, actions))


def _own_candidates(
    framework: Framework, assessment: Assessment, actions: Iterable[OwnAction]
) -> Iterator[Candidate]:
    ranks = {effort.id: effort.rank for effort in framework.efforts}
    greatest = max(ranks.values(), default=0)
    targets = {
        item.id: assessment.target(standard, framework)
        for standard in framework.standards
        for item in assessment.counted(standard)
    }
    for action in actions:
        steps, rank = (ranks[action.effort] + 1,) * 2 if action.effort in ranks else (1, greatest + 1)
        cost = Fraction(TIMES_MORE ** (rank - 1), len(action.criteria) or 1)
        for name in action.criteria:
            level = assessment.answer(name).level
            if level is not None and level < targets.get(name, 0):
                reached = min(level + steps, framework.top)
                yield Candidate(f"{action.id}/{name}", name, cost, reached, Text(action.text))


def _candidate(
    criterion: Criterion, number: int, action: Action, level: int, framework: Framework
) -> Candidate:
    greatest = max((effort.rank for effort in framework.efforts), default=0)
    steps, rank = (action.effort.rank + 1, action.effort.rank) if action.effort else (1, greatest)
    reached = min(level + steps, framework.top)
    name = f"{criterion.id}/{number}"
    return Candidate(name, criterion.id, Fraction(TIMES_MORE**rank), reached, action.text)


def succeeded(assessment: Assessment, done: Iterable[Candidate]) -> Assessment:
    """The assessment as it would be if these actions succeeded. Evidence and confidence stay as they are."""
    answers = dict(assessment.answers)
    for action in done:
        before = answers.get(action.criterion, NO_ANSWER)
        level = action.level if before.level is None else max(action.level, before.level)
        answers[action.criterion] = replace(before, level=level, dont_know=False)
    return replace(assessment, answers=answers)


def actions_from(document: Document) -> tuple[Candidate, ...]:
    """The actions of a checked actions document, in its order."""
    return tuple(
        Candidate(
            item["id"], item["criterion"], exact(item["cost"]), item["level"], Text(item.get("text", ""))
        )
        for item in document["actions"]
    )


def action_faults(document: Document, framework: Framework, assessment: Assessment) -> list[Fault]:
    """What is wrong in an actions document of the right shape, beside the answers it is about."""
    return first(_faults(document, framework, assessment))


def _faults(document: Document, framework: Framework, assessment: Assessment) -> Iterator[Fault]:
    seen: set[str] = set()
    known = [item.id for standard in framework.standards for item in assessment.in_scope(standard)]
    there = set(known)
    for index, item in enumerate(document["actions"]):
        path, name = at(at(ROOT, "actions"), index), item["criterion"]
        if item["id"] in seen:
            yield Fault(at(path, "id"), f"the id {shown(item['id'])} is there twice", "expected each id once")
        seen.add(item["id"])
        if name not in there:
            wrong = f"there is no criterion {shown(name)} in scope"
            yield Fault(at(path, "criterion"), wrong, suggestion(name, known))
        elif assessment.answer(name).not_applicable:
            wrong = f"{name} is not applicable"
            yield Fault(at(path, "criterion"), wrong, "expected a criterion that is")
        if item["level"] > framework.top:
            expected = f"expected a level of the scale, 0 to {framework.top}"
            yield Fault(at(path, "level"), f"there is no level {item['level']}", expected)
