"""What an organisation answers to a panel and to its questions: kept whole, with its event."""

from __future__ import annotations

import json

import pytest

from pedri_assess.domain.errors import NotFound, Stale, WrongState
from pedri_assess.services.panel_response import Response, respond
from pedri_assess.services.panel_views import waiting_for_response
from pedri_assess.services.panels import look
from pedri_assess.store import Database

from .panel_world import ASKED, Panels

FIRST, SECOND, *OTHERS = ASKED


@pytest.fixture
def world(database: Database) -> Panels:
    return Panels(database)


def answer(world: Panels, panel: str, said: Response, known: int | None = None) -> None:
    changes = look(world.context, world.made, panel).panel.changes if known is None else known
    respond(world.context, world.lead, world.made, panel, changes, said)


def test_an_answer_to_one_question_is_enough_and_goes_when_it_is_emptied(world: Panels) -> None:
    panel = world.opened()
    world.close(panel)
    assert waiting_for_response(world.context, world.made)
    answer(world, panel, Response("", {SECOND: "We do it now"}))
    assert look(world.context, world.made, panel).responses == {SECOND: "We do it now"}
    assert waiting_for_response(world.context, world.made) == []
    answer(world, panel, Response(""))
    assert look(world.context, world.made, panel).responses == {}
    assert waiting_for_response(world.context, world.made)


def test_both_kinds_of_answer_count_as_one_edit(world: Panels) -> None:
    """Who saves an older page is told so, whichever field somebody else changed, and nothing is kept."""
    panel = world.opened()
    known = world.close(panel).panel.changes
    answer(world, panel, Response("", {FIRST: "Mine"}), known)
    for theirs in (Response("", {FIRST: "Theirs"}), Response("Theirs", {FIRST: "Mine"})):
        with pytest.raises(Stale):
            answer(world, panel, theirs, known)
    found = look(world.context, world.made, panel)
    assert (found.panel.response, found.responses) == ("", {FIRST: "Mine"})
    answer(world, panel, Response("", {FIRST: "Mine"}), known)  # to say the same again is no change
    assert look(world.context, world.made, panel).panel.changes == known + 1


def test_its_event_says_what_was_there_and_what_is(world: Panels) -> None:
    panel = world.opened()
    world.close(panel)
    answer(world, panel, Response("All", {FIRST: "One"}))
    answer(world, panel, Response("All", {FIRST: "Two"}))
    events = [each for each in world.events() if each["kind"] == "panel-answered"]
    assert [(json.loads(each["before_json"]), json.loads(each["after_json"])) for each in events] == [
        ({"response": "", "questions": {}}, {"response": "All", "questions": {FIRST: "One"}}),
        ({"response": "All", "questions": {FIRST: "One"}}, {"response": "All", "questions": {FIRST: "Two"}}),
    ]


def test_only_closed_panels_are_answered_and_only_what_they_asked(world: Panels) -> None:
    panel = world.opened(criteria=(FIRST,))
    with pytest.raises(WrongState):
        answer(world, panel, Response("Too early"))
    world.close(panel)
    with pytest.raises(NotFound):
        answer(world, panel, Response("", {SECOND: "Nobody asked"}))
    assert look(world.context, world.made, panel).responses == {}


def test_every_answer_is_of_its_own_panel(world: Panels) -> None:
    panels = [world.opened(), world.opened()]
    for number, panel in enumerate(panels):
        world.close(panel)
        answer(world, panel, Response("", {FIRST: f"Answer {number}"}))
    answer(world, panels[0], Response(""))
    assert [look(world.context, world.made, each).responses for each in panels] == [{}, {FIRST: "Answer 1"}]
