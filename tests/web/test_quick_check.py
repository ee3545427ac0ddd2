"""The quick check as a person without JavaScript takes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_from
from pedri_assess.web.forms import OTHER_ANSWER

from .conftest import Walk
from .pages import FORBIDDEN, hidden, parsed, text_of, words_of

DOCUMENT = json.loads((data_dir("standards") / "pedri" / "2025.1.json").read_text("utf-8"))
CRITERIA = [criterion for standard in DOCUMENT["standards"] for criterion in standard["criteria"]]
CORE = [criterion["id"] for criterion in CRITERIA if criterion.get("core")]
NEVER = next(item["id"] for item in CRITERIA if not item["not_applicable"]["allowed"])
NO_LINK = "Give one web address on each line, starting with https://. Look at “{}”"
SOMETIMES = next(item["id"] for item in CRITERIA if item["not_applicable"]["allowed"])


def errors_of(walk: Walk) -> list[str]:
    """The errors in the summary of the page."""
    assert walk.page is not None
    page = parsed(walk.page.get_data(as_text=True))
    summary = [item for item in page.iter("ul") if "govuk-error-summary__list" in str(item.get("class"))]
    return [text_of(item) for found in summary for item in found.iter("li")]


def test_the_core_questions_from_start_to_result(walk: Walk) -> None:
    assert list(walk.start("core").headers.getlist("Set-Cookie"))
    assert list(walk.states()) == CORE
    walk.go(CORE[0])
    for place, name in enumerate(CORE):
        assert f"Question {place + 1} of {len(CORE)}" in words_of(walk.page)  # type: ignore[arg-type]
        last = place + 1 == len(CORE)
        walk.answer(
            name, "answers/tasks" if last else CORE[place + 1], choice="2", reason="We do", confidence="2"
        )
        assert errors_of(walk) == []
    assert set(walk.states().values()) == {"Answered"}
    assert "Your result" in words_of(walk.go("answers/result"))
    assert {name: answer["level"] for name, answer in walk.answers()["answers"].items()} == dict.fromkeys(
        CORE, 2
    )


def test_everything_can_be_answered(walk: Walk) -> None:
    walk.start("all")
    assert list(walk.states()) == [criterion["id"] for criterion in CRITERIA]
    assert "criteria" not in walk.answers()


def test_some_standards_can_be_answered(walk: Walk) -> None:
    chosen = [standard["id"] for standard in DOCUMENT["standards"][:2]]
    walk.start("some", standards=chosen)
    expected = [item["id"] for standard in DOCUMENT["standards"][:2] for item in standard["criteria"]]
    assert list(walk.states()) == expected
    assert walk.answers()["criteria"] == expected


def test_some_standards_needs_at_least_one(walk: Walk) -> None:
    first = walk.start("some")
    assert first.status_code == 307
    assert first.location.endswith("/quick-check")


def test_names_and_targets_are_in_the_answers_file(walk: Walk) -> None:
    walk.start(
        "core", organisation=" Example Trust ", scope_kind="programme", scope_name="Maternity",
        about="One line",
        **{f"target-{DOCUMENT['standards'][0]['id']}": "3"},
    )  # fmt: skip
    answers = walk.answers()
    assert answers["organisation"] == "Example Trust"
    assert answers["scope"] == {"kind": "programme", "name": "Maternity", "about": "One line"}
    assert answers["targets"] == {DOCUMENT["standards"][0]["id"]: 3}


def test_the_set_up_can_be_changed_and_no_answer_is_lost(walk: Walk) -> None:
    walk.start("all")
    walk.answer(SOMETIMES, choice="1")
    walk.go("answers/set-up")
    targets = {f"target-{standard['id']}": "2" for standard in DOCUMENT["standards"]}
    walk.go("answers/tasks", **{"from": "set-up", "depth": "core", "organisation": "New", **targets})
    assert list(walk.states()) == CORE
    assert walk.answers()["organisation"] == "New"
    assert walk.answers()["answers"][SOMETIMES] == {"level": 1}
    walk.go("answers/tasks", **{"from": "set-up", "depth": "all", **targets})
    assert walk.states()[SOMETIMES] == "Answered"


def test_a_set_up_that_cannot_be_used_comes_back_as_typed(walk: Walk) -> None:
    walk.start("core")
    walk.go("answers/tasks", **{"from": "set-up", "depth": "nothing", "organisation": "x" * 501})
    assert len(errors_of(walk)) == 2 + len(DOCUMENT["standards"])
    assert b"x" * 501 in walk.page.data  # type: ignore[union-attr]


EVERYTHING = {
    "choice": "1", "confidence": "0", "evidence": "Line one\r\n  line two", "reason": "Because", "links":
    "https://a.example/x\r\nMinutes of  June https://b.example", "otherwise": "yes",
    "importance": "3", "note": "Next time",
}  # fmt: skip


def test_everything_said_about_a_criterion_is_kept(walk: Walk) -> None:
    walk.start("all")
    walk.answer(NEVER, **EVERYTHING)
    answers = walk.answers()
    assert answers["answers"][NEVER] == {
        "level": 1, "confidence": 0, "evidence": "Line one\n  line two", "reason": "Because",
        "links": ["https://a.example/x", {"address": "https://b.example", "title": "Minutes of June"}],
        "otherwise": True, "note": "Next time",
    }  # fmt: skip
    assert answers["importance"] == {NEVER: 3}


def test_and_shown_again(walk: Walk) -> None:
    walk.start("all")
    walk.answer(NEVER, **EVERYTHING)
    page = parsed(walk.go(NEVER).get_data(as_text=True))
    checked = {
        item.get("name"): item.get("value") for item in page.iter("input") if item.get("checked") is not None
    }
    assert checked == {"choice": "1", "confidence": "0", "importance": "3", "otherwise": "yes"}
    texts = {item.get("name"): "".join(item.itertext()) for item in page.iter("textarea")}
    assert texts["evidence"] == "Line one\n  line two"
    assert texts["links"] == "https://a.example/x\nMinutes of June https://b.example"


def test_looking_and_going_on_changes_nothing(walk: Walk) -> None:
    walk.start("all")
    walk.answer(NEVER, **EVERYTHING)
    before = walk.answers()
    walk.go(NEVER)
    walk.answer(NEVER, go="back", **EVERYTHING)
    assert walk.answers() == before


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose the level that is nearest to where you are now, or another answer"),
        ({"choice": "4"}, "Choose the level that is nearest to where you are now, or another answer"),
        ({"choice": "-1"}, "Choose the level that is nearest to where you are now, or another answer"),
        ({"choice": "2"}, "Say in one line why you are at In place"),
        ({"choice": "3", "reason": "  "}, "Say in one line why you are at Embedded"),
        ({"choice": "1", "confidence": "9"}, "Choose how sure your evidence makes you"),
        ({"choice": "not-applicable"}, "Say why this is not applicable to you"),
        (
            {"choice": "1", "not_applicable": "we hold none"},
            OTHER_ANSWER,
        ),
        (
            {"choice": "1", "links": "ftp://a.example"},
            NO_LINK.format("ftp://a.example"),
        ),
        (
            {"choice": "1", "links": "javascript:alert(1)"},
            NO_LINK.format("javascript:alert(1)"),
        ),
        ({"choice": "1", "links": "http://a.example"}, NO_LINK.format("http://a.example")),
        ({"choice": "1", "links": "Minutes of June"}, NO_LINK.format("Minutes of June")),
        (
            {"choice": "1", "links": "https://a.example\r\nTwo https://b.example https://c.example"},
            NO_LINK.format("Two https://b.example https://c.example"),
        ),
        (
            {"choice": "1", "links": "See http://a.example https://b.example"},
            NO_LINK.format("See http://a.example https://b.example"),
        ),
        ({"choice": "1", "links": "https://a.example/ " * 101}, "Give at most 100 links"),
        (
            {"choice": "1", "links": "x" * 201 + " https://a.example"},
            f"Use at most 200 characters before an address. Look at “{'x' * 60}…”",
        ),
        (
            {"choice": "1", "note": "x" * 20_001},
            "Note for next time must be 20,000 characters or fewer: 1 too many",
        ),
    ],
)
def test_an_answer_that_is_not_complete_comes_back_as_typed(
    walk: Walk, fields: dict[str, str], error: str
) -> None:
    walk.start("all")
    walk.answer(SOMETIMES, "answers/tasks", evidence="typed evidence", **fields)
    assert errors_of(walk) == [error]
    page = walk.page.get_data(as_text=True)  # type: ignore[union-attr]
    assert "typed evidence" in page
    assert text_of(parsed(page).find(".//title")).startswith("Error: ")
    for name in ("reason", "note", "not_applicable"):
        assert fields.get(name, "").strip() in page


def test_not_applicable_is_only_offered_where_the_file_allows_it(walk: Walk) -> None:
    walk.start("all")
    assert b"not-applicable" not in walk.go(NEVER).data
    assert b'value="not-applicable"' in walk.go(SOMETIMES).data
    walk.answer(NEVER, choice="not-applicable", not_applicable="smuggled")
    assert len(errors_of(walk)) == 1
    assert "answers" not in walk.answers()


def test_not_applicable_needs_a_reason_and_keeps_it(walk: Walk) -> None:
    walk.start("all")
    walk.answer(SOMETIMES, choice="not-applicable", not_applicable="we hold none")
    assert walk.states()[SOMETIMES] == "Not applicable"
    assert walk.answers()["answers"][SOMETIMES] == {"not_applicable": "we hold none"}


def test_dont_know_is_an_answer(walk: Walk) -> None:
    walk.start("all")
    walk.answer(NEVER, choice="dont-know")
    assert walk.states()[NEVER] == "Don't know yet"
    assert walk.answers()["answers"][NEVER] == {"dont_know": True}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"evidence": "only evidence"}, "In progress"),
        ({"choice": "2"}, "Needs a reason"),
        ({"choice": "not-applicable"}, "Needs a reason"),
        ({"not_applicable": "not chosen yet"}, "In progress"),
        ({"choice": "1", "links": "not a link"}, "In progress"),
        ({}, "Not started"),
    ],
)
def test_going_elsewhere_keeps_what_is_not_complete(walk: Walk, fields: dict[str, str], state: str) -> None:
    walk.start("all")
    walk.answer(SOMETIMES, "answers/tasks", go="tasks", **fields)
    assert errors_of(walk) == []
    assert walk.states()[SOMETIMES] == state
    again = parsed(walk.go(SOMETIMES).get_data(as_text=True))
    texts = {item.get("name"): "".join(item.itertext()) for item in again.iter("textarea")}
    checked = {
        item.get("name"): item.get("value") for item in again.iter("input") if item.get("checked") is not None
    }
    for name, value in fields.items():
        assert (checked if name == "choice" else texts)[name] == value


def test_texts_that_are_too_long_are_never_cut_or_lost(walk: Walk) -> None:
    walk.start("all")
    long = "long words " * 2_000
    walk.answer(NEVER, "answers/tasks", go="tasks", evidence=long)
    assert errors_of(walk) == ["Evidence must be 20,000 characters or fewer: 1,999 too many"]
    assert long.strip() in walk.page.get_data(as_text=True)  # type: ignore[union-attr]


def test_back_in_the_browser_loses_nothing(walk: Walk, client: FlaskClient) -> None:
    """An older page carries older answers; the cookie has the newer ones."""
    walk.start("all")
    older = walk.token
    walk.answer(NEVER, choice="1")
    walk.answer(SOMETIMES, choice="2", reason="newer")
    page = client.post("/quick-check/answers/tasks", data={"token": older})
    walk.page = page
    assert walk.answers()["answers"].keys() == {NEVER, SOMETIMES}


def test_an_older_page_sent_again_untouched_changes_nothing(walk: Walk, client: FlaskClient) -> None:
    walk.start("all")
    older = walk.token
    walk.answer(NEVER, choice="1", evidence="newer")
    data = {"token": older, "from": "question", "criterion": NEVER, "go": "back", "importance": "2"}
    walk.page = client.post("/quick-check/answers/tasks", data=data)
    assert walk.answers()["answers"][NEVER] == {"level": 1, "evidence": "newer"}


def test_words_from_another_tab_that_are_replaced_are_shown(walk: Walk, client: FlaskClient) -> None:
    walk.start("all")
    older = walk.token
    walk.answer(NEVER, choice="1", evidence="words of the other tab")
    data = {
        "token": older,
        "from": "question",
        "criterion": NEVER,
        "go": "tasks",
        "evidence": "words of this tab",
    }
    page = client.post("/quick-check/answers/tasks", data=data)
    assert "words of the other tab" in words_of(page)
    walk.page = page
    assert walk.answers()["answers"][NEVER]["evidence"] == "words of this tab"


def test_what_the_script_kept_is_put_together_with_the_page(app: Flask, walk: Walk) -> None:
    walk.start("all")
    older = walk.token
    walk.answer(NEVER, choice="1")
    newer = walk.token
    other = app.test_client()  # without the cookies
    page = other.post("/quick-check/answers/tasks", data={"token": older, "kept": newer})
    there = Walk(other)
    there.page = page
    assert there.answers()["answers"][NEVER] == {"level": 1}


def test_a_page_can_be_opened_by_its_address_from_the_cookie(walk: Walk, client: FlaskClient) -> None:
    walk.start("core")
    walk.answer(CORE[0], choice="1")
    for address in (f"/quick-check/{CORE[0]}", "/quick-check/answers/tasks", "/quick-check/answers/result"):
        assert client.get(address).status_code == 200
    assert "1 of 7 done" in words_of(client.get("/quick-check"))


def test_without_the_cookie_it_says_where_answers_live(client: FlaskClient) -> None:
    response = client.get(f"/quick-check/{CORE[0]}")
    assert response.status_code == 404
    assert "our server keeps no copy" in words_of(response)
    assert f'action="/quick-check/{CORE[0]}"' in response.get_data(as_text=True)


def test_cookies_are_ours_alone_and_small(walk: Walk) -> None:
    for cookie in walk.start("core").headers.getlist("Set-Cookie"):
        name, _, rest = cookie.partition("=")
        assert name in ("quick-check-0", "quick-check-1")
        assert {"HttpOnly", "Path=/quick-check", "SameSite=Lax"} <= set(rest.split("; "))
        assert not any(
            part.startswith(("Expires", "Max-Age", "Domain", "Secure")) for part in rest.split("; ")
        )
        assert len(cookie) < 4_000


def _noise(length: int) -> str:
    """Words that hardly compress."""
    choose = Random(1)
    return "".join(chr(choose.randrange(0x4E00, 0x9FFF)) for _ in range(length))


def test_answers_too_large_for_cookies_leave_none_behind(walk: Walk, client: FlaskClient) -> None:
    walk.start("all")
    assert client.get_cookie("quick-check-0", path="/quick-check") is not None
    noise = _noise(9_500)
    walk.answer(NEVER, choice="1", evidence=noise)
    assert client.get_cookie("quick-check-0", path="/quick-check") is None
    assert walk.states()[NEVER] == "Answered"
    assert walk.answers()["answers"][NEVER]["evidence"] == noise


def test_long_evidence_for_every_criterion_travels(client: FlaskClient) -> None:
    texts = [
        "".join(chr(33 + (n * n * 31 + n * k * 17) % 90) for n in range(3_000)) for k in range(len(CRITERIA))
    ]
    answers = {item["id"]: {"level": 1, "evidence": text} for item, text in zip(CRITERIA, texts, strict=True)}
    walk = open_file(client, {"framework": "pedri", "version": "2025.1", "answers": answers})
    walk.answer(NEVER, choice="1", evidence=texts[0][::-1])
    assert set(walk.states().values()) == {"Answered"}
    assert walk.answers()["answers"] == answers | {NEVER: {"level": 1, "evidence": texts[0][::-1]}}


def open_file(client: FlaskClient, document: dict[str, Any]) -> Walk:
    """Opens an answers file, to all questions."""
    walk = Walk(client)
    file = (BytesIO(json.dumps(document).encode()), "answers.json")
    walk.page = client.post(
        "/quick-check/answers/tasks", data={"from": "open", "id": "an-id-of-a-page", "file": file}
    )
    return walk


def test_more_than_can_travel_is_refused_with_everything_typed(app_with: Callable[..., Flask]) -> None:
    client = app_with(ours=True, max_body_bytes=128 * 1024).test_client()
    walk = Walk(client)
    walk.start("all")
    noise = _noise(9_500)
    walk.answer(NEVER, choice="1", evidence=noise)
    assert walk.page is not None
    assert walk.page.status_code == 200
    walk.answer(SOMETIMES, choice="1", evidence=noise[::-1])
    assert "no room for this" in errors_of(walk)[0]
    assert noise[::-1] in walk.page.get_data(as_text=True)
    assert walk.answers()["answers"].keys() == {NEVER}


def test_clearing_asks_first_and_takes_the_cookies_away(walk: Walk, client: FlaskClient) -> None:
    walk.start("core")
    assert "cannot be undone" in words_of(client.get("/quick-check/answers/clear"))
    assert client.get_cookie("quick-check-0", path="/quick-check") is not None
    cleared = client.post("/quick-check/answers/clear")
    assert client.get_cookie("quick-check-0", path="/quick-check") is None
    assert cleared.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/quick-check/answers/tasks").status_code == 404


def test_the_same_start_sent_twice_is_one_quick_check(walk: Walk, client: FlaskClient) -> None:
    start = client.get("/quick-check")
    targets = {f"target-{standard['id']}": "2" for standard in DOCUMENT["standards"]}
    data = {
        "from": "start", "framework": "pedri", "version": "2025.1", "depth": "core",
        "id": hidden(start, "id", "start"), **targets,
    }  # fmt: skip
    walk.page = client.post("/quick-check/answers/tasks", data=data)
    walk.answer(CORE[0], choice="1")
    walk.page = client.post("/quick-check/answers/tasks", data=data)
    assert walk.states()[CORE[0]] == "Answered"


def test_pages_of_the_quick_check_keep_to_our_words(walk: Walk) -> None:
    walk.start("core")
    for address in (CORE[0], "answers/tasks", "answers/set-up", "answers/result"):
        words = words_of(walk.go(address))
        ours = words
        for text in _texts(DOCUMENT):
            ours = ours.replace(" ".join(text.split()), "")
        assert FORBIDDEN.findall(ours.replace("pedri-assess score", "")) == [], address


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) and len(value) > 20 else []


def test_the_example_of_the_documentation_opens(client: FlaskClient) -> None:
    example = Path(__file__).resolve().parents[2] / "docs" / "examples" / "answers.json"
    with example.open("rb") as file:
        data = {"from": "open", "id": "an-id-of-a-page", "file": (file, "answers.json")}
        response = client.post("/quick-check/answers/tasks", data=data)
    assert response.status_code == 200
    walk = Walk(client)
    walk.page = response
    theirs = json.loads(example.read_text("utf-8"))
    ours = walk.answers()
    assert assessment_from(ours | {"date": ""}) == assessment_from(theirs | {"date": ""})
