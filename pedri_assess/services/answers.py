"""Answering one criterion: what its page shows, saving without losing anybody's words, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.alone import AS_USUAL, check_as_usual
from ..domain.carrying import ANSWER
from ..domain.errors import Incomplete, NotFound, Stale
from ..domain.opinions import NOTHING, Opinion
from ..domain.policies import CONTRIBUTOR, LEAD
from ..domain.said import SETTLED, Said, said_document, status
from ..domain.standards import Criterion, Framework, Standard
from ..domain.times import stamp
from ..store import Connection
from ..store.answers import Comment, Saved, owner, page, save, set_owner
from ..store.answers import answer as stored
from ..store.assessments import Kept, Person, assessment, people
from ..store.carried import Carried, settle, to_do_of
from ..store.rating import standing
from . import Context
from .assessments import check_in_scope, event, framework_of, here, in_scope


@dataclass(frozen=True)
class Question:
    """All that the page of one criterion shows. `saved.changes` is the number that its form carries."""

    assessment: Kept
    framework: Framework
    standard: Standard
    criterion: Criterion
    saved: Saved
    owner: Person | None
    comments: tuple[Comment, ...]
    people: tuple[Person, ...]
    here: tuple[Person, ...]
    number: int
    of: int
    before: Criterion | None
    after: Criterion | None
    carried: Carried | None = None
    opinion: Opinion = NOTHING
    alone: str = AS_USUAL

    @property
    def left(self) -> str:
        """What is left to do about what came along from before; empty where nothing is."""
        return self.carried.left if self.carried else ""

    @property
    def may_own(self) -> tuple[Person, ...]:
        """Who can be made the owner."""
        return tuple(person for person in self.people if answers_here(person))


def answers_here(person: Person) -> bool:
    """Whether somebody answers in this assessment: a lead, or a contributor who takes part."""
    return person.role == LEAD or (person.role == CONTRIBUTOR and person.takes_part)


def question(context: Context, assessment_id: str, criterion: str, account_id: str) -> Question:
    """What the page of a criterion shows, in four statements. Raises NotFound."""
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
        found, everyone = page(c, assessment_id, criterion, account_id), people(c, assessment_id)
        alone = standing(c, assessment_id, criterion)
    framework = framework_of(context, kept)
    asked = check_in_scope(kept, framework, criterion)
    all_ = [item for _, criteria in in_scope(kept, framework) for item in criteria]
    place = all_.index(asked)
    mine = found.owners.get(criterion)
    return Question(
        kept,
        framework,
        framework.standard_of(criterion),
        asked,
        found.answers.get(criterion, Saved()),
        next((person for person in everyone if person.account_id == mine), None),
        found.comments,
        tuple(everyone),
        here(context, everyone, account_id),
        place + 1,
        len(all_),
        all_[place - 1] if place else None,
        all_[place + 1] if place + 1 < len(all_) else None,
        found.carried.get(criterion),
        found.opinion,
        alone,
    )


def save_answer(
    context: Context,
    assessment_id: str,
    criterion: str,
    account_id: str,
    said: Said,
    expected: int,
    *,
    confirm: bool = False,
) -> Saved:
    """Saves what was said, made from the answer numbered `expected` (0: there was none yet).

    To say what stands already is no change: so a save whose reply was lost may be repeated. `confirm` says
    that an answer that came along from before holds. Raises NotFound, WrongState unless in progress or while
    it is rated alone or to be agreed on, and
    Stale with the Saved of now where somebody else's words would be lost.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept, current = assessment(c, assessment_id), stored(c, assessment_id, criterion)
        check_in_scope(kept, framework_of(context, kept), criterion)
        if said != current.said:
            kept.state.check_answering()
            check_as_usual("" if current.changes else standing(c, assessment_id, criterion))
            if not save(c, assessment_id, criterion, account_id, said, expected, at):
                raise Stale(current)
            before = said_document(current.said) if current.changes else None
            event(c, kept, "answer-saved", account_id, at, criterion, before, said_document(said))
        elif not confirm:
            return current
        settle_answer(c, kept, criterion, account_id, at, confirm=confirm)
        return stored(c, assessment_id, criterion)


def confirm_answer(
    context: Context, assessment_id: str, criterion: str, account_id: str, expected: int
) -> None:
    """Confirms an answer that came along from before, as it was when it had the number `expected`.

    Raises NotFound, WrongState unless in progress, Stale with the Saved of now where it was changed since,
    and Incomplete where something is missing in it.
    """
    with context.database.read() as c:
        kept, current = assessment(c, assessment_id), stored(c, assessment_id, criterion)
    framework = framework_of(context, kept)
    found = check_in_scope(kept, framework, criterion)
    if current.changes != expected:
        raise Stale(current)
    if status(found, current.said, framework) not in SETTLED:
        raise Incomplete([criterion])
    save_answer(context, assessment_id, criterion, account_id, current.said, expected, confirm=True)


def settle_answer(
    c: Connection, kept: Kept, criterion: str, account_id: str, at: str, *, confirm: bool
) -> None:
    """Who answers a criterion afresh has done what was to do; what came along whole must be confirmed."""
    to_do = to_do_of(c, kept.id, criterion)
    if not to_do or (to_do != ANSWER and not confirm):
        return
    kept.state.check_answering()
    settle(c, kept.id, criterion, account_id, at)
    if to_do != ANSWER:
        event(c, kept, "answer-confirmed", account_id, at, criterion, after={"to_do": to_do})


def set_owner_of(context: Context, assessment_id: str, criterion: str, account_id: str, by: str) -> None:
    """Makes a criterion somebody's; nobody's where `account_id` is empty. Raises NotFound, WrongState."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_answering()
        check_in_scope(kept, framework_of(context, kept), criterion)
        before = owner(c, assessment_id, criterion)
        if before == account_id:
            return
        _check_owner(c, assessment_id, account_id)
        set_owner(c, assessment_id, criterion, account_id, by, at)
        event(c, kept, "owner-set", by, at, criterion, {"account": before}, {"account": account_id})


def _check_owner(c: Connection, assessment_id: str, account_id: str) -> None:
    able = {person.account_id for person in people(c, assessment_id) if answers_here(person)}
    if account_id and account_id not in able:
        raise NotFound("member")
