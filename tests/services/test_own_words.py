"""What an organisation says in its reports: set by what was seen, on record, and in reports from then on."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from pedri_assess.domain.edition import Edition
from pedri_assess.domain.errors import NotFound, Stale
from pedri_assess.domain.own_words import NO_WORDS, OwnWords
from pedri_assess.reports import NotAPicture
from pedri_assess.services.comments import comment, remove
from pedri_assess.services.editions import edition_of, plain_edition
from pedri_assess.services.handing_in import check, send_back, submit
from pedri_assess.services.own_words import (
    every_standing_text,
    picture,
    preview,
    remove_logo,
    set_logo,
    set_standing_text,
    set_words,
    your_report,
)
from pedri_assess.services.results import result_of
from pedri_assess.store import Database, StoreUnavailable

from ..reports.pictures import BIRD, png
from .assessing import Place


@pytest.fixture
def place(database: Database) -> Place:
    return Place(database)


def said(place: Place) -> OwnWords:
    return your_report(place.context, "o").said


def say(place: Place, introduction: str = "Who we are", expected: int | None = None, **more: Any) -> None:
    parts: dict[str, Any] = {"left_out": (), "comments": False, **more}
    number = said(place).changes if expected is None else expected
    set_words(place.context, "o", "ann", number, introduction, **parts)


def last_event(place: Place) -> tuple[str, Any, Any]:
    with place.database.read() as c:
        row = c.rows("SELECT * FROM event ORDER BY number DESC LIMIT 1")[0]
    return row["kind"], json.loads(row["before_json"] or "null"), json.loads(row["after_json"])


def hand_in(place: Place, key: str) -> None:
    place.later(minutes=1)
    now = check(place.context, key)
    submit(place.context, key, "ann", now.assessment.revision, now.seal, leave=True)


def edition(place: Place, key: str, revision: int | None = None) -> Edition:
    return edition_of(place.context, result_of(place.context, key, revision))


def bodies(edition: Edition) -> list[str]:
    return [item.body for item in edition.comments]


def test_an_organisation_says_nothing_at_first(place: Place) -> None:
    assert said(place) == NO_WORDS
    with pytest.raises(NotFound):
        your_report(place.context, "another")
    with pytest.raises(NotFound):
        picture(place.context, "o")


def test_what_is_said_is_in_reports_from_then_on_and_on_record(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    assert edition(place, key).introduction == ""
    say(place, "Who we are\n\nWhy we do it", left_out=("glossary", "profile"))
    assert edition(place, key).introduction == "Who we are\n\nWhy we do it"
    assert edition(place, key).left_out == ("profile", "glossary")  # in the order of the report
    kind, before, after = last_event(place)
    assert (kind, before) == ("report-words-set", None)
    assert after == {
        "introduction": "Who we are\n\nWhy we do it",
        "left_out": ["profile", "glossary"],
        "comments_since": None,
        "logo": None,
    }
    say(place, "Shorter")
    assert last_event(place)[1]["introduction"] == "Who we are\n\nWhy we do it"


def test_a_page_that_is_out_of_date_changes_nothing(place: Place) -> None:
    say(place, "First")
    with pytest.raises(Stale) as told:
        say(place, "Second", expected=0)
    assert told.value.current == said(place)
    for change in (
        lambda: set_logo(place.context, "o", "ann", 0, png(), "x"),
        lambda: say(place, "Second", expected=7),
    ):
        with pytest.raises(Stale):
            change()
    say(place, "First", expected=0)  # what stands already is no change
    remove_logo(place.context, "o", "ann", 0)  # nor is it to remove what is not there
    assert (said(place).introduction, said(place).changes) == ("First", 1)


def test_only_what_is_optional_can_be_left_out(place: Place) -> None:
    for name in ("cover", "summary", "method", "provenance", "verify", "findings", "unanswered", "nothing"):
        with pytest.raises(ValueError, match=name):
            say(place, left_out=(name,))
    assert said(place) == NO_WORDS


def test_comments_are_shown_from_the_moment_on_at_which_it_was_chosen(place: Place) -> None:
    key = place.start()
    comment(place.context, key, "B", "ann", "Between ourselves")
    place.later(minutes=1)
    say(place, comments=True)
    assert said(place).comments_since
    taken_away = comment(place.context, key, "A", "cat", "Not meant")
    comment(place.context, key, "C", "cat", "Is <this> so?")
    place.later(minutes=1)
    comment(place.context, key, "A", "ann", "It is")
    hand_in(place, key)
    place.later(minutes=1)
    send_back(place.context, key, "cat", 1, "more")
    comment(place.context, key, "A", "ann", "Later")
    remove(place.context, key, taken_away, "cat")
    assert bodies(edition(place, key)) == ["It is", "Is <this> so?"]
    assert [item.who for item in edition(place, key).comments] == ["Ann", "Cat"]
    hand_in(place, key)
    assert bodies(edition(place, key)) == ["It is", "Later", "Is <this> so?"]
    assert bodies(edition(place, key, 1)) == ["It is", "Is <this> so?"]
    place.later(minutes=1)
    say(place, "Another introduction", comments=True)  # saying it again does not begin again
    assert len(edition(place, key).comments) == 3
    say(place, comments=False)
    assert edition(place, key).comments == ()
    place.later(minutes=1)
    say(place, comments=True)
    assert edition(place, key).comments == ()


def test_a_logo_is_drawn_anew_named_in_the_record_and_can_be_changed_and_removed(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    set_logo(place.context, "o", "ann", 0, png() + b"<script>", "A disc")
    kind, content = picture(place.context, "o")
    assert kind == "png"
    assert b"<script>" not in content
    logo = edition(place, key).logo
    assert logo is not None
    assert base64.b64decode(logo.content) == content
    kind, _before, after = last_event(place)
    assert kind == "report-logo-set"
    assert set(after["logo"]) == {"kind", "words", "sha256"}
    say(place)
    set_logo(place.context, "o", "ann", 2, None, "A red disc")
    assert said(place).logo == type(logo)("png", logo.content, "A red disc")
    assert said(place).introduction == "Who we are"
    set_logo(place.context, "o", "ann", 3, BIRD.encode(), "A bird")
    assert picture(place.context, "o")[0] == "svg"
    with pytest.raises(NotAPicture):
        set_logo(place.context, "o", "ann", 4, b"GIF89a", "x")
    remove_logo(place.context, "o", "ann", 4)
    assert (said(place).logo, said(place).introduction) == (None, "Who we are")
    assert last_event(place)[0] == "report-logo-removed"
    with pytest.raises(NotFound):
        set_logo(place.context, "o", "ann", 5, None, "Words for nothing")


def test_the_standing_text_is_in_every_report_with_its_history(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    assert every_standing_text(place.context) == []
    set_standing_text(place.context, "dee", 0, "Ask us")
    set_standing_text(place.context, "dee", 0, "Ask us")  # sent twice is set once
    place.later(minutes=1)
    set_standing_text(place.context, "ann", 1, "Ask us any day")
    told = [(item.number, item.body, item.set_by) for item in every_standing_text(place.context)]
    assert told == [(2, "Ask us any day", "Ann"), (1, "Ask us", "Dee")]
    assert edition(place, key).standing_text == "Ask us any day"
    answers = result_of(place.context, key).answered
    assert plain_edition(place.context, place.framework, answers).standing_text == "Ask us any day"
    assert last_event(place) == ("standing-text-set", {"text": "Ask us"}, {"text": "Ask us any day"})
    with pytest.raises(Stale) as stale:
        set_standing_text(place.context, "dee", 1, "Another")
    assert stale.value.current.body == "Ask us any day"
    set_standing_text(place.context, "ann", 2, "")
    assert edition(place, key).standing_text == ""


def test_a_quick_check_needs_no_database(place: Place) -> None:
    key = place.start()
    hand_in(place, key)
    answers = result_of(place.context, key).answered

    def unavailable() -> None:
        raise StoreUnavailable("not now")

    away: Any = SimpleNamespace(read=unavailable, write=unavailable)
    plain = plain_edition(replace(place.context, database=away), place.framework, answers)
    assert plain == Edition(address="http://x/check-a-report")


def test_the_preview_is_the_newest_result_or_an_example(place: Place) -> None:
    shelf: Any = place.context.shelf
    shelf.frameworks, shelf.current = lambda: ["tiny"], lambda _name: place.framework
    say(place, "Who we are")
    example = preview(place.context, "o")
    assert (example.example, example.answered.answers, example.edition.introduction) == (
        True,
        {},
        "Who we are",
    )
    assert example.answered.organisation == "Example"
    first, second = place.start(), place.start()
    hand_in(place, second)
    hand_in(place, first)
    shown = preview(place.context, "o")
    assert (shown.example, shown.edition) == (False, edition(place, first))
