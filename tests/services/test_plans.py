"""The plan of an assessment: picked from its result, changed without losing anything, agreed as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.edition import Edition, edition_document, edition_from
from pedri_assess.domain.errors import Incomplete, NotAllowed, NotFound, Stale, WrongState
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services import plans as use
from pedri_assess.services.answers import save_answer
from pedri_assess.services.editions import edition_of
from pedri_assess.services.handing_in import archive, check, submit
from pedri_assess.services.results import result_of
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.store import Database
from pedri_assess.store.assessments import Person
from pedri_assess.store.plans import PlanAction, actions_of

from .people import World

SHELF = Shelf.load([data_dir("standards")], load_schemas(data_dir("standards")))


class Planning(World):
    """An organisation with a lead, a contributor and an approver, and an assessment with two gaps."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        roles = ("lead", "contributor", "approver")
        who = {role: self.account(f"{role}@example.org", role.capitalize()).account_id for role in roles}
        self.place = self.organisation("Trust", **{account: role for role, account in who.items()})
        self.lead, self.contributor, self.approver = (
            Person(who[role], role.capitalize(), role) for role in roles
        )
        core = [item.id for item in SHELF.current("pedri").core_criteria]
        self.high, self.low = core[:2]
        set_up = SetUp(Scope("programme", "Registry", ""), "core")
        self.made = start(self.context, self.place, self.lead.account_id, "pedri", "2025.1", set_up)
        for criterion in (self.high, self.low):
            save_answer(
                self.context,
                self.made,
                criterion,
                self.lead.account_id,
                Said(Answer(level=0, evidence="x")),
                0,
            )

    @property
    def context(self) -> Context:
        return replace(super().context, shelf=SHELF, today=self.today)

    def today(self) -> date:
        return self.moment.date()

    def submitted(self) -> None:
        seal = check(self.context, self.made).seal
        submit(self.context, self.made, self.lead.account_id, 1, seal, leave=True)

    def plan(self) -> list[PlanAction]:
        return list(use.plan_of(self.context, self.made).actions)

    def pick(self, *places: int, **no_action: str) -> list[PlanAction]:
        gaps = use.proposed(self.context, self.made)[1]
        keys = [item.key for gap in gaps for item in gap.proposals]
        use.pick(self.context, self.lead.account_id, self.made, [keys[place] for place in places], no_action)
        return self.plan()

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events()]


@pytest.fixture
def world(database: Database) -> Planning:
    made = Planning(database)
    made.submitted()
    return made


def test_a_plan_needs_a_result(database: Database) -> None:
    world = Planning(database)
    assert not use.plan_of(world.context, world.made).has_result
    with pytest.raises(WrongState, match="submit the assessment first"):
        use.proposed(world.context, world.made)


def test_what_is_picked_is_in_the_plan_once(world: Planning) -> None:
    (action,) = world.pick(0)
    assert (action.status, action.owner_id, action.due, action.changes) == ("planned", None, None, 1)
    assert action.text in {str(each.text) for each in SHELF.current("pedri").criterion(world.high).actions}
    assert len(world.pick(0, 1)) == 2
    assert world.kinds()[-2:] == ["action-added", "action-added"]


def test_nothing_is_done_only_with_a_reason(world: Planning) -> None:
    with pytest.raises(Incomplete):
        world.pick(0, **{world.low: " "})
    assert world.plan() == []
    (action,) = world.pick(**{world.low: "Not this year"})
    assert (action.status, action.because, action.criteria) == ("no-action", "Not this year", (world.low,))


def test_what_was_not_proposed_cannot_be_picked(world: Planning) -> None:
    with pytest.raises(NotFound):
        use.pick(world.context, world.lead.account_id, world.made, ["EDI-1/99"], {})
    with pytest.raises(NotFound):
        world.pick(**{"NO-1": "x"})


def test_an_action_of_ones_own(world: Planning) -> None:
    new = PlanAction("", "", (world.low, world.high), "Meet monthly", owner_id=world.contributor.account_id)
    use.add(world.context, world.lead.account_id, world.made, new)
    (action,) = world.plan()
    assert (action.owner, action.criteria) == ("Contributor", (world.high, world.low))
    stranger = world.account("stranger@example.org").account_id
    for wrong in (
        replace(new, owner_id=stranger),
        replace(new, criteria=("NO-1",)),
        replace(new, effort="x"),
    ):
        with pytest.raises(NotFound):
            use.add(world.context, world.lead.account_id, world.made, wrong)


def test_what_somebody_else_changed_is_not_changed_unseen(world: Planning) -> None:
    (before,) = world.pick(0)
    use.change(world.context, world.lead, world.made, replace(before, text="Theirs"))
    with pytest.raises(Stale) as told:
        use.change(world.context, world.lead, world.made, replace(before, text="Mine"))
    assert isinstance(told.value.current, PlanAction)
    assert told.value.current.text == "Theirs"
    with pytest.raises(Stale):
        use.report(world.context, world.lead, world.made, before.id, before.changes, "under-way", "")
    assert world.plan()[0].text == "Theirs"


def test_contributors_change_their_own_actions_only(world: Planning) -> None:
    mine, other = world.pick(0, 1)
    use.change(world.context, world.lead, world.made, replace(mine, owner_id=world.contributor.account_id))
    use.report(world.context, world.contributor, world.made, mine.id, 2, "under-way", "Began")
    with pytest.raises(NotAllowed):
        use.report(world.context, world.contributor, world.made, other.id, 1, "under-way", "")
    with pytest.raises(NotAllowed):
        use.change(world.context, world.contributor, world.made, replace(other, text="x"))


def test_each_step_has_a_dated_note_and_an_end_says_what_changed(world: Planning) -> None:
    (action,) = world.pick(0)
    use.report(world.context, world.lead, world.made, action.id, 1, "under-way", "Began")
    world.forward(days=3)
    with pytest.raises(Incomplete):
        use.report(world.context, world.lead, world.made, action.id, 2, "done", "")
    use.report(world.context, world.lead, world.made, action.id, 2, "done", "Everybody is asked")
    _plan, found, notes = use.one_action(world.context, world.made, action.id)
    assert (found.status, found.because) == ("done", "Everybody is asked")
    assert [(note.status, note.body, note.called) for note in notes] == [
        ("done", "Everybody is asked", "Lead"), ("under-way", "Began", "Lead"),
    ]  # fmt: skip
    assert notes[0].at > notes[1].at


def test_two_actions_become_one_for_the_criteria_of_both(world: Planning) -> None:
    first, second = world.pick(0, 3)
    assert first.criteria != second.criteria
    use.merge(world.context, world.lead.account_id, world.made, [first.id, second.id])
    (only,) = world.plan()
    assert set(only.criteria) == {*first.criteria, *second.criteria}
    notes = use.one_action(world.context, world.made, first.id)[2]
    assert notes[0].body == f"Merged with: {second.text}"
    with pytest.raises(WrongState):
        use.merge(world.context, world.lead.account_id, world.made, [first.id, first.id])
    with pytest.raises(NotFound):
        use.merge(world.context, world.lead.account_id, world.made, [first.id, second.id])


def test_what_is_taken_out_can_be_put_back_as_it_was(world: Planning) -> None:
    (action,) = world.pick(0)
    use.remove(world.context, world.lead.account_id, world.made, action.id)
    plan = use.plan_of(world.context, world.made)
    assert ([], [action.id]) == (plan.actions, [item.id for item in plan.removed])
    with pytest.raises(NotFound):
        use.change(world.context, world.lead, world.made, replace(action, text="x"))
    use.put_back(world.context, world.lead.account_id, world.made, action.id)
    assert world.plan() == [action]


def test_an_approver_agrees_to_the_plan_as_it_was_shown(world: Planning) -> None:
    (action,) = world.pick(0)
    seal = use.plan_of(world.context, world.made).seal
    use.agree_to(world.context, world.approver.account_id, world.made, seal)
    plan = use.plan_of(world.context, world.made)
    assert plan.agreed_as_it_is
    assert plan.agreed is not None
    assert plan.agreed.called == "Approver"
    use.report(world.context, world.lead, world.made, action.id, 1, "under-way", "")
    assert use.plan_of(world.context, world.made).agreed_as_it_is  # how far it is was not agreed
    use.change(world.context, world.lead, world.made, replace(world.plan()[0], due="2027-03-31"))
    assert not use.plan_of(world.context, world.made).agreed_as_it_is
    with pytest.raises(Stale):
        use.agree_to(world.context, world.approver.account_id, world.made, seal)


def test_the_plan_of_an_archived_assessment_stays_as_it_is(world: Planning) -> None:
    (action,) = world.pick(0)
    archive(world.context, world.made, world.lead.account_id)
    with pytest.raises(WrongState):
        use.change(world.context, world.lead, world.made, replace(action, text="x"))
    assert world.plan() == [action]


def test_somebody_sees_their_open_actions_the_first_due_in_front(world: Planning) -> None:
    first, second, _third = world.pick(0, 1, 2)
    for item, due in ((first, "2027-05-01"), (second, "2027-03-01")):
        mine = replace(item, owner_id=world.contributor.account_id, due=due)
        use.change(world.context, world.lead, world.made, mine)
    with world.database.read() as c:
        found = actions_of(c, world.contributor.account_id)
    assert [(item.due, scope, place) for item, scope, place in found] == [
        ("2027-03-01", "Registry", "Trust"), ("2027-05-01", "Registry", "Trust"),
    ]  # fmt: skip
    use.report(world.context, world.lead, world.made, second.id, 2, "dropped", "No money")
    with world.database.read() as c:
        assert [item.id for item, *_ in actions_of(c, world.contributor.account_id)] == [first.id]


def test_the_plan_is_in_the_report_of_the_newest_result(world: Planning) -> None:
    (action,) = world.pick(0)
    mine = replace(action, owner_id=world.contributor.account_id, due="2027-03-31", first_step="Ring")
    use.change(world.context, world.lead, world.made, mine)
    (line,) = edition_of(world.context, result_of(world.context, world.made)).plan
    assert (line.text, line.owner, line.due, line.first_step) == (
        action.text, "Contributor", "2027-03-31", "Ring",
    )  # fmt: skip
    assert edition_from(edition_document(Edition(plan=(line,)))).plan == (line,)
