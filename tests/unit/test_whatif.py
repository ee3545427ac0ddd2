"""What would follow if actions succeeded; smallest and best sets are checked against trying all sets."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.domain.actions import (
    Candidate,
    OwnAction,
    candidates,
    own_candidates,
    succeeded,
)
from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.best import Aim, best
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.scoring import score
from pedri_assess.domain.smallest import in_words, smallest
from pedri_assess.domain.standards import Framework

from .frameworks import a_criterion, a_framework, an_assessment, answered, framework_documents

# Small enough to be close to its targets, where a single action decides
TWO = a_framework(
    [a_criterion("A", core=True), a_criterion("B"), a_criterion("C")],
    [a_criterion("D"), a_criterion("E", core=True), a_criterion("F"), a_criterion("G")],
    levels=3,
)
Case = tuple[Framework, Assessment, tuple[Candidate, ...]]


def an_action(name: str, criterion: str, level: int, cost: float = 1) -> Candidate:
    return Candidate(name, criterion, Fraction(str(cost)), level)


@st.composite
def cases(draw: st.DrawFn, most: int = 7) -> Case:
    """A small framework, answers, and up to `most` actions on what is applicable."""
    framework = draw(
        st.one_of(
            st.just(TWO), framework_documents(most=4).map(lambda made: framework_from(made, "sha256:0"))
        )
    )
    assessment = draw(answered(framework))
    able = [item.id for item in framework.criteria if not assessment.answer(item.id).not_applicable]
    if not able:
        return framework, assessment, ()
    made = st.builds(
        an_action,
        st.just(""),
        st.sampled_from(able),
        st.integers(0, framework.top),
        st.sampled_from([0, 1, 1, 2, 2.5, 0.1]),
    )
    actions = draw(st.lists(made, min_size=most // 2, max_size=most))
    return framework, assessment, tuple(actions)


def subsets(actions: tuple[Candidate, ...]) -> Iterator[tuple[int, tuple[Candidate, ...]]]:
    """Every set of actions, with the number that names it."""
    for size in range(len(actions) + 1):
        for places in combinations(range(len(actions)), size):
            yield sum(1 << place for place in places), tuple(actions[place] for place in places)


def cost(actions: tuple[Candidate, ...]) -> Fraction:
    return sum((action.cost for action in actions), Fraction(0))


def at_target(framework: Framework, assessment: Assessment, standard: str) -> bool:
    result = score(framework, assessment).standard(standard)
    return result.level is not None and result.level >= result.target


@given(cases())
@settings(max_examples=500, deadline=None)
def test_the_smallest_set_is_that_of_trying_all_sets(case: Case) -> None:
    framework, assessment, actions = case
    for standard in framework.standards:
        found = smallest(standard, framework, assessment, actions).actions
        enough = [
            (len(taken), cost(taken), bits, taken)
            for bits, taken in subsets(actions)
            if at_target(framework, succeeded(assessment, taken), standard.id)
        ]
        wanted = min(enough, key=lambda each: each[:3])[3] if enough else None
        assert found == wanted


def worth(framework: Framework, assessment: Assessment, taken: tuple[Candidate, ...]) -> tuple[int, int]:
    """What a set is worth, counted on the result: gap times importance that it closes, and standards."""
    before = {gap.criterion: gap.gap * gap.importance for gap in score(framework, assessment).order_of_work}
    after = succeeded(assessment, taken)
    left = {
        gap.criterion: gap.gap * gap.importance
        for gap in score(framework, after).order_of_work
        if gap.criterion in before
    }
    there = sum(at_target(framework, after, standard.id) for standard in framework.standards)
    return sum(before.values()) - sum(left.values()), there


@given(
    cases(),
    st.integers(0, 4),
    st.sampled_from([None, Fraction(0), Fraction(1), Fraction(31, 10), Fraction(5)]),
    st.booleans(),
)
@settings(max_examples=500, deadline=None)
def test_the_best_set_is_that_of_trying_all_sets(
    case: Case, most: int, effort: Fraction | None, standards_first: bool
) -> None:
    framework, assessment, actions = case
    found = best(framework, assessment, actions, Aim(most, effort, standards_first)).actions
    ranked = []
    for bits, taken in subsets(actions):
        if len(taken) <= most and (effort is None or cost(taken) <= effort):
            closed, there = worth(framework, assessment, taken)
            value = (there, closed) if standards_first else (closed, there)
            ranked.append(((-value[0], -value[1], cost(taken), len(taken), bits), taken))
    assert found == min(ranked, key=lambda each: each[0])[1]


@given(cases())
def test_nothing_falls_and_nothing_else_changes(case: Case) -> None:
    framework, assessment, actions = case
    after = succeeded(assessment, actions)
    touched = {action.criterion for action in actions}
    for criterion in framework.criteria:
        was, now = assessment.answer(criterion.id), after.answer(criterion.id)
        if criterion.id not in touched:
            assert was == now
            continue
        highest = max(action.level for action in actions if action.criterion == criterion.id)
        assert now.level == max(highest, -1 if was.level is None else was.level)
        assert (now.evidence, now.confidence) == (was.evidence, was.confidence)


# Five criteria, the first one core; two of five at the target, and at least three are needed
FRAMEWORK = a_framework([a_criterion("A", core=True), *(a_criterion(name) for name in "BCDE")])


@pytest.mark.parametrize(
    ("levels", "actions", "wanted", "told"),
    [
        ("22211", ["D2"], "", "It is at its target."),
        ("12211", ["D2"], "D", "D alone would do."),
        ("02221", ["E2", "A1"], "A", "A alone would do."),  # the core criterion alone holds it back
        ("02211", ["E2", "A1", "A2"], "A", "A alone would do."),  # at the target itself, it is both
        ("02211", ["A1", "D2", "E2"], "AD", "A and D together would do; no fewer would."),
        ("02211", ["D2", "E2"], None, "None of these actions would bring it to its target"),
        ("00000", ["A1", "B2", "C2", "D2"], "ABCD", "A, B, C and D together would do; no fewer would."),
    ],
)
def test_what_would_do_in_words(levels: str, actions: list[str], wanted: str | None, told: str) -> None:
    assessment = an_assessment({name: int(level) for name, level in zip("ABCDE", levels, strict=True)})
    given_actions = [an_action(name, name[0], int(name[1])) for name in actions]
    found = smallest(FRAMEWORK.standards[0], FRAMEWORK, assessment, given_actions)
    names = None if found.actions is None else "".join(action.criterion for action in found.actions)
    assert names == wanted
    assert in_words(found).startswith(told)


def test_of_sets_of_one_size_the_cheaper_wins_and_then_the_earlier() -> None:
    assessment = an_assessment(dict(zip("ABCDE", (1, 2, 2, 1, 1), strict=True)))
    dear, cheap, later = an_action("1", "D", 2, 3), an_action("2", "E", 2, 2.5), an_action("3", "A", 2, 2.5)
    found = smallest(FRAMEWORK.standards[0], FRAMEWORK, assessment, [dear, cheap, later])
    assert (found.actions, found.cost) == ((cheap,), Fraction(5, 2))


def efforts(*names: str | None) -> dict[str, Any]:
    return {"actions": [{"text": f"Do {name}", **({"effort": name} if name else {})} for name in names]}


def test_the_frameworks_own_actions_raise_more_the_more_they_take() -> None:
    framework = a_framework(
        [
            a_criterion("A", **efforts("s", "m", "l")),
            a_criterion("B", **efforts("l", None)),
            a_criterion("C", **efforts("s")),
            a_criterion("D", **efforts("s")),
        ],
        efforts=[{"id": name, "label": name} for name in "sml"],
    )
    found = candidates(framework, an_assessment({"A": 0, "B": 1, "C": 2, "D": {"dont_know": True}}))
    assert [(each.id, each.criterion, each.cost, each.level) for each in found] == [
        ("A/1", "A", 1, 1),
        ("A/2", "A", 3, 2),
        ("A/3", "A", 9, 3),
        ("B/1", "B", 9, 3),
        ("B/2", "B", 9, 2),
    ]
    assert found[0].text == "Do s"


def test_own_actions_stand_once_for_each_of_their_criteria_below_target() -> None:
    framework = a_framework(
        [a_criterion(name) for name in "ABCD"], efforts=[{"id": name, "label": name} for name in "sml"]
    )
    assessment = an_assessment({"A": 0, "B": 1, "C": 2, "D": {"dont_know": True}})
    own = [OwnAction("p1", ("A", "B", "C", "D"), "m", "Ask"), OwnAction("p2", ("A",), "", "Meet")]
    found = own_candidates(framework, assessment, own)
    assert [(each.id, each.criterion, each.cost, each.level, each.text) for each in found] == [
        ("p1/A", "A", Fraction(3, 4), 2, "Ask"),
        ("p1/B", "B", Fraction(3, 4), 3, "Ask"),
        ("p2/A", "A", 9, 1, "Meet"),
    ]


def test_importance_and_effort_decide_what_is_best() -> None:
    assessment = an_assessment(
        dict(zip("ABCDE", (2, 0, 1, 1, 2), strict=True)), importance={"D": 3}, targets={"S1": 3}
    )
    actions = [an_action("b", "B", 2, 3), an_action("c", "C", 2), an_action("d", "D", 2)]
    assert best(FRAMEWORK, assessment, actions, Aim(most=1)).actions == (actions[0],)  # 4 beside 3 and 2
    assert best(FRAMEWORK, assessment, actions, Aim(effort=Fraction(2))).actions == tuple(actions[1:])
    assert best(FRAMEWORK, assessment, actions, Aim(most=0)).actions == ()
    assert best(FRAMEWORK, assessment, actions[1:], Aim(most=1)).actions == (actions[2],)


def test_standards_decide_between_what_closes_as_much_or_come_first() -> None:
    assessment = an_assessment({"A": 1, "B": 1, "C": 0, "D": 0, "E": 1, "F": 0, "G": 0})
    far, near, both = an_action("far", "F", 1), an_action("near", "B", 2, 5), an_action("both", "G", 2)
    assert best(TWO, assessment, [far, near], Aim(most=1)).actions == (far,)
    arriving = an_action("arrives", "A", 2, 5)
    assert best(TWO, assessment, [far, near, arriving], Aim(most=2)).actions == (near, arriving)
    assert best(TWO, assessment, [both, near, arriving], Aim(most=2)).actions == (both, near)
    aim = Aim(most=2, standards_first=True)
    assert best(TWO, assessment, [both, near, arriving], aim).actions == (near, arriving)


def test_of_equal_worth_and_effort_fewer_actions_are_better() -> None:
    assessment = an_assessment({"D": 1, "E": 1, "F": 0, "G": 2})
    actions = [an_action("1", "D", 2), an_action("2", "E", 2), an_action("3", "F", 2, 2)]
    assert best(TWO, assessment, actions, Aim(effort=Fraction(2))).actions == tuple(actions[:2])  # at target
    assessment = an_assessment({"D": 1, "E": 1, "F": 0, "G": 2}, targets={"S2": 1}, importance={"F": 3})
    actions = [an_action("1", "F", 1, 0), an_action("2", "D", 2, 0)]
    assert best(TWO, assessment, actions, Aim()).actions == (actions[0],)
    assessment = an_assessment({"A": 1, "B": 1, "C": 0, "D": 1, "E": 1}, targets={"S1": 2})
    actions = [an_action("1", "D", 2), an_action("2", "E", 2), an_action("3", "C", 2, 2)]
    assert best(TWO, assessment, actions, Aim(effort=Fraction(2))).actions == (actions[2],)


def test_an_answer_that_is_missing_may_be_what_a_standard_needs() -> None:
    assessment = an_assessment({"A": 2})
    actions = [an_action("low", "B", 0), an_action("high", "C", 2, 3)]
    found = smallest(TWO.standards[0], TWO, assessment, actions)
    assert found.actions == (actions[1],)  # two of three are answered then, and both are at the target
    assert best(TWO, assessment, actions, Aim()).actions == (actions[1],)
    there = an_assessment({"A": 2, "B": 2})
    assert best(TWO, there, actions[:1], Aim()).actions == ()
