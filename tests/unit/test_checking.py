"""What the schema cannot say about a framework file is checked too, and every default stands."""

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pedri_assess.domain.building import framework_from
from pedri_assess.domain.checking import framework_faults, mapping_faults
from pedri_assess.domain.errors import NotFound
from pedri_assess.domain.shape import faults as shape_faults

from .frameworks import a_criterion, a_document, a_framework

SCHEMA = json.loads((Path(__file__).parents[2] / "standards" / "schema.json").read_text("utf-8"))


def said(document: dict[str, Any]) -> list[str]:
    assert shape_faults(document, SCHEMA) == []
    return [str(fault) for fault in framework_faults(document)]


def linked(*links: tuple[str, str], **more: Any) -> dict[str, Any]:
    sources = [{"version": version, "id": name, "link": "reworded"} for version, name in links]
    return a_document([a_criterion("A", **{"from": sources})], **more)


SCALE_WITH_A_GAP = [{"level": n, "label": "x"} for n in (0, 2)]
TWO_STANDARDS = a_document([a_criterion("A")], [a_criterion("B")])
TWO_STANDARDS["standards"][1]["id"] = "S1"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (a_document(scale=SCALE_WITH_A_GAP), "$.scale[1].level: found 2; expected 1: numbered from 0"),
        (a_document(confidence=[{"value": 1, "label": "x"}]), "$.confidence[0].value: found 1; expected 0"),
        (a_document([a_criterion("A"), a_criterion("A")]), '$.standards[0].criteria[1].id: the id "A" is'),
        (a_document([a_criterion("A")], [a_criterion("A")]), '$.standards[1].criteria[0].id: the id "A" is'),
        (TWO_STANDARDS, '$.standards[1].id: the id "S1" is there twice'),
        (a_document(efforts=[{"id": "x", "label": "x"}] * 2), '$.efforts[1].id: the id "x" is there twice'),
        (a_document([a_criterion("A", levels=["a", "b", "c"])]), "levels: found 3 level texts; expected 4"),
        (a_document([a_criterion("A", levels=[])]), "levels: found 0 level texts; expected 4"),
        (a_document(scoring={"default_target": 4}), "$.scoring.default_target: found 4; expected a level"),
        (
            a_document(scoring={"evidence_needed": {"7": 1}}),
            "$.scoring.evidence_needed.7: there is no level 7",
        ),
        (a_document(scoring={"evidence_needed": {"1": 9}}), "there is no confidence 9"),
        (a_document(released="2025-02-30"), "$.released: there is no day 2025-02-30"),
        (a_document(title="a\u0007b"), "$.title: a control character"),
        (linked(("1", "X")), "$.standards[0].criteria[0].from[0].version: a link to this same version"),
        (linked(("0", "X"), ("0", "X")), 'from[1]: linked to "X" twice'),
        (
            linked(("0", "X"), retired=[{"version": "0", "id": "X"}]),
            '$.retired[0]: "X" is retired and linked',
        ),
        (a_document(retired=[{"version": "0", "id": "X"}] * 2), '$.retired[1]: "X" is retired twice'),
        (
            a_document(
                [a_criterion("A", actions=[{"text": "x", "effort": "quik"}])],
                efforts=[{"id": "quick", "label": "Quick"}],
            ),
            'actions[0].effort: unknown effort "quik"; did you mean "quick"?',
        ),
        (
            a_document([a_criterion("A", answer_role="leed")], roles=[{"id": "lead", "label": "Lead"}]),
            'answer_role: unknown role "leed"; did you mean "lead"?',
        ),
    ],
)
def test_faults(document: dict[str, Any], expected: str) -> None:
    assert any(expected in fault for fault in said(document)), said(document)


def test_all_faults_come_at_once() -> None:
    document = a_document([a_criterion("A", levels=["x"]), a_criterion("A")], released="2025-02-30")
    assert len(said(document)) == 3


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (linked(("0", "X")), []),
        (linked(("0", "Z")), ['$.standards[0].criteria[0].from[0].id: version 0 has no criterion "Z"']),
        (
            linked(("9", "X")),
            ['$.standards[0].criteria[0].from[0].version: version "9" of tiny is not there'],
        ),
        (
            a_document(retired=[{"version": "0", "id": "Z"}]),
            ['$.retired[0].id: version 0 has no criterion "Z"'],
        ),
    ],
)
def test_links_must_lead_somewhere(document: dict[str, Any], expected: list[str]) -> None:
    found = mapping_faults(document, lambda _, version: frozenset({"X", "Y"}) if version == "0" else None)
    assert [str(fault).split(";")[0] for fault in found] == expected


def test_a_document_with_only_what_is_required_has_the_documented_defaults() -> None:
    framework = a_framework()
    (criterion,) = framework.criteria
    assert framework.status == "draft"
    assert framework.language == "en"
    assert (criterion.core, criterion.weight, criterion.not_applicable.allowed) == (False, 1, True)
    assert [str(level) for level in criterion.levels] == ["Level 0", "Level 1", "Level 2", "Level 3"]
    assert [one.label for one in framework.confidence] == ["Stated", "Described", "Documented", "Confirmed"]
    rules = framework.scoring
    assert (rules.method, rules.share, rules.core_within) == ("profile-1", Fraction(3, 5), 1)
    assert (rules.min_answered, rules.not_applicable_limit) == (Fraction(3, 5), Fraction(1, 4))
    assert (rules.evidence_needed, rules.default_target, rules.reason_from) == ({2: 1, 3: 3}, 2, 2)


def test_the_defaults_are_the_ones_that_the_schema_documents() -> None:
    documented = {
        name: rule["default"] for name, rule in SCHEMA["properties"]["scoring"]["properties"].items()
    }
    framework_spelt_out = a_framework(scoring=documented)
    assert framework_spelt_out.scoring == a_framework().scoring


def test_the_defaults_fit_a_shorter_scale() -> None:
    rules = a_framework(levels=2).scoring
    assert (rules.default_target, rules.evidence_needed) == (1, {})


def test_a_text_comes_in_the_wanted_language_and_knows_which_it_is_in() -> None:
    document = a_document(title={"en": "Title", "cy": "Teitl"}, language="en")
    document["standards"][0]["criteria"][0]["statement"] = {"en": "Only English"}
    framework = framework_from(document, "sha256:0", "cy")
    assert (framework.title, framework.title.language) == ("Teitl", "cy")
    statement = framework.criteria[0].statement
    assert (statement, statement.language) == ("Only English", "en")


def test_looking_for_what_is_not_there_says_so() -> None:
    with pytest.raises(NotFound):
        a_framework().criterion("Z")
    with pytest.raises(NotFound):
        a_framework().standard_of("Z")


def test_efforts_that_no_list_orders_are_all_equal() -> None:
    actions = [{"text": "x", "effort": "big"}, {"text": "y", "effort": "small"}]
    framework = a_framework([a_criterion("A", actions=actions), a_criterion("B", actions=[{"text": "z"}])])
    assert [effort.rank for effort in framework.efforts] == [0, 0]
    assert framework.criterion("B").smallest_effort is None


def test_checking_changes_nothing() -> None:
    document = a_document()
    before = copy.deepcopy(document)
    said(document)
    assert document == before
