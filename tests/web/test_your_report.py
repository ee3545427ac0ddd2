"""The lead's page of what reports say in the organisation's own words, and the picture behind it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, create_environ, encode_multipart, run_wsgi_app

from pedri_assess.domain.own_words import LONGEST_INTRODUCTION
from pedri_assess.reports import LARGEST_LOGO
from pedri_assess.services.comments import comment
from pedri_assess.services.handing_in import check, submit

from ..reports.pictures import BIRD, bomb, jpeg, png, svg
from .pages import hidden, parsed, words_of
from .people import Town, csrf_token, send


def here(town: Town, ending: str = "") -> str:
    return f"/organisations/{town.place}/report{ending}"


def number(town: Town, page: str = "", form: str = "") -> str:
    return hidden(town.client("lead").get(here(town, page)), "changes", form)


def save(town: Town, changes: str = "", **fields: Any) -> TestResponse:
    sent = {"introduction": "", "comments": "no", "changes": changes or number(town, form="words"), **fields}
    return send(town.client("lead"), here(town), **sent)


def upload(town: Town, content: bytes | None, words: str = "A disc", name: str = "logo.png") -> TestResponse:
    client = town.client("lead")
    fields: dict[str, Any] = {
        "csrf_token": csrf_token(client),
        "changes": number(town, "/logo"),
        "words": words,
    }
    if content is not None:
        fields["picture"] = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(here(town, "/logo"), data=body, content_type=kind)


def submitted(town: Town) -> str:
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    made = town.assessment()
    comment(context, made, "EDI-3", town.people["contributor"].account_id, "Is <b>this</b> so?")
    submit(context, made, lead, 1, check(context, made).seal, leave=True)
    return made


def test_a_lead_says_who_they_are_and_sees_it(town: Town) -> None:
    done = save(town, introduction="We are <b>one</b>\r\n\r\nAnd many", left_out=["glossary", "changes"])
    assert done.location == here(town, "/preview")
    page = town.client("lead").get(done.location)
    words = words_of(page)
    assert "An example without answers" in words
    assert "We are <b>one</b>" in words
    assert "Left outWhat changed since the revision before and Glossary" in words
    assert "r-glossary" not in page.get_data(as_text=True)
    form = parsed(town.client("lead").get(here(town)).get_data(as_text=True))
    ticked = [item.get("value") for item in form.iter("input") if item.get("checked") is not None]
    assert ticked == ["no", "changes", "glossary"]


def test_the_pdf_of_the_preview_is_one(town: Town) -> None:
    save(town, introduction="Who we are")
    answer = town.client("lead").get(here(town, "/preview.pdf"))
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "preview-of-improvement-report-first-trust" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"introduction": "x" * (LONGEST_INTRODUCTION + 1)}, "3,000 characters or fewer: 1 too many"),
        ({"left_out": ["summary"]}, "Choose from this list"),
        ({"comments": "perhaps"}, "Choose whether reports show comments"),
    ],
)
def test_what_cannot_be_used_is_said_and_kept(town: Town, fields: dict[str, Any], why: str) -> None:
    answer = save(town, **{"introduction": "Typed with care", **fields})
    assert answer.status_code == 422
    assert why in words_of(answer)
    kept = fields.get("introduction", "Typed with care")
    assert kept in answer.get_data(as_text=True)
    assert number(town, form="words") == "0"


def test_two_leads_at_once_lose_no_words(town: Town) -> None:
    old = number(town, form="words")
    save(town, introduction="The first lead’s")
    answer = save(town, changes=old, introduction="The second lead’s", comments="yes")
    assert answer.status_code == 409
    words = words_of(answer)
    assert "Somebody changed this since you opened the page" in words
    assert "As it is now The first lead’s" in words
    assert "The second lead’s" in answer.get_data(as_text=True)
    assert hidden(answer, "changes", "words") == "1"
    assert save(town, changes="1", introduction="Both").status_code == 303


def test_comments_are_shown_only_where_it_was_chosen_before(town: Town) -> None:
    form = town.client("contributor").get(f"/assessments/{town.assessment()}/criteria/EDI-3")
    assert "reports show it with your name" not in words_of(form)
    first = submitted(town)
    save(town, comments="yes")
    form = town.client("contributor").get(f"/assessments/{town.assessment()}/criteria/EDI-3")
    assert "reports show it with your name, also outside of your organisation" in words_of(form)
    second = submitted(town)
    assert "Is <b>this</b> so?" not in words_of(town.client("viewer").get(f"/assessments/{first}/result"))
    page = town.client("viewer").get(f"/assessments/{second}/result")
    assert "Is <b>this</b> so?" in words_of(page)
    assert "Contributor Person" in words_of(page)
    save(town, comments="no")
    assert "Is <b>this</b> so?" not in words_of(town.client("viewer").get(f"/assessments/{second}/result"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(png(), "png"), (jpeg(), "jpeg"), (BIRD.encode(), "svg+xml")],
    ids=["png", "jpeg", "svg"],
)
def test_a_logo_is_shown_to_members_with_its_words(town: Town, content: bytes, kind: str) -> None:
    made = submitted(town)
    assert upload(town, content, 'A "disc" & more', "not-what-it-says.exe").location == here(town, "/preview")
    page = town.client("viewer").get(f"/assessments/{made}/result").get_data(as_text=True)
    (shown,) = re.findall(r'<img class="report-cover__logo" src="([^"]+)" alt="([^"]+)">', page)
    assert shown[1] == "A &#34;disc&#34; &amp; more"
    picture = town.client("viewer").get(shown[0])
    assert picture.mimetype == f"image/{kind}"
    assert picture.headers["Content-Disposition"].startswith("attachment;")
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert town.client("stranger").get(shown[0]).status_code == 404
    assert b"script" not in picture.data


def test_its_words_can_be_changed_alone_and_it_can_be_removed(town: Town) -> None:
    upload(town, png(), "A disc")
    assert upload(town, None, "A red disc").status_code == 303
    assert 'alt="A red disc"' in town.client("lead").get(here(town)).get_data(as_text=True)
    gone = send(town.client("lead"), here(town, "/logo/remove"), changes=number(town, "/logo"))
    assert gone.location == here(town)
    assert "There is none. Add a logo" in words_of(town.client("lead").get(here(town)))
    assert town.client("lead").get(here(town, "/logo/picture")).status_code == 404


def test_a_logo_that_was_changed_meanwhile_is_not_removed(town: Town) -> None:
    upload(town, png())
    old = number(town, "/logo")
    upload(town, jpeg())
    answer = send(town.client("lead"), here(town, "/logo/remove"), changes=old)
    assert answer.status_code == 409
    assert "Somebody changed the report since you opened the page" in words_of(answer)
    assert town.client("lead").get(here(town, "/logo/picture")).mimetype == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "words", "why"),
    [
        (None, "A disc", "Choose a picture"),
        (png(), " ", "Say what the picture shows, for people who cannot see it"),
        (png(), "x" * 301, "300 characters or fewer"),
        (b"", "A disc", "The file is empty"),
        (b"GIF89a", "A disc", "no PNG, JPEG or SVG picture"),
        (b"<html><svg></svg></html>", "A disc", "This is no SVG drawing"),
        (png()[:100], "A disc", "is damaged"),
        (bomb(20_000, 20_000), "A disc", "more than 24 million pixels"),
        (svg("<text>x</text>"), "A disc", "The drawing has <text>"),
    ],
    ids=range(9),
)
def test_a_file_that_is_no_logo_is_refused_with_the_reason(
    town: Town, content: bytes | None, words: str, why: str
) -> None:
    answer = upload(town, content, words)
    assert answer.status_code == 422
    assert why in words_of(answer)
    assert town.client("lead").get(here(town, "/logo/picture")).status_code == 404


class Endless(io.RawIOBase):
    """A body without an end, that counts how much of it was read."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("length", [str(LARGEST_LOGO * 1_000), ""], ids=["says its size", "does not"])
def test_more_than_a_logo_can_have_is_refused_before_it_is_read(town: Town, length: str) -> None:
    cookie = town.client("lead").get_cookie("session")
    assert cookie
    body = Endless()
    environ = {
        **create_environ(here(town, "/logo"), method="POST", headers={"Cookie": f"session={cookie.value}"}),
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": length,
        "wsgi.input": body,
        "wsgi.input_terminated": True,  # what a server says that unpacks chunks
    }
    content, status, _ = run_wsgi_app(town.app, environ, buffered=True)
    assert status.startswith("413")
    assert b"A logo can have 2 MB at most" in b"".join(content)
    assert body.taken <= (0 if length else 2 * LARGEST_LOGO)


def test_a_file_that_is_a_little_too_large_is_refused(town: Town) -> None:
    answer = upload(town, png() + b"x" * LARGEST_LOGO)
    assert answer.status_code == 422
    assert "The file is larger than 2 MB" in words_of(answer)


def test_the_file_beside_the_report_has_its_edition(town: Town) -> None:
    made = submitted(town)
    save(town, introduction="Who we are")
    page = town.client("viewer").get(f"/assessments/{made}/result")
    assert f'href="/assessments/{made}/result/1/report.json"' in page.get_data(as_text=True)
    document = town.client("viewer").get(f"/assessments/{made}/result/report.json").get_json()
    assert document["format"] == "pedri-assess/report/1"
    assert (document["introduction"], document["status"]) == ("Who we are", "submitted")
    assert document["history"][0]["who"] == "Lead Person"
