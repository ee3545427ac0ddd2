"""Evidence that was given for another framework, offered where a crosswalk says that it is about the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.crosswalk import Counterpart, counterparts
from ..domain.errors import NotFound
from ..domain.policies import SEE_ALL, Access
from ..domain.standards import Criterion, Framework
from ..store import Connection
from ..store.answers import evidence_given
from ..store.assessments import Kept
from . import Context

MOST = 5  # assessments to be shown for one criterion, the newest first


@dataclass(frozen=True)
class Offer:
    """Evidence of the same organisation: where it was given, for which criterion, and what to mind."""

    assessment_id: str
    scope: str
    day: str
    framework: Framework
    criterion: Criterion
    evidence: str
    note: str
    crosswalk: str

    @property
    def words(self) -> str:
        """The evidence with where it comes from, as it is put into a field."""
        whence = (
            f"{self.framework.title} {self.framework.version}, {self.criterion.id}, {self.scope}, {self.day}"
        )
        return f"{self.evidence}\n(Given before for {whence})"


def offers(
    context: Context, kept: Kept, criterion: str, account_id: str, access: Access
) -> tuple[Offer, ...]:
    """What this person may see of it. Nothing is copied: they read it, and may take it into the field."""
    found = counterparts(context.shelf.crosswalks, kept.framework, kept.version, criterion)
    if not found:
        return ()
    everything = access.role in SEE_ALL
    with context.database.read() as c:
        every = [offer for each in found for offer in _offers(c, context, kept, each, account_id, everything)]
    return tuple(sorted(every, key=lambda offer: offer.day, reverse=True)[:MOST])


def offer(
    context: Context, kept: Kept, criterion: str, account_id: str, access: Access, wanted: str
) -> Offer:
    """One of them, by `assessment/criterion`. Raises NotFound."""
    for each in offers(context, kept, criterion, account_id, access):
        if f"{each.assessment_id}/{each.criterion.id}" == wanted:
            return each
    raise NotFound("offer")


def _offers(
    c: Connection, context: Context, kept: Kept, there: Counterpart, account_id: str, everything: bool
) -> Iterator[Offer]:
    framework = context.shelf.get(*there.version)
    only = None if everything else account_id
    for row in evidence_given(c, kept.organisation_id, there.version, there.criterion, only):
        if row.evidence.strip():
            yield Offer(
                *(row.assessment_id, row.scope, row.day, framework, framework.criterion(there.criterion)),
                *(row.evidence, there.note, there.crosswalk),
            )
