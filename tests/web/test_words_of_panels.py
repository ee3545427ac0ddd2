"""Pages of panels, meetings, paper and rating alone, whose words depend on how things stand."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from pedri_assess.domain.paper import Sheets
from pedri_assess.services import Context
from pedri_assess.services.panel_paper import type_in
from pedri_assess.store.panels import panel

from .in_another_language import check, get, post, town
from .pages import hidden
from .people import Town, send
from .test_meetings import Hall
from .test_panels import PLAN, answer, rate

__all__ = ["town"]

DATA = (
    PLAN["name"],
    "Your view anew",
    "Lead Person",
    "Contributor Person",
    "lead@example.org",
    "BCDF-GHJK",
    "Cancer registry",
)
TELLING = "Ring Dr Smith or Sam on 020 7946 0958, sam@example.org, www.example.org, CF10 3NP, ask Person"


@pytest.fixture
def context(town: Town) -> Context:
    made: Context = town.app.extensions["pedri-assess"].context
    return made


@pytest.fixture
def made(town: Town) -> str:
    return town.assessment()


@pytest.fixture
def home(made: str) -> str:
    return f"/assessments/{made}/panels"


def planned(town: Town, home: str, **changed: str) -> str:
    return str(send(town.client("lead"), f"{home}/new", **{**PLAN, **changed}).headers["Location"])


def opened(town: Town, home: str, **changed: str) -> str:
    here = planned(town, home, **changed)
    send(town.client("lead"), f"{here}/open")
    return here


def link(context: Context, here: str) -> str:
    _empty, _assessments, made, _panels, name = here.split("/")
    with context.database.read() as c:
        return f"/panel/{panel(c, made, name).token}"


def read(town: Town, address: str, *who: str) -> None:
    for each in who or ("lead", "viewer"):
        check(get(town.client(each), address), 200, *DATA)


def ask(town: Town, address: str, status: int, **fields: str) -> TestResponse:
    done = post(town.client("lead"), address, **fields)
    check(done, status, *DATA)
    return done


def test_the_list_of_panels(town: Town, home: str) -> None:
    read(town, home)
    planned(town, home)
    send(town.client("lead"), f"{opened(town, home)}/close")
    opened(town, home)
    read(town, home)


def test_planning_and_changing(town: Town, home: str, context: Context) -> None:
    read(town, f"{home}/new", "lead")
    ask(town, f"{home}/new", 422, name="x" * 300, kind="x", expected="0", closes_on="2020-01-01")
    ask(town, f"{home}/new", 422, expected="many", intro="x" * 3_000)
    for kind in ("group", "single"):
        here = planned(town, home, kind=kind)
        read(town, here)
        read(town, f"{here}/change", "lead")
        ask(town, f"{here}/change", 409, **{**PLAN, "name": "Your view anew"}, changes="77")
        ask(town, f"{here}/close", 409)
        send(town.client("lead"), f"{here}/open")
        ask(town, f"{here}/change", 422, **{**PLAN, "criteria": "EDI-1"}, changes="2")


def test_links(town: Town, home: str) -> None:
    group, single = opened(town, home), opened(town, home, kind="single")
    read(town, f"{group}/links", "lead")
    read(town, f"{single}/links", "lead")
    check(post(town.client("lead"), f"{single}/links", number="1"), 200, *DATA)
    read(town, f"{single}/links", "lead")
    ask(town, f"{single}/links", 409, number="9999")


@pytest.mark.parametrize("lots", [0, 1, 2, 25, 105])
def test_closing_with_batches(town: Town, made: str, home: str, context: Context, lots: int) -> None:
    here = opened(town, home, expected="1")
    lead = town.people["lead"].account_id
    for number in range(lots):
        sheets = Sheets(({"EDI-3": 1},) * (1 + number // 2 % 2), {})
        type_in(context, lead, made, here.rpartition("/")[2], sheets, number)
    for level in ("1", "2", "2"):
        rate(town, link(context, here), level, "Words")
    read(town, here)
    ask(town, f"{here}/close", 422, first="x", last="3")


@pytest.mark.parametrize("people", [0, 1, 3])
def test_a_closed_panel_and_its_answer(town: Town, home: str, context: Context, people: int) -> None:
    here = opened(town, home)
    for level in range(people):
        rate(town, link(context, here), str(level), TELLING)
    ask(town, f"{here}/response", 409, response="Too early")
    send(town.client("lead"), f"{here}/paper/sheets", **{"go": "keep", "known": "0", "cell-1-1": "a"})
    send(town.client("lead"), f"{here}/close")
    read(town, here)
    changes = hidden(town.client("lead").get(here), "changes")
    ask(town, f"{here}/response", 422, response="x" * 5_001, question_1="x" * 1_001, changes=changes)
    sent = {"response": "All", "question_1": "One", "changes": changes}
    assert send(town.client("lead"), f"{here}/response", **sent).status_code == 303
    ask(town, f"{here}/response", 409, **{**sent, "response": "Else"})
    read(town, here)
    ask(town, f"{here}/change", 422, **PLAN, changes="9")
    check(get(town.app.test_client(), link(context, here)), 200, *DATA, "First trust")


@pytest.mark.parametrize("reading", ["released", "withheld"])
def test_comments_and_batches_left_out(town: Town, home: str, context: Context, reading: str) -> None:
    here = opened(town, home)
    for number in range(12):
        rate(town, link(context, here), "1", TELLING if number < 2 else "")
    send(town.client("lead"), f"{here}/close", left_out="2-2")
    _empty, _assessments, _made, _panels, name = here.split("/")
    with context.database.read() as c:
        rows = c.rows("SELECT id FROM panel_rating WHERE panel_id = :panel AND body <> ''", panel=name)
    send(town.client("lead"), f"{here}/comments/{rows[0]['id']}", reading=reading)
    read(town, here)
    check(get(town.app.test_client(), link(context, here)), 200, *DATA, "First trust")


def test_what_a_panel_may_confirm(town: Town, made: str, home: str, context: Context) -> None:
    here = opened(town, home)
    for level in ("1", "2", "3"):
        rate(town, link(context, here), level)
    send(town.client("lead"), f"{here}/close")
    answer(town, made, 2, 2)
    read(town, f"/assessments/{made}/criteria/EDI-3", "lead")
    read(town, f"/assessments/{made}/check", "lead")


@pytest.mark.parametrize("kind", ["group", "single"])
def test_a_meeting(town: Town, kind: str) -> None:
    hall = Hall(town, kind)
    read(town, hall.screen, "lead")
    send(hall.lead, hall.screen)
    read(town, hall.screen, "lead")
    send(hall.lead, f"{hall.screen}/go", position="1")
    read(town, hall.screen, "lead")
    ask(town, f"{hall.screen}/result", 409, criterion="EDI-3")
    ask(town, f"{hall.screen}/hands", 422, criterion="EDI-3", hands_0="many")
    for hands in ("1", "3"):
        send(hall.lead, f"{hall.screen}/hands", criterion="EDI-3", hands_1=hands)
        read(town, hall.screen, "lead")
    send(hall.lead, f"{hall.screen}/result", criterion="EDI-3")
    read(town, hall.screen, "lead")
    ask(town, f"{hall.screen}/hands", 409, criterion="EDI-3", hands_1="1")
    send(hall.lead, f"{hall.screen}/end")
    ask(town, f"{hall.screen}/go", 409, position="0")
    send(hall.lead, f"{hall.panel}/close")
    read(town, hall.screen, "lead")
    ask(town, hall.screen, 409)


def test_paper(town: Town, made: str, home: str) -> None:
    draft, here = planned(town, home), opened(town, home)
    read(town, f"{draft}/paper", "lead")
    row = {"rows": "10", "known": "0"}
    ask(town, f"{draft}/paper/sheets", 409, **row, **{"go": "keep", "cell-1-1": "a"})
    read(town, f"{here}/paper", "lead")
    sheets = f"{here}/paper/sheets"
    read(town, sheets, "lead")
    ask(town, sheets, 422, **row, **{"go": "preview", "cell-1-1": "z", "words-1": "x" * 1_001})
    ask(town, sheets, 422, **row, go="preview")
    check(post(town.client("lead"), sheets, **row, go="more"), 200, *DATA)
    for typed in ({"cell-1-1": "a"}, {"cell-1-1": "a", "cell-2-1": "b", "words-1": "One\nTwo"}):
        check(post(town.client("lead"), sheets, **row, **typed, go="preview"), 200, *DATA)
    for known in ("0", "1"):
        send(town.client("lead"), sheets, **{**row, "known": known, "go": "keep", "cell-1-1": "a"})
    ask(town, sheets, 409, **row, **{"go": "keep", "cell-1-1": "a"})
    send(town.client("lead"), f"{here}/paper/1000001/take-back")
    read(town, f"{here}/paper", "lead")
    send(town.client("lead"), f"{here}/close")
    read(town, f"{here}/paper", "lead")
    ask(town, f"{here}/paper/1000002/take-back", 409)


def test_rating_alone_and_agreeing(town: Town, made: str) -> None:
    home, lead = f"/assessments/{made}/rating", town.client("lead")
    everyone = ("lead", "contributor", "viewer")
    read(town, home, *everyone)
    ask(town, f"{home}/stage/close", 409)
    send(lead, f"{home}/stage/open")
    ask(town, f"{home}/stage/open", 409)
    read(town, home, *everyone)
    read(town, f"{home}/EDI-3", *everyone)
    read(town, f"/assessments/{made}/criteria/EDI-3", *everyone)
    ask(town, f"{home}/EDI-3", 422, level="3", changes="0")
    ask(town, f"{home}/EDI-3", 422, level="9", reason="x" * 5_000, evidence="x" * 50_000, changes="0")
    send(lead, f"{home}/EDI-3", level="3", reason="Because", evidence="Minutes", changes="0")
    ask(town, f"{home}/EDI-3", 409, level="2", reason="Else", changes="0")
    send(town.client("contributor"), f"{home}/EDI-3", level="0", changes="0")
    for name in ("EQ-1", "EDI-1"):
        send(lead, f"{home}/{name}", level="dont-know", changes="0")
    read(town, home, *everyone)
    ask(town, f"{home}/EDI-3/agree", 409, level="1")
    send(lead, f"{home}/stage/close")
    read(town, home, *everyone)
    read(town, f"{home}/EDI-3", *everyone)
    ask(town, f"{home}/EDI-3", 409, level="1", changes="0")
    ask(town, f"{home}/EDI-3/agree", 422, level="1", minority="x" * 2_001)
    who = town.people["lead"].account_id
    said = {"who": who, "discussion": "We met", "minority": "One sees more"}
    assert send(lead, f"{home}/EDI-3/agree", **said, level="2", reason="Because").status_code == 303
    ask(town, f"{home}/EDI-3/agree", 409, **said, level="2", reason="Because")
    read(town, f"{home}/EDI-3", *everyone)
    answer(town, made, 1, 1)
    read(town, f"{home}/EDI-3", *everyone)
    read(town, home, *everyone)
