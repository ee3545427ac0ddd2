"""Paper: sheets come in once, count like others, can be taken back, and nobody tells them apart."""

from __future__ import annotations

import pytest

from pedri_assess.domain.assessment import PublicView
from pedri_assess.domain.batches import runs
from pedri_assess.domain.errors import NotFound, Stale, WrongState
from pedri_assess.domain.panels import PAPER_FROM
from pedri_assess.domain.paper import Sheets
from pedri_assess.services import panel_paper as use
from pedri_assess.services.panels import look, plan_panel, read_comment
from pedri_assess.store import Database

from .panel_world import ASKED, Panels

FIRST, SECOND = ASKED[:2]
TYPED = Sheets(({FIRST: 1, SECOND: None}, {FIRST: 2}, {FIRST: 2}), {SECOND: ("Read me",)})


@pytest.fixture
def world(database: Database) -> Panels:
    return Panels(database)


def type_in(world: Panels, panel: str, typed: Sheets = TYPED, known: int = 0) -> None:
    use.type_in(world.context, world.lead, world.made, panel, typed, known)


def test_sheets_count_with_those_that_came_by_link(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 0, 0)
    type_in(world, panel)
    seen = look(world.context, world.made, panel)
    assert (seen.sheets, seen.paper, seen.suspicious) == (5, 3, False)
    assert [run.span for run in runs(seen.batches)] == [(1, 1), (PAPER_FROM, PAPER_FROM)]
    seen = world.close(panel)
    assert seen.views == {FIRST: PublicView(1, 5)}
    assert seen.sheets == 5
    assert [comment.body for comment in seen.comments] == ["Read me"]
    read_comment(world.context, world.lead, world.made, panel, seen.comments[0].id, True)
    with world.database.read() as c:
        assert {row["sheet"] for row in c.rows("SELECT sheet FROM panel_rating")} == {""}


def test_the_same_sheets_do_not_come_in_twice(world: Panels) -> None:
    panel = world.opened()
    type_in(world, panel)
    with pytest.raises(Stale):
        type_in(world, panel)
    type_in(world, panel, known=1)
    assert use.paper(world.context, world.made, panel).sheets == 6


def test_a_lot_is_taken_back_whole_and_its_number_is_not_used_again(world: Panels) -> None:
    panel = world.opened()
    type_in(world, panel)
    batch = use.paper(world.context, world.made, panel).lots[0].batch
    use.take_back(world.context, world.lead, world.made, panel, batch)
    use.take_back(world.context, world.lead, world.made, panel, batch)  # twice is once
    with world.database.read() as c:
        assert c.rows("SELECT * FROM panel_rating") == []
    type_in(world, panel, known=1)
    assert [lot.sheets for lot in use.paper(world.context, world.made, panel).lots] == [0, 3]
    kinds = [event["kind"] for event in world.events()]
    assert kinds.count("panel-paper-entered") == 2
    assert kinds.count("panel-paper-taken-back") == 1


def test_a_lot_can_be_left_out_when_closing(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 0, 0, 0)
    type_in(world, panel)
    batch = use.paper(world.context, world.made, panel).lots[0].batch
    assert world.close(panel, batch).views == {FIRST: PublicView(0, 3)}


def test_sheets_come_in_while_it_is_open_and_after_its_last_day(world: Panels) -> None:
    panel = world.opened()
    world.forward(days=40)
    type_in(world, panel)
    world.close(panel)
    with pytest.raises(WrongState):
        type_in(world, panel, known=1)
    with pytest.raises(WrongState):
        use.take_back(world.context, world.lead, world.made, panel, 1)
    plan = world.plan(closes_on="2027-12-31")
    draft = plan_panel(world.context, world.lead, world.made, "group", plan)
    with pytest.raises(WrongState, match="Open the panel"):
        type_in(world, draft)


def test_what_the_panel_does_not_ask_is_refused(world: Panels) -> None:
    panel = world.opened(criteria=(FIRST,))
    for typed in (
        Sheets(({SECOND: 1},), {}),
        Sheets(({FIRST: 1},), {SECOND: ("x",)}),
        Sheets(({FIRST: 9},), {}),
    ):
        with pytest.raises(NotFound):
            type_in(world, panel, typed)
