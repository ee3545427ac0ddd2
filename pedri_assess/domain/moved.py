"""What moved since the last assessment, by criterion and standard, and what cannot fairly be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .assessment import Answer, Assessment, date_faults
from .carrying import Carried, CarriedOver, Past
from .errors import Fault
from .languages import to_translate
from .mapping import MERGED, REWORDED, SPLIT
from .paths import at
from .plan import PlanLine
from .standards import Criterion, Framework

Document = dict[str, Any]

UP, DOWN, CONFIRMED, NEW, NOT_COMPARABLE = "up", "down", "confirmed", "new", "not-comparable"
KINDS = (UP, DOWN, CONFIRMED, NEW, NOT_COMPARABLE)

NOT_ANSWERED = to_translate("Not answered")
NOT_KNOWN = to_translate("Not known yet")
NOT_APPLICABLE = to_translate("Not applicable")
NO_LEVEL = "No level"


@dataclass(frozen=True)
class Then:
    """What was said about an earlier criterion: its level, None where it had none, and the same in words."""

    criterion: str
    level: int | None
    words: str


@dataclass(frozen=True)
class CriterionMoved:
    """What became of a criterion: one of KINDS. `now` is None where it has no level; `words` say it.

    `why` says why it does not compare, or what to mind where it does. `alike` says that the standard asks the
    same both times, so that only a missing answer can stand in the way.
    """

    criterion: str
    kind: str
    then: tuple[Then, ...]
    now: int | None
    words: str
    why: str = ""
    alike: bool = False


@dataclass(frozen=True)
class StandardBefore:
    """An earlier standard that one comes from, with its level then by the version of then, also in words."""

    standard: str
    title: str
    level: int | None
    words: str


@dataclass(frozen=True)
class StandardMoved:
    """What became of a standard: `compared` of `of` criteria compare; on these it was `then` and is `now`.

    Both are by the version of now, so that a difference between them comes from the organisation. `level` is
    its level now on all criteria. The shares are its index on those that compare, then and now.
    `cause` is organisation, standard, answers, both, none or unknown; `text` says it in sentences.
    """

    standard: str
    compared: int
    of: int
    counts: dict[str, int]
    before: tuple[StandardBefore, ...]
    then: int | None
    now: int | None
    level: int | None
    shares: tuple[float | None, float | None]
    cause: str
    text: str


@dataclass(frozen=True)
class Moved:
    """All that moved since an assessment against `version` on a day; `past` are its retired criteria.

    `plan` is what was planned then, with the criteria of then.
    """

    version: str
    date: str
    criteria: tuple[CriterionMoved, ...]
    standards: tuple[StandardMoved, ...] = ()
    past: tuple[Then, ...] = ()
    revision: int = 0
    scope: str = ""
    plan: tuple[PlanLine, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many criteria there are of each of KINDS."""
        found = Counter(item.kind for item in self.criteria)
        return {kind: found[kind] for kind in KINDS}


def criteria_moved(
    over: CarriedOver, before: Assessment, after: Assessment, unconfirmed: Collection[str] = ()
) -> Iterator[CriterionMoved]:
    """What became of each criterion in scope now, in the file's order.

    `over` says where the criteria come from; `unconfirmed` are reworded ones whose wording nobody confirmed.
    Only unchanged and confirmed reworded criteria with a level both times compare.
    """
    carried = {item.criterion: item for item in over.criteria}
    was_in_scope = {item.id for standard in over.old.standards for item in before.in_scope(standard)}
    for standard in over.new.standards:
        for criterion in after.counted(standard):
            yield _Criterion(over, was_in_scope, unconfirmed).moved(
                criterion, carried[criterion.id], after.answer(criterion.id)
            )


@dataclass(frozen=True)
class _Criterion:
    over: CarriedOver
    was_in_scope: set[str]
    unconfirmed: Collection[str]

    def moved(self, criterion: Criterion, carried: Carried, answer: Answer) -> CriterionMoved:
        then = tuple(_then(source.criterion, source.answer, self.over.old) for source in carried.sources)
        now, words = answer.level, answer_words(answer, self.over.new)
        if not then:
            why = f"It is new in {self.over.new.version}."
            return CriterionMoved(criterion.id, NEW, (), now, words, why)
        why = self._unfair(carried, then, answer)
        if why or now is None or then[0].level is None:
            return CriterionMoved(criterion.id, NOT_COMPARABLE, then, now, words, why, carried.comparable)
        kind = CONFIRMED if now == then[0].level else UP if now > then[0].level else DOWN
        return CriterionMoved(criterion.id, kind, then, now, words, _mind(carried), True)

    def _unfair(self, carried: Carried, then: tuple[Then, ...], answer: Answer) -> str:
        """Why it does not compare; empty where it does."""
        if not carried.comparable:
            return _mapped(carried, self.over)
        if then[0].criterion not in self.was_in_scope:
            return "Last time it was not in scope."
        if then[0].level is None:
            return f"Last time: {_small(then[0].words)}."
        if answer.level is None:
            return f"This time: {_small(answer_words(answer, self.over.new))}."
        if carried.sources[0].link == REWORDED and carried.criterion in self.unconfirmed:
            return "Its wording changed, and nobody has confirmed it yet."
        return ""


def _mapped(carried: Carried, over: CarriedOver) -> str:
    names = [source.criterion for source in carried.sources]
    kinds = {source.link for source in carried.sources}
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    if len(names) > 1 or MERGED in kinds:
        return f"It was put together from {listed}."
    if SPLIT in kinds:
        return f"It is one part of {listed}, which was split."
    return f"The scale had {len(over.old.scale)} levels and has {len(over.new.scale)} now."


def _mind(carried: Carried) -> str:
    (source,) = carried.sources
    if source.link != REWORDED:
        return ""
    return " ".join(["Its wording changed.", *source.notes])


def _then(name: str, answer: Answer, framework: Framework) -> Then:
    return Then(name, answer.level, answer_words(answer, framework))


def answer_words(answer: Answer, framework: Framework) -> str:
    """The level of an answer, or why it has none, in words."""
    if answer.level is not None:
        return str(framework.scale[answer.level].label)
    if answer.not_applicable:
        return NOT_APPLICABLE
    return NOT_KNOWN if answer.dont_know else NOT_ANSWERED


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def past_of(history: Iterable[Past], old: Framework) -> tuple[Then, ...]:
    """The retired criteria that had an answer."""
    return tuple(_then(item.criterion, item.answer, old) for item in history if item.answer != Answer())


def moved_document(moved: Moved) -> Document:
    """Plain JSON values; `moved_from` reads them."""
    return {
        **vars(moved),
        "criteria": [
            {**vars(item), "then": [dict(vars(then)) for then in item.then]} for item in moved.criteria
        ],
        "standards": [
            {
                **vars(item),
                "before": [dict(vars(before)) for before in item.before],
                "shares": list(item.shares),
            }
            for item in moved.standards
        ],
        "past": [dict(vars(item)) for item in moved.past],
        "plan": [{**vars(item), "criteria": list(item.criteria)} for item in moved.plan],
    }


def moved_from(document: Document) -> Moved:
    """What `moved_document` wrote down."""
    return Moved(
        **{
            **document,
            "criteria": tuple(
                CriterionMoved(**{**item, "then": tuple(Then(**then) for then in item["then"])})
                for item in document["criteria"]
            ),
            "standards": tuple(_standard_from(item) for item in document["standards"]),
            "past": tuple(Then(**item) for item in document["past"]),
            "plan": tuple(
                PlanLine(**{**item, "criteria": tuple(item["criteria"])}) for item in document.get("plan", ())
            ),
        }
    )


def _standard_from(item: Document) -> StandardMoved:
    before = tuple(StandardBefore(**part) for part in item["before"])
    then, now = item["shares"]
    return StandardMoved(**{**item, "before": before, "shares": (then, now)})


def moved_faults(
    path: str, document: Document, framework: Framework, assessment: Assessment
) -> Iterator[Fault]:
    """What is wrong in such a document of the right shape, beside the answers that it belongs to."""
    yield from date_faults(path, document)
    covered = [standard for standard in framework.standards if assessment.counted(standard)]
    wanted = {
        "criteria": [item.id for standard in covered for item in assessment.counted(standard)],
        "standards": [standard.id for standard in covered],
    }
    for key, kind in (("criteria", "criterion"), ("standards", "standard")):
        if [item[kind] for item in document[key]] != wanted[key]:
            yield Fault(at(path, key), "these are not those in scope, in their order", "expected each once")
    for key, names in (("criteria", ("now",)), ("standards", ("then", "now", "level"))):
        for index, item in enumerate(document[key]):
            for name in names:
                if (item[name] or 0) > framework.top:
                    wrong = f"there is no level {item[name]}"
                    expected = f"expected a level of the scale, 0 to {framework.top}"
                    yield Fault(at(at(at(path, key), index), name), wrong, expected)
