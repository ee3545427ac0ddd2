"""The edition of a frozen revision: what its report says beyond the answers and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.assessment import Assessment, assessment_from
from ..domain.edition import Edition, Moment, changes
from ..domain.standards import Framework
from ..store import Connection
from ..store.assessments import names
from ..store.history import handed_in
from ..store.results import Frozen, frozen_before
from . import Context
from .hub import help_at_gaps, help_in
from .results import FrozenResult

CHECK_PAGE = "/check-a-report"

# A report leaves the house: it has the names that people gave, and never their addresses
UNNAMED = "Name not given"


def edition_of(context: Context, found: FrozenResult) -> Edition:
    """The edition of one revision, as it is in this state of the database: the same state, the same edition.

    It changes when something happens to the revision (it is signed off, sent back or reopened), when somebody
    changes their name, when the organisation or the staff change what they say in reports, or when the hub
    has other resources for the gaps.
    """
    with context.database.read() as c:
        return edition_in(c, context, found)


def plain_edition(context: Context, framework: Framework, answered: Assessment) -> Edition:
    """The edition of a report of answers that are not kept here: where to check it, and what may help."""
    resources = help_at_gaps(context, framework, answered)
    return Edition(address=context.base_url + CHECK_PAGE, resources=resources)


def edition_in(c: Connection, context: Context, found: FrozenResult) -> Edition:
    """The same, in a transaction that is under way."""
    kept, frozen = found.assessment, found.frozen
    called = {account: name.strip() or UNNAMED for account, name in names(c, kept.id).items()}
    before = frozen_before(c, kept.id, frozen.revision)
    history = _history(c, frozen, called)
    return Edition(
        revision=frozen.revision,
        status=_status(history, frozen.revision),
        history=history,
        owners=_owners(found, called),
        since=before.revision if before else 0,
        changes=changes(found.framework, assessment_from(before.answers), found.answered) if before else (),
        address=context.base_url + CHECK_PAGE,
        resources=help_in(c, context, found.framework, found.answered),
    )


def _history(c: Connection, frozen: Frozen, called: Mapping[str, str]) -> tuple[Moment, ...]:
    """What happened to this revision and to those before it."""
    return tuple(
        Moment(
            item.at,
            called.get(item.account_id, UNNAMED),
            item.kind,
            int(item.subject),
            str(item.after.get("reason", "")),
        )
        for item in handed_in(c, frozen.assessment_id)
        if int(item.subject) <= frozen.revision
    )


def _status(history: tuple[Moment, ...], revision: int) -> str:
    return next((item.what for item in reversed(history) if item.revision == revision), "")


def _owners(found: FrozenResult, called: Mapping[str, str]) -> dict[str, str]:
    """Who owned the criteria in scope when they were submitted, in the file's order."""
    owners = found.frozen.people.get("owners", {})
    return {
        criterion.id: called.get(owners[criterion.id], UNNAMED)
        for standard in found.framework.standards
        for criterion in found.answered.in_scope(standard)
        if criterion.id in owners
    }
