"""Panels: open, rated by anybody with the link, closed blind; and nothing kept that tells who was who."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pedri_assess.domain.assessment import Answer, PublicView
from pedri_assess.domain.batches import runs
from pedri_assess.domain.errors import NotFound, Stale, WrongState
from pedri_assess.domain.panels import batch_of
from pedri_assess.domain.said import Said
from pedri_assess.services import panel_taking as taking
from pedri_assess.services import panels as use
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.panel_response import Response, respond
from pedri_assess.services.panel_views import waiting_for_response
from pedri_assess.services.plans import add
from pedri_assess.store import Database
from pedri_assess.store.backing_up import back_up
from pedri_assess.store.panels import arrive, rate
from pedri_assess.store.plans import PlanAction
from pedri_assess.store.sqlite import SqliteDatabase

from ..store.engines import copy_of
from .panel_world import ASKED, DEVICES, Panels
from .people import AT


@pytest.fixture
def world(database: Database) -> Panels:
    return Panels(database)


def test_nobody_comes_in_before_it_is_opened_or_after_its_last_day(world: Panels) -> None:
    panel = use.plan_panel(world.context, world.lead, world.made, "group", world.plan())
    with pytest.raises(NotFound):
        taking.visit(world.context, world.token(panel), DEVICES[0])
    use.open_panel(world.context, world.lead, world.made, panel)
    world.rate(panel, 1)
    world.forward(days=30)
    assert taking.visit(world.context, world.token(panel), DEVICES[0]).state == "closed"
    with pytest.raises(WrongState):
        world.rate(panel, 2)


def test_a_contributor_comes_back_changes_and_takes_back(world: Panels) -> None:
    panel = world.opened()
    token = world.token(panel)
    taking.say(world.context, token, DEVICES[0], ASKED[0], 1, "First")
    taking.say(world.context, token, DEVICES[0], ASKED[0], 2, "Second")
    assert taking.visit(world.context, token, DEVICES[0]).said == {ASKED[0]: (2, "Second")}
    assert taking.visit(world.context, token, DEVICES[1]).said == {}
    taking.withdraw(world.context, token, DEVICES[0])
    assert taking.visit(world.context, token, DEVICES[0]).said == {}
    assert "Second" not in world.content()


def test_what_no_page_asks_is_refused(world: Panels) -> None:
    token = world.token(world.opened(criteria=tuple(ASKED[:2])))
    for criterion, level in (("NO-1", 1), (ASKED[2], 1), (ASKED[0], 4), (ASKED[0], -1)):
        with pytest.raises(NotFound):
            taking.say(world.context, token, DEVICES[0], criterion, level, "")


def test_nothing_is_seen_before_it_is_closed_for_good(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 0, 1, 3, words="Read me")
    look = use.look(world.context, world.made, panel)
    assert (look.sheets, look.views, look.comments) == (3, {}, [])
    look = world.close(panel)
    assert look.views == {ASKED[0]: PublicView(1, 3)}
    assert [comment.reading for comment in look.comments] == ["waiting"] * 3


def test_two_ratings_say_nothing_and_not_knowing_is_no_rating(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 1, 2, None, None)
    assert world.close(panel).views == {}


def test_a_link_of_ones_own_is_one_sheet_on_any_device(world: Panels) -> None:
    panel = world.opened("single")
    first, second = use.single_links(world.context, world.lead, world.made, panel, 2)
    tokens = [link.rpartition("/")[2] for link in (first, second)]
    taking.say(world.context, tokens[0], DEVICES[0], ASKED[0], 1, "")
    taking.say(world.context, tokens[0], DEVICES[1], ASKED[0], 2, "")
    taking.say(world.context, tokens[1], DEVICES[0], ASKED[0], 3, "")
    assert use.look(world.context, world.made, panel).sheets == 2
    assert tokens[0] not in world.content()
    world.close(panel)
    assert taking.outcome(world.context, tokens[1])[2] is False  # the same link shows what came of it
    with pytest.raises(NotFound):
        taking.visit(world.context, "nothing", DEVICES[0])


SCRIPT = 10_000  # answers


def test_ten_thousand_answers_of_a_script_are_left_out_by_batch_and_blind(
    migrated: Path, tmp_path: Path
) -> None:
    """The whole of an attack, as a program that takes a new secret for each answer makes it, and its end.

    On one engine: on the other it takes seven seconds to say the same.
    """
    world = Panels(copy_of(migrated, tmp_path))
    panel = world.opened()
    world.rate(panel, 1, 1, 1, 1, 1)
    found = use.look(world.context, world.made, panel).panel
    with world.database.write() as c:  # what `say` does, without asking for the panel each time
        for number in range(SCRIPT):
            mine = taking.sheet(found, found.token, f"script {number}")
            rate(c, panel, mine, batch_of(arrive(c, panel)), ASKED[0], 3, "Buy now")
    taking.say(world.context, world.token(panel), "after it", ASKED[0], 1, "")
    look = use.look(world.context, world.made, panel)
    assert look.suspicious
    assert look.sheets == SCRIPT + 6
    assert len(look.batches) == SCRIPT // 10 + 1
    assert [run.span for run in runs(look.batches)] == [(1, 1), (2, 1000), (1001, 1001)]
    of_script = [batch.number for batch in look.batches if batch.number > 1]
    closed = world.close(panel, *of_script, 99_999)
    assert closed.panel.left_out == tuple(of_script)
    assert closed.views[ASKED[0]] == PublicView(1, 10)  # five people, and five of the script in their ten
    assert len(closed.comments) == 5  # nobody reads what the other 9,995 wrote
    assert taking.visit(world.context, found.token, "after it").panel.left_out  # so that its page says it
    with pytest.raises(WrongState):
        taking.say(world.context, world.token(panel), "script", ASKED[0], 3, "")


def test_a_panel_is_full_before_a_script_fills_the_disk(world: Panels) -> None:
    panel = world.opened()
    with world.database.write() as c:
        c.run("UPDATE panel SET arrivals = :most WHERE id = :id", most=taking.MOST_SHEETS - 1, id=panel)
    world.rate(panel, 1)
    with pytest.raises(WrongState, match="takes no more"):
        taking.say(world.context, world.token(panel), "one more", ASKED[0], 3, "")
    world.rate(panel, 2)  # who is in can still change an answer


def test_a_closed_panel_stays_as_it_is(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 1, 1, 1)
    world.close(panel)
    world.close(panel, 1)  # closing twice is closing once
    assert use.look(world.context, world.made, panel).panel.left_out == ()
    with pytest.raises(WrongState):
        use.change_plan(world.context, world.lead, world.made, panel, 3, world.plan(name="Other"))
    with pytest.raises(WrongState):
        use.open_panel(world.context, world.lead, world.made, panel)


def test_questions_stay_once_it_was_opened(world: Panels) -> None:
    panel = world.opened()
    changes = use.look(world.context, world.made, panel).panel.changes
    use.change_plan(world.context, world.lead, world.made, panel, changes, world.plan(intro="Better words"))
    with pytest.raises(Stale):
        use.change_plan(world.context, world.lead, world.made, panel, changes, world.plan(intro="Other"))
    with pytest.raises(WrongState):
        use.change_plan(
            world.context, world.lead, world.made, panel, changes + 1, world.plan(criteria=(ASKED[0],))
        )
    with pytest.raises(WrongState):
        use.plan_panel(world.context, world.lead, world.made, "group", world.plan(criteria=("CUL-2",)))


def test_a_comment_is_seen_only_once_it_is_released(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 1, 1, 1, words="Asha was kind, ring 020 7946 0958")
    look = world.close(panel)
    hints = use.hints(world.context, world.made, look.comments)
    assert {kind for kind, _words in hints[look.comments[0].id]} >= {
        "name of a colleague",
        "telephone number",
    }
    token = world.token(panel)
    assert all(not each.comments for each in taking.outcome(world.context, token)[0])
    use.read_comment(world.context, world.lead, world.made, panel, look.comments[0].id, True)
    assert sum(len(each.comments) for each in taking.outcome(world.context, token)[0]) == 1
    use.read_comment(world.context, world.lead, world.made, panel, look.comments[0].id, False)
    assert all(not each.comments for each in taking.outcome(world.context, token)[0])


def test_what_they_see_goes_into_the_next_result_and_back_to_them(world: Panels) -> None:
    panel = world.opened()
    world.rate(panel, 0, 0, 1, 3)
    world.close(panel)
    said = Said(Answer(level=2, confidence=2, evidence="x", reason="y"))
    save_answer(world.context, world.made, ASKED[0], world.lead, said, 0)
    left_out = Said(Answer(not_applicable="We hold no such data"))
    save_answer(world.context, world.made, ASKED[1], world.lead, left_out, 0)
    action = PlanAction("", "", (ASKED[0],), "Ring them each month")
    add(world.context, world.lead, world.made, action)
    assert taking.outcome(world.context, world.token(panel))[1:] == ([], False)
    found = check(world.context, world.made)
    assert {finding.kind for finding in found.findings if finding.criterion == ASKED[0]} == {
        "public-see-it-differently"
    }
    submit(world.context, world.made, world.lead, 1, found.seal, leave=True)
    assert [each.id for each in waiting_for_response(world.context, world.made)] == [panel]
    changes = use.look(world.context, world.made, panel).panel.changes
    said = Response("We ask you earlier now", {ASKED[0]: "We ring you each month"})
    respond(world.context, world.lead, world.made, panel, changes, said)
    assert waiting_for_response(world.context, world.made) == []
    outcomes, doing, submitted = taking.outcome(world.context, world.token(panel))
    assert submitted
    assert [each.text for each in doing] == [action.text]
    assert (outcomes[0].public, outcomes[0].staff) == (PublicView(0, 4), 2)
    assert [each.not_applicable for each in outcomes[:3]] == [False, True, False]
    assert [each.response for each in outcomes[:2]] == ["We ring you each month", ""]


def test_nothing_tells_one_contributor_from_another(
    world: Panels, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Tables, log, backup, and all files of the database: no device, no sheet, no moment of a rating."""
    caplog.set_level("DEBUG")
    panel = world.opened()
    token = world.token(panel)
    for place, device in enumerate(DEVICES):
        for criterion in ASKED[:3]:
            taking.say(world.context, token, device, criterion, place % 4, f"words of {place}")
        world.forward(minutes=7)
    before = len(world.events())
    world.close(panel)
    assert len(world.events()) == before + 1  # closing it, by the lead
    with world.database.read() as c:
        rows = c.rows("SELECT * FROM panel_rating ORDER BY id")
    assert {row["sheet"] for row in rows} == {""}
    assert len({row["id"] for row in rows}) == len(ASKED[:3]) * len(DEVICES)
    backup = tmp_path / "backup.db"
    back_up(world.database, backup, AT, lambda _content: None)
    sheets = {
        taking.sheet(use.look(world.context, world.made, panel).panel, token, device) for device in DEVICES
    }
    logged = repr([(record.getMessage(), vars(record)) for record in caplog.records])
    for text in (world.content(), logged, *files_of(world.database), backup.read_bytes().decode("latin-1")):
        assert not any(secret in text for secret in (*DEVICES, *sheets))
    moments = set(re.findall(r"2026-11-24T09:(\d\d)", "\n".join(map(str, rows))))
    assert moments == set()
    names = {"id", "panel_id", "sheet", "batch", "criterion", "level", "body", "reading"}
    assert set(rows[0]) == names


def test_what_was_taken_back_is_in_no_file(migrated: Path, tmp_path: Path) -> None:
    world = Panels(copy_of(migrated, tmp_path))
    token = world.token(world.opened())
    taking.say(world.context, token, DEVICES[0], ASKED[0], 1, "zanzibar")
    assert any("zanzibar" in text for text in files_of(world.database))  # so this looks where it would be
    taking.withdraw(world.context, token, DEVICES[0])
    assert not any("zanzibar" in text for text in files_of(world.database))


def files_of(database: Database) -> list[str]:
    """Every byte of the files that a SQLite database has, its journal too; none of a server's."""
    if not isinstance(database, SqliteDatabase):
        return []
    beside = database.path.parent.glob(f"{database.path.name}*")
    return [file.read_bytes().decode("latin-1") for file in beside]
