"""Rating alone first: staff rate without seeing others' levels; then they agree, and that is the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..domain.alone import AGREE, AS_USUAL, RATE, STILL_RATING, Spread, spread
from ..domain.assessment import Answer, PublicView, Ratings
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.languages import to_translate
from ..domain.said import Said, said_document
from ..domain.standards import Criterion, Framework
from ..domain.times import stamp
from ..store import Connection
from ..store import rating as kept_ratings
from ..store.answers import Saved, answers, save
from ..store.assessments import Kept, Person, assessment, people
from ..store.rating import Agreement, Rated, Stage
from . import Context
from .assessments import check_in_scope, event, framework_of, in_scope
from .panels import views_of

ALREADY = to_translate("Staff rated alone here already. What is not rated can be answered as usual")
ALL_ANSWERED = to_translate("Every criterion has an answer: there is nothing left to rate")
NOT_RATING = to_translate("Nobody rates alone just now")
NOT_TO_AGREE = to_translate("This is answered as usual: there is nothing to agree on")


@dataclass(frozen=True)
class Row:
    """One criterion. `rated` are everybody's ratings, none while rating lasts; `mine` is the reader's own."""

    criterion: Criterion
    standing: str
    mine: Rated | None
    rated: tuple[Rated, ...]
    agreement: Agreement | None
    public: PublicView | None
    now: Saved

    @property
    def spread(self) -> Spread | None:
        """What the levels say together."""
        return spread([each.level for each in self.rated if each.level is not None])

    @property
    def differ(self) -> bool:
        """Whether people discuss before they agree."""
        return self.spread is not None and self.spread.differ


@dataclass(frozen=True)
class Together:
    """Rating alone in an assessment, as one reader may see it. `counts` is by account id."""

    assessment: Kept
    framework: Framework
    stage: Stage | None
    rows: tuple[Row, ...]
    people: tuple[Person, ...]
    counts: dict[str, int]

    @property
    def open(self) -> bool:
        """Whether staff rate alone just now."""
        return self.stage is not None and self.stage.closed_at is None

    @property
    def to_rate(self) -> tuple[Row, ...]:
        """What can be rated alone, now or once a lead begins it."""
        return tuple(row for row in self.rows if row.standing == RATE)

    @property
    def left(self) -> tuple[Row, ...]:
        """What the reader has not rated yet."""
        return tuple(row for row in self.to_rate if row.mine is None)

    @property
    def to_agree(self) -> tuple[Row, ...]:
        """What is not agreed on yet: first what people discuss before, then in the file's order."""
        return tuple(sorted((r for r in self.rows if r.standing == AGREE), key=lambda r: not r.differ))

    @property
    def agreed(self) -> tuple[Row, ...]:
        """What is agreed on."""
        return tuple(row for row in self.rows if row.agreement)

    def row(self, criterion: str) -> Row:
        """The row of a criterion. Raises NotFound where it is neither rated nor to rate."""
        for row in self.rows:
            if row.criterion.id == criterion and (row.standing or row.rated):
                return row
        raise NotFound(criterion)

    def called(self, account_id: str) -> str:
        """Who it is."""
        found = (person.called for person in self.people if person.account_id == account_id)
        return next(found, to_translate("somebody who has left"))


def rating(context: Context, assessment_id: str, account_id: str) -> Together:
    """How rating alone stands, for a reader: never another's level while it lasts. Raises NotFound."""
    with context.database.read() as c:
        kept, stage = assessment(c, assessment_id), kept_ratings.stage(c, assessment_id)
        everyone, said = people(c, assessment_id), answers(c, assessment_id)
        mine, all_ = (
            kept_ratings.own(c, assessment_id, account_id),
            kept_ratings.everyones(c, assessment_id),
        )
        agreed, counts = kept_ratings.agreements(c, assessment_id), kept_ratings.counts(c, assessment_id)
        views = views_of(c, assessment_id) if all_ else {}
    framework = framework_of(context, kept)
    rows = []
    for item in (each for _, criteria in in_scope(kept, framework) for each in criteria):
        rated = tuple(each for each in all_ if each.criterion == item.id)
        done = item.id in said or item.id in agreed
        rows.append(
            Row(
                item,
                _standing(stage, rated, done=done),
                mine.get(item.id),
                rated,
                agreed.get(item.id),
                views.get(item.id),
                said.get(item.id, Saved()),
            )
        )
    return Together(kept, framework, stage, tuple(rows), tuple(everyone), counts)


def open_rating(context: Context, assessment_id: str, by: str) -> None:
    """Lets staff rate alone what has no answer yet. Raises NotFound, WrongState."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_answering()
        if kept_ratings.stage(c, assessment_id):
            raise WrongState(ALREADY)
        said = answers(c, assessment_id)
        if all(item.id in said for _, each in in_scope(kept, framework_of(context, kept)) for item in each):
            raise WrongState(ALL_ANSWERED)
        kept_ratings.open_stage(c, assessment_id, by, at)
        event(c, kept, "rating-alone-opened", by, at)


def close_rating(context: Context, assessment_id: str, by: str) -> None:
    """Ends it for everything at once: now ratings are shown. Raises NotFound, WrongState."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_kept()
        stage = kept_ratings.stage(c, assessment_id)
        if stage is None or stage.closed_at:
            raise WrongState(NOT_RATING)
        kept_ratings.close_stage(c, assessment_id, at)
        event(c, kept, "rating-alone-closed", by, at)


def rate(context: Context, assessment_id: str, rated: Rated, expected: int) -> None:
    """Keeps what one person rates, made from their rating numbered `expected`. The event has no level.

    Raises NotFound, WrongState, and Stale with the Rated of now.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_answering()
        check_in_scope(kept, framework_of(context, kept), rated.criterion)
        if kept_ratings.standing(c, assessment_id, rated.criterion) != RATE:
            raise WrongState(NOT_RATING)
        now = kept_ratings.own(c, assessment_id, rated.account_id).get(rated.criterion, Rated())
        if _says(now) == _says(rated) and now.changes:
            return
        if not kept_ratings.rate(c, assessment_id, rated, expected, at):
            raise Stale(now)
        event(c, kept, "rated-alone", rated.account_id, at, rated.criterion)


def agree(
    context: Context, assessment_id: str, agreed: Agreement, by: str, reason: str, evidence: str
) -> None:
    """Writes down what was agreed, which is the answer from now on; without a level it is answered as usual.

    Raises NotFound, WrongState (also where somebody else was first).
    """
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_answering()
        check_in_scope(kept, framework_of(context, kept), agreed.criterion)
        if kept_ratings.standing(c, assessment_id, agreed.criterion) != AGREE:
            raise WrongState(NOT_TO_AGREE)
        kept_ratings.add_agreement(c, assessment_id, replace(agreed, agreed_at=at), by)
        after = {"level": agreed.level, "who": list(agreed.who), "minority": agreed.minority}
        event(c, kept, "level-agreed", by, at, agreed.criterion, after={**after, "note": agreed.discussion})
        if agreed.level is None:
            return
        said = Said(Answer(level=agreed.level, reason=reason, evidence=evidence))
        save(c, assessment_id, agreed.criterion, by, said, 0, at)
        event(c, kept, "answer-saved", by, at, agreed.criterion, None, said_document(said))


def ratings_of(c: Connection, assessment_id: str) -> dict[str, Ratings]:
    """What staff rated alone, once that is ended, and what public contributors see, by criterion."""
    staff: dict[str, tuple[int, ...]] = {}
    for each in kept_ratings.everyones(c, assessment_id):
        if each.level is not None:
            staff[each.criterion] = (*staff.get(each.criterion, ()), each.level)
    views = views_of(c, assessment_id)
    names = sorted(staff.keys() | views.keys())
    return {name: Ratings(staff.get(name, ()), public_view=views.get(name)) for name in names}


def check_ended(c: Connection, assessment_id: str) -> None:
    """Raises WrongState while staff rate alone."""
    stage = kept_ratings.stage(c, assessment_id)
    if stage and not stage.closed_at:
        raise WrongState(STILL_RATING)


def _standing(stage: Stage | None, rated: tuple[Rated, ...], *, done: bool) -> str:
    if done:
        return AS_USUAL
    if stage is None or stage.closed_at is None:
        return RATE
    return AGREE if rated else AS_USUAL


def _says(rated: Rated) -> tuple[object, ...]:
    return rated.level, rated.reason, rated.evidence
