"""The pages for paper: a form to print, a table that says what is wrong where it is, a preview, an undo."""

from __future__ import annotations

import io

import pikepdf
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .pages import hidden, parsed, words_of
from .people import Town, send
from .test_panels import PLAN


class Desk:
    """A lead with an open panel of one question, and its page for paper."""

    def __init__(self, town: Town) -> None:
        self.lead: FlaskClient = town.client("lead")
        made = town.assessment()
        plan = {**PLAN, "intro": "We <b>ask</b> you"}
        self.panel = send(self.lead, f"/assessments/{made}/panels/new", **plan).headers["Location"]
        send(self.lead, f"{self.panel}/open")
        self.paper = f"{self.panel}/paper"

    def table(self, go: str, **cells: str) -> TestResponse:
        cells = {name.replace("_", "-"): value for name, value in cells.items()}
        return send(self.lead, f"{self.paper}/sheets", **{"go": go, "rows": "10", "known": "0"} | cells)


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


def test_the_form_is_a_tagged_pdf_with_what_people_need(desk: Desk) -> None:
    answer = desk.lead.get(f"{desk.paper}/form.pdf?type=large")
    assert answer.mimetype == "application/pdf"
    assert "large-type" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "Questions on paper: Your view"


def test_the_form_can_be_had_in_each_language_whatever_the_page_speaks(desk: Desk) -> None:
    page = parsed(desk.lead.get(desk.paper).get_data(as_text=True))
    links = [link.get("href") for link in page.iter("a") if "form.pdf" in link.get("href")]
    ends = [link.removeprefix(f"{desk.paper}/") for link in links]
    assert ends == ["form.pdf", "form.pdf?type=large", "form.pdf?in=cy", "form.pdf?in=cy&type=large"]
    answer = desk.lead.get(links[2])
    assert 'filename="panel-cy.pdf"' in answer.headers["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert (str(pdf.Root.Lang), str(pdf.docinfo["/Title"])) == ("cy", "Cwestiynau ar bapur: Your view")
    assert desk.lead.get(f"{desk.paper}/form.pdf?in=xx").status_code == 404


def test_sheets_are_typed_looked_through_kept_and_taken_back(desk: Desk) -> None:
    preview = desk.table("preview", cell_1_1="a", cell_3_1="C", cell_4_1="?", words_1="Hello\nAgain")
    assert "3 sheets, 3 answers, 2 comments." in words_of(preview)
    changed = desk.table("change", cell_1_1="a")
    assert 'value="a"' in changed.get_data(as_text=True)
    assert desk.table("keep", cell_1_1="a", cell_3_1="C", cell_4_1="?", words_1="Hello").status_code == 303
    again = desk.table("keep", cell_1_1="a", cell_3_1="C", cell_4_1="?")
    assert again.status_code == 409
    assert "Sheets were typed in since you opened this page" in words_of(again)
    assert hidden(again, "known") == "1"
    page = words_of(desk.lead.get(desk.paper))
    assert "3 sheets are typed in" in page
    assert "3 of 5 expected have answered" in words_of(desk.lead.get(desk.panel))
    send(desk.lead, f"{desk.paper}/1000001/take-back")
    assert "Taken back" in words_of(desk.lead.get(desk.paper))


def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_lost(desk: Desk) -> None:
    answer = desk.table("preview", cell_1_1="a", cell_2_1="z", words_1="x" * 1_001)
    assert answer.status_code == 422
    text = words_of(answer)
    assert "Sheet 2, question 1: Type a letter from a to e, or leave it empty" in text
    assert "Words at question 1: Write 1,000 characters at most on a line" in text
    page = answer.get_data(as_text=True)
    assert 'aria-describedby="cell-2-1-error"' in page
    assert 'value="z"' in page
    assert "Type at least one sheet" in words_of(desk.table("preview"))


def test_more_rows_keep_what_was_typed(desk: Desk) -> None:
    page = desk.table("more", cell_1_1="b").get_data(as_text=True)
    assert 'id="cell-20-1"' in page
    assert 'id="cell-21-1"' not in page
    assert 'value="b"' in page


def test_a_closed_panel_takes_none(desk: Desk) -> None:
    send(desk.lead, f"{desk.panel}/close")
    assert desk.table("keep", cell_1_1="a").status_code == 409
    assert "no sheets come in or go" in words_of(desk.lead.get(desk.paper))
