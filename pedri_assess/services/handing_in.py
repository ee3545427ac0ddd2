"""Handing in: what is missing, submitting, signing off or sending back, reopening, and the archive."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..catalogue import content_hash
from ..domain.assessment import Answer, Assessment, Scope, assessment_document
from ..domain.errors import Stale
from ..domain.panels import to_mark
from ..domain.result import Finding, result_document
from ..domain.said import Said
from ..domain.scoring import score
from ..domain.standards import Criterion, Framework
from ..domain.times import stamp
from ..domain.workflow import SIGNED_OFF, SUBMITTED, Missing, State, missing
from ..store import Connection
from ..store.answers import Sheet, sheet
from ..store.assessments import Kept, Person, assessment, change_assessment, people
from ..store.results import Frozen, freeze
from . import Context
from .assessments import event, framework_of, in_scope
from .kept_reports import ask_in
from .rating import check_ended, ratings_of


@dataclass(frozen=True)
class Check:
    """What would be submitted now. `seal` names the very answers: submitting carries it along."""

    assessment: Kept
    framework: Framework
    missing: Missing
    answered: Assessment
    findings: tuple[Finding, ...]
    seal: str

    @property
    def counted(self) -> int:
        """How many criteria in scope count by now."""
        return sum(len(self.answered.counted(standard)) for standard in self.framework.standards)

    @property
    def to_mark(self) -> tuple[Criterion, ...]:
        """Criteria whose evidence may be marked as confirmed, since a closed panel sees what staff say."""
        return to_mark(self.framework, self.answered)


def check(context: Context, assessment_id: str) -> Check:
    """What is missing and what is flagged. Raises NotFound."""
    with context.database.read() as c:
        kept, found = assessment(c, assessment_id), sheet(c, assessment_id)
        return _check(c, context, kept, found)


def submit(
    context: Context, assessment_id: str, account_id: str, revision: int, seal: str, *, leave: bool
) -> Kept:
    """Freezes answers, result, hash of the standards and method, and waits for sign-off.

    `revision` and `seal` are those of the check; `leave` says that what is unanswered is left so on purpose.
    A second submission of the same revision is the first. Raises NotFound, WrongState, Incomplete, and Stale
    with the Check of now where answers or revision changed since the check.
    """
    with context.database.write() as c:
        kept, found = assessment(c, assessment_id), sheet(c, assessment_id)
        if kept.revision == revision and kept.status == SUBMITTED and kept.archived_at is None:
            return kept
        after = kept.state.submitted()
        now = _check(c, context, kept, found)
        if kept.revision != revision or now.seal != seal:
            raise Stale(now)
        check_ended(c, assessment_id)
        now.missing.check(leave)
        frozen = _frozen(now, found, people(c, assessment_id), account_id, stamp(context.now()))
        freeze(c, frozen)
        hashes = {"answers": content_hash(frozen.answers), "result": content_hash(frozen.result)}
        moved = replace(kept, submitted_at=frozen.made_at, submitted_by=account_id)
        done = _move(c, moved, after, "submitted", account_id, frozen.made_at, hashes)
        ask_in(c, context, assessment_id, revision, frozen.made_at)
        return done


def sign_off(context: Context, assessment_id: str, account_id: str, revision: int) -> Kept:
    """Signs off the revision that was read; a repeat of the same is the same.

    Raises NotFound, WrongState (also for one's own submission), Stale where there is a newer revision.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_revision(revision)
        if (kept.status, kept.signed_off_by) == (SIGNED_OFF, account_id):
            return kept
        after = kept.state.signed_off(own=kept.submitted_by == account_id)
        moved = replace(kept, signed_off_at=at, signed_off_by=account_id)
        done = _move(c, moved, after, "signed-off", account_id, at)
        ask_in(c, context, assessment_id, revision, at)
        return done


def send_back(context: Context, assessment_id: str, account_id: str, revision: int, reason: str) -> Kept:
    """Opens a submitted assessment again, as a new revision, with a reason that all who work on it can read.

    Raises NotFound, WrongState, Incomplete without a reason, Stale where there is a newer revision.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_revision(revision)
        after = kept.state.sent_back(reason)
        return _move(c, _open(kept), after, "sent-back", account_id, at, {"reason": reason.strip()})


def reopen(context: Context, assessment_id: str, account_id: str, revision: int) -> Kept:
    """Opens a signed-off assessment as a new revision; the old one remains as it is.

    Raises NotFound, WrongState, Stale where there is a newer revision.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_revision(revision)
        return _move(c, _open(kept), kept.state.reopened(), "reopened", account_id, at)


def archive(context: Context, assessment_id: str, account_id: str) -> Kept:
    """Puts an assessment away, in whatever state; it can still be read. Raises NotFound."""
    return _archive(context, assessment_id, account_id, away=True)


def unarchive(context: Context, assessment_id: str, account_id: str) -> Kept:
    """Takes an assessment out of the archive, as it was. Raises NotFound."""
    return _archive(context, assessment_id, account_id, away=False)


def answered(kept: Kept, framework: Framework, said: dict[str, Said], day: str) -> Assessment:
    """The assessment with the answers that are in scope, in the file's order."""
    scope = [item.id for _, criteria in in_scope(kept, framework) for item in criteria if item.id in said]
    return Assessment(
        framework=kept.framework,
        version=kept.version,
        organisation=kept.organisation_name,
        scope=Scope(kept.scope_kind, kept.scope_name, kept.scope_about),
        date=day,
        criteria=kept.criteria,
        targets=dict(kept.targets),
        importance={name: value for name in scope if (value := said[name].importance)},
        answers={name: said[name].answer for name in scope if said[name].answer != Answer()},
    )


def _check(c: Connection, context: Context, kept: Kept, found: Sheet) -> Check:
    framework = framework_of(context, kept)
    said = {name: item.said for name, item in found.answers.items()}
    criteria = tuple(item for _, items in in_scope(kept, framework) for item in items)
    asked = {item.id for item in criteria}
    counted = tuple(item for item in criteria if item.counts_on(context.today().isoformat()))
    ratings = {name: each for name, each in ratings_of(c, kept.id).items() if name in asked}
    now = replace(answered(kept, framework, said, context.today().isoformat()), ratings=ratings)
    seal = content_hash(assessment_document(replace(now, date="")))
    left = missing(counted, said, framework, found.left)
    return Check(kept, framework, left, now, score(framework, now).findings, seal)


def _frozen(now: Check, found: Sheet, everyone: list[Person], by: str, at: str) -> Frozen:
    result = score(now.framework, now.answered)
    called = {person.account_id: person.called for person in everyone}
    savers = {found.answers[name].saved_by: found.answers[name].saver for name in now.answered.answers}
    named = {"submitted_by": called.get(by, ""), "answered": sorted(savers.values(), key=str.casefold)}
    part = [person.called for person in everyone if person.takes_part]
    kept = now.assessment
    return Frozen(
        kept.id,
        kept.revision,
        result.method,
        result.content_hash,
        assessment_document(now.answered),
        result_document(result),
        {**named, "took_part": part, "owners": found.owners},
        at,
        by,
    )


def _open(kept: Kept) -> Kept:
    return replace(kept, submitted_at=None, submitted_by=None, signed_off_at=None, signed_off_by=None)


def _move(
    c: Connection, kept: Kept, after: State, kind: str, by: str, at: str, said: dict[str, str] | None = None
) -> Kept:
    moved = change_assessment(c, replace(kept, status=after.status, revision=after.revision))
    subject = str(kept.revision)  # the revision that was handed in, signed off, sent back or reopened
    event(c, kept, kind, by, at, subject, after={"status": after.status, **(said or {})})
    return moved


def _archive(context: Context, assessment_id: str, by: str, *, away: bool) -> Kept:
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        if away == (kept.archived_at is not None):
            return kept
        moved = change_assessment(c, replace(kept, archived_at=at if away else None))
        event(c, kept, "archived" if away else "unarchived", by, at)
        return moved
