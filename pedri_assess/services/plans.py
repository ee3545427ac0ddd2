"""The plan of an assessment: proposed from its newest result, picked, changed, owned, dated, agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..domain.actions import OwnAction
from ..domain.errors import NotAllowed, NotFound, Stale, WrongState
from ..domain.gaps import order_of_work
from ..domain.ids import new_id
from ..domain.languages import to_translate
from ..domain.plan import NO_ACTION, OPEN, GapProposals, Proposal, check_status, merged, proposals
from ..domain.policies import LEAD
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.assessments import Kept, Person, assessment, people
from ..store.plans import (
    Agreement,
    Note,
    PlanAction,
    action,
    actions,
    add_action,
    add_note,
    agree,
    agreement,
    change_action,
    notes,
    remove_action,
    removed_actions,
    restore_action,
)
from . import Context
from .agreed_plan import seal_of
from .assessments import event, framework_of
from .results import FrozenResult, result_of

NO_RESULT = to_translate("A plan follows from a result: submit the assessment first")
NOT_YOURS = "A lead, or whoever owns the action, can change it"


@dataclass(frozen=True)
class Plan:
    """A plan with whom it belongs to. `agreed` is the last agreement; `seal` names the plan as it is now."""

    assessment: Kept
    framework: Framework
    actions: Sequence[PlanAction]
    removed: Sequence[PlanAction]
    people: Sequence[Person]
    agreed: Agreement | None
    seal: str
    has_result: bool

    @property
    def agreed_as_it_is(self) -> bool:
        """Whether nothing that was agreed to changed since."""
        return self.agreed is not None and self.agreed.seal == self.seal


def plan_of(context: Context, assessment_id: str) -> Plan:
    """The plan. Raises NotFound."""
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
        found = actions(c, assessment_id)
        return Plan(
            kept,
            framework_of(context, kept),
            found,
            removed_actions(c, assessment_id),
            people(c, assessment_id),
            agreement(c, assessment_id),
            seal_of(found),
            kept.revision > 1 or kept.submitted_at is not None,
        )


def own_actions(context: Context, assessment_id: str) -> tuple[OwnAction, ...]:
    """The open actions of a plan that the framework does not propose, to be tried out."""
    with context.database.read() as c:
        return tuple(
            OwnAction(item.id, item.criteria, item.effort, item.text)
            for item in actions(c, assessment_id)
            if not item.origin and item.status in OPEN
        )


def proposed(context: Context, assessment_id: str) -> tuple[FrozenResult, tuple[GapProposals, ...]]:
    """What could be done about the gaps of the newest result, in the order of work.

    Raises NotFound, and WrongState where nothing was submitted yet.
    """
    try:
        found = result_of(context, assessment_id)
    except NotFound:
        raise WrongState(NO_RESULT) from None
    return found, proposals(found.framework, order_of_work(found.framework, found.answered))


def pick(
    context: Context, by: str, assessment_id: str, keys: Iterable[str], no_action: Mapping[str, str]
) -> int:
    """Puts proposals into the plan, and reasoned decisions to do nothing for a criterion; how many.

    What is in the plan already is left as it is. Raises NotFound for a key that is not proposed, Incomplete
    where a reason is missing, WrongState.
    """
    found, gaps = proposed(context, assessment_id)
    known = {item.key: item for gap in gaps for item in gap.proposals}
    chosen = [_known(known, key) for key in keys]
    new = [_from_proposal(item) for item in chosen] + [
        _nothing(found.framework, criterion, why) for criterion, why in no_action.items()
    ]
    with context.database.write() as c:
        kept = _kept(c, assessment_id)
        there = {item.origin for item in actions(c, assessment_id)}
        fresh = [item for item in new if item.origin not in there]
        for item in fresh:
            _add(c, context, by, kept, item)
    return len(fresh)


def _known(known: Mapping[str, Proposal], key: str) -> Proposal:
    if key not in known:
        raise NotFound("proposal")
    return known[key]


def _from_proposal(item: Proposal) -> PlanAction:
    effort = item.effort.id if item.effort else ""
    return PlanAction("", "", item.criteria, str(item.text), effort=effort, origin=item.key)


def _nothing(framework: Framework, criterion: str, why: str) -> PlanAction:
    check_status(NO_ACTION, why)
    found = framework.criterion(criterion)
    return PlanAction(
        "", "", (found.id,), str(found.statement), origin=f"{found.id}/none", status=NO_ACTION, because=why
    )


def add(context: Context, by: str, assessment_id: str, new: PlanAction) -> str:
    """Adds an action of one's own; its id. Raises NotFound, Incomplete, WrongState."""
    check_status(new.status, new.because)
    with context.database.write() as c:
        kept = _kept(c, assessment_id)
        return _add(c, context, by, kept, _checked(c, context, kept, new))


def _add(c: Connection, context: Context, by: str, kept: Kept, new: PlanAction) -> str:
    at = stamp(context.now())
    made = replace(new, id=new_id(), assessment_id=kept.id, created_at=at, changed_at=at)
    add_action(c, made, by)
    event(c, kept, "action-added", by, at, made.id, after=_document(made))
    return made.id


def one_action(context: Context, assessment_id: str, action_id: str) -> tuple[Plan, PlanAction, list[Note]]:
    """One action with its notes, and the plan that it is in. Raises NotFound."""
    plan = plan_of(context, assessment_id)
    with context.database.read() as c:
        return plan, action(c, assessment_id, action_id), notes(c, action_id)


def change(context: Context, by: Person, assessment_id: str, changed: PlanAction) -> None:
    """Keeps what was changed; `changed.changes` is the number of the change that the page showed.

    Raises NotFound, NotAllowed, Incomplete, WrongState, and Stale with the action of now.
    """
    check_status(changed.status, changed.because)
    with context.database.write() as c:
        kept, before = _kept(c, assessment_id), action(c, assessment_id, changed.id)
        _check_own(by, before)
        after = _checked(c, context, kept, changed)
        if _document(after) != _document(before):
            _change(c, context, by.account_id, kept, before, after)


def report(
    context: Context, by: Person, assessment_id: str, action_id: str, expected: int, status: str, words: str
) -> None:
    """Says how far an action is, with a dated note. Raises as `change` does."""
    check_status(status, words)
    with context.database.write() as c:
        kept, before = _kept(c, assessment_id), action(c, assessment_id, action_id)
        _check_own(by, before)
        because = words if status not in OPEN else ""
        after = replace(before, status=status, because=because, changes=expected)
        if _document(after) != _document(before):
            _change(c, context, by.account_id, kept, before, after)
        add_note(c, action_id, by.account_id, status, words, stamp(context.now()))


def _change(
    c: Connection, context: Context, by: str, kept: Kept, before: PlanAction, after: PlanAction
) -> None:
    at = stamp(context.now())
    change_action(c, replace(after, changed_at=at), after.changes)
    event(c, kept, "action-changed", by, at, before.id, _document(before), _document(after))


def merge(context: Context, by: str, assessment_id: str, action_ids: Sequence[str]) -> str:
    """Makes one action of several: the first, for the criteria of all; its id.

    The others leave the plan, and their notes come along. Raises NotFound, and WrongState for fewer than two.
    """
    with context.database.write() as c:
        kept = _kept(c, assessment_id)
        found = [action(c, assessment_id, each) for each in dict.fromkeys(action_ids)]
        if len(found) < 2:
            raise WrongState(to_translate("Choose two actions or more to make one of them"))
        first, *others = found
        criteria = merged([item.criteria for item in found], framework_of(context, kept))
        _change(c, context, by, kept, first, replace(first, criteria=criteria))
        for item in others:
            at = stamp(context.now())
            remove_action(c, item.id, at, first.id)
            add_note(c, first.id, by, first.status, f"Merged with: {item.text}", at)
            event(c, kept, "action-merged", by, at, item.id, _document(item), {"into": first.id})
    return first.id


def remove(context: Context, by: str, assessment_id: str, action_id: str) -> None:
    """Takes an action out of the plan; it can be put back. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, found, at = _kept(c, assessment_id), action(c, assessment_id, action_id), stamp(context.now())
        remove_action(c, found.id, at)
        event(c, kept, "action-removed", by, at, found.id, _document(found))


def put_back(context: Context, by: str, assessment_id: str, action_id: str) -> None:
    """Puts it back. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, at = _kept(c, assessment_id), stamp(context.now())
        restore_action(c, assessment_id, action_id)
        found = action(c, assessment_id, action_id)
        event(c, kept, "action-put-back", by, at, action_id, after=_document(found))


def agree_to(context: Context, by: str, assessment_id: str, seal: str) -> None:
    """An approver agrees to the plan that the page showed. Raises NotFound, WrongState, Stale."""
    with context.database.write() as c:
        kept, found, at = _kept(c, assessment_id), actions(c, assessment_id), stamp(context.now())
        if not found:
            raise WrongState(to_translate("There is nothing in the plan to agree to"))
        if seal_of(found) != seal:
            raise Stale(found)
        last = agreement(c, assessment_id)
        if last is None or last.seal != seal:
            agree(c, assessment_id, seal, by, at)
            event(c, kept, "plan-agreed", by, at, "", after={"seal": seal})


def _kept(c: Connection, assessment_id: str) -> Kept:
    kept = assessment(c, assessment_id)
    kept.state.check_kept()
    return kept


def _checked(c: Connection, context: Context, kept: Kept, item: PlanAction) -> PlanAction:
    """The action with its criteria in the file's order. Raises NotFound for what is not there."""
    framework = framework_of(context, kept)
    for criterion in item.criteria:
        framework.criterion(criterion)
    if item.owner_id and item.owner_id not in {who.account_id for who in people(c, kept.id)}:
        raise NotFound("owner")
    if item.effort and item.effort not in {effort.id for effort in framework.efforts}:
        raise NotFound("effort")
    return replace(item, criteria=merged([item.criteria], framework))


def _check_own(by: Person, found: PlanAction) -> None:
    if by.role != LEAD and found.owner_id != by.account_id:
        raise NotAllowed(NOT_YOURS)


def _document(item: PlanAction) -> dict[str, object]:
    names = ("text", "first_step", "cost", "effort", "due", "status", "because")
    said: dict[str, object] = {name: getattr(item, name) for name in names}
    return {**said, "criteria": list(item.criteria), "owner": item.owner_id}
