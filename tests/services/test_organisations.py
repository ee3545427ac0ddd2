"""Members, roles and leaving: every change is written down, and there is always a lead."""

from __future__ import annotations

import json
import threading

import pytest

from pedri_assess.domain.errors import Duplicate, NotFound, WrongState
from pedri_assess.services import organisations as use
from pedri_assess.store import Database
from pedri_assess.store.organisations import Member

from .people import AT, World


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def membership(world: World, organisation: str, email: str) -> Member:
    return next(who for who in use.people(world.context, organisation).members if who.email == email)


def test_staff_make_an_organisation_and_invite_its_lead(world: World) -> None:
    staff = world.account("staff@example.org", staff=True)
    made = use.create(world.context, staff.account_id, "Trust", "nhs", "wales", "lead@example.org")
    people = use.people(world.context, made)
    assert (people.organisation.name, people.members) == ("Trust", [])
    assert [(found.email, found.role) for found in people.invitations] == [("lead@example.org", "lead")]
    assert [letter.to for letter in world.letters()] == ["lead@example.org"]
    assert [(event["kind"], event["account_id"]) for event in world.events()] == [
        ("organisation-created", staff.account_id),
        ("invited", staff.account_id),
    ]
    (row,) = use.overview(world.context)
    assert (row.members, row.leads) == (0, 0)


def test_a_name_in_use_is_refused_and_nothing_is_kept(world: World) -> None:
    staff = world.account("staff@example.org", staff=True)
    world.organisation("Trust")
    with pytest.raises(Duplicate):
        use.create(world.context, staff.account_id, "TRUST", "nhs", "wales", "lead@example.org")
    assert len(use.overview(world.context)) == 1
    assert world.letters() == []


def test_staff_invite_a_lead_only_where_there_is_none(world: World) -> None:
    staff, lead = world.account("staff@example.org", staff=True), world.account("lead@example.org")
    empty, led = world.organisation("Empty"), world.organisation("Led", **{lead.account_id: "lead"})
    use.invite_first_lead(world.context, staff.account_id, empty, "new@example.org")
    assert [letter.to for letter in world.letters()] == ["new@example.org"]
    with pytest.raises(WrongState):
        use.invite_first_lead(world.context, staff.account_id, led, "new@example.org")
    with pytest.raises(NotFound):
        use.invite_first_lead(world.context, staff.account_id, "nothing", "new@example.org")


def test_everyone_sees_their_own_organisations(world: World) -> None:
    someone = world.account("a@example.org")
    world.organisation("B trust", **{someone.account_id: "viewer"})
    world.organisation("A trust", **{someone.account_id: "lead"})
    world.organisation("C trust")
    found = use.mine(world.context, someone.account_id)
    assert [(item.organisation.name, item.role) for item in found] == [
        ("A trust", "lead"),
        ("B trust", "viewer"),
    ]


def test_a_change_of_role_is_written_down(world: World) -> None:
    lead, other = world.account("lead@example.org"), world.account("o@example.org")
    place = world.organisation(**{lead.account_id: "lead", other.account_id: "viewer"})
    who = membership(world, place, "o@example.org")
    use.change_role(world.context, lead.account_id, place, who.id, "approver")
    assert world.roles(place) == {"lead@example.org": "lead", "o@example.org": "approver"}
    (event,) = world.events()
    assert (event["kind"], event["account_id"], event["organisation_id"]) == (
        "role-changed",
        lead.account_id,
        place,
    )
    assert json.loads(event["before_json"])["role"] == "viewer"
    assert json.loads(event["after_json"])["role"] == "approver"
    use.change_role(world.context, lead.account_id, place, who.id, "approver")
    assert len(world.events()) == 1


def test_the_last_lead_stays_a_lead(world: World) -> None:
    lead, other = world.account("lead@example.org"), world.account("o@example.org")
    place = world.organisation(**{lead.account_id: "lead", other.account_id: "viewer"})
    who = membership(world, place, "lead@example.org")
    with pytest.raises(WrongState, match="needs a lead"):
        use.leave(world.context, lead.account_id, place)
    with pytest.raises(WrongState, match="needs a lead"):
        use.end(world.context, lead.account_id, place, who.id)
    with pytest.raises(WrongState, match="needs a lead"):
        use.change_role(world.context, lead.account_id, place, who.id, "viewer")
    assert world.roles(place) == {"lead@example.org": "lead", "o@example.org": "viewer"}
    assert world.events() == []


def test_a_lead_who_cannot_sign_in_does_not_count(world: World) -> None:
    lead, gone = world.account("lead@example.org"), world.account("gone@example.org", disabled=True)
    place = world.organisation(**{lead.account_id: "lead", gone.account_id: "lead"})
    with pytest.raises(WrongState):
        use.leave(world.context, lead.account_id, place)
    use.end(world.context, lead.account_id, place, membership(world, place, "gone@example.org").id)
    assert world.roles(place) == {"lead@example.org": "lead"}


@pytest.mark.parametrize("way", ["leave", "end", "change"])
def test_two_leads_at_once_leave_one_behind(world: World, way: str) -> None:
    for attempt in range(8):
        leads = [world.account(f"lead-{attempt}-{number}@example.org") for number in range(2)]
        place = world.organisation(f"Trust {attempt}", **{lead.account_id: "lead" for lead in leads})
        ids = {who.account_id: who.id for who in use.people(world.context, place).members}
        start, refused = threading.Barrier(2), []

        def go(
            me: str, place: str = place, ids: dict[str, str] = ids, start: threading.Barrier = start,
            refused: list[str] = refused,
        ) -> None:  # fmt: skip
            start.wait()
            try:
                if way == "leave":
                    use.leave(world.context, me, place)
                elif way == "end":
                    use.end(world.context, me, place, ids[me])
                else:
                    use.change_role(world.context, me, place, ids[me], "viewer")
            except WrongState:
                refused.append(me)
            world.database.close() if world.database.engine == "sqlite" else None

        threads = [threading.Thread(target=go, args=(lead.account_id,)) for lead in leads]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        assert list(world.roles(place).values()).count("lead") == 1


def test_who_leaves_takes_part_in_nothing_and_owns_nothing(world: World) -> None:
    lead, other = world.account("lead@example.org"), world.account("o@example.org")
    here = world.organisation("Here", **{lead.account_id: "lead", other.account_id: "contributor"})
    there = world.organisation("There", **{other.account_id: "contributor"})
    for place in (here, there):
        an_assessment(world, place, lead.account_id, other.account_id)
    use.leave(world.context, other.account_id, here)
    assert world.roles(here) == {"lead@example.org": "lead"}
    with world.database.read() as c:
        for table in ("participation", "assignment"):
            left = c.rows(f"SELECT assessment_id FROM {table} ORDER BY assessment_id")
            assert [row["assessment_id"] for row in left] == [f"a-{there}"]
    assert [event["kind"] for event in world.events()] == ["membership-ended"]
    with pytest.raises(NotFound):
        use.leave(world.context, other.account_id, here)


def test_somebody_who_left_can_come_back(world: World) -> None:
    lead, other = world.account("lead@example.org"), world.account("o@example.org")
    place = world.organisation(**{lead.account_id: "lead", other.account_id: "viewer"})
    use.leave(world.context, other.account_id, place)
    world.organisation("Another", **{other.account_id: "viewer"})
    assert [item.organisation.name for item in use.mine(world.context, other.account_id)] == ["Another"]


def test_members_of_other_organisations_are_not_found(world: World) -> None:
    lead, other = world.account("lead@example.org"), world.account("o@example.org")
    here = world.organisation("Here", **{lead.account_id: "lead"})
    there = world.organisation("There", **{other.account_id: "lead"})
    who = membership(world, there, "o@example.org")
    with pytest.raises(NotFound):
        use.one_member(world.context, here, who.id)
    with pytest.raises(NotFound):
        use.change_role(world.context, lead.account_id, here, who.id, "viewer")
    with pytest.raises(NotFound):
        use.end(world.context, lead.account_id, here, who.id)
    assert world.roles(there) == {"o@example.org": "lead"}


def an_assessment(world: World, place: str, by: str, contributor: str) -> str:
    """An assessment in which somebody takes part and owns a criterion."""
    made = f"a-{place}"
    with world.database.write() as c:
        c.run(
            "INSERT INTO assessment (id, organisation_id, framework, version, content_hash, scope_kind,"
            " scope_name, scope_about, depth, criteria_json, targets_json, status, revision, changes,"
            " created_at, created_by) VALUES (:id, :place, 'f', '1', 'x', '', '', '', 'all', '[]', '{}',"
            " 'draft', 1, 1, :at, :by)",
            id=made,
            place=place,
            at=AT,
            by=by,
        )
        c.run(
            "INSERT INTO participation (assessment_id, account_id, added_at, added_by)"
            " VALUES (:id, :who, :at, :by)",
            id=made,
            who=contributor,
            at=AT,
            by=by,
        )
        c.run(
            "INSERT INTO assignment (assessment_id, criterion, account_id, assigned_at, assigned_by)"
            " VALUES (:id, 'X-1', :who, :at, :by)",
            id=made,
            who=contributor,
            at=AT,
            by=by,
        )
    return made
