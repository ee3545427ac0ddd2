"""Rounds: planned, open, closed; who is invited, who stands where, extensions and reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Scope
from pedri_assess.domain.errors import Duplicate, NotFound, Stale, WrongState
from pedri_assess.services import Context
from pedri_assess.services import round_invitations as inviting
from pedri_assess.services import round_places as part
from pedri_assess.services import rounds as use
from pedri_assess.services.handing_in import check, submit
from pedri_assess.services.round_reminders import remind, remind_due
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.store import Database

from .people import World

SHELF = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))
PLAN = use.Plan("2027", "Everyone", "2026-11-24", "2026-12-18")
HEAD = "organisation,kind,nation,lead\n"


class Rounds(World):
    """A world with standards, PEDRI staff, and an organisation with a lead."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.staff = self.account("staff@example.org", staff=True).account_id
        self.lead = self.account("lead@example.org", "Asha").account_id
        self.trust = self.organisation("Trust", **{self.lead: "lead"})

    @property
    def context(self) -> Context:
        return replace(super().context, shelf=SHELF, today=self.today)

    def today(self) -> date:
        return self.moment.date()

    def planned(self, plan: use.Plan = PLAN) -> str:
        return use.plan_round(self.context, self.staff, "pedri", "2025.1", plan)

    def invited(self) -> str:
        made = self.planned()
        inviting.invite_all(self.context, self.staff, made, [self.trust])
        return made

    def standing(self, round_id: str) -> use.Standing:
        return use.board(self.context, round_id).standings[0]

    def assessment(self, version: str = "2025.1") -> str:
        scope = Scope("programme", "Registry", "")
        return start(self.context, self.trust, self.lead, "pedri", version, SetUp(scope))

    def submitted(self, assessment: str) -> None:
        seal = check(self.context, assessment).seal
        submit(self.context, assessment, self.lead, 1, seal, leave=True)

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events()]


@pytest.fixture
def world(database: Database) -> Rounds:
    return Rounds(database)


def test_a_round_opens_and_closes_by_its_days(world: Rounds) -> None:
    made = world.planned(replace(PLAN, opens_on="2026-12-01"))
    states = []
    for _ in range(4):
        states.append(use.board(world.context, made).state)
        world.forward(days=9)
    assert states == ["planned", "open", "open", "closed"]


def test_two_rounds_have_two_names_and_standards_that_are_here(world: Rounds) -> None:
    world.planned()
    with pytest.raises(Duplicate):
        world.planned()
    with pytest.raises(NotFound):
        use.plan_round(world.context, world.staff, "pedri", "1999.1", replace(PLAN, name="Other"))
    assert world.kinds() == ["round-planned"]


def test_what_somebody_else_changed_is_not_changed_unseen(world: Rounds) -> None:
    made = world.planned()
    later = replace(PLAN, closes_on="2027-01-31")
    use.change_plan(world.context, world.staff, made, 1, later)
    with pytest.raises(Stale):
        use.change_plan(world.context, world.staff, made, 1, replace(PLAN, name="Another"))
    with pytest.raises(Stale):
        use.close(world.context, world.staff, made, 1)
    with pytest.raises(WrongState):
        use.change_plan(world.context, world.staff, made, 2, replace(later, opens_on="2026-12-01"))
    assert use.board(world.context, made).round.closes_on == "2027-01-31"


def test_a_closed_round_can_be_opened_again(world: Rounds) -> None:
    made = world.invited()
    use.close(world.context, world.staff, made, 1)
    assert use.board(world.context, made).state == "closed"
    with pytest.raises(WrongState):
        part.decline(world.context, world.lead, world.trust, made, "")
    use.open_again(world.context, world.staff, made, 2)
    assert use.board(world.context, made).state == "open"
    assert world.kinds()[-2:] == ["round-closed", "round-reopened"]


def test_invited_organisations_hear_of_it_once(world: Rounds) -> None:
    made = world.invited()
    (letter,) = world.letters()
    assert letter.to == "lead@example.org"
    assert f"/organisations/{world.trust}/rounds/{made}" in letter.body
    assert inviting.invite_all(world.context, world.staff, made, [world.trust]) == 0
    assert len(world.letters()) == 1
    assert inviting.not_invited(world.context, made) == []


def test_the_board_follows_the_assessment_that_was_chosen(world: Rounds) -> None:
    made = world.invited()
    assert world.standing(made).how == "invited"
    chosen = world.assessment()
    part.choose(world.context, world.lead, world.trust, made, chosen)
    assert world.standing(made).how == "started"
    world.submitted(chosen)
    board = use.board(world.context, made)
    assert (board.counts, board.waiting) == ({"submitted": 1}, 0)


def test_only_ones_own_assessments_against_the_same_version_can_be_chosen(world: Rounds) -> None:
    made, other = world.invited(), world.organisation("Other", **{world.lead: "lead"})
    older = world.assessment("2023.1")
    set_up = SetUp(Scope("project", "X", ""), "core")
    theirs = start(world.context, other, world.lead, "pedri", "2025.1", set_up)
    for wrong in (older, theirs, "nothing"):
        with pytest.raises(NotFound):
            part.choose(world.context, world.lead, world.trust, made, wrong)
    with pytest.raises(NotFound):
        part.view(world.context, other, made)


def test_who_declines_can_change_their_mind(world: Rounds) -> None:
    made = world.invited()
    part.decline(world.context, world.lead, world.trust, made, "Moving house")
    standing = world.standing(made)
    assert (standing.how, standing.place.declined_because) == ("declined", "Moving house")
    part.take_part(world.context, world.lead, world.trust, made)
    assert world.standing(made).how == "invited"


def test_an_extension_keeps_the_round_open_for_one(world: Rounds) -> None:
    made = world.invited()
    place = world.standing(made).place.id
    with pytest.raises(WrongState):
        use.extend(world.context, world.staff, made, place, PLAN.closes_on, "Too early")
    use.extend(world.context, world.staff, made, place, "2027-01-15", "Illness")
    world.forward(days=40)
    view = part.view(world.context, world.trust, made)
    assert (view.state, view.taken, view.standing.day) == ("closed", True, "2027-01-15")
    use.extend(world.context, world.staff, made, place, "", "")
    assert not part.view(world.context, world.trust, made).taken


def test_an_invitation_is_taken_back_unless_something_was_handed_in(world: Rounds) -> None:
    made = world.invited()
    use.withdraw(world.context, world.staff, made, world.standing(made).place.id)
    with pytest.raises(NotFound):
        part.view(world.context, world.trust, made)
    inviting.invite_all(world.context, world.staff, made, [world.trust])
    part.choose(world.context, world.lead, world.trust, made, world.assessment())
    with pytest.raises(WrongState):
        use.withdraw(world.context, world.staff, made, world.standing(made).place.id)


def test_reminders_go_to_those_who_are_waited_for_once_a_day(world: Rounds) -> None:
    made = world.invited()
    before = {letter.id for letter in world.letters()}
    assert remind(world.context, world.staff, made) == 1
    assert remind(world.context, world.staff, made) == 0
    new = [letter.subject for letter in world.letters() if letter.id not in before]
    assert new == ["Reminder: round “2027”"]
    chosen = world.assessment()
    part.choose(world.context, world.lead, world.trust, made, chosen)
    world.submitted(chosen)
    world.forward(days=1)
    assert remind(world.context, world.staff, made) == 0


def test_reminders_come_by_themselves_in_the_last_week(world: Rounds) -> None:
    world.invited()
    written = []
    for _ in range(30):
        written.append(remind_due(world.context))
        world.forward(days=1)
    assert sum(written) == 1
    assert written.index(1) == 17  # a week before the last day


def test_a_list_invites_adds_and_skips_wholly(world: Rounds) -> None:
    made = world.invited()
    text = f"{HEAD}trust,,,\nNew Place,charity,wales,new@example.org\n"
    preview = inviting.preview_list(world.context, made, text)
    assert [entry.what for entry in preview.entries] == ["invited already", "new organisation"]
    assert inviting.take_list(world.context, world.staff, made, text) == 1
    assert {each.place.organisation_name for each in use.board(world.context, made).standings} == {
        "Trust", "New Place",
    }  # fmt: skip
    assert "new@example.org" in {letter.to for letter in world.letters()}
    assert inviting.take_list(world.context, world.staff, made, text) == 0


def test_a_list_with_one_fault_does_nothing(world: Rounds) -> None:
    made = world.planned()
    text = f"{HEAD}Trust,,,\nNew Place,charity,,new@example.org\n"
    with pytest.raises(inviting.FaultyList) as told:
        inviting.take_list(world.context, world.staff, made, text)
    assert [(fault.number, fault.column) for fault in told.value.preview.faults] == [(3, "nation")]
    assert use.board(world.context, made).standings == []
    assert world.kinds() == ["round-planned"]
