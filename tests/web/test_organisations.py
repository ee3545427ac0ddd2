"""The pages of organisations and invitations: what each person sees, and what nobody may do."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from pedri_assess.domain.times import stamp
from pedri_assess.store.mail import not_sent, queue_mail, take

from .pages import parsed, words_of
from .people import NEW, Town, send


def errors(response: TestResponse) -> list[str]:
    """What the summary of errors says."""
    page = parsed(response.get_data(as_text=True))
    lists = [item for item in page.iter("ul") if "govuk-error-summary__list" in item.get("class", "")]
    return [" ".join("".join(item.itertext()).split()) for found in lists for item in found.iter("li")]


def test_everyone_sees_their_own_organisations_only(town: Town) -> None:
    page = words_of(town.client("viewer").get("/organisations"))
    assert "First trust" in page
    assert "You are a viewer." in page
    assert "Second trust" not in page
    assert "All organisations" not in page


def test_staff_see_names_and_numbers_of_all(town: Town) -> None:
    page = words_of(town.client("staff").get("/organisations"))
    for words in ("First trust 4 1", "Second trust 1 1", "All mail of the last month"):
        assert words in page


def test_staff_alone_see_letters_in_trouble(town: Town) -> None:  # R106
    at = stamp(town.now())
    with town.database.write() as c:
        queue_mail(c, "gone@example.org", "A letter", "x", at)
        letter = take(c, at)
        assert letter is not None
        not_sent(c, letter, "the mail server answered 550 nobody", at, for_good=True)
    page = words_of(town.client("staff").get("/organisations"))
    assert "Given up: A letter" in page
    assert "The mail server answered 550 nobody." in page
    assert "gone@example.org" not in words_of(town.client("lead").get("/organisations"))


def test_members_see_members_and_only_leads_may_change_them(town: Town) -> None:
    town.invite()
    for who in ("contributor", "approver", "viewer"):
        page = town.client(who).get(f"/organisations/{town.place}")
        assert "Lead Person Lead lead@example.org" in words_of(page)
        assert NEW in words_of(page)
        assert b"<form" not in page.data.split(b"<main")[1]
        assert b"/members/" not in page.data
    assert (
        f"/members/{town.membership('viewer')}".encode()
        in town.client("lead").get(f"/organisations/{town.place}").data
    )


def addresses(town: Town) -> dict[str, list[str]]:
    """Addresses of the first organisation, by who may use them."""
    here, who = f"/organisations/{town.place}", town.membership("viewer")
    return {
        "member": [here, f"{here}/leave"],
        "lead": [f"{here}/members/{who}", f"{here}/invitations/new"],
        "staff": ["/organisations/new", f"{here}/first-lead"],
    }


WHO = {  # the status that lead, contributor, stranger and staff get
    "member": (200, 200, 404, 404),
    "lead": (200, 403, 404, 404),
    "staff": (403, 403, 403, 200),
}


@pytest.mark.parametrize("kind", WHO)
def test_who_may_open_what(town: Town, kind: str) -> None:
    for address in addresses(town)[kind]:
        people = ("lead", "contributor", "stranger", "staff")
        assert tuple(town.client(who).get(address).status_code for who in people) == WHO[kind], address
        assert town.client("viewer").get(address).status_code == WHO[kind][1], address
        assert town.client("approver").get(address).status_code == WHO[kind][1], address


def test_a_lead_changes_a_role(town: Town) -> None:
    client, who = town.client("lead"), town.membership("viewer")
    response = send(client, f"/organisations/{town.place}/members/{who}", role="approver")
    assert (response.status_code, response.location) == (303, f"/organisations/{town.place}")
    assert town.roles(town.place)["viewer@example.org"] == "approver"


@pytest.mark.parametrize("role", ["", "owner", "LEAD", "lead "])
def test_a_role_that_is_none_is_refused(town: Town, role: str) -> None:
    address = f"/organisations/{town.place}/members/{town.membership('viewer')}"
    response = send(town.client("lead"), address, role=role)
    if role == "lead ":  # blanks at the edges are nobody's intention
        assert response.status_code == 303
        return
    assert response.status_code == 422
    assert errors(response) == ["Choose a role"]
    assert town.roles(town.place)["viewer@example.org"] == "viewer"


def test_the_last_lead_is_told_why_nothing_happened(town: Town) -> None:
    client, here = town.client("lead"), f"/organisations/{town.place}"
    me = f"{here}/members/{town.membership('lead')}"
    for response in (
        send(client, f"{here}/leave"),
        send(client, f"{me}/end"),
        send(client, me, role="viewer"),
    ):
        assert response.status_code == 422
        assert errors(response) == ["An organisation needs a lead. Make somebody else a lead first"]
    assert town.roles(town.place)["lead@example.org"] == "lead"


def test_who_leaves_sees_nothing_any_more(town: Town) -> None:  # R06
    client, here = town.client("viewer"), f"/organisations/{town.place}"
    assert client.get(here).status_code == 200
    response = send(client, f"{here}/leave")
    assert (response.status_code, response.location) == (303, "/organisations")
    assert client.get(here).status_code == 404
    assert "First trust" not in words_of(client.get("/organisations"))


def test_the_next_request_obeys_a_change_by_somebody_else(town: Town) -> None:  # R06
    lead, here = town.client("lead"), f"/organisations/{town.place}"
    send(lead, f"{here}/members/{town.membership('contributor')}", role="lead")
    second = town.client("contributor")
    assert second.get(f"{here}/invitations/new").status_code == 200
    send(lead, f"{here}/members/{town.membership('contributor')}", role="viewer")
    assert second.get(f"{here}/invitations/new").status_code == 403
    assert send(second, f"{here}/invitations/new", email=NEW, role="lead").status_code == 403
    send(lead, f"{here}/members/{town.membership('contributor')}/end")
    assert second.get(here).status_code == 404
    assert town.letters() == []


@pytest.mark.parametrize(
    "extra",
    [
        "id", "organisation_id", "account_id", "assessment_id", "invited_by", "staff_at", "is_staff",
        "role_id", "accepted_by", "accepted_at", "expires_at", "token_hash", "created_at",
        "ended_at", "status",
    ],
)  # fmt: skip
def test_fields_that_the_form_does_not_have_are_ignored(town: Town, extra: str) -> None:  # R07, R08
    client, here = town.client("lead"), f"/organisations/{town.place}"
    foreign = {extra: town.other_place}
    assert send(client, f"{here}/invitations/new", email=NEW, role="viewer", **foreign).status_code == 303
    with town.database.read() as c:
        (row,) = c.rows("SELECT * FROM invitation ORDER BY id")
    assert (row["organisation_id"], row["role"], row["email"]) == (town.place, "viewer", NEW)
    assert (row["invited_by"], row["assessment_id"]) == (town.people["lead"].account_id, None)
    assert row["accepted_at"] is None
    assert town.other_place not in [str(value) for value in row.values()]
    fresh = town.app.test_client()
    fresh.post(f"/invitation/{town.token(NEW)}", data={"name": "N", "role": "lead", **foreign})
    assert town.roles(town.place)[NEW] == "viewer"
    with town.database.read() as c:
        (account,) = c.rows("SELECT * FROM account WHERE email = :email ORDER BY id", email=NEW)
    assert account["staff_at"] is None


def test_a_lead_sends_again_and_withdraws(town: Town) -> None:
    client, here = town.client("lead"), f"/organisations/{town.place}"
    old = town.invite()
    page = client.get(here).get_data(as_text=True)
    (again,) = re.findall(rf'action="({here}/invitations/[^"]+/resend)"', page)
    assert send(client, again).status_code == 303
    assert "does not work" in words_of(town.app.test_client().get(f"/invitation/{old}"))
    assert send(client, again.replace("/resend", "/withdraw")).status_code == 303
    assert NEW not in words_of(client.get(here))
    assert send(client, again).status_code == 303  # too late; the list shows how it stands
    assert len(town.letters()) == 2


def test_other_organisations_people_and_invitations_are_not_there(town: Town) -> None:
    client, there = town.client("stranger"), f"/organisations/{town.other_place}"
    town.invite()
    with town.database.read() as c:
        invitation = c.rows("SELECT id FROM invitation ORDER BY id")[0]["id"]
    who = town.membership("viewer")
    for address in (f"members/{who}", f"members/{who}/end", f"invitations/{invitation}/resend"):
        assert send(client, f"{there}/{address}", role="viewer").status_code == 404, address
    assert len(town.letters()) == 1
    assert town.roles(town.place)["viewer@example.org"] == "viewer"


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Write an e-mail address"),
        ("nobody", "like name@example.org"),
        ("a@b", "like name@example.org"),
        ("a@example.org, b@example.org", "like name@example.org"),
        ("A <a@example.org>", "like name@example.org"),
        ("a@example.org\r\nBcc: b@example.org", "like name@example.org"),
        (f"{'a' * 250}@example.org", "like name@example.org"),
        ("LEAD@example.org", "is a member already"),
    ],
)
def test_an_address_that_cannot_be_invited_is_refused(town: Town, email: str, said: str) -> None:
    response = send(
        town.client("lead"), f"/organisations/{town.place}/invitations/new", email=email, role="viewer"
    )
    assert response.status_code == 422
    assert said in errors(response)[0]
    assert town.letters() == []


def test_staff_add_an_organisation(town: Town) -> None:
    client = town.client("staff")
    given = {"name": "Third\r\ntrust \u202e", "kind": "nhs", "nation": "wales", "email": NEW}
    assert send(client, "/organisations/new", **given).status_code == 303
    assert "Third trust 0 None yet" in words_of(client.get("/organisations"))
    assert town.letters()[0].subject == "Join Third trust in PEDRI Assess"
    again = send(client, "/organisations/new", **given)
    assert errors(again) == ["There is an organisation of this name"]
    assert errors(send(client, "/organisations/new")) == [
        "Write an e-mail address",
        "Name of the organisation is missing",
        "Choose what it is",
        "Choose where it works",
    ]


def test_accepting_an_invitation_signs_somebody_new_in(town: Town) -> None:
    token, browser = town.invite(role="approver"), town.app.test_client()
    page = browser.get(f"/invitation/{token}")
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "Lead Person invites new@example.org to join First trust." in words_of(page)
    assert errors(browser.post(f"/invitation/{token}", data={"name": " "})) == ["Your name is missing"]
    response = browser.post(f"/invitation/{token}", data={"name": "New\nPerson"})
    assert (response.status_code, response.location) == (303, f"/organisations/{town.place}")
    assert "New Person (you) Approver new@example.org" in words_of(browser.get(response.location))
    other = town.app.test_client()
    used = other.post(f"/invitation/{token}", data={"name": "Me too"})
    assert "This invitation was accepted" in words_of(used)
    assert other.get("/organisations").status_code != 200


def test_somebody_else_is_told_and_offered_to_sign_out(town: Town) -> None:
    token, client = town.invite(), town.client("stranger")
    page = client.get(f"/invitation/{token}")
    assert "This invitation is for somebody else" in words_of(page)
    assert "you are signed in as stranger@example.org" in words_of(page)
    response = send(client, f"/invitation/{token}", name="Stranger")
    assert response.status_code == 409
    assert town.roles(town.place).keys() == {
        f"{n}@example.org" for n in ("lead", "contributor", "approver", "viewer")
    }


def test_they_can_sign_out_and_accept_as_the_other(town: Town) -> None:
    token, client = town.invite(), town.client("stranger")
    address = f"/invitation/{token}/sign-out"
    assert f'action="{address}"' in client.get(f"/invitation/{token}").get_data(as_text=True)
    assert client.post(address).status_code != 303  # without the page's token
    response = send(client, address)
    assert (response.status_code, response.location) == (303, f"/invitation/{token}")
    assert client.post(response.location, data={"name": "Other me"}).status_code == 303
    assert "Other me (you)" in words_of(client.get(f"/organisations/{town.place}"))
    assert town.roles(town.other_place) == {"stranger@example.org": "lead"}


def test_somebody_with_an_account_is_sent_to_sign_in(town: Town) -> None:
    token, browser = town.invite("stranger@example.org"), town.app.test_client()
    page = browser.get(f"/invitation/{token}")
    assert "Sign in as stranger@example.org to accept" in words_of(page)
    assert f'href="/sign-in?next=/invitation/{token}"' in page.get_data(as_text=True)
    assert browser.post(f"/invitation/{token}", data={"name": "X"}).status_code == 409
    assert "Set-Cookie" not in browser.post(f"/invitation/{token}", data={"name": "X"}).headers
    client = town.client("stranger")
    assert send(client, f"/invitation/{token}").status_code == 303
    assert town.roles(town.place)["stranger@example.org"] == "contributor"


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (
            "UPDATE invitation SET expires_at = '2026-01-02T00:00:00.000000Z'",
            410,
            "It ended on 2 January 2026",
        ),
        ("UPDATE invitation SET withdrawn_at = created_at", 410, "was withdrawn"),
        ("UPDATE invitation SET accepted_at = created_at", 410, "was accepted"),
        ("UPDATE invitation SET token_hash = 'x'", 404, "Part of the link is missing or was changed"),
        ("UPDATE organisation SET closed_at = created_at", 410, "was withdrawn"),
    ],
)
def test_a_link_that_no_longer_works_says_why(town: Town, change: str, status: int, said: str) -> None:
    token, browser = town.invite(), town.app.test_client()
    with town.database.write() as c:
        c.run(change)
    for _ in range(2):
        page = browser.get(f"/invitation/{token}")
        assert page.status_code == status
        assert said in words_of(page)
    refused = browser.post(f"/invitation/{token}", data={"name": "X"})
    assert refused.status_code == status
    assert NEW not in town.roles(town.place)


def test_looking_at_an_invitation_changes_nothing(town: Town) -> None:
    token, browser = town.invite(), town.app.test_client()
    before = town.events()
    for method in ("GET", "HEAD", "OPTIONS"):
        browser.open(f"/invitation/{token}", method=method)
    assert town.events() == before
    assert NEW not in town.roles(town.place)
