"""Finding resources by words and choices, and at a gap: alike on both engines, and as soon as they change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pedri_assess.domain.errors import NotFound
from pedri_assess.domain.resources import Resource
from pedri_assess.services import Context
from pedri_assess.services.hub import Found, find, help_at_gaps, help_with, one_resource
from pedri_assess.services.hub_keeping import edit, kept, move
from pedri_assess.store import Database
from tests.unit.frameworks import an_assessment

from .hub import Hub, a_guide, about, shelf
from .test_statements import Counting


@pytest.fixture
def hub(database: Database) -> Hub:
    return Hub(database)


def titles(resources: tuple[Resource, ...] | Found) -> list[str]:
    found = resources.resources if isinstance(resources, Found) else resources
    return [resource.said.title for resource in found]


def search(context: Context, words: str = "", page: int = 1, **chosen: str) -> Found:
    return find(context, words, chosen, page)


def test_an_empty_hub_finds_nothing(hub: Hub) -> None:
    for words in ("", "pay"):
        found = search(hub.context, words)
        assert (found.total, found.page, found.pages, found.listed) == (0, 1, 1, 0)


def test_what_has_every_word_is_found_the_nearest_first(hub: Hub) -> None:
    hub.add("Travel", summary="How to cover costs. Payment is another guide.")
    hub.add("Payment guidance", summary="How to pay people well.")
    hub.add("Dance", summary="Nothing of that kind.")
    assert titles(search(hub.context, "payment")) == ["Payment guidance", "Travel"]
    assert titles(search(hub.context, "costs payment")) == ["Travel"]
    assert titles(search(hub.context, "paym")) == ["Payment guidance", "Travel"]
    assert titles(search(hub.context)) == ["Dance", "Payment guidance", "Travel"]


def test_forms_of_a_word_and_letters_with_marks_are_one(hub: Hub) -> None:
    hub.add("Canllaw dŵr", summary="Evaluations of wells, in Welsh.", languages=("cy",))
    for words in ("evaluating", "EVALUATION", "dwr", "dŵr", "dw\u0302r", "welsh", "canllaw evaluated"):
        assert titles(search(hub.context, words)) == ["Canllaw dŵr"], words


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '"a',
        "a\"b'c",
        "AND",
        "OR",
        "NOT x",
        "NEAR(",
        "NEAR(a b, 2)",
        "*",
        "a*",
        "^a",
        "title:a",
        "{a b}: c",
        "-a",
        "a - b",
        "a + b",
        "(",
        "))",
        "",
        "   ",
        "\u00bd",
        "_",
        "__a__",
        "\u0301",
        "\ufffd",
        "x" * 5_000,
        "a " * 2_500,
        "'; DROP TABLE text; --",
        "%",
        "a\x00b",
        "\ud83d\ude00",
        "👩‍👩‍👧",
        "日本語",
    ],
)
def test_no_words_break_the_search(hub: Hub, words: str) -> None:  # R39
    hub.add()
    found = search(hub.context, words)
    assert found.total in (0, 1)


def test_choices_narrow_and_their_counts_say_how_far(hub: Hub) -> None:
    hub.add("One", audiences=("public",), formats=("video",), nations=("wales",), links=about("B-1"))
    hub.add("Two", audiences=("public", "leaders"), formats=("guidance",), links=about("S1"))
    hub.add("Three", audiences=("leaders",), formats=("guidance",), languages=("cy",), links=about(""))
    found = search(hub.context, audience="public")
    assert titles(found) == ["One", "Two"]
    assert found.counts["audience"] == {"public": 2, "leaders": 2}
    assert found.counts["format"] == {"video": 1, "guidance": 1}
    assert titles(search(hub.context, format="guidance", audience="leaders")) == ["Three", "Two"]
    assert titles(search(hub.context, language="cy")) == ["Three"]
    assert titles(search(hub.context, nation="wales", words="one")) == ["One"]
    assert titles(search(hub.context, audience="no-such")) == []


def test_a_standard_finds_what_is_about_it_its_criteria_or_the_whole_framework(hub: Hub) -> None:
    hub.add("Criterion", links=about("B-1"))
    hub.add("Older criterion", links=about("A-1"))
    hub.add("Standard", links=about("S1"))
    hub.add("Framework", links=about(""))
    hub.add("Elsewhere", links=about("C-1"))
    hub.add("Nowhere")
    first = search(hub.context, standard="tiny/S1")
    assert titles(first) == ["Criterion", "Framework", "Older criterion", "Standard"]
    assert first.counts["standard"] == {"tiny/S1": 4, "tiny/S2": 2}
    assert titles(search(hub.context, criterion="tiny/B-1")) == ["Criterion", "Older criterion"]


def test_pages_hold_all_once_and_a_page_after_the_last_is_the_last(hub: Hub) -> None:
    for number in range(45):
        hub.add(f"Guide {number:02}")
    pages = [search(hub.context, page=page) for page in (1, 2, 3)]
    assert [len(page.resources) for page in pages] == [20, 20, 5]
    assert [title for page in pages for title in titles(page)] == [
        f"Guide {number:02}" for number in range(45)
    ]
    assert search(hub.context, page=99).page == 3
    assert search(hub.context, page=-1).page == 1
    assert [len(search(hub.context, "guide", page=page).resources) for page in (1, 3)] == [20, 5]


def test_where_words_are_not_found_together_each_says_how_often_it_is_found(hub: Hub) -> None:
    hub.add("Payment guidance")
    hub.add("Travel guidance")
    found = search(hub.context, "payment travel zebra")
    assert (found.total, found.words) == (0, {"payment": 1, "travel": 1, "zebra": 0})
    assert search(hub.context, "payment").words == {}


def test_every_process_sees_a_change_with_its_next_look(hub: Hub) -> None:
    here, there = hub.context, hub.another_process()
    made = hub.add("Payment guidance", links=about("B-1"))
    staff = hub.staff.account_id
    assert titles(search(there, "payment")) == titles(search(here, "payment")) == ["Payment guidance"]
    edit(here, staff, made, a_guide("Travel costs", links=about("C-1")), 1)
    assert titles(search(there, "payment")) == []
    assert titles(search(there, "travel")) == ["Travel costs"]
    assert titles(help_with(there, "tiny", "B-1")) == []
    move(here, staff, made, "retire", "It is out of date")
    assert search(there, "travel").listed == 0
    move(there, staff, made, "bring-back")
    assert titles(help_with(here, "tiny", "C-1")) == ["Travel costs"]


def test_a_look_at_an_unchanged_hub_asks_one_statement(hub: Hub) -> None:
    hub.add("Payment guidance", links=about("B-1"))
    search(hub.context)
    counting = Counting(hub.database)
    context = replace(hub.context, database=counting)  # type: ignore[arg-type]
    search(context)
    first = counting.asked
    for look in (lambda: search(context, "payment"), lambda: help_with(context, "tiny", "B-1")):
        counting.asked = 0
        look()
        assert counting.asked == 1
    assert first == 3  # the newest change, what changed, and its links


def test_a_copy_follows_when_another_database_takes_the_place(hub: Hub) -> None:
    hub.add("First")
    hub.add("Second")
    assert search(hub.context).listed == 2
    with hub.database.write() as c:
        for table in ("resource_link", "resource"):
            c.run(f"DELETE FROM {table}")
    hub.add("Only")
    assert titles(search(hub.context)) == ["Only"]


def test_a_gap_shows_what_is_about_the_criterion_then_what_is_about_its_standard(hub: Hub) -> None:
    hub.add("Standard", links=about("S1"))
    hub.add("Criterion", links=about("B-1"))
    hub.add("Older", links=about("A-1"))
    hub.add("Whole", links=about(""))
    assert titles(help_with(hub.context, "tiny", "B-1")) == ["Criterion", "Older", "Standard"]
    assert titles(help_with(hub.context, "tiny", "A-1")) == ["Criterion", "Older", "Standard"]
    assert titles(help_with(hub.context, "tiny", "C-1")) == []
    assert titles(help_with(hub.context, "no-such", "B-1")) == []


def test_a_report_shows_what_helps_at_its_gaps_only(hub: Hub) -> None:
    hub.add("For B-1", links=about("B-1"))
    hub.add("For B-2", links=about("B-2"))
    framework = shelf().get("tiny", "2")
    answered = an_assessment({"B-1": 0, "B-2": 3}, version="2")
    helps = help_at_gaps(hub.context, framework, answered)
    assert {name: [one.title for one in found] for name, found in helps.items()} == {"B-1": ["For B-1"]}


def test_only_what_is_listed_or_retired_has_a_page(hub: Hub) -> None:
    made = hub.add()
    assert one_resource(hub.context, made) == kept(hub.context, made)
    with hub.database.write() as c:
        c.run("UPDATE resource SET state = 'suggested' WHERE id = :id", id=made)
    for name in (made, "no-such"):
        with pytest.raises(NotFound):
            one_resource(hub.context, name)
