"""The pages of a meeting: the host's screen, phones that join with a code, and hands."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from pedri_assess.services.panels import look

from .pages import words_of
from .people import Town, send
from .test_panels import PLAN

WITH_SCRIPT = {"X-Autosave": "1"}


class Hall:
    """A meeting under way: its screen, and what it takes to join."""

    def __init__(self, town: Town, kind: str = "group") -> None:
        self.town, self.lead = town, town.client("lead")
        made = town.assessment()
        panel = {**PLAN, "kind": kind}
        self.panel = send(self.lead, f"/assessments/{made}/panels/new", **panel).headers["Location"]
        send(self.lead, f"{self.panel}/open")
        self.screen = f"{self.panel}/meeting"

    def begin(self) -> str:
        """Begins, and gives the code."""
        send(self.lead, self.screen)
        found = re.search(r"[B-Z]{4}-[B-Z]{4}", words_of(self.lead.get(self.screen)))
        assert found
        return found[0]

    def go(self, position: int) -> None:
        assert send(self.lead, f"{self.screen}/go", position=str(position)).status_code == 303

    def phone(self, code: str) -> tuple[FlaskClient, str]:
        """A phone that has joined, and the address of its page."""
        browser = self.town.app.test_client()
        here = browser.get(f"/join/{code}").headers["Location"]
        browser.post(here)
        return browser, here

    def say(self, phone: tuple[FlaskClient, str], level: str, **more: str) -> int:
        browser, here = phone
        sent = {"criterion": "EDI-3", "level": level, "words": "", **more}
        return browser.post(f"{here}/answers", data=sent).status_code


@pytest.fixture
def hall(town: Town) -> Hall:
    return Hall(town)


def test_phones_join_answer_and_see_the_result_together(hall: Hall) -> None:
    code = hall.begin()
    phones = [hall.phone(code) for _ in range(3)]
    browser, here = phones[0]
    assert "You are in" in words_of(browser.get(here))
    hall.go(1)
    assert "keep in touch with your community" in words_of(browser.get(here))
    for phone, level in zip(phones, "013", strict=True):
        assert hall.say(phone, level) == 303
    assert "Your answer is in" in words_of(browser.get(here))
    screen = words_of(hall.lead.get(hall.screen))
    assert "Answered: 3 of 3 phones" in screen
    assert "You together" not in screen
    turn = browser.get(f"{here}/now").json
    assert send(hall.lead, f"{hall.screen}/result", criterion="EDI-3").status_code == 303
    assert browser.get(f"{here}/now").json != turn
    for page in (browser.get(here), hall.lead.get(hall.screen)):
        assert "You together (the middle of 3 answers)" in words_of(page)
        assert "The middle: We do this some of the time." in words_of(page)
    assert "You said: We have not started this yet." in words_of(browser.get(here))
    assert hall.say(phones[0], "3") == 409
    send(hall.lead, f"{hall.screen}/end")
    assert "There is no meeting just now" in words_of(browser.get(here))
    assert browser.get(f"{here}/now").json == {"turn": 0}


def test_fewer_than_three_are_never_shown(hall: Hall) -> None:
    code = hall.begin()
    hall.go(1)
    hall.say(hall.phone(code), "1")
    hall.say(hall.phone(code), "dont-know")
    answer = send(hall.lead, f"{hall.screen}/result", criterion="EDI-3")
    assert answer.status_code == 409
    assert "Fewer than three have answered" in words_of(answer)


def test_hands_are_typed_in_and_errors_stand_at_the_field(hall: Hall) -> None:
    hall.begin()
    hall.go(1)
    wrong = send(hall.lead, f"{hall.screen}/hands", criterion="EDI-3", hands_0="two", hands_1="3")
    assert wrong.status_code == 422
    assert "Write a whole number from 0 to 500" in words_of(wrong)
    assert 'value="two"' in wrong.get_data(as_text=True)
    assert send(hall.lead, f"{hall.screen}/hands", criterion="EDI-3", hands_1="4").status_code == 303
    assert "and 4 hands" in words_of(hall.lead.get(hall.screen))
    send(hall.lead, f"{hall.screen}/result", criterion="EDI-3")
    assert "the middle of 4 answers" in words_of(hall.lead.get(hall.screen))


def test_a_page_with_a_script_is_told_in_words(hall: Hall) -> None:
    code = hall.begin()
    phones = [hall.phone(code) for _ in range(4)]
    hall.go(1)
    browser, here = phones[0]

    def send_in(phone: FlaskClient, level: str) -> tuple[int, str]:
        said = {"criterion": "EDI-3", "level": level, "words": ""}
        answer = phone.post(f"{here}/answers", data=said, headers=WITH_SCRIPT)
        return answer.status_code, answer.json["words"]  # type: ignore[index]

    assert send_in(browser, "1")[1].startswith("Your answer is in")
    assert send_in(browser, "") == (422, "Choose an answer")
    for phone, _here in phones[1:3]:
        send_in(phone, "2")
    send(hall.lead, f"{hall.screen}/result", criterion="EDI-3")
    late = send_in(phones[3][0], "2")
    assert (late[0], "came after the result was shown" in late[1]) == (200, True)
    assert send_in(browser, "3")[0] == 409


def test_a_code_that_leads_nowhere_is_asked_for_again(hall: Hall) -> None:
    browser = hall.town.app.test_client()
    assert "Eight letters" in words_of(browser.get("/join"))
    for answer in (browser.post("/join", data={"code": "BCDF-GHJK"}), browser.get("/join/BCDFGHJK")):
        assert answer.status_code == 422
        assert "No meeting has this code" in words_of(answer)
    code = hall.begin()
    assert browser.post("/join", data={"code": code.lower()}).status_code == 303


def test_with_links_of_their_own_people_join_by_their_link(town: Town) -> None:
    hall = Hall(town, "single")
    page = words_of(send(hall.lead, f"{hall.panel}/links", number="1"))
    link = re.search(r"https://assess\.example\.org(/panel/[\w-]{22})", page)
    assert link
    send(hall.lead, hall.screen)
    screen = words_of(hall.lead.get(hall.screen))
    assert "Open the link that you were given" in screen
    browser = town.app.test_client()
    assert "A meeting is under way" in words_of(browser.get(link[1]))
    browser.post(f"{link[1]}/meeting")
    assert hall.lead.get(f"{hall.screen}/now").json["here"] == 1  # type: ignore[index]


def test_nothing_of_who_is_in_is_kept_or_logged(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "pedri_assess")
    code = hall.begin()
    browser, here = hall.phone(code)
    hall.go(1)
    hall.say((browser, here), "1", words="zanzibar")
    told = repr([(record.getMessage(), vars(record)) for record in caplog.records])
    assert "/join/<code>" in told
    for secret in (code.replace("-", ""), code, "zanzibar", "127.0.0.1", here.split("/")[2]):
        assert secret not in told
    context = hall.town.app.extensions["pedri-assess"].context
    _empty, _assessments, assessment, _panels, panel = hall.panel.split("/")
    look(context, assessment, panel)
    with hall.town.database.read() as c:
        places = c.rows("SELECT * FROM panel_place")
    cookie = browser.get_cookie("panel", path="/panel")
    assert cookie is not None
    assert len(places) == 1
    assert set(places[0]) == {"meeting_id", "sheet"}
    assert cookie.value not in repr(places)
