"""Pages of an assessment whose words depend on how it stands: each in a language that nobody speaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.reports import ReportFailed, renderer
from pedri_assess.services.answers import save_answer
from pedri_assess.services.rating import open_rating
from pedri_assess.web.languages import EXTENSION

from ..pseudo_language import CODE, PSEUDO
from .in_another_language import left_in
from .pages import StrictClient, hidden, parsed
from .people import Town, send
from .test_answering import AUTO, closed, form, save
from .test_bringing import filled, first_two, form_of, look, write
from .test_handing_in import answer, submit
from .test_kept_reports import break_printer, print_all
from .test_starting_again import at, context_of, fields_of, last_year, older, this_year

NAMES = ("Cancer registry", "Too late", "Another name", "answers.xlsx", "Somebody else")


class Listening(StrictClient):
    """A browser in the language, which checks every page that it gets."""

    def open(self, *args: Any, **more: Any) -> TestResponse:
        self.set_cookie("language", CODE)
        answer = super().open(*args, **more)
        if answer.mimetype == "text/html" and answer.data and answer.status_code // 100 != 3:
            page: Any = parsed(answer.get_data(as_text=True))
            found = left_in(page, *NAMES)
            assert (page.get("lang"), found) == (CODE, []), answer.request.path
        return answer


@pytest.fixture
def town(town: Town) -> Town:
    """The town, with a language more, in which everybody reads it."""
    town.app.extensions[EXTENSION][CODE] = PSEUDO
    town.app.test_client_class = Listening
    return town


@pytest.fixture
def made(town: Town) -> str:
    """An assessment with one criterion answered."""
    made = town.assessment(finish_by="2026-12-01")
    answer(town, made, core(town, 0), Said(Answer(level=1, evidence="A checklist")))
    return made


def core(town: Town, number: int) -> str:
    return str(context_of(town).shelf.get("pedri", "2025.1").core_criteria[number].id)


def expect(answer: TestResponse, status: int) -> TestResponse:
    """A page that was checked when it came."""
    assert answer.status_code == status
    return answer


def test_starting_one_and_its_set_up(town: Town) -> None:
    lead, start = town.client("lead"), f"/organisations/{town.place}/assessments/new"
    last_year(town)
    fields = fields_of(lead, start, "start")
    for wrong in ({}, {"depth": "some"}, {"finish_by": "soon", "scope_kind": "", "about": "x" * 9_999}):
        expect(send(lead, start, **{**fields, **wrong, "scope_name": ""}), 422)
    sent = {**fields, "scope_name": "Another name", "scope_kind": "project", "about": "Somebody else"}
    made = expect(send(lead, start, **sent), 303).location
    change = fields_of(lead, f"{made}/set-up", "set-up")
    expect(send(lead, f"{made}/set-up", **{**change, "scope_name": ""}), 422)
    expect(send(lead, f"{made}/set-up", **{**change, "finish_by": "2026-11-30"}), 303)
    expect(send(lead, f"{made}/set-up", **change), 409)
    expect(lead.get(made), 200)


def test_who_takes_part(town: Town, made: str) -> None:
    lead, people = town.client("lead"), f"/assessments/{made}/people"
    expect(send(lead, f"{people}/invite", email="nobody", role="lead"), 422)
    expect(send(lead, f"{people}/invite", email="viewer@example.org", role="viewer"), 422)
    for who in ("lead", "contributor", "viewer"):
        expect(town.client(who).get(people), 200)


def test_a_question_in_every_state(town: Town, made: str) -> None:
    lead, contributor = town.client("lead"), town.client("contributor")
    here = f"/assessments/{made}/criteria/{core(town, 0)}"
    mine = form(lead, here)
    expect(send(lead, here, **mine, evidence="x" * 30_000, go="tasks"), 422)
    expect(send(lead, here, **mine, evidence="Some", links="None", choice="3", go="continue"), 422)
    theirs = form(contributor, here)
    expect(send(contributor, here, **theirs, evidence="Theirs", choice="2", reason="So", go="tasks"), 303)
    expect(send(lead, here, **mine, evidence="Mine", choice="1", otherwise="yes", note="Keep"), 409)
    expect(send(contributor, here, **theirs, evidence="In another window"), 409)
    quick = save(lead, here, mine | {"evidence": "Mine"}).get_json()
    assert quick["message"].endswith("]")
    expect(send(lead, f"{here}/comments", **form(lead, here), comment=""), 422)
    expect(send(lead, f"{here}/comments", **form(lead, here), comment="x" * 6_000), 422)
    send(lead, f"{here}/comments", **form(lead, here), comment="Is this so, @Contributor Person?")
    expect(send(lead, f"{here}/owner", **form(lead, here), owner="none"), 422)
    send(lead, f"{here}/owner", **form(lead, here), owner=town.people["contributor"].account_id)
    for who in ("lead", "contributor", "approver", "viewer"):
        for address in (here, f"/assessments/{made}", f"{here}/history"):
            expect(town.client(who).get(address), 200)
    number = hidden(lead.get(f"{here}/history"), "number")
    expect(send(lead, f"{here}/history", number=number, expected="0"), 409)
    old = form(lead, here)
    closed(town, here)
    expect(send(lead, here, **old, evidence="Too late", go="continue"), 409)
    assert save(lead, here, old | {"evidence": "Too late"}).get_json()["message"].startswith("[")
    expect(lead.get(here, headers=AUTO), 200)


def test_handing_it_in(town: Town, made: str) -> None:
    lead, approver, root = town.client("lead"), town.client("approver"), f"/assessments/{made}"
    for who in ("lead", "contributor", "viewer"):
        expect(town.client(who).get(f"{root}/check"), 200)
        expect(town.client(who).get(f"{root}/result"), 200)
    answer(town, made, core(town, 1), Said(Answer(level=3)))  # without the reason that it needs
    expect(lead.get(f"{root}/check"), 200)
    answer(town, made, core(town, 1), Said(Answer(level=0)))
    expect(submit(lead, made, leave=""), 422)
    expect(submit(lead, made, seal="another"), 409)
    expect(submit(lead, made), 303)
    for who in ("lead", "approver", "viewer"):
        for page in ("", "/check", "/result", "/result/easy-read", "/history"):
            expect(town.client(who).get(f"{root}{page}"), 200)
    expect(approver.get(f"{root}/sign-off"), 200)
    for reason in (" ", "x" * 6_000):
        expect(send(approver, f"{root}/send-back", revision="1", reason=reason), 422)
    expect(send(approver, f"{root}/send-back", revision="7", reason="So"), 409)
    expect(send(approver, f"{root}/send-back", revision="1", reason="Say more"), 303)
    for page in ("", "/check", "/sign-off", "/result", "/history"):
        expect(approver.get(f"{root}{page}"), 200)
    submit(lead, made)
    send(approver, f"{root}/sign-off", revision="2")
    for page in ("/check", "/sign-off", "/result", "/result/1"):
        expect(approver.get(f"{root}{page}"), 200)
    expect(lead.get(f"{root}/check"), 200)
    expect(send(lead, f"{root}/archive"), 303)
    for page in ("/check", "/people", "/sign-off"):
        expect((approver if page == "/sign-off" else lead).get(f"{root}{page}"), 200)
    expect(send(lead, f"{root}/reopen", revision="2"), 409)


def test_without_an_approver(town: Town, made: str) -> None:
    lead, root = town.client("lead"), f"/assessments/{made}"
    send(lead, f"/organisations/{town.place}/members/{town.membership('approver')}", role="viewer")
    expect(lead.get(f"{root}/check"), 200)
    submit(lead, made)
    expect(lead.get(f"{root}/check"), 200)


def test_printing_a_report(town: Town, made: str) -> None:
    lead, root = town.client("lead"), f"/assessments/{made}/result/1/progress"
    submit(lead, made)
    later = town.assessment()
    submit(lead, later)
    for kind in ("report", "easy-read"):
        for look_ in ("", "?look=1", "?look=stop"):
            expect(lead.get(f"/assessments/{later}/result/1/progress/{kind}{look_}"), 200)
    working = town.app.extensions["pedri-assess"]
    for error in (
        ReportFailed(renderer.TOO_LATE, seconds=30),
        ReportFailed(renderer.TOO_LARGE, for_good=True),
    ):
        break_printer(town, error)
        print_all(town)
        expect(lead.get(f"{root}/report"), 200)
        words = lead.get(f"{root}/report", headers=AUTO).get_json()["words"]
        assert words.startswith("[")
        town.app.extensions["pedri-assess"] = working
    expect(lead.get(f"/assessments/{made}/history"), 200)
    send(lead, f"{root}/report")
    print_all(town)
    for look_ in ("", "?look=1"):
        expect(lead.get(f"{root}/report{look_}"), 200)


def test_bringing_answers_in(town: Town) -> None:
    lead, made = town.client("lead"), town.assessment("all")
    one, two = first_two(town, made)
    expect(send(lead, f"/assessments/{made}/bring"), 422)
    write(town, made, one, Said(Answer(level=0, note="Mine"), 3))
    content = filled(lead, made, {"Level": 1}, {"Level": 9}, {"Level": 1})
    fields = form_of(expect(look(lead, made, content), 200))
    write(town, made, two, Said(Answer(level=0)))
    write(town, made, one, Said(Answer(level=2)), 1)
    expect(send(lead, f"/assessments/{made}/bring/take", **fields), 409)
    named = {"framework": "pedri", "version": "2025.1"}
    for refused in (
        {"framework": "pedri", "version": "2023.1", "answers": {}},
        {"answers": [1]},
        {**named, "answers": {}},
        {**named, "answers": {}, "importance": []},
    ):
        expect(look(lead, made, json.dumps(refused).encode(), "answers.xlsx"), 422)
    expect(look(lead, made, b"a,b\n1,2"), 422)
    same = {**named, "answers": {two: {"level": 0}}}
    expect(look(lead, made, json.dumps(same).encode()), 200)


def test_what_comes_along(town: Town) -> None:
    lead, contributor, made = town.client("lead"), town.client("contributor"), this_year(town)
    root = f"/assessments/{made}"
    for name in ("EDI-1", "EDI-2", "EDI-5", "EDI-7"):
        for who in ("contributor", "viewer"):
            expect(town.client(who).get(f"{root}/criteria/{name}"), 200)
    for page in ("", "/from-before", "/check"):
        expect(lead.get(f"{root}{page}"), 200)
    for name, changes, status in (("EDI-5", "7", 409), ("EDI-1", "0", 422), ("EDI-5", "1", 303)):
        expect(send(contributor, f"{root}/from-before/{name}/confirm", changes=changes), status)
    fields = fields_of(contributor, f"{root}/criteria/EDI-2", "question")
    save_answer(context_of(town), made, "EDI-2", town.people["lead"].account_id, at(1, note="Theirs"), 1)
    expect(send(contributor, f"{root}/criteria/EDI-2", **fields, go="continue"), 409)
    for page in ("", "/from-before", "/history"):
        expect(town.client("viewer").get(f"{root}{page}"), 200)


def test_starting_again_and_moving(town: Town) -> None:
    lead, old = town.client("lead"), last_year(town)
    for version in ("2025.1", "2023.1"):
        expect(lead.get(f"/assessments/{old}/again?version={version}"), 200)
    fields = fields_of(lead, f"/assessments/{old}/again", "again")
    expect(send(lead, f"/assessments/{old}/again", **{**fields, "scope_name": ""}), 422)
    expect(lead.get(f"/assessments/{old}/move"), 409)
    draft = older(town, {"EQ-5": at(3), "EQ-2": at(2), "EQ-4": at(1), "EC-5": at(1)})
    move = f"/assessments/{draft}/move"
    expect(lead.get(f"/assessments/{draft}"), 200)
    send(lead, f"/assessments/{draft}/criteria/EQ-4/comments", comment="Who pays the taxi?")
    fields = fields_of(lead, move, "move")
    save_answer(context_of(town), draft, "EQ-1", town.people["lead"].account_id, at(1), 0)
    expect(send(lead, move, **fields), 409)
    expect(send(lead, move, **fields_of(lead, move, "move")), 303)
    for page in ("", "/from-before", "/history", "/criteria/MUT-2"):
        expect(lead.get(f"/assessments/{draft}{page}"), 200)


def test_rating_alone_is_told(town: Town) -> None:
    made = town.assessment("all")
    open_rating(context_of(town), made, town.people["lead"].account_id)
    for who in ("lead", "contributor", "viewer"):
        for page in ("", "/criteria/EDI-1", "/check"):
            expect(town.client(who).get(f"/assessments/{made}{page}"), 200)
