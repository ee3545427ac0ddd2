"""Hostile text and requests in the pages of assessments; the numbers are those of docs/security.md."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer
from pedri_assess.domain.errors import WrongState
from pedri_assess.domain.said import Said
from pedri_assess.services.answers import question, save_answer
from tests.reports.wordfile import opened

from .pages import hidden, parsed
from .people import Town, csrf_token, send
from .test_assessments import SET_UP, targets
from .test_handing_in import submit

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "{{7*7191}} ${7*7191} {% raw %}",
    "=HYPERLINK(\"https://evil.example\")",
    "' OR 1=1; DROP TABLE answer; --",
    "\u202eright to left\u202c and a\u0300\u0301\u0302 long combination",
    "a\x00b\x1bcd\uffff",
    "Robert\r\nBcc: everyone@example.org",
)  # fmt: skip
ALL = " ".join(PAYLOADS)


def pages_of(made: str, place: str) -> list[str]:
    """Pages that show what people typed."""
    root = f"/assessments/{made}"
    endings = ["", "/check", "/people", "/history", "/result", "/criteria/EDI-1", "/criteria/EDI-1/history"]
    return [*(root + ending for ending in endings), "/my-work", "/account", f"/organisations/{place}"]


def check_harmless(response: TestResponse) -> None:
    """No element, attribute or calculation came out of what was typed."""
    html = response.get_data(as_text=True)
    page = parsed(html)
    assert all((item.get("src") or "").startswith("/static/") for item in page.iter("script"))
    assert not [item for item in page.iter("img") if item.get("src") == "x"]
    for element in page.iter():
        assert not [name for name in element.attrib if name.lower().startswith("on")]
    assert "50337" not in html  # 7 times 7191


@pytest.fixture
def hostile(town: Town) -> str:
    """An assessment in which every text that can be typed is hostile."""
    lead = town.client("lead")
    send(lead, "/account", name=ALL[:150])
    fields = SET_UP | targets(town) | {"scope_name": ALL[:180], "about": ALL[:180], "depth": "all"}
    made = send(lead, f"/organisations/{town.place}/assessments/new", **fields).location.rpartition("/")[2]
    here = f"/assessments/{made}/criteria/EDI-1"
    texts = dict.fromkeys(("evidence", "reason", "note"), ALL[:250])
    carried = {name: hidden(lead.get(here), name) for name in ("changes", "base")}
    assert send(lead, here, **carried, **texts, choice="3", go="tasks").status_code == 303
    assert send(lead, f"{here}/comments", comment=ALL).status_code == 303
    submit(lead, made)
    assert (
        send(town.client("approver"), f"/assessments/{made}/send-back", revision="1", reason=ALL).status_code
        == 303
    )
    return made


def test_hostile_text_is_text_on_every_page(town: Town, hostile: str) -> None:  # R33 R37 R48
    for who in ("lead", "approver", "viewer"):
        for address in pages_of(hostile, town.place):
            response = town.client(who).get(address)
            assert response.status_code == 200, address
            check_harmless(response)
    page = town.client("lead").get(f"/assessments/{hostile}/criteria/EDI-1").get_data(as_text=True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_hostile_text_is_text_in_every_file(town: Town, hostile: str) -> None:  # R44 R45
    client, root = town.client("viewer"), f"/assessments/{hostile}/result"
    document = json.loads(client.get(f"{root}/answers.json").data)
    assert "<script>alert(1)</script>" in document["answers"]["EDI-1"]["evidence"]
    table = client.get(f"{root}/result.csv").get_data(as_text=True)
    assert not [
        cell for line in table.splitlines() for cell in line.split(",") if cell.startswith(("=", '"='))
    ]
    assert "<script>alert(1)</script>" in " ".join(opened(client.get(f"{root}/report.docx").data).words())
    for ending in ("report.pdf", "report.docx", "answers.json", "result.json", "result.csv", "result.xlsx"):
        response = town.printed(client, f"{root}/{ending}")
        assert response.status_code == 200
        name = response.headers["Content-Disposition"]
        assert "\n" not in name
        assert "<" not in name
        assert name.count('"') == 2


def test_sql_in_what_is_typed_is_typed_text(town: Town, hostile: str) -> None:  # R38
    with town.database.read() as c:
        (row,) = c.rows("SELECT said_json FROM answer WHERE assessment_id = :id", id=hostile)
    assert "DROP TABLE answer" in row["said_json"]
    for address in (
        f"/assessments/{hostile}' OR '1'='1",
        f"/assessments/{hostile}/history?before=1' OR '1'='1",
    ):
        assert town.client("lead").get(address).status_code in (200, 404)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example/x", "vbscript:x",
        "https://evil.example\" onclick=\"x", "\tjavascript:alert(1)", "file:///etc/passwd",
        "https://", "http:/x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_never_becomes_a_link(town: Town, link: str) -> None:  # R36
    made = town.assessment("all")
    here, lead = f"/assessments/{made}/criteria/EDI-1", town.client("lead")
    carried = {name: hidden(lead.get(here), name) for name in ("changes", "base")}
    answer = send(lead, here, **carried, links=link, choice="dont-know", go="continue")
    assert answer.status_code in (303, 422)
    for who, address in (("lead", here), ("viewer", here), ("viewer", f"{here}/history")):
        page = parsed(town.client(who).get(address).get_data(as_text=True))
        links = [item.get("href") or "" for item in page.iter("a")]
        assert not [found for found in links if "evil" in found or "alert" in found or "etc" in found]


def save(client: FlaskClient, address: str, **more: Any) -> TestResponse:
    headers = {"X-Autosave": "1", "X-CSRF-Token": csrf_token(client)} | more.pop("headers", {})
    return client.post(f"{address}/save", headers=headers, **more)


@pytest.mark.parametrize(
    "fields",
    [
        {"choice": "NaN"}, {"choice": "1e400"}, {"choice": "-1"}, {"choice": "9" * 400}, {"choice": "[1]"},
        {"confidence": "Infinity"}, {"importance": "2.5"},
        {"changes": "9223372036854775808", "evidence": "x"},
        {"otherwise": "[]"}, {"links": "\x00"}, {"evidence": "\ud800".encode("utf-16-le", "surrogatepass")},
    ],
)  # fmt: skip
def test_odd_values_are_never_a_fault_of_ours(town: Town, fields: dict[str, Any]) -> None:  # R52
    here = f"/assessments/{town.assessment('all')}/criteria/EDI-1"
    answer = save(town.client("lead"), here, data={"changes": "0", "base": ""} | fields)
    assert answer.status_code in (200, 409, 422)


def test_a_field_sent_twice_counts_once_the_first_time(town: Town) -> None:  # R51
    here, lead = f"/assessments/{town.assessment('all')}/criteria/EDI-1", town.client("lead")
    body = "changes=0&base=&evidence=first&evidence=second"
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert save(lead, here, data=body, **form).status_code == 200
    assert b"first</textarea>" in lead.get(here).data


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_a_save_from_another_sites_page_is_refused(town: Town, kind: str) -> None:  # R57
    here, lead = f"/assessments/{town.assessment('all')}/criteria/EDI-1", town.client("lead")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        body = '{"changes": 0, "evidence": "theirs"}'
        answer = lead.post(f"{here}/save", data=body, content_type=kind, headers=headers)
        assert answer.status_code == 400
    assert b"theirs" not in lead.get(here).data


def test_a_save_that_comes_late_changes_nothing_that_was_submitted(town: Town) -> None:  # R83
    made = town.assessment("all")
    submit(town.client("lead"), made)
    context, who = town.app.extensions["pedri-assess"].context, town.people["contributor"].account_id
    number = question(context, made, "EDI-1", who).saved.changes
    with pytest.raises(WrongState):
        save_answer(context, made, "EDI-1", who, Said(Answer(evidence="late")), number)


def test_pages_of_people_are_in_no_cache_and_name_their_policy(town: Town) -> None:  # R53 R58
    made = town.assessment("all")
    for address in pages_of(made, town.place):
        headers = town.client("lead").get(address).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}])
def test_letters_name_our_own_address_whatever_the_request_says(
    town: Town, headers: dict[str, str]
) -> None:  # R50
    lead = town.client("lead")
    fields = {"csrf_token": csrf_token(lead), "email": "x@example.org", "role": "viewer"}
    answer = lead.post(f"/organisations/{town.place}/invitations/new", data=fields, headers=headers)
    assert answer.status_code in (303, 400)
    for letter in town.letters():
        assert "evil.example" not in letter.body


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config", "/.env", "/assess.db", "/static/../pedri_assess/__init__.py",
        "/static/%2e%2e/setup.cfg",
        "/static/..%2fsetup.cfg", "/metrics", "/console", "/debug", "/admin", "/wsgi.py", "/.var/secret-key",
        "/assessments/../../etc/passwd", "/assessments/%00", "/organisations/%2e%2e",
    ],
)  # fmt: skip
def test_files_and_doors_that_are_not_there(town: Town, path: str) -> None:  # R63 R68
    assert town.client("lead").get(path).status_code in (308, 404)


def test_an_organisation_cannot_flood_others_with_letters(town: Town) -> None:  # R104
    client, address = town.client("lead"), f"/organisations/{town.place}/invitations/new"
    token = csrf_token(client)
    for number in range(60):
        fields = {"csrf_token": token, "email": f"p{number}@example.org", "role": "viewer"}
        assert client.post(address, data=fields).status_code == 303
    one_more = client.post(address, data={"csrf_token": token, "email": "last@example.org", "role": "viewer"})
    assert one_more.status_code == 429
    assert 0 < int(one_more.headers["Retry-After"]) <= 3_600
    assert len(town.letters()) == 60
