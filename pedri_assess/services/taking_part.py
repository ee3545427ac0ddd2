"""Who takes part in an assessment."""

from __future__ import annotations

from ..domain.errors import NotFound
from ..domain.policies import CONTRIBUTOR, LEAD
from ..domain.times import stamp
from ..store.assessments import Kept, Person, add_participant, assessment, people, remove_participant
from . import Context
from .assessments import event


def people_of(context: Context, assessment_id: str) -> tuple[Kept, list[Person]]:
    """The members of the organisation, and who of them takes part. Raises NotFound."""
    with context.database.read() as c:
        return assessment(c, assessment_id), people(c, assessment_id)


def add_person(context: Context, assessment_id: str, account_id: str, by: str) -> None:
    """Lets a lead or contributor take part. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, at = assessment(c, assessment_id), stamp(context.now())
        kept.state.check_kept()
        able = {p.account_id for p in people(c, assessment_id) if p.role in (LEAD, CONTRIBUTOR)}
        if account_id not in able:
            raise NotFound("member")
        if add_participant(c, assessment_id, account_id, by, at):
            event(c, kept, "participant-added", by, at, account_id, after={"account": account_id})


def remove_person(context: Context, assessment_id: str, account_id: str, by: str) -> None:
    """Ends somebody's part; what they wrote stays. Raises NotFound, WrongState."""
    with context.database.write() as c:
        kept, at = assessment(c, assessment_id), stamp(context.now())
        kept.state.check_kept()
        if remove_participant(c, assessment_id, account_id):
            event(c, kept, "participant-removed", by, at, account_id, {"account": account_id})
