"""Pages of organisations and rounds whose words depend on how things stand, state by state."""

from __future__ import annotations

from typing import Any

import pytest

from pedri_assess.domain.times import stamp
from pedri_assess.services.organisations import change_role
from pedri_assess.services.round_invitations import invite_all
from pedri_assess.store.mail import not_sent, queue_mail, take

from ..pseudo_language import CODE
from ..reports.pictures import png, svg
from .in_another_language import check, get, post, town
from .pages import hidden
from .people import Town
from .test_rounds import LIST, PLAN
from .test_your_report import submitted, upload

__all__ = ["town"]

ROUND = ("Round of 2027", "All partners")
NAMES = ("Lead Person", "lead@example.org")


@pytest.fixture
def place(town: Town) -> str:
    """The address of the first organisation."""
    return f"/organisations/{town.place}"


@pytest.fixture
def here(town: Town) -> str:
    """The address of a round to which the first organisation is invited."""
    address = post(town.client("staff"), "/rounds/new", **PLAN).headers["Location"]
    context = town.app.extensions["pedri-assess"].context
    invite_all(context, town.people["staff"].account_id, address.rpartition("/")[2], [town.place])
    return str(address)


def test_organisations_of_a_person(town: Town) -> None:
    for who in ("lead", "contributor", "approver", "viewer", "staff"):
        check(get(town.client(who), "/organisations?deleted=yes"))


@pytest.mark.parametrize("for_good", [True, False])
def test_letters_in_trouble(town: Town, for_good: bool) -> None:
    at = stamp(town.now())
    with town.database.write() as c:
        queue_mail(c, "gone@example.org", "A letter", "x", at)
        letter = take(c, at)
        assert letter is not None
        not_sent(c, letter, "the mail server answered 550 nobody", at, for_good=for_good)
    check(get(town.client("staff"), "/organisations"))


def test_what_is_wrong_with_an_organisation(town: Town, place: str) -> None:
    staff = town.client("staff")
    usual = {"kind": "nhs", "nation": "wales", "email": "new@example.org"}
    check(post(staff, "/organisations/new", **usual, name="First trust"), 422)
    check(post(staff, "/organisations/new", name="x" * 300, email="nobody"), 422)
    check(post(staff, f"{place}/first-lead", email="new@example.org"), 422)


def test_the_last_lead_stays(town: Town, place: str) -> None:
    lead, member = town.client("lead"), f"{place}/members/{town.membership('lead')}"
    check(post(lead, member, role="viewer"), 422, *NAMES)
    check(post(lead, f"{member}/end"), 422, *NAMES)
    check(post(lead, f"{place}/leave"), 422)
    check(post(lead, f"{place}/everything/delete", name="Another"), 422)


def test_an_organisation_with_all_that_it_can_have(town: Town, place: str, here: str) -> None:
    town.assessment(finish_by="2026-12-01")
    town.invite()
    for who in ("lead", "viewer"):
        check(get(town.client(who), place), 200, *ROUND)


def test_what_is_shared(town: Town, place: str) -> None:
    lead = town.client("lead")
    post(lead, f"{place}/sharing", chosen="staff", expected="")
    post(lead, f"{place}/sharing", chosen="public", expected="staff")
    check(post(lead, f"{place}/sharing", chosen="staff", expected=""), 409)
    check(post(lead, f"{place}/sharing", chosen="everything"), 422)
    check(post(lead, f"{place}/sharing/size", size="huge"), 422)
    post(lead, f"{place}/sharing/size", size="medium")
    for who in ("lead", "viewer"):
        check(get(town.client(who), f"{place}/sharing"))


def test_what_every_report_says(town: Town) -> None:
    staff = town.client("staff")
    for number, text in enumerate(("Something", "")):
        assert post(staff, "/standing-text", text=text, number=str(number)).status_code == 303
    check(get(staff, "/standing-text"))
    check(post(staff, "/standing-text", text="x" * 9_999, number="2"), 422)
    check(post(staff, "/standing-text", text="Another", number="0"), 409)


def test_what_an_organisation_says_in_its_reports(town: Town, place: str) -> None:
    lead = town.client("lead")
    said: dict[str, Any] = {"introduction": "We", "comments": "yes", "left_out": ["glossary", "changes"]}
    assert post(lead, f"{place}/report", **said, changes="0").status_code == 303
    check(get(lead, f"{place}/report"))
    check(post(lead, f"{place}/report", **said | {"introduction": "You"}, changes="0"), 409)
    check(post(lead, f"{place}/report", introduction="x" * 9_999, left_out="summary", changes="1"), 422)
    upload(town, png(), "A disc")
    check(get(lead, f"{place}/report"))
    check(get(lead, f"{place}/report/logo"))
    check(post(lead, f"{place}/report/logo/remove", changes="0"), 409)
    check(get(lead, f"{place}/report/preview"))
    submitted(town)
    check(get(lead, f"{place}/report/preview"))


def test_a_logo_that_is_refused(town: Town, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Town, "client", _speaking(Town.client))
    for content in (None, b"", b"x", b"x" * 2_100_000, svg("<text>A</text>"), svg('<g filter="url(#a)"/>')):
        check(upload(town, content, words="x" * 999), 422, "<text>")
        check(upload(town, content), 422, "<text>")


def _speaking(client: Any) -> Any:
    def made(town: Town, who: str) -> Any:
        browser = client(town, who)
        browser.set_cookie("language", CODE)
        return browser

    return made


def test_what_is_wrong_in_a_round(town: Town, here: str) -> None:
    staff = town.client("staff")
    check(post(staff, "/rounds/new", **PLAN), 422, *ROUND)
    check(post(staff, "/rounds/new", name="x" * 300, about="x" * 3_000, opens_on="May"), 422)
    check(post(staff, f"{here}/change", **PLAN | {"opens_on": "2026-02-01"}, changes="1"), 422, *ROUND)
    check(post(staff, f"{here}/change", **PLAN | {"about": "Others"}, changes="0"), 409, *ROUND)
    check(post(staff, f"{here}/invite", chosen="nobody"), 422, *ROUND)
    check(post(staff, f"{here}/close", changes="0"), 409, *ROUND)


def test_a_list_of_organisations_to_invite(town: Town, here: str) -> None:
    staff = town.client("staff")
    check(post(staff, f"{here}/list", text=LIST), 200, *ROUND)
    faults = "organisation,organisation,size,kind,lead\nA,,,zoo,nobody\nA,,,,,x\n,,,\n" + "x" * 201
    for text in ("", "nothing", faults, "organisation\n" * 600, "organisation\nNobody knows", "x" * 200_001):
        check(post(staff, f"{here}/list", text=text), 422, *ROUND)


def test_a_round_from_its_first_to_its_last_day(town: Town, place: str, here: str) -> None:
    staff, lead, part = town.client("staff"), town.client("lead"), f"{place}{here}"
    pages = [(staff, "/rounds"), (staff, here), (staff, f"{here}/invite"), (lead, part), (lead, place)]
    pages.append((town.client("viewer"), part))

    def see() -> None:
        for browser, address in pages:
            check(get(browser, address), 200, *ROUND)

    see()
    check(post(staff, f"{here}/remind"), 200, *ROUND)
    check(post(staff, f"{here}/remind"), 200, *ROUND)
    post(lead, f"{part}/decline", because="No time")
    check(post(lead, f"{part}/decline", because="x" * 3_000), 422, *ROUND)
    check(post(lead, f"{part}/assessment", chosen="none"), 422, *ROUND)
    see()
    (extend,) = {piece.split('"')[0] for piece in get(staff, here).text.split('href="') if "/extend" in piece}
    check(post(staff, extend, until="2026-01-01", because="Illness"), 422, *ROUND)
    check(post(staff, extend, until="soon", because="x" * 3_000), 422, *ROUND)
    assert post(staff, extend, until="2100-02-01", because="Illness").status_code == 303
    check(get(staff, extend), 200, *ROUND)
    post(lead, f"{part}/assessment", chosen=town.assessment())
    check(post(staff, extend.replace("/extend", "/withdraw")), 409, *ROUND)
    post(staff, f"{here}/close", changes=hidden(get(staff, here), "changes"))
    see()
    check(post(lead, f"{part}/take-part"), 422, *ROUND)


def test_what_waits_for_somebody(town: Town) -> None:
    context, people = town.app.extensions["pedri-assess"].context, town.people
    check(get(town.client("viewer"), "/my-work"))
    for days in ("2026-11-01", stamp(town.now())[:10], "2099-12-31"):
        made = town.assessment(finish_by=days)
    me = people["contributor"].account_id
    comments = f"/assessments/{made}/criteria/EDI-3/comments"
    post(town.client("lead"), comments, comment="Do you know this?", mention=me)
    post(town.client("lead"), f"/assessments/{made}/criteria/EDI-2/owner", owner=me)
    submitted(town)
    for who in ("lead", "contributor", "approver", "viewer"):
        check(get(town.client(who), "/my-work"), 200, "Cancer registry")
    change_role(context, people["lead"].account_id, town.place, town.membership("viewer"), "approver")
    check(get(town.client("viewer"), "/my-work"), 200, "Cancer registry")
