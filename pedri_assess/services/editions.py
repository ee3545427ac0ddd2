"""The edition of a frozen revision: what its report says beyond the answers and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from ..domain.assessment import Assessment, assessment_from
from ..domain.disclosure import PARTNER, release_from
from ..domain.edition import Edition, Moment, Remark, changes
from ..domain.peers import Peers, peers_in
from ..domain.plan import PlanLine
from ..domain.standards import Framework
from ..store import Connection, StoreUnavailable
from ..store.assessments import names
from ..store.comments import discussion
from ..store.history import handed_in
from ..store.own_words import own_words, standing_body
from ..store.plans import actions
from ..store.results import Frozen, frozen_before, frozen_results
from ..store.waves import published
from . import Context
from .hub import help_at_gaps, help_in
from .last_time import since_last_time
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
    """The edition of a report of answers that are not kept here: where to check it, and what may help.

    And the standing text; it needs no database: where that cannot be read now, the report does without.
    """
    resources, standing = help_at_gaps(context, framework, answered), ""
    with suppress(StoreUnavailable), context.database.read() as c:
        standing = standing_body(c)
    return Edition(address=context.base_url + CHECK_PAGE, resources=resources, standing_text=standing)


def edition_in(c: Connection, context: Context, found: FrozenResult) -> Edition:
    """The same, in a transaction that is under way."""
    kept, frozen = found.assessment, found.frozen
    called = {account: name.strip() or UNNAMED for account, name in names(c, kept.id).items()}
    before = frozen_before(c, kept.id, frozen.revision)
    history = _history(c, frozen, called)
    said = own_words(c, kept.organisation_id)
    return Edition(
        revision=frozen.revision,
        status=_status(history, frozen.revision),
        history=history,
        owners=_owners(found, called),
        since=before.revision if before else 0,
        changes=changes(found.framework, assessment_from(before.answers), found.answered) if before else (),
        address=context.base_url + CHECK_PAGE,
        resources=help_in(c, context, found.framework, found.answered),
        comments=_remarks(c, found, called, said.comments_since) if said.comments_since else (),
        introduction=said.introduction,
        standing_text=standing_body(c),
        left_out=said.left_out,
        logo=said.logo,
        last_time=since_last_time(c, context, found),
        plan=_plan(c, found, called),
        peers=peers_of(c, found),
    )


def peers_of(c: Connection, found: FrozenResult) -> Peers | None:
    """The wave that counts the organisation and came first after the submission, or last before it.

    So what a report says of peers changes once, when that wave is published, and then stays.
    """
    counting = [
        row
        for row in published(c, found.assessment.framework)
        if row.version == found.framework.version
        and any(item["id"] == found.assessment.organisation_id for item in row.content["organisations"])
    ]
    later = [row for row in counting if str(row.published_at) >= found.frozen.made_at]
    row = later[0] if later else counting[-1] if counting else None
    return peers_in(release_from(row.content[PARTNER]), row.name, str(row.published_at)[:10]) if row else None


def _plan(c: Connection, found: FrozenResult, called: Mapping[str, str]) -> tuple[PlanLine, ...]:
    """The plan as it is now, for the criteria in scope; only with the newest result, that it follows from."""
    if any(each.revision > found.frozen.revision for each in frozen_results(c, found.assessment.id)):
        return ()
    scope = {item.id for standard in found.framework.standards for item in found.answered.counted(standard)}
    return tuple(
        PlanLine(
            item.text,
            tuple(name for name in item.criteria if name in scope),
            item.status,
            called.get(item.owner_id, UNNAMED) if item.owner_id else "",
            item.due or "",
            item.first_step,
            item.because,
        )
        for item in actions(c, found.assessment.id)
        if scope & set(item.criteria)
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
        for criterion in found.answered.counted(standard)
        if criterion.id in owners
    }


def _remarks(c: Connection, found: FrozenResult, called: Mapping[str, str], since: str) -> tuple[Remark, ...]:
    """The discussion up to the submission, by criterion in the file's order, the oldest remark first.

    Only what was said since the organisation chose to show it: those who said it knew.
    """
    said = discussion(c, found.frozen.assessment_id, since, found.frozen.made_at)
    return tuple(
        Remark(criterion.id, row["at"], called.get(row["account_id"], UNNAMED), row["body"])
        for standard in found.framework.standards
        for criterion in found.answered.counted(standard)
        for row in said
        if row["criterion"] == criterion.id
    )
