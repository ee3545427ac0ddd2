"""What people or programs may send us: every field, every address, every body."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedri_assess.web.app import create_app
from pedri_assess.web.site import NAME
from tests.unit.frameworks import a_criterion, a_document

from .conftest import Walk
from .pages import an_app, words_of

FIELDS = (
    "evidence", "choice", "not_applicable", "confidence", "reason", "links", "otherwise", "importance",
    "note", "organisation", "scope_kind", "scope_name", "about", "depth", "standards", "id", "from",
    "criterion", "go", "token", "kept", "framework", "version",
)  # fmt: skip
NASTY = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": '"\'`> onmouseover=alert(1) x="',
    "template": "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "controls": "a\x00b\x01c\x1b[31m\x7f\x85",
    "no characters": "a\ufffe\uffff\U0001ffff",
    "directions": "\u202e\u2066abc\u200f",
    "marks": "e" + "\u0301" * 300,
    "faces": "👩‍👩‍👧‍👦" * 20,
    "lines": "\r\n\r\r\n\n\u2028",
    "long word": "W" * 3_000,
    "end": "</textarea></form></main>",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_whatever_is_typed_is_shown_as_text_on_every_page(walk: Walk, text: str) -> None:
    walk.start("core", organisation=text[:500], scope_name=text[:500], about=text[:500])
    name = next(iter(walk.states()))
    typed = dict.fromkeys(("evidence", "reason", "note", "links", "not_applicable"), text)
    walk.answer(name, go="tasks", choice="1", **typed)
    for address in (name, "answers/tasks", "answers/set-up", "answers/result"):
        page = walk.go(address)
        assert page.status_code == 200
        html = page.get_data(as_text=True)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "onerror=alert(1)>" not in html
        assert "\x00" not in html
    walk.answer(name, choice="1", **typed)
    for kind in ("answers.json", "result.json", "result.csv"):
        assert walk.client.post(f"/quick-check/answers/{kind}", data={"token": walk.token}).status_code == 200


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("origin", ["question", "set-up", "start", "open", "nothing"])
def test_no_value_of_any_field_breaks_the_service(walk: Walk, field: str, origin: str) -> None:
    walk.start("core")
    name = next(iter(walk.states()))
    sent = {"token": walk.token, "from": origin, "criterion": name, "framework": "pedri", "version": "2025.1"}
    for text in ("", *NASTY.values()):
        response = walk.client.post("/quick-check/answers/tasks", data={**sent, field: text})
        assert response.status_code in (200, 307, 400, 404)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=st.dictionaries(
        st.sampled_from(FIELDS),
        st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=3),
        max_size=6,
    ),
    address=st.sampled_from(
        ["EDI-3", "answers/tasks", "answers/result", "answers/result.json", "answers/set-up"]
    ),
)
def test_no_combination_of_fields_does_either(
    client: FlaskClient, fields: dict[str, list[str]], address: str
) -> None:
    response = client.post(f"/quick-check/{address}", data=fields)
    assert response.status_code in (200, 307, 400, 404)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "text/xml", "multipart/form-data", "x" * 300]
)
def test_a_body_of_another_kind_is_no_form(client: FlaskClient, kind: str) -> None:
    response = client.post("/quick-check/answers/tasks", data=b'{"token": [1]}', content_type=kind)
    assert response.status_code == 400


def test_a_field_sent_twice_counts_once_the_first_time(walk: Walk) -> None:
    walk.start("core")
    name = next(iter(walk.states()))
    walk.answer(name, choice=["1", "2"], evidence=["first", "second"])
    assert walk.answers()["answers"][name] == {"level": 1, "evidence": "first"}


def test_fields_in_the_address_are_no_fields(walk: Walk) -> None:
    walk.start("core")
    response = walk.client.post(f"/quick-check/answers/tasks?token={walk.token}", data={})
    assert response.status_code == 200  # from the cookie
    without = walk.client.application.test_client()
    assert without.post(f"/quick-check/answers/tasks?token={walk.token}", data={}).status_code == 400


PART = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join([b"f=x"] * 10_000), "application/x-www-form-urlencoded"),
        (b"&" * 4_000_000, "application/x-www-form-urlencoded"),
        (PART * 10_000 + b"--x--\r\n", "multipart/form-data; boundary=x"),
    ],
    ids=["fields", "nothing but separators", "parts"],
)
def test_ten_thousand_fields_are_refused_quickly(client: FlaskClient, body: bytes, kind: str) -> None:
    began = time.monotonic()
    response = client.post("/quick-check/answers/tasks", data=body, content_type=kind)
    assert response.status_code == 413
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("size", [4 * 1024 * 1024 + 1, 20_000_000])
def test_a_body_that_is_too_large_is_refused_with_a_page(client: FlaskClient, size: int) -> None:
    response = client.post("/quick-check/answers/tasks", data={"evidence": "x" * size})
    assert response.status_code == 413
    assert "more than we can take" in words_of(response)


@pytest.mark.parametrize(
    "change",
    [lambda t: t + "x", lambda t: t[:-1], lambda t: t[1:], lambda t: t[:20] + "A" + t[21:], lambda t: "." + t,
     lambda t: t.replace(".", ""), lambda t: "€", lambda t: "e" * 100_000],
    ids=["longer", "shorter", "no start", "changed", "dot", "no seal", "no ASCII", "endless"],
)  # fmt: skip
def test_a_damaged_page_shows_what_was_typed_and_offers_the_kept_copy(
    app: Flask, walk: Walk, change: Callable[[str], str]
) -> None:
    walk.start("core")
    name = next(iter(walk.states()))
    data = {
        "token": change(walk.token),
        "from": "question",
        "criterion": name,
        "evidence": "what <b>I</b> typed",
    }
    response = walk.client.post("/quick-check/answers/tasks", data=data)
    assert response.status_code == 400
    assert "what <b>I</b> typed" in words_of(response)
    assert "Go on with the kept copy" in words_of(response)
    walk.page = response
    kept = response.get_data(as_text=True).split('name="kept" value="')[1].split('"')[0]
    assert kept
    assert app.test_client().post("/quick-check/answers/tasks", data={"kept": kept}).status_code == 200


def test_a_damaged_page_without_a_copy_still_shows_what_was_typed(client: FlaskClient) -> None:
    response = client.post("/quick-check/EDI-3", data={"token": "nonsense", "note": "typed\r\nwords"})
    assert response.status_code == 400
    assert "typed<br>words" in response.get_data(as_text=True)


def test_a_page_from_before_the_key_changed_still_works(walk: Walk) -> None:
    walk.start("core")
    later = an_app()
    config = later.extensions[NAME].config
    key = "another key, made later: 55aa 0f0f 9c3d 1e7b"
    renewed = create_app(replace(config, secret_key=key, secret_key_fallbacks=(config.secret_key,)))
    assert (
        renewed.test_client().post("/quick-check/answers/tasks", data={"token": walk.token}).status_code
        == 200
    )
    forgotten = create_app(replace(config, secret_key=key))
    assert (
        forgotten.test_client().post("/quick-check/answers/tasks", data={"token": walk.token}).status_code
        == 400
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "http://localhost:8001"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "http://localhost.evil.example"}, 400),
        ({"Origin": "http://[::1"}, 400),
    ],
)
def test_a_form_of_another_site_is_refused(walk: Walk, headers: dict[str, str], status: int) -> None:
    walk.start("core")
    data = {"token": walk.token}
    assert walk.client.post("/quick-check/answers/tasks", data=data, headers=headers).status_code == status
    assert walk.client.post("/quick-check/answers/clear", headers=headers).status_code == status
    assert walk.client.get("/quick-check", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "a b", "[", "x" * 999]
)
def test_another_host_name_is_refused(client: FlaskClient, host: str) -> None:
    for address in ("/", "/static/css/app.css", "/nothing", "/quick-check/answers/tasks"):
        response = client.get(address, headers={"Host": host, "X-Forwarded-Host": "localhost"})
        assert response.status_code == 400
        assert b"evil" not in response.data


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9999"])
def test_our_host_names_work_on_any_port(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


GOOD: dict[str, Any] = {"framework": "pedri", "version": "2025.1"}
FILES = {
    "empty": (b"", "The file is empty", 1),
    "no JSON": (b"hello", "not JSON", 1),
    "UTF-16": ("{}".encode("utf-16"), "UTF-16", 1),
    "mark": (b"\xef\xbb\xbf{}", "byte-order mark", 1),
    "list": (b"[]", "expected an object", 1),
    "deep": (b"[" * 100_000, "nested too deeply", 1),
    "misspelt": (json.dumps(GOOD | {"critera": []}).encode(), "did you mean", 1),
    "unknown": (json.dumps(GOOD | {"version": "9"}).encode(), "which is not here", 1),
    "twice": (b'{"framework": "pedri", "framework": "pedri", "version": "2025.1"}', "more than once", 1),
    "NaN": (b'{"framework": "pedri", "version": "2025.1", "importance": {"EDI-1": NaN}}', "not a number", 1),
    "all at once": (
        json.dumps(
            GOOD | {"answers": {"X": {"level": 1}, "EDI-1": {"level": 7}, "EDI-2": {"not_applicable": "no"}}}
        ).encode(),
        "unknown criterion",
        3,
    ),
    "many": (
        json.dumps(GOOD | {"answers": {f"X{n}": {} for n in range(600)}}).encode(),
        "unknown criterion",
        20,
    ),
    "markup": (json.dumps(GOOD | {"<script>alert(1)</script>": 1}).encode(), "unknown key", 1),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words", "count"), FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_opened_says_everything_that_is_wrong(
    client: FlaskClient, content: bytes, words: str, count: int
) -> None:
    response = _open(client, content)
    assert response.status_code == 307
    response = client.post(
        "/quick-check", data={"from": "open", "id": "x" * 16, "file": (io.BytesIO(content), "a.json")}
    )
    assert response.status_code == 200
    html = response.get_data(as_text=True)
    assert words.lower() in words_of(response).lower()
    assert "<script>alert" not in html
    assert len(html.split('id="faults"')[1].split("</ul>")[0].split("<li>")) - 1 == count


def _open(client: FlaskClient, content: bytes, name: str = "a.json") -> Any:
    data = {"from": "open", "id": "x" * 16, "file": (io.BytesIO(content), name)}
    return client.post("/quick-check/answers/tasks", data=data)


def test_no_file_at_all_is_asked_for(client: FlaskClient) -> None:
    response = client.post("/quick-check", data={"from": "open", "id": "x" * 16})
    assert "Choose the answers file to open" in words_of(response)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00.json", "<script>.json", "x" * 5_000, ""])
def test_the_name_of_a_file_does_not_matter(client: FlaskClient, name: str) -> None:
    assert _open(client, json.dumps(GOOD).encode(), name).status_code in (200, 307)


def test_texts_of_a_file_are_cleaned_like_typed_ones(client: FlaskClient) -> None:
    answers = {"EDI-1": {"level": 1, "evidence": "  a\u0000b\r\nc\ufffe ", "reason": "\u0001"}}
    walk = Walk(client)
    walk.page = _open(
        client, json.dumps(GOOD | {"organisation": "\u0007Trust ", "answers": answers}).encode()
    )
    assert walk.answers()["answers"] == {"EDI-1": {"level": 1, "evidence": "ab\nc"}}
    assert walk.answers()["organisation"] == "Trust"


def test_everything_in_a_file_is_kept(client: FlaskClient) -> None:
    document = GOOD | {
        "organisation": "Trust", "scope": {"kind": "service", "name": "N", "about": "A"},
        "date": "2026-01-02",
        "criteria": ["EDI-1", "EDI-3", "DLT-2"], "targets": {"EDI": 3}, "importance": {"EDI-1": 3},
        "answers": {"EDI-1": {"level": 3, "otherwise": True, "note": "n"}, "DLT-2": {"dont_know": True}},
        "ratings": {"EDI-1": {"staff": [1, 2], "public": [1, 1, 2]}},
    }  # fmt: skip
    walk = Walk(client)
    walk.page = _open(client, json.dumps(document).encode())
    assert list(walk.states()) == ["EDI-1", "EDI-3", "DLT-2"]
    assert {**walk.answers(), "date": ""} == {**document, "date": ""}
    page = walk.go("answers/set-up").get_data(as_text=True)
    assert 'value="same"' in page
    assert 'value="service"' in page


def test_answers_for_standards_that_are_gone_can_be_taken_away(
    app: Flask, app_with: Callable[..., Flask]
) -> None:
    there = Walk(app_with(a_document(), ours=True).test_client(), "tiny", "1")
    there.start()
    there.answer("A", choice="1", evidence="mine")
    here = app.test_client()
    response = here.post("/quick-check/answers/tasks", data={"token": there.token})
    assert response.status_code == 409
    assert "Nothing of them is lost" in words_of(response)
    here.set_cookie("quick-check-0", there.token, path="/quick-check")
    start = here.get("/quick-check")  # which must not be locked by a cookie that cannot be shown
    assert "You have answers for other standards" in words_of(start)
    answers = here.post("/quick-check/answers/answers.json", data={"token": there.token})
    assert json.loads(answers.data)["answers"] == {"A": {"level": 1, "evidence": "mine"}}


def test_answers_for_a_draft_that_changed_are_read_against_it_again(app_with: Callable[..., Flask]) -> None:
    walk = Walk(app_with(a_document([a_criterion("A"), a_criterion("B")])).test_client(), "tiny", "1")
    walk.start()
    walk.answer("A", choice="1")
    fitting = app_with(a_document([a_criterion("A", group="New"), a_criterion("C")])).test_client()
    assert fitting.post("/quick-check/answers/tasks", data={"token": walk.token}).status_code == 200
    other = app_with(a_document([a_criterion("C")])).test_client()
    assert other.post("/quick-check/answers/tasks", data={"token": walk.token}).status_code == 409


def test_a_cookie_that_is_not_ours_is_ignored(walk: Walk, client: FlaskClient) -> None:
    walk.start("core")
    client.set_cookie("quick-check-0", "nonsense", path="/quick-check")
    assert client.post("/quick-check/answers/tasks", data={"token": walk.token}).status_code == 200
    client.set_cookie("quick-check-0", "nonsense", path="/quick-check")
    assert client.get("/quick-check").status_code == 200
    assert client.get("/quick-check/answers/tasks").status_code == 404
