"""Starting an assessment, its task list, its set-up and its people, in the pages."""

from __future__ import annotations

from datetime import timedelta

from werkzeug.test import TestResponse

from pedri_assess.domain.times import stamp

from .pages import hidden, words_of
from .people import NEW, Town, send

SET_UP = {
    "scope_kind": "programme",
    "scope_name": "Cancer registry",
    "depth": "core",
    "standards": "pedri/2025.1",
}


def targets(town: Town, level: int = 2) -> dict[str, str]:
    shelf = town.app.extensions["pedri-assess"].context.shelf
    return {f"target-{standard.id}": str(level) for standard in shelf.get("pedri", "2025.1").standards}


def begin(town: Town, who: str = "lead", **more: str) -> TestResponse:
    address = f"/organisations/{town.place}/assessments/new"
    return send(town.client(who), address, **(SET_UP | targets(town) | more))


def test_a_lead_starts_an_assessment_and_lands_on_its_task_list(town: Town) -> None:
    response = begin(town, finish_by="2027-03-31")
    assert response.status_code == 303
    page = words_of(town.client("lead").get(response.location))
    assert "0 of 7 done" in page
    assert "until 31 March 2027" in page
    assert "Cancer registry" in words_of(town.client("lead").get(f"/organisations/{town.place}"))


def test_the_newest_standards_are_offered_and_older_ones_can_be_chosen(town: Town) -> None:
    address = f"/organisations/{town.place}/assessments/new"
    assert "version 2025.1 (opens" in words_of(town.client("lead").get(address))
    older = town.client("lead").get(f"{address}?standards=pedri/2023.1")
    assert "version 2023.1 (opens" in words_of(older)
    for wrong in ("pedri/1999", "pedri", "nothing/1"):
        assert town.client("lead").get(f"{address}?standards={wrong}").status_code == 404


def test_what_is_missing_is_said_at_the_fields_and_nothing_typed_is_lost(town: Town) -> None:
    response = begin(town, scope_name="", scope_kind="planet", finish_by="soon", depth="", about="All of it")
    page = words_of(response)
    assert response.status_code == 422
    for words in ("Give it a name", "Choose what you are assessing", "Give the day as", "Choose how much"):
        assert words in page
    assert b'value="soon"' in response.data
    assert b'value="All of it"' in response.data


def test_only_leads_start_one(town: Town) -> None:
    for who, status in (("contributor", 403), ("approver", 403), ("viewer", 403), ("stranger", 404)):
        assert begin(town, who).status_code == status


def test_some_standards_can_be_assessed(town: Town) -> None:
    response = begin(town, depth="some", standards_="x")
    assert "Choose at least one standard" in words_of(response)


def test_the_set_up_changes_and_an_old_page_overwrites_nothing_unseen(town: Town) -> None:
    here = f"/assessments/{town.assessment()}/set-up"
    client = town.client("lead")
    changes = hidden(client.get(here), "changes")
    fields = SET_UP | targets(town, 3)
    assert send(client, here, **fields | {"changes": changes, "depth": "all"}).status_code == 303
    old = send(client, here, **fields | {"changes": changes, "scope_name": "Another name"})
    assert old.status_code == 409
    assert "Somebody changed the set-up" in words_of(old)
    assert "42 criteria" in words_of(old)
    assert b'value="Another name"' in old.data
    again = hidden(old, "changes")
    assert send(client, here, **fields | {"changes": again, "scope_name": "Another name"}).status_code == 303
    assert b'value="Another name"' in client.get(here).data


def test_a_lead_lets_people_take_part_and_ends_it(town: Town) -> None:
    made = town.assessment()
    who, lead = town.people["contributor"].account_id, town.client("lead")
    there = f"/assessments/{made}/people/{who}"
    assert town.client("contributor").get(f"/assessments/{made}").status_code == 200
    assert send(lead, f"{there}/remove").status_code == 303
    assert town.client("contributor").get(f"/assessments/{made}").status_code == 404
    assert "Cancer registry" not in words_of(town.client("contributor").get(f"/organisations/{town.place}"))
    assert send(lead, f"{there}/add").status_code == 303
    assert town.client("contributor").get(f"/assessments/{made}").status_code == 200
    viewer = town.people["viewer"].account_id
    assert send(lead, f"/assessments/{made}/people/{viewer}/add").status_code == 404


def test_somebody_invited_here_takes_part_at_once(town: Town) -> None:
    made = town.assessment()
    invite = f"/assessments/{made}/people/invite"
    assert send(town.client("lead"), invite, email="", role="contributor").status_code == 422
    known = send(town.client("lead"), invite, email="lead@example.org", role="lead")
    assert "is a member already" in words_of(known)
    assert send(town.client("lead"), invite, email=NEW, role="contributor").status_code == 303
    browser = town.app.test_client()
    browser.post(f"/invitation/{town.token(NEW)}", data={"name": "New Person"})
    assert "0 of 7 done" in words_of(browser.get(f"/assessments/{made}"))


def an_hour_ago(town: Town, who: str) -> None:
    """Makes somebody's last look one of an hour ago."""
    with town.database.write() as c:
        c.run(
            "UPDATE visit SET last_at = :at WHERE account_id = :who",
            at=stamp(town.now() - timedelta(hours=1)),
            who=town.people[who].account_id,
        )


def test_the_task_list_says_who_answers_what_and_what_is_new(town: Town) -> None:
    made, lead = town.assessment("all"), town.client("lead")
    other = town.client("contributor")
    lead.get(f"/assessments/{made}")
    an_hour_ago(town, "lead")
    first = f"/assessments/{made}/criteria/EDI-1"
    page = other.get(first)
    me = town.people["contributor"].account_id
    sent = {name: hidden(page, name) for name in ("changes", "base")} | {
        "evidence": "Our checklist",
        "choice": "1",
    }
    assert send(other, f"{first}/owner", owner=me, **sent).status_code == 303
    words = words_of(lead.get(f"/assessments/{made}"))
    assert "Contributor Person answers this." in words
    assert "Changed since your last visit by Contributor Person" in words
    assert "Here just now: Contributor Person" in words
    assert "1 of 42 done" in words
    assert "Yours to answer" in words_of(other.get(f"/assessments/{made}"))
