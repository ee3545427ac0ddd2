"""Bringing answers in from a file: looked at first, taken in one go, and nothing overwritten unseen."""

from __future__ import annotations

import io
import json

import openpyxl
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.handing_in import check, submit

from .pages import parsed, words_of
from .people import Town, csrf_token, send
from .test_starting_again import context_of

HOSTILE = "<script>alert(1)</script> {{7*7}}"


def look(client: FlaskClient, key: str, content: bytes, name: str = "answers.xlsx") -> TestResponse:
    fields = {"csrf_token": csrf_token(client), "file": (io.BytesIO(content), name)}
    return client.post(f"/assessments/{key}/bring", data=fields)


def filled(client: FlaskClient, key: str, *rows: dict[str, object]) -> bytes:
    """The spreadsheet of the page, filled in from its second row on."""
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/assessments/{key}/bring/answers.xlsx").data))
    names = [cell.value for cell in book["Answers"][1]]
    for number, cells in enumerate(rows, 2):
        for name, value in cells.items():
            book["Answers"].cell(number, names.index(name) + 1).value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def form_of(page: TestResponse) -> dict[str, str]:
    """What the page would send back."""
    (form,) = [item for item in parsed(page.get_data(as_text=True)).iter("form") if item.get("id") == "take"]
    kept = [item for item in form.iter("input") if item.get("name") in ("seal", "source")]
    (text,) = form.iter("textarea")
    return {"text": text.text or "", **{item.get("name", ""): item.get("value", "") for item in kept}}


def said(town: Town, key: str, criterion: str) -> Said:
    return question(context_of(town), key, criterion, town.people["lead"].account_id).saved.said


def write(town: Town, key: str, criterion: str, what: Said, expected: int = 0) -> None:
    save_answer(context_of(town), key, criterion, town.people["lead"].account_id, what, expected)


def first_two(town: Town, key: str) -> list[str]:
    found = question(context_of(town), key, "EDI-1", town.people["lead"].account_id)
    assert found.after
    return [found.criterion.id, found.after.id]


def test_a_spreadsheet_is_filled_in_mended_and_taken(town: Town) -> None:
    client, key = town.client("lead"), town.assessment("all")
    one, two = first_two(town, key)
    wrong = filled(client, key, {"Level": 9}, {"Level": 1, "Evidence": HOSTILE})
    page = look(client, key, wrong, "<b>ours</b>.xlsx")
    assert page.status_code == 200
    assert "Row 2, column Level: there is no level 9; expected a level of the scale, 0 to 3" in words_of(page)
    assert said(town, key, two) == Said()
    mended = filled(client, key, {"Level": "1"}, {"Level": 1, "Evidence": HOSTILE})
    fields = form_of(look(client, key, mended, "<b>ours</b>.xlsx"))
    assert send(client, f"/assessments/{key}/bring/take", **fields).status_code == 303
    assert said(town, key, one) == Said(Answer(level=1))
    assert said(town, key, two) == Said(Answer(level=1, evidence=HOSTILE))
    told = words_of(client.get(f"/assessments/{key}/history"))
    assert f"took the answer to {two} from a file: <b>ours</b>.xlsx" in told
    assert "brought answers in from a file: <b>ours</b>.xlsx" in told
    assert HOSTILE in words_of(client.get(f"/assessments/{key}/criteria/{two}/history"))


def test_what_is_answered_stays_unless_it_is_chosen(town: Town) -> None:
    client, key = town.client("lead"), town.assessment("all")
    one, two = first_two(town, key)
    mine = Said(Answer(level=0, note="Mine"), 3)
    write(town, key, one, mine)
    write(town, key, two, mine)
    content = filled(client, key, {"Level": 1}, {"Level": 1}, {"Level": 1})
    page = look(client, key, content)
    assert "Different: Level, Note" in words_of(page)
    fields, address = form_of(page), f"/assessments/{key}/bring/take"
    send(client, address, **fields, theirs=two, answered_already=one)
    assert [said(town, key, name) for name in (one, two)] == [mine, mine]
    fields = form_of(look(client, key, content))
    send(client, address, **fields, answered="each", theirs=two)
    assert [said(town, key, name) for name in (one, two)] == [mine, Said(Answer(level=1), 3)]
    fields = form_of(look(client, key, content))
    send(client, address, **fields, answered="take", answered_already=one)
    assert said(town, key, one) == Said(Answer(level=1), 3)
    assert "all of it is here already" in words_of(look(client, key, content))


def test_nothing_is_written_where_somebody_was_quicker(town: Town) -> None:
    client, key = town.client("lead"), town.assessment("all")
    one, two = first_two(town, key)
    fields = form_of(look(client, key, filled(client, key, {"Level": 1}, {"Level": 1})))
    write(town, key, two, Said(Answer(level=0)))
    page = send(client, f"/assessments/{key}/bring/take", **fields, answered="take", answered_already=two)
    assert page.status_code == 409
    assert "Somebody changed an answer" in words_of(page)
    assert [said(town, key, name) for name in (one, two)] == [Said(), Said(Answer(level=0))]
    assert send(client, f"/assessments/{key}/bring/take", **form_of(page)).status_code == 303
    assert said(town, key, one) == Said(Answer(level=1))


def test_an_answers_file_is_for_this_version_and_says_where_it_is_wrong(town: Town) -> None:
    client, key = town.client("lead"), town.assessment("all")
    named = {"framework": "pedri", "version": "2025.1"}
    answers = {"EDI-1": {"level": 1}, "EDI-2.": {"level": 1}, "EDI-3": {"level": 0.5}}
    page = look(client, key, json.dumps({**named, "answers": answers}).encode(), "answers.json")
    assert "EDI-2.: there is no criterion" in words_of(page)
    assert "EDI-3, Level: " in words_of(page)
    assert list(json.loads(form_of(page)["text"])["answers"]) == ["EDI-1"]
    for content, why in (
        (b'{"framework": "pedri", "version": "2023.1", "answers": {}}', "are for pedri 2023.1"),
        (b'{"framework": "pedri", "answrs": {}}', "did you mean"),
        (b'{"answers": [1]}', "not an answers document"),
        (json.dumps({**named, "answers": {}}).encode(), "no answer in it"),
        (b"%PDF-1.7 and nothing more", "not a PDF file"),
        (b"PK\x03\x04", "not a spreadsheet"),
        (b"a,b\n1,2", "Row 1: it must name the columns"),
    ):
        refused = look(client, key, content, "file")
        assert (refused.status_code, why in words_of(refused)) == (422, True), why
    tampered = {"text": "[" * 100_000, "seal": "", "source": "x"}
    assert send(client, f"/assessments/{key}/bring/take", **tampered).status_code == 422


def test_a_report_gives_its_answers_back_to_another_assessment(town: Town) -> None:
    client, key = town.client("lead"), town.assessment("core")
    context, lead = context_of(town), town.people["lead"].account_id
    core = question(context, key, core_of(town), lead).criterion.id
    write(town, key, core, Said(Answer(level=1, evidence=HOSTILE, confidence=1)))
    submit(context, key, lead, 1, check(context, key).seal, leave=True)
    report = town.printed(client, f"/assessments/{key}/result/report.pdf").data
    assert report.startswith(b"%PDF-")
    fields = form_of(look(client, town.assessment("all"), report, "report.pdf"))
    assert json.loads(fields["text"])["answers"][core]["evidence"] == HOSTILE
    closed = look(client, key, report, "report.pdf")
    assert closed.status_code == 409


def core_of(town: Town) -> str:
    return context_of(town).shelf.get("pedri", "2025.1").core_criteria[0].id
