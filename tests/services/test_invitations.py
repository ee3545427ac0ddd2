"""Invitations: bound to one address, organisation and role; every other use is refused."""

from __future__ import annotations

import json
import threading

import pytest

from pedri_assess.domain.errors import Duplicate, NotFound, WrongState
from pedri_assess.domain.policies import Actor
from pedri_assess.services import invitations as use
from pedri_assess.services import organisations
from pedri_assess.services.invitations import Accepted, CannotAccept, Standing
from pedri_assess.store import Database
from pedri_assess.store.invitations import Invitation, pending_invitations

from .people import World
from .test_organisations import an_assessment

NEW = "new@example.org"


class Place(World):
    """An organisation with a lead."""

    lead: Actor
    place: str

    def invite(self, email: str = NEW, role: str = "contributor", assessment: str | None = None) -> str:
        """An invitation; its token."""
        use.invite(self.context, self.lead.account_id, self.place, email, role, assessment)
        return self.token(email)

    def accept(self, token: str, actor: Actor | None = None) -> Accepted:
        return use.accept(self.context, token, actor, "New person", "Firefox")

    def standing(self, token: str, actor: Actor | None = None) -> Standing:
        return use.look(self.context, token, actor).standing

    def pending(self) -> list[Invitation]:
        with self.database.read() as c:
            return pending_invitations(c, self.place)

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events()]


@pytest.fixture
def world(database: Database) -> Place:
    place = Place(database)
    place.lead = place.account("lead@example.org", "Lead Person")
    place.place = place.organisation("Trust", **{place.lead.account_id: "lead"})
    return place


def refused(world: Place, token: str, actor: Actor | None = None) -> Standing:
    before = (world.roles(world.place), world.events())
    with pytest.raises(CannotAccept) as told:
        world.accept(token, actor)
    assert (world.roles(world.place), world.events()) == before
    return told.value.look.standing


def test_the_letter_says_who_what_where_and_how_long(world: Place) -> None:
    world.invite()
    (letter,) = world.letters()
    assert letter.to == NEW
    assert letter.subject == "Join Trust in PEDRI Assess"
    for words in (
        "Lead Person invites you to join Trust",
        "Contributor:",
        "https://assess.example.org/invitation/",
    ):
        assert words in letter.body
    assert "for 7 days" in letter.body


def test_of_a_link_only_a_hash_is_kept(world: Place) -> None:
    token = world.invite()
    with world.database.read() as c:
        (row,) = c.rows("SELECT * FROM invitation ORDER BY id")
    assert len(token) >= 43
    assert token not in str(row)
    assert token not in str(world.events())


def test_accepting_makes_an_account_and_a_member_and_signs_in(world: Place) -> None:
    token = world.invite(role="approver")
    assert world.standing(token) is Standing.NEW
    accepted = world.accept(token)
    assert accepted.organisation_id == world.place
    assert accepted.session
    assert world.roles(world.place) == {"lead@example.org": "lead", NEW: "approver"}
    assert world.pending() == []
    assert [kind for kind in world.kinds() if not kind.startswith("sign")] == [
        "invited",
        "account-created",
        "invitation-accepted",
        "joined",
    ]
    assert accepted.session not in str(world.events())
    with world.database.read() as c:
        (row,) = c.rows("SELECT name, staff_at FROM account WHERE email = :email", email=NEW)
    assert row == {"name": "New person", "staff_at": None}


def test_looking_changes_nothing(world: Place) -> None:
    token = world.invite()
    before = world.events()
    for _ in range(3):
        assert world.standing(token) is Standing.NEW
    assert world.events() == before
    assert NEW not in world.roles(world.place)


def test_somebody_with_an_account_signs_in_first_and_gets_no_session_from_the_link(world: Place) -> None:
    known = world.account("New@Example.org", "Known")
    token = world.invite()
    assert refused(world, token) is Standing.SIGN_IN
    accepted = world.accept(token, known)
    assert accepted.session is None
    assert world.roles(world.place)["New@Example.org"] == "contributor"
    with world.database.read() as c:
        assert len(c.rows("SELECT id FROM account ORDER BY id")) == 2  # nobody was doubled


def test_somebody_else_cannot_use_it(world: Place) -> None:  # R27: by someone else
    other = world.account("other@example.org")
    token = world.invite()
    assert refused(world, token, other) is Standing.SOMEBODY_ELSE
    assert refused(world, token, world.lead) is Standing.SOMEBODY_ELSE
    world.account(NEW)
    assert refused(world, token, other) is Standing.SOMEBODY_ELSE


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda t: "", lambda t: "\udc80'"]
)
def test_an_altered_link_leads_nowhere(world: Place, change: object) -> None:  # R27: altered
    token = change(world.invite())  # type: ignore[operator]
    with pytest.raises(NotFound):
        world.standing(token)
    with pytest.raises(NotFound):
        world.accept(token)
    assert NEW not in world.roles(world.place)


def test_it_ends_after_a_week(world: Place) -> None:  # R27: expired
    token = world.invite()
    world.forward(days=7, seconds=-1)
    assert world.standing(token) is Standing.NEW
    world.forward(seconds=1)
    assert refused(world, token) is Standing.EXPIRED


def test_it_can_be_withdrawn(world: Place) -> None:  # R27: revoked
    token = world.invite()
    (pending,) = world.pending()
    use.withdraw(world.context, world.lead.account_id, world.place, pending.id)
    assert refused(world, token) is Standing.WITHDRAWN
    assert world.pending() == []
    with pytest.raises(WrongState):
        use.withdraw(world.context, world.lead.account_id, world.place, pending.id)
    with pytest.raises(WrongState):
        use.resend(world.context, world.lead.account_id, world.place, pending.id)


def test_it_works_once(world: Place) -> None:  # R27: twice
    token = world.invite()
    world.accept(token)
    assert refused(world, token) is Standing.USED
    mine = Actor("x", NEW, "")
    assert refused(world, token, mine) is Standing.USED


def test_accepted_twice_at_once_it_makes_one_member(world: Place) -> None:
    for attempt in range(5):
        token = world.invite(f"p{attempt}@example.org")
        start, outcomes = threading.Barrier(2), []

        def go(token: str = token, start: threading.Barrier = start, outcomes: list[str] = outcomes) -> None:
            start.wait()
            try:
                world.accept(token)
                outcomes.append("joined")
            except CannotAccept as error:
                outcomes.append(error.look.standing.value)
            world.database.close() if world.database.engine == "sqlite" else None

        threads = [threading.Thread(target=go) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["joined", "used"]


def test_an_invitation_does_not_raise_the_role_of_a_member(world: Place) -> None:  # R27: role raised
    token = world.invite(role="lead")
    known = world.account(NEW)
    with world.database.write() as c:
        c.run(
            "INSERT INTO membership (id, organisation_id, account_id, role, created_at)"
            " VALUES ('m', :place, :who, 'viewer', 'x')",
            place=world.place,
            who=known.account_id,
        )
    world.accept(token, known)
    assert world.roles(world.place)[NEW] == "viewer"
    assert world.pending() == []


def test_a_role_that_is_none_cannot_be_invited(world: Place) -> None:
    with pytest.raises(ValueError, match="owner"):
        use.invite(world.context, world.lead.account_id, world.place, NEW, "owner")
    assert world.letters() == []


def test_sending_again_ends_the_old_link_and_begins_another_week(world: Place) -> None:
    old = world.invite()
    world.forward(days=8)
    (pending,) = world.pending()
    use.resend(world.context, world.lead.account_id, world.place, pending.id)
    new = world.token(NEW)
    assert new != old
    with pytest.raises(NotFound):
        world.standing(old)
    assert world.standing(new) is Standing.NEW
    event = world.events()[-1]
    assert event["kind"] == "invitation-resent"
    assert json.loads(event["before_json"])["expires_at"] < json.loads(event["after_json"])["expires_at"]
    world.forward(days=6)
    world.accept(new)


def test_inviting_again_withdraws_the_earlier_invitation(world: Place) -> None:
    old = world.invite(role="viewer")
    world.forward(seconds=1)
    new = world.invite("NEW@example.org", role="lead")
    assert refused(world, old) is Standing.WITHDRAWN
    assert world.standing(new) is Standing.NEW
    assert [found.role for found in world.pending()] == ["lead"]


def test_a_member_is_not_invited(world: Place) -> None:
    with pytest.raises(Duplicate):
        world.invite("LEAD@example.org")
    assert world.letters() == []


def test_inviting_says_nothing_about_accounts_elsewhere(world: Place) -> None:
    world.account("known@example.org")
    world.invite("known@example.org")
    world.invite("unknown@example.org")
    known, unknown = (letter.body.split("/invitation/")[0] for letter in world.letters())
    assert known == unknown


def test_other_organisations_invitations_are_not_found(world: Place) -> None:
    world.invite()
    (pending,) = world.pending()
    other = world.organisation("Other")
    for action in (use.resend, use.withdraw):
        with pytest.raises(NotFound):
            action(world.context, world.lead.account_id, other, pending.id)
    assert len(world.pending()) == 1


def test_an_invitation_may_name_an_assessment(world: Place) -> None:
    made = an_assessment(world, world.place, world.lead.account_id, world.lead.account_id)
    accepted = world.accept(world.invite(assessment=made))
    assert accepted.assessment_id == made
    with world.database.read() as c:
        rows = c.rows(
            "SELECT p.added_by FROM participation p JOIN account a ON a.id = p.account_id"
            " WHERE a.email = :email",
            email=NEW,
        )
    assert [row["added_by"] for row in rows] == [world.lead.account_id]


def test_another_organisations_assessment_cannot_be_named(world: Place) -> None:
    other = world.organisation("Other")
    made = an_assessment(world, other, world.lead.account_id, world.lead.account_id)
    with pytest.raises(NotFound):
        world.invite(assessment=made)
    assert world.letters() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE organisation SET closed_at = 'x'",
        "UPDATE account SET disabled_at = 'x' WHERE email = 'lead@example.org'",
        "INSERT INTO account (id, email, name, disabled_at, created_at)"  # noqa: ISC004
        " VALUES ('n', 'new@example.org', '', 'x', 'x')",
    ],
)
def test_it_dies_with_the_organisation_and_with_the_accounts(world: Place, change: str) -> None:  # R25
    token = world.invite()
    with world.database.write() as c:
        c.run(change)
    assert refused(world, token) is Standing.WITHDRAWN


def test_the_first_lead_of_an_organisation_joins_by_invitation(world: Place) -> None:
    staff = world.account("staff@example.org", staff=True)
    made = organisations.create(world.context, staff.account_id, "New trust", "nhs", "wales", NEW)
    world.accept(world.token(NEW))
    assert world.roles(made) == {NEW: "lead"}
