"""What came along from before, to be read: where each answer comes from, and those that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.assessment import Assessment, assessment_from
from ..domain.carrying import carry
from ..domain.earlier import Earlier, Whence
from ..domain.errors import NotFound
from ..domain.said import NOTHING, SETTLED, Said, status
from ..domain.standards import Criterion, Framework, Standard, Text
from ..store import Connection
from ..store.answers import Comment, Saved, Sheet, comments_on, sheet
from ..store.assessments import Kept, assessment
from ..store.carried import Carried, predecessor, versions_before
from ..store.results import frozen_result
from . import Context
from .assessments import framework_of, in_scope


@dataclass(frozen=True)
class Before:
    """An earlier answer with what it answered; `criterion` is None where its version is no longer here.

    `comments` are those that were made on it in this very assessment.
    """

    earlier: Earlier
    framework: Framework
    criterion: Criterion | None
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Along:
    """A criterion with its answer now, what came along to it, and whether that can be confirmed as it is."""

    criterion: Criterion
    saved: Saved
    carried: Carried
    before: tuple[Before, ...]
    complete: bool


@dataclass(frozen=True)
class LeftBehind:
    """An earlier answer whose criterion has no successor, and why."""

    whence: Whence
    framework: Framework
    criterion: Criterion
    said: Said
    why: tuple[Text, ...]


@dataclass(frozen=True)
class FromBefore:
    """All that came along to an assessment, by standard, and all that was left behind."""

    kept: Kept
    framework: Framework
    groups: tuple[tuple[Standard, tuple[Along, ...]], ...]
    left_behind: tuple[LeftBehind, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many criteria there are of each thing that is left to do."""
        left = [item.carried.left for _, items in self.groups for item in items if item.carried.left]
        return {what: left.count(what) for what in dict.fromkeys(left)}


def from_before(context: Context, assessment_id: str) -> FromBefore:
    """All that came along to an assessment. Raises NotFound, also where nothing did."""
    with context.database.read() as c:
        kept, found = assessment(c, assessment_id), sheet(c, assessment_id)
        if not found.carried:
            raise NotFound("carried")
        framework = framework_of(context, kept)
        left = tuple(_left_behind(c, context, kept, framework, found))
    return FromBefore(
        kept,
        framework,
        tuple(
            (standard, tuple(_along(context, kept, item, framework, found) for item in criteria))
            for standard, criteria in in_scope(kept, framework)
        ),
        left,
    )


def befores(context: Context, kept: Kept, carried: Carried | None) -> tuple[Before, ...]:
    """The earlier answers of one criterion with what they answered, and what was said about them here."""
    if carried is None:
        return ()
    earlier = carried.brought.earlier
    said = _comments(context, kept, [each for each in earlier if each.whence.assessment_id == kept.id])
    return tuple(
        _before(context, kept, each, () if each.whence.revision else said.get(each.criterion, ()))
        for each in earlier
    )


def _comments(context: Context, kept: Kept, of_this_draft: list[Earlier]) -> dict[str, tuple[Comment, ...]]:
    if not of_this_draft:
        return {}
    with context.database.read() as c:
        return {each.criterion: comments_on(c, kept.id, each.criterion) for each in of_this_draft}


def _along(context: Context, kept: Kept, item: Criterion, framework: Framework, found: Sheet) -> Along:
    saved, carried = found.answers.get(item.id, Saved()), found.carried.get(item.id, Carried())
    return Along(
        item,
        saved,
        carried,
        tuple(_before(context, kept, earlier) for earlier in carried.brought.earlier),
        status(item, saved.said, framework) in SETTLED,
    )


def _before(context: Context, kept: Kept, earlier: Earlier, comments: tuple[Comment, ...] = ()) -> Before:
    try:
        framework = context.shelf.get(kept.framework, earlier.whence.version)
        return Before(earlier, framework, framework.criterion(earlier.criterion), comments)
    except NotFound:
        return Before(earlier, framework_of(context, kept), None, comments)


def _left_behind(
    c: Connection, context: Context, kept: Kept, framework: Framework, found: Sheet
) -> Iterator[LeftBehind]:
    begun_from = predecessor(c, kept.id)
    frozen = frozen_result(c, begun_from.before_id, begun_from.revision) if begun_from else None
    if begun_from and frozen:
        answered = assessment_from(frozen.answers)
        whence = Whence(begun_from.before_id, begun_from.revision, answered.version, answered.date)
        said = {name: Said(answer) for name, answer in answered.answers.items()}
        yield from _history(context, framework, whence, answered, said)
    for before in versions_before(c, kept.id):
        said = {name: item.said for name, item in found.answers.items()}
        answered = Assessment(
            kept.framework, before.version, answers={name: item.answer for name, item in said.items()}
        )
        yield from _history(context, framework, Whence(kept.id, 0, before.version), answered, said)


def _history(
    context: Context, framework: Framework, whence: Whence, answered: Assessment, said: dict[str, Said]
) -> Iterator[LeftBehind]:
    try:
        old = context.shelf.get(answered.framework, answered.version)
    except NotFound:
        return
    over = carry(old, framework, answered, context.shelf.versions(answered.framework))
    for item in over.history:
        words = said.get(item.criterion, NOTHING)
        if words != NOTHING:
            yield LeftBehind(whence, old, old.criterion(item.criterion), words, item.why)
