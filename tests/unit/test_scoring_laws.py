"""What must hold of every result, whatever the framework and the answers."""

import re
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pedri_assess.domain.assessment import Answer, Assessment
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.result import Result, result_document, rounded
from pedri_assess.domain.scoring import score
from pedri_assess.domain.standards import Framework

from .frameworks import a_criterion, a_framework, an_assessment, answered, framework_documents

frameworks = framework_documents().map(lambda document: framework_from(document, "sha256:0"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Framework, Assessment]:
    framework = draw(frameworks)
    return framework, draw(answered(framework))


def with_answer(assessment: Assessment, criterion: str, answer: Answer) -> Assessment:
    return replace(assessment, answers={**assessment.answers, criterion: answer})


def levels_of(result: Result) -> dict[str, int]:
    return {standard.id: -1 if standard.level is None else standard.level for standard in result.standards}


def gaps_of(result: Result) -> dict[str, int]:
    return {gap.criterion: gap.gap for gap in result.order_of_work}


@given(cases(), st.data())
@settings(max_examples=300)
def test_raising_a_level_never_lowers_anything(
    case: tuple[Framework, Assessment], data: st.DataObject
) -> None:
    framework, assessment = case
    levels = {key: answer.level for key, answer in assessment.answers.items() if answer.level is not None}
    low = [key for key, level in levels.items() if level < framework.top]
    assume(low)
    chosen = data.draw(st.sampled_from(low))
    higher = data.draw(st.integers(levels[chosen] + 1, framework.top))
    before = score(framework, assessment)
    after = score(framework, with_answer(assessment, chosen, Answer(level=higher)))
    assert all(levels_of(after)[key] >= level for key, level in levels_of(before).items())
    for old, new in zip(before.standards, after.standards, strict=True):
        for name in ("value", "low", "high"):
            was, now = getattr(old.index, name), getattr(new.index, name)
            assert (was is None) == (now is None)
            assert was is None or now >= was
    assert gaps_of(after).keys() <= gaps_of(before).keys()
    assert all(gap <= gaps_of(before)[key] for key, gap in gaps_of(after).items())


@given(cases(), st.randoms(use_true_random=False))
def test_order_of_answers_changes_nothing(case: tuple[Framework, Assessment], random: object) -> None:
    framework, assessment = case
    items = list(assessment.answers.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    assert score(framework, replace(assessment, answers=dict(items))) == score(framework, assessment)


@given(cases(), st.data())
def test_blank_is_never_the_lowest_level(case: tuple[Framework, Assessment], data: st.DataObject) -> None:
    framework, assessment = case
    assume(assessment.answers)
    chosen = data.draw(st.sampled_from(sorted(assessment.answers)))
    blank = score(framework, with_answer(assessment, chosen, Answer(dont_know=True)))
    nothing = score(
        framework,
        replace(assessment, answers={k: v for k, v in assessment.answers.items() if k != chosen}),
    )
    assert chosen not in gaps_of(blank)
    assert chosen not in {item.criterion for item in blank.criteria}
    assert [vars(s) for s in blank.standards] == [vars(s) for s in nothing.standards]
    standard = framework.standard_of(chosen).id
    zero = score(framework, with_answer(assessment, chosen, Answer(level=0)))
    assert sum(blank.standard(standard).counts) == sum(zero.standard(standard).counts) - 1


@given(cases(), st.data())
def test_not_applicable_never_changes_another_gap(
    case: tuple[Framework, Assessment], data: st.DataObject
) -> None:
    framework, assessment = case
    chosen = data.draw(st.sampled_from([criterion.id for criterion in framework.criteria]))
    before = score(framework, assessment)
    after = score(framework, with_answer(assessment, chosen, Answer(not_applicable="we have none")))
    others = [gap for gap in before.order_of_work if gap.criterion != chosen]
    assert list(after.order_of_work) == others


@given(cases())
def test_profile_adds_up(case: tuple[Framework, Assessment]) -> None:
    framework, assessment = case
    for standard, result in zip(framework.standards, score(framework, assessment).standards, strict=True):
        assert sum(result.counts) == result.answered
        assert result.answered + result.unanswered == result.applicable
        assert result.applicable + result.not_applicable == len(standard.criteria)
        if result.index.low is not None:
            assert 0 <= result.index.low <= result.index.high <= 1
        if result.index.value is not None:
            assert result.index.low <= result.index.value <= result.index.high


@given(cases())
@settings(max_examples=300)
def test_the_next_step_does_what_it_says(case: tuple[Framework, Assessment]) -> None:
    """The sentence promises that its change, and no less, gives the level it names."""
    framework, assessment = case
    for standard, result in zip(framework.standards, score(framework, assessment).standards, strict=True):
        if result.level is None or result.level == framework.top:
            continue
        wanted = result.level + 1
        named = re.findall(r"C\d+-\d+", result.next_step)
        assert result.next_step.endswith(f"would make this standard Level {wanted}.")
        count = re.match(r"(\w+) more criteri", result.next_step)
        at = int(re.search(r" at Level (\d+)", result.next_step).group(1))  # type: ignore[union-attr]
        candidates = [
            criterion.id
            for criterion in standard.criteria
            if (level := assessment.answer(criterion.id).level) is not None and level < at
        ]
        words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
        number = words.index(count.group(1).lower()) if count else len(named)
        chosen = (named + [name for name in candidates if name not in named])[:number]
        assert len(chosen) == number

        def level_with(names: list[str], at: int = at, standard_id: str = standard.id) -> int | None:
            changed = replace(
                assessment, answers={**assessment.answers, **{name: Answer(level=at) for name in names}}
            )
            return score(framework, changed).standard(standard_id).level

        assert level_with(chosen) == wanted
        assert level_with(chosen[:-1]) < wanted  # type: ignore[operator]


@given(st.integers(1, 400))
@settings(max_examples=20)
def test_a_large_framework_scores_like_a_small_one(copies: int) -> None:
    """Each criterion repeated any number of times leaves level, index and comparability as they were."""
    pattern = [0, 1, 2, 2, 3, None, 2, 1, 3]
    small = a_framework([a_criterion(f"A{n}") for n in range(len(pattern))])
    large = a_framework([a_criterion(f"A{n}-{k}") for n in range(len(pattern)) for k in range(copies)])
    few = {f"A{n}": {"level": level} for n, level in enumerate(pattern) if level is not None}
    many = {f"{name}-{k}": answer for name, answer in few.items() for k in range(copies)}
    one = score(small, an_assessment(few)).standards[0]
    other = score(large, an_assessment(many)).standards[0]
    assert (one.level, one.index, one.comparable) == (other.level, other.index, other.comparable)
    assert [count * copies for count in one.counts] == list(other.counts)


def test_index_rounds_half_to_even_on_the_exact_fraction() -> None:
    assert rounded(Fraction(1, 16)) == 0.062
    assert rounded(Fraction(3, 16)) == 0.188
    assert rounded(Fraction(25, 10000)) == 0.002
    assert rounded(None) is None


def test_no_result_has_a_figure_for_the_whole_organisation() -> None:
    result = result_document(score(a_framework(), an_assessment({"A": 2})))
    assert set(result) == {
        *("method", "framework", "version", "content_hash", "standards"),
        *("order_of_work", "quick_wins", "criteria", "findings"),
    }
