"""Assessments: starting one, its set-up, who takes part, and the list of what there is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ..domain.assessment import Scope
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.ids import new_id
from ..domain.policies import CONTRIBUTOR, LEAD
from ..domain.said import NOTHING, SETTLED, status
from ..domain.standards import Criterion, Framework, Level, Standard
from ..domain.times import stamp
from ..store import Connection
from ..store.answers import Saved, Sheet, sheet
from ..store.assessments import (
    Kept,
    Person,
    add_assessment,
    add_participant,
    assessment,
    assessments_of,
    change_assessment,
    note_visit,
    people,
    remove_participant,
)
from ..store.events import Event, add_event
from ..store.organisations import organisation
from . import Context

CORE, SOME, ALL = "core", "standards", "all"
DEPTHS = {CORE: "The core criteria", SOME: "Some standards", ALL: "All standards"}
HERE = timedelta(minutes=5)  # whoever looked so lately is here
PAUSE = timedelta(minutes=30)  # a longer one ends a visit
CHANGED_STANDARDS = "The text of these standards is not the one that was answered"


@dataclass(frozen=True)
class SetUp:
    """What a lead chooses. `standards` counts with depth SOME; `targets` maps standard ids to levels."""

    scope: Scope
    depth: str = ALL
    standards: tuple[str, ...] = ()
    targets: Mapping[str, int] = field(default_factory=dict)
    finish_by: str | None = None


@dataclass(frozen=True)
class Task:
    """One criterion in the list. `status` is in words; `news` says that somebody else changed it meanwhile."""

    criterion: Criterion
    status: str
    saved: Saved
    owner: Person | None
    comments: int
    news: bool


@dataclass(frozen=True)
class Group:
    """A standard with its target and its criteria in scope."""

    standard: Standard
    target: Level
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Overview:
    """The task list. `here` are the others who looked just now; `since` ended the last visit of the reader."""

    assessment: Kept
    framework: Framework
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    here: tuple[Person, ...]
    since: str | None
    days_left: int | None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All criteria in scope, in the file's order."""
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def settled(self) -> int:
        """How many need nothing more."""
        return sum(task.status in SETTLED for task in self.tasks)


def framework_of(context: Context, kept: Kept) -> Framework:
    """The very text that an assessment answers. Raises NotFound, and WrongState where it is another text."""
    framework = context.shelf.get(kept.framework, kept.version)
    if framework.content_hash != kept.content_hash:
        raise WrongState(CHANGED_STANDARDS)
    return framework


def in_scope(kept: Kept, framework: Framework) -> tuple[tuple[Standard, tuple[Criterion, ...]], ...]:
    """The standards with criteria in scope, each with those, in the file's order."""
    chosen = set(kept.criteria)
    pairs = (
        (standard, tuple(item for item in standard.criteria if not chosen or item.id in chosen))
        for standard in framework.standards
    )
    return tuple((standard, criteria) for standard, criteria in pairs if criteria)


def check_in_scope(kept: Kept, framework: Framework, criterion: str) -> Criterion:
    """The criterion. Raises NotFound, also where it is not in scope."""
    if kept.criteria and criterion not in kept.criteria:
        raise NotFound(criterion)
    return framework.criterion(criterion)


def start(
    context: Context, organisation_id: str, account_id: str, framework_id: str, version: str, set_up: SetUp
) -> str:
    """A new assessment, in which whoever starts it takes part; its id. Raises NotFound, ValueError."""
    framework, at = context.shelf.get(framework_id, version), stamp(context.now())
    with context.database.write() as c:
        name = organisation(c, organisation_id).name
        blank = Kept(
            new_id(), organisation_id, name, framework.framework, framework.version, framework.content_hash,
            "", "", "", ALL, (), {}, None, "draft", 1, 1, at, account_id,
        )  # fmt: skip
        kept = _set(blank, framework, set_up)
        add_assessment(c, kept)
        add_participant(c, kept.id, account_id, account_id, at)
        event(c, kept, "assessment-started", account_id, at, after=_document(kept))
    return kept.id


def listed(context: Context, organisation_id: str) -> list[Kept]:
    """All assessments of an organisation, the newest first; the archived ones too."""
    with context.database.read() as c:
        return assessments_of(c, organisation_id)


def overview(context: Context, assessment_id: str, account_id: str) -> Overview:
    """The task list for a reader. Raises NotFound."""
    with context.database.read() as c:
        kept, found, everyone = (
            assessment(c, assessment_id),
            sheet(c, assessment_id),
            people(c, assessment_id),
        )
    framework = framework_of(context, kept)
    me = next((person for person in everyone if person.account_id == account_id), None)
    since = _since(context, me)
    return Overview(
        kept,
        framework,
        tuple(
            Group(
                standard,
                framework.scale[kept.targets.get(standard.id, framework.scoring.default_target)],
                tuple(_task(item, found, everyone, framework, account_id, since) for item in criteria),
            )
            for standard, criteria in in_scope(kept, framework)
        ),
        tuple(person for person in everyone if person.takes_part),
        here(context, everyone, account_id),
        since,
        (date.fromisoformat(kept.finish_by) - context.today()).days if kept.finish_by else None,
    )


def visited(context: Context, assessment_id: str, account_id: str) -> None:
    """Notes that somebody looks at an assessment; no event, since nothing of it changes."""
    now = context.now()
    with context.database.write() as c:
        note_visit(c, assessment_id, account_id, stamp(now), stamp(now - PAUSE))


def here(context: Context, everyone: list[Person], account_id: str) -> tuple[Person, ...]:
    """The others who looked in the last five minutes."""
    since = stamp(context.now() - HERE)
    return tuple(p for p in everyone if p.account_id != account_id and p.seen_at and p.seen_at >= since)


def set_up_of(context: Context, assessment_id: str) -> tuple[Kept, Framework]:
    """An assessment with its standards, for the set-up page; its `changes` goes into the form."""
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
    return kept, framework_of(context, kept)


def change_set_up(
    context: Context, assessment_id: str, account_id: str, expected: int, set_up: SetUp
) -> Kept:
    """Another scope, other targets or another date. The answer to a criterion that leaves the scope is kept.

    Raises NotFound, WrongState unless in progress, and Stale with the Kept of now where it changed.
    """
    with context.database.write() as c:
        before = assessment(c, assessment_id)
        before.state.check_answering()
        changed = _set(before, framework_of(context, before), set_up)
        if changed == before:
            return before
        if before.changes != expected:
            raise Stale(before)
        after = change_assessment(c, changed)
        at = stamp(context.now())
        event(c, after, "set-up-changed", account_id, at, "", _document(before), _document(after))
    return after


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


def event(
    c: Connection,
    kept: Kept,
    kind: str,
    by: str,
    at: str,
    subject: str = "",
    before: object = None,
    after: object = None,
) -> None:
    """Writes down what happened to an assessment."""
    add_event(c, Event(kind, at, by, kept.organisation_id, kept.id, subject, before, after))


def _set(kept: Kept, framework: Framework, chosen: SetUp) -> Kept:
    criteria = _criteria(framework, chosen)
    if chosen.finish_by:
        date.fromisoformat(chosen.finish_by)
    draft = replace(
        kept,
        scope_kind=chosen.scope.kind,
        scope_name=chosen.scope.name,
        scope_about=chosen.scope.about,
        depth=chosen.depth,
        criteria=criteria,
        finish_by=chosen.finish_by or None,
    )
    usual = framework.scoring.default_target
    targets = {item.id: chosen.targets.get(item.id, usual) for item, _ in in_scope(draft, framework)}
    if not all(0 <= level <= framework.top for level in targets.values()):
        raise ValueError("a target is a level of the scale")
    return replace(draft, targets=targets)


def _criteria(framework: Framework, chosen: SetUp) -> tuple[str, ...]:
    if chosen.depth == ALL:
        return ()
    if chosen.depth == CORE:
        criteria = tuple(item.id for item in framework.core_criteria)
    elif chosen.depth == SOME:
        criteria = tuple(
            item.id for standard in framework.standards if standard.id in chosen.standards
            for item in standard.criteria
        )  # fmt: skip
    else:
        raise ValueError(chosen.depth)
    if not criteria:
        raise ValueError("no criterion is in scope")
    return criteria


def _document(kept: Kept) -> dict[str, object]:
    names = (
        *("framework", "version", "content_hash", "scope_kind", "scope_name", "scope_about"),
        *("depth", "targets", "finish_by"),
    )
    return {"criteria": list(kept.criteria), **{name: getattr(kept, name) for name in names}}


def _since(context: Context, me: Person | None) -> str | None:
    if me is None or me.seen_at is None:
        return None
    return me.seen_at if me.seen_at < stamp(context.now() - PAUSE) else me.before_at


def _task(
    item: Criterion, found: Sheet, everyone: list[Person], framework: Framework, me: str, since: str | None
) -> Task:
    saved = found.answers.get(item.id, Saved())
    owner = found.owners.get(item.id)
    return Task(
        item,
        status(item, saved.said or NOTHING, framework),
        saved,
        next((person for person in everyone if person.account_id == owner), None),
        found.counts.get(item.id, 0),
        bool(since and saved.saved_at > since and saved.saved_by != me),
    )
