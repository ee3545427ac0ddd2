"""Assessments: starting one, its set-up, who takes part, and the list of what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..domain.errors import NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.policies import SEE_ALL
from ..domain.said import SETTLED, standing
from ..domain.standards import Criterion, Framework, Level, Standard
from ..domain.times import stamp
from ..store import Connection
from ..store.answers import Saved, Sheet, sheet
from ..store.assessments import (
    Kept,
    Person,
    assessment,
    assessments_of,
    note_visit,
    people,
    taken_part_in,
)
from ..store.carried import Carried
from ..store.events import Event, add_event
from . import Context

HERE = timedelta(minutes=5)  # whoever looked so lately is here
LATELY = timedelta(minutes=1)  # a look so soon after the last is not worth writing down
PAUSE = timedelta(minutes=30)  # a longer one ends a visit
CHANGED_STANDARDS = to_translate("The text of these standards is not the one that was answered")


@dataclass(frozen=True)
class Task:
    """One criterion in the list. `status` is in words; `news` says that somebody else changed it."""

    criterion: Criterion
    status: str
    saved: Saved
    owner: Person | None
    comments: int
    news: bool
    carried: Carried | None = None


@dataclass(frozen=True)
class Group:
    """A standard with its target and its criteria in scope."""

    standard: Standard
    target: Level
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Overview:
    """The task list. `here` are others who looked just now; `since` ended the last visit of the reader."""

    assessment: Kept
    framework: Framework
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    here: tuple[Person, ...]
    since: str | None
    days_left: int | None
    today: str

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All criteria in scope, in the file's order."""
        return tuple(task for group in self.groups for task in group.tasks)

    @property
    def settled(self) -> int:
        """How many of those that count need nothing more."""
        return sum(task.status in SETTLED for task in self.counted)

    @property
    def counted(self) -> tuple[Task, ...]:
        """The criteria that count by now: what is coming may be answered, and need not be."""
        return tuple(task for task in self.tasks if task.criterion.counts_on(self.today))


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


def listed(context: Context, organisation_id: str, account_id: str, role: str | None) -> list[Kept]:
    """The assessments of an organisation that somebody sees, the newest first; the archived ones too."""
    with context.database.read() as c:
        found, mine = assessments_of(c, organisation_id), taken_part_in(c, account_id)
    return [kept for kept in found if role in SEE_ALL or kept.id in mine]


def submitted_before(context: Context, organisation_id: str, framework_id: str) -> list[Kept]:
    """The assessments of an organisation that were submitted and can be started again from, newest first."""
    with context.database.read() as c:
        found = assessments_of(c, organisation_id)
    return [kept for kept in found if kept.framework == framework_id and kept.submitted_at]


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
        context.today().isoformat(),
    )


@dataclass(frozen=True)
class CameAlong:
    """How many criteria of an assessment there are of each thing that is left to do from before."""

    counts: dict[str, int]

    @property
    def left(self) -> bool:
        """Whether anything is left to do."""
        return any(self.counts.values())


def came_along(found: Overview) -> CameAlong | None:
    """What is left to do of what came along; None where nothing came along."""
    carried = [task.carried for task in found.tasks if task.carried]
    left = [item.left for item in carried if item.left]
    return CameAlong({what: left.count(what) for what in dict.fromkeys(left)}) if carried else None


def visited(context: Context, assessment_id: str, account_id: str, everyone: Sequence[Person] = ()) -> None:
    """Notes that somebody looks at an assessment; no event, since nothing of it changes.

    Nothing is written where `everyone` shows that they looked a moment ago.
    """
    now = context.now()
    if any(p.account_id == account_id and (p.seen_at or "") > stamp(now - LATELY) for p in everyone):
        return
    with context.database.write() as c:
        note_visit(c, assessment_id, account_id, stamp(now), stamp(now - PAUSE))


def here(context: Context, everyone: list[Person], account_id: str) -> tuple[Person, ...]:
    """The others who looked in the last five minutes."""
    since = stamp(context.now() - HERE)
    return tuple(p for p in everyone if p.account_id != account_id and p.seen_at and p.seen_at >= since)


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
        standing(item, saved.said, framework, found.left.get(item.id, "")),
        saved,
        next((person for person in everyone if person.account_id == owner), None),
        found.counts.get(item.id, 0),
        bool(since and saved.saved_at > since and saved.saved_by != me),
        found.carried.get(item.id),
    )
