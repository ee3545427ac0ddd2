"""What comes along between the two PEDRI files, criterion by criterion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.carrying import Carried, carried_assessment, carry
from pedri_assess.domain.standards import Framework

STANDARDS = Path(__file__).resolve().parents[2] / "standards"
SHELF = Shelf.load([STANDARDS], load_schemas(STANDARDS))
OLD, NEW = SHELF.get("pedri", "2023.1"), SHELF.get("pedri", "2025.1")
TO_DO = {"unchanged": "confirm", "reworded": "check-wording", "split": "answer", "merged": "answer"}


def answered(framework: Framework, **more: Any) -> Assessment:
    """Every criterion at a level of its own, with its id as evidence."""
    answers = {
        item.id: {"level": place % 4, "evidence": f"About {item.id}."}
        for place, item in enumerate(framework.criteria)
    }
    return assessment_from(
        {"framework": framework.framework, "version": framework.version, "answers": answers, **more}
    )


@pytest.fixture(scope="module")
def carried() -> dict[str, Carried]:
    return {item.criterion: item for item in carry(OLD, NEW, answered(OLD)).criteria}


def sources(item: Carried) -> list[tuple[str, str, str]]:
    return [(source.criterion, source.link, source.answer.evidence) for source in item.sources]


def test_8_are_to_confirm_15_to_check_and_19_to_answer(carried: dict[str, Carried]) -> None:
    over = carry(OLD, NEW, answered(OLD))
    assert over.counts() == {"confirm": 8, "check-wording": 15, "answer": 19}
    assert [item.criterion for item in over.history] == ["EC-5", "TR-5"]
    assert all(item.why and item.answer.evidence for item in over.history)
    assert [item.comparable for item in over.criteria].count(True) == 23


def test_each_link_does_what_its_kind_says(carried: dict[str, Carried]) -> None:
    old = answered(OLD)
    for criterion in NEW.criteria:
        item = carried[criterion.id]
        kinds = {link.kind for link in criterion.links}
        assert item.to_do == (TO_DO[kinds.pop()] if len(kinds) == 1 else "answer"), criterion.id
        filled = item.to_do != "answer"
        assert item.comparable == filled
        assert item.answer == (old.answer(item.sources[0].criterion) if filled else old.answer("none"))


def test_a_split_meets_a_merge(carried: dict[str, Carried]) -> None:
    both = [("EQ-4", "split", "About EQ-4."), ("MB-3", "merged", "About MB-3.")]
    assert sources(carried["EDI-6"]) == both[:1]
    assert (carried["EDI-6"].to_do, carried["EDI-6"].suggested) == ("answer", None)
    assert sources(carried["MUT-2"]) == both
    levels = [source.answer.level for source in carried["MUT-2"].sources]
    assert (carried["MUT-2"].to_do, carried["MUT-2"].suggested) == ("answer", min(filter(None, levels)))
    assert carried["MUT-2"].answer.level is None


def test_two_merges_from_two_standards_meet(carried: dict[str, Carried]) -> None:
    item = carried["EDI-1"]
    assert sources(item) == [("EQ-1", "merged", "About EQ-1."), ("EC-1", "merged", "About EC-1.")]
    assert (item.to_do, item.answer.level, item.suggested) == ("answer", None, 0)
    assert [source.notes for source in item.sources] == [
        ("Combined with EC-1 in 2025.1.",),
        ("Moves to the EDI standard in 2025.1 (first published EDI practice point).",),
    ]


def test_targets_follow_most_of_a_standard() -> None:
    begun = carried_assessment(OLD, NEW, answered(OLD, targets={"EQ": 3, "EC": 1, "MB": 0}))
    assert begun.targets == {"EDI": 3, "TWC": 1, "MUT": 0}


def test_starting_again_on_the_same_version_confirms_all_42() -> None:
    over = carry(NEW, NEW, answered(NEW))
    assert over.counts() == {"confirm": 42, "check-wording": 0, "answer": 0}
    assert over.history == ()
