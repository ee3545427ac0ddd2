"""Panels: what is shown of ratings, what a comment may give away, and when a panel is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import samples
from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Answer, PublicView, Ratings
from pedri_assess.domain.panels import (
    BATCH,
    CLOSED,
    DRAFT,
    OPEN,
    Rating,
    batch_of,
    confirmed,
    may_be_marked,
    merged_views,
    minutes,
    pointed_out,
    state,
    to_mark,
    views,
)

SHELF = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))

ratings = st.lists(
    st.builds(Rating, st.sampled_from(["A", "B"]), st.none() | st.integers(0, 3), st.integers(1, 3)),
    max_size=40,
)


@given(ratings, st.frozensets(st.integers(1, 3)))
def test_only_three_ratings_or_more_say_anything(found: list[Rating], left_out: frozenset[int]) -> None:
    shown = views(found, left_out)
    for name in ("A", "B"):
        counted = [
            each.level
            for each in found
            if each.criterion == name and each.level is not None and each.batch not in left_out
        ]
        assert (name in shown) == (len(counted) >= 3)
        if name in shown:
            assert shown[name] == PublicView(sorted(counted)[(len(counted) - 1) // 2], len(counted))


@given(st.lists(st.integers(0, 3), min_size=2, max_size=2), st.integers(0, 3))
def test_of_three_with_one_known_the_others_stay_open(others: list[int], known: int) -> None:
    """What a lead who knows one of three ratings can infer from the middle: docs/panels.md says it."""
    shown = views([Rating("A", level, 1) for level in (*others, known)])["A"].level
    possible = {
        (one, two)
        for one in range(4)
        for two in range(one, 4)
        if views([Rating("A", level, 1) for level in (one, two, known)])["A"].level == shown
    }
    assert tuple(sorted(others)) in possible
    if shown == known:
        assert len(possible) == (known + 1) * (4 - known)
    else:  # one of the two is the middle itself, and the other is on its far side or level with it
        assert all(shown in pair for pair in possible)
        assert len(possible) == (4 - shown if known < shown else shown + 1)


@given(st.integers(1, 200))
def test_batches_are_of_ten_in_order(arrival: int) -> None:
    assert batch_of(arrival) == batch_of(((arrival - 1) // BATCH) * BATCH + 1)
    assert batch_of(arrival + BATCH) == batch_of(arrival) + 1


@pytest.mark.parametrize(
    ("opened", "closed", "today", "expected"),
    [
        (False, False, "2027-01-01", DRAFT), (True, False, "2027-03-31", OPEN),
        (True, False, "2027-04-01", CLOSED),
        (True, True, "2027-01-01", CLOSED),
    ],
)  # fmt: skip
def test_a_panel_is_open_until_its_last_day(opened: bool, closed: bool, today: str, expected: str) -> None:
    assert state(opened, closed, "2027-03-31", today) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to jo@example.org", "e-mail address"), ("Ring 020 7946 0958", "telephone number"),
        ("+44 (0)20 7946 0958", "telephone number"), ("see www.example.org/me", "web address"),
        ("I live in SW1A 1AA", "postcode"), ("asha was kind", "name of a colleague"),
        ("Dr Jones never rang", "maybe a name"), ("I met Carys there", "maybe a name"),
    ],
)  # fmt: skip
def test_what_may_tell_who_somebody_is_is_pointed_out(text: str, kind: str) -> None:
    assert kind in {found for found, _words in pointed_out(text, ["Asha Lead"])}


@pytest.mark.parametrize("text", ["", "The leaflet was hard to read.", "Room 12 was cold on 3 May 2026."])
def test_plain_words_are_left_alone(text: str) -> None:
    assert {kind for kind, _words in pointed_out(text, ["Al B"])} <= {"maybe a name"}


@given(st.text(max_size=2_000))
def test_looking_at_a_comment_always_ends(text: str) -> None:
    assert all(words for _kind, words in pointed_out(text, [text[:50]]))


def test_the_newest_panel_speaks_and_panels_are_not_pooled() -> None:
    new, old = PublicView(1, 3), PublicView(3, 9)
    assert merged_views([{"A": new}, {"A": old, "B": old}]) == {"A": new, "B": old}


def test_who_sees_at_least_the_level_confirms_it() -> None:
    assert confirmed(PublicView(2, 3), 2)
    assert not confirmed(PublicView(1, 3), 2)
    assert not confirmed(None, 0)
    assert not confirmed(PublicView(1, 3), None)


def test_a_question_takes_under_a_minute() -> None:
    assert [minutes(number) for number in (1, 3, 7)] == [1, 2, 5]


@pytest.mark.parametrize(
    ("answer", "view", "may"),
    [
        (Answer(level=2, confidence=2), PublicView(2, 3), True),
        (Answer(level=2), PublicView(0, 3), True),
        (Answer(), PublicView(2, 3), True),
        (Answer(level=2, confidence=3), PublicView(2, 3), False),
        (Answer(not_applicable="No data here"), PublicView(2, 3), False),
        (Answer(level=2, confidence=2), None, False),
    ],
)
def test_evidence_may_be_marked_where_the_public_have_said_something_and_it_is_not_marked(
    answer: Answer, view: PublicView | None, may: bool
) -> None:
    framework = SHELF.current("pedri")
    assert may_be_marked(framework, answer, view) is may
    assert not may_be_marked(replace(framework, confidence=framework.confidence[:1]), answer, view)


def test_what_to_mark_is_what_the_public_see_at_the_level_of_staff_or_higher() -> None:
    framework = SHELF.current("pedri")
    first, second, third, fourth = (item.id for item in framework.criteria[:4])
    assessment = replace(
        samples.typical(framework),
        answers={
            first: Answer(level=2, confidence=1), second: Answer(level=2, confidence=1),
            third: Answer(level=2, confidence=3), fourth: Answer(),
        },
        ratings={name: Ratings(public_view=PublicView(2, 3)) for name in (first, third, fourth)}
        | {second: Ratings(public_view=PublicView(1, 3))},
    )  # fmt: skip
    assert [item.id for item in to_mark(framework, assessment)] == [first]
