"""Answers from a file, read entry by entry: what is offered, and each fault by its cell."""

from __future__ import annotations

import json

import pytest

from benchmarks import samples
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Answer, EvidenceLink
from pedri_assess.domain.said import Said
from pedri_assess.domain.taking import COLUMNS, Entry, Offered, entries_of, offered, read_rows

from .frameworks import a_criterion, a_framework

SCHEMA = json.loads((data_dir("standards") / "answers.schema.json").read_text("utf-8"))
TINY = a_framework([a_criterion("A-1"), a_criterion("A-2", not_applicable={"allowed": False})])
HEAD = list(COLUMNS)


def row(criterion: str, **cells: str) -> list[str]:
    filled = {"Criterion": criterion, **{name.replace("_", " "): text for name, text in cells.items()}}
    return [filled.get(name, "") for name in HEAD]


def taken(*rows: list[str], scope: tuple[str, ...] = ()) -> Offered:
    entries, wrong = read_rows([HEAD, *rows], TINY)
    found = offered(entries, TINY, scope, SCHEMA)
    return Offered(found.said, (*wrong, *found.wrong))


def faults(*rows: list[str], scope: tuple[str, ...] = ()) -> list[str]:
    return [f"{wrong.where}: {wrong.words}" for wrong in taken(*rows, scope=scope).wrong]


def test_a_row_says_all_that_an_answer_can() -> None:
    found = taken(
        row(
            "A-1",
            Level="1",
            Confidence="2 Documented",
            Reason="So.",
            Evidence="Minutes",
            Links="The minutes https://example.org/a\nhttps://example.org/b",
            In_another_way="yes",
            Importance="high",
            Note="Ask",
        )
    )
    links = (EvidenceLink("https://example.org/a", "The minutes"), EvidenceLink("https://example.org/b"))
    assert found.said["A-1"] == Said(Answer(1, "", False, 2, "Minutes", links, "So.", True, "Ask"), 3)
    assert not found.wrong


@pytest.mark.parametrize("text", ["1", TINY.scale[1].label, f"1 {TINY.scale[1].label}".upper()])
def test_a_level_is_a_number_its_label_or_both(text: str) -> None:
    assert taken(row("A-1", Level=text)).said["A-1"].answer.level == 1


def test_a_row_that_is_not_filled_in_is_no_fault() -> None:
    assert taken(row("A-1", Statement="What is asked", In_another_way="No")) == Offered({}, ())


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Level": "5"}, "Row 2, column Level: there is no level 5; expected a level of the scale, 0 to 3"),
        ({"Level": "0.5"}, "Row 2, column Level: "),
        ({"Level": "-1"}, "Row 2, column Level: "),
        ({"Level": "1", "Confidence": "sure"}, "Row 2, column Confidence: "),
        ({"Level": "1", "Importance": "7"}, "Row 2, column Importance: "),
        ({"Level": "1", "In_another_way": "maybe"}, "Row 2, column In another way: "),
        ({"Level": "1", "Links": "javascript:alert(1)"}, "Row 2, column Links: "),
        ({"Level": "1", "Reason": "So\0"}, "Row 2, column Reason: a control character"),
        ({"Level": "1", "Note": "x" * 20_001}, "Row 2, column Note: "),
        ({"Level": "1", "Why_not_applicable": "None"}, "Row 2, column Criterion: answers of different kinds"),
    ],
)
def test_a_fault_names_its_cell_and_leaves_the_row_out(cells: dict[str, str], told: str) -> None:
    found = taken(row("A-1", **cells), row("A-2", Level="2"))
    assert list(found.said) == ["A-2"]
    (only,) = faults(row("A-1", **cells), row("A-2", Level="2"))
    assert only.startswith(told)


def test_what_the_standards_do_not_allow_is_out_of_scope_or_is_there_twice() -> None:
    assert "may not be not applicable" in faults(row("A-2", Why_not_applicable="None"))[0]
    assert faults(row("A-2", Level="1"), scope=("A-1",)) == [
        "Row 2, column Criterion: A-2 is not in the scope of this assessment"
    ]
    assert faults(row("A-1", Level="1"), row("A-1", Level="2")) == [
        "Row 3, column Criterion: A-1 is in row 2 already"
    ]
    assert read_rows([["Level", "Remarks"]], TINY)[1][0].where == "Row 1"
    assert "“Criterion”" in read_rows([], TINY)[1][0].words


def test_published_answers_to_185_criteria_offer_all_that_is_right() -> None:
    framework = samples.made(185, standards=12, levels=3, groups=True)
    rows = [HEAD, *(row(item.id, Level=str(n % 3)) for n, item in enumerate(framework.criteria))]
    rows[10] = row(framework.criteria[9].id, Level="0.5")
    rows[20] = row(f"{framework.criteria[19].id}.", Level="1")
    rows.insert(30, [""] * len(HEAD))
    rows.insert(40, ["Scores agreed in March; see the appendix"])
    entries, wrong = read_rows(rows, framework)
    found = offered(entries, framework, (), SCHEMA)
    assert len(found.said) == 183
    assert [each.where for each in wrong] == ["Row 31", "Row 41"]
    assert [each.words for each in wrong] == [
        "it is empty, and was left out",
        "it names no criterion, and was left out",
    ]
    assert [each.where for each in found.wrong] == ["Row 11, column Level", "Row 21, column Criterion"]
    assert f'did you mean "{framework.criteria[19].id}"?' in found.wrong[1].words


def test_an_answers_document_is_read_entry_by_entry() -> None:
    entries = entries_of(
        {
            "answers": {"A-1": {"level": 9}, "A-2": {"level": 2, "evidence": "E"}, "B": {"dont_know": True}},
            "importance": {"A-2": 3},
        }
    )
    found = offered(entries, TINY, (), SCHEMA)
    assert found.said == {"A-2": Said(Answer(2, evidence="E"), 3)}
    assert [each.where for each in found.wrong] == ["A-1, Level", "B"]


def test_reading_ends_after_so_many_faults() -> None:
    found = offered([Entry(f"B{n}", {"level": 1}, n + 2) for n in range(700)], TINY, (), SCHEMA)
    assert found.wrong[-1].where == "The rest"
    assert len(found.wrong) == 501
