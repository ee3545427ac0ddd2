"""Publishing standards on pages: bring a file, look, preview, publish; and what everyone sees then."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.drafts import as_file, next_version

from .pages import words_of
from .people import Town, csrf_token, send


@pytest.fixture
def staff(town: Town) -> FlaskClient:
    return town.client("staff")


def bring(staff: FlaskClient, content: bytes) -> TestResponse:
    sent: dict[str, Any] = {"csrf_token": csrf_token(staff), "file": (io.BytesIO(content), "draft.json")}
    return staff.post("/publishing", data=sent, content_type="multipart/form-data")


def brought(staff: FlaskClient, **more: Any) -> str:
    """The address of a draft."""
    answer = bring(staff, as_file(next_version(**more)))
    assert answer.status_code == 303
    return answer.location


def test_it_works(town: Town, staff: FlaskClient) -> None:
    here = brought(staff)
    page = words_of(staff.get(here))
    assert "From 2025.1" in page
    assert "41 to confirm, 1 to read again since the wording changed, 0 to answer anew" in page
    assert "things to look at" in page
    assert "retired: 35" not in page  # 2023.1 is linked through 2025.1 only
    assert "answers come along through the versions between" in page
    assert town.app.test_client().get("/standards/pedri/2026.1").status_code == 404
    made = send(staff, f"{here}/publish", version="2026.1")
    assert made.location == "/standards/pedri/2026.1"
    visitor = town.app.test_client()
    assert visitor.get("/standards/pedri/2026.1/EDI-1").status_code == 200
    assert "2026.1" in words_of(visitor.get("/standards"))
    assert visitor.get("/changes/pedri/2025.1/2026.1").status_code == 200
    assert visitor.get("/standards/pedri/2026.1.json").mimetype == "application/json"
    assert "Published" in words_of(staff.get("/publishing"))


def test_the_questions_can_be_previewed_and_not_answered(staff: FlaskClient) -> None:
    here = brought(staff)
    assert "We talk about data in words that everyone knows." in staff.get(f"{here}/preview/EDI-1").text
    question = staff.get(f"{here}/preview/EDI-1")
    assert "disabled" in question.text
    assert "/standards/pedri/2026.1" not in question.text
    assert "Next: EDI-2" in words_of(question)
    assert staff.get(f"{here}/preview").status_code == 200
    assert staff.get(f"{here}/preview/NO-1").status_code == 404
    assert staff.get(f"{here}/draft.json").mimetype == "application/json"


def test_every_fault_of_a_file_is_on_the_page(staff: FlaskClient) -> None:
    faulty = next_version()
    for standard in faulty["standards"]:
        standard["titel"] = "<script>alert(1)</script>"
    page = bring(staff, as_file(faulty))
    assert page.status_code == 422
    assert "7 faults" in words_of(page)
    assert 'unknown key "titel"' in words_of(page)
    assert "<script>alert" not in page.text
    assert "Choose a file" in words_of(staff.post("/publishing", data={"csrf_token": csrf_token(staff)}))
    for content in (b"", b"{", b"\x00", b"\xff\xfe"):
        assert bring(staff, content).status_code == 422


def test_a_number_must_be_typed_and_is_used_once(staff: FlaskClient) -> None:
    here, other = brought(staff), brought(staff, notice="Another text")
    wrong = send(staff, f"{here}/publish", version="2026")
    assert wrong.status_code == 422
    assert "Type the number of the version" in words_of(wrong)
    assert send(staff, f"{here}/publish", version="2026.1").status_code == 303
    late = send(staff, f"{other}/publish", version="2026.1")
    assert late.status_code == 409
    assert "there already" in words_of(late)
    assert "It cannot be published as it is" in words_of(staff.get(other))


def test_hostile_words_of_a_draft_are_text(staff: FlaskClient) -> None:  # R35
    nasty = next_version(title="<script>alert(1)</script>{{7*7}}")
    nasty["standards"][0]["criteria"][0]["statement"] = "<img src=x onerror=alert(1)> {{7*7}}"
    here = bring(staff, as_file(nasty)).location
    for address in ("/publishing", here, f"{here}/preview", f"{here}/preview/EDI-1"):
        html = staff.get(address).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_draft_can_be_taken_away(staff: FlaskClient) -> None:
    here = brought(staff)
    assert send(staff, f"{here}/remove").status_code == 303
    assert staff.get(here).status_code == 404
    assert not re.search(r"2026\.1", words_of(staff.get("/publishing")))


def test_publishing_asks_who_one_is_when_the_session_is_old(town: Town, staff: FlaskClient) -> None:
    here = brought(staff)
    with town.database.write() as c:
        c.run("UPDATE session SET proved_at = '2020-01-01T00:00:00.000000Z'")
    assert send(staff, f"{here}/publish", version="2026.1").status_code == 401
    assert town.app.test_client().get("/standards/pedri/2026.1").status_code == 404
