"""What moved since the last assessment, as a whole: criteria, standards under both versions, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from .assessment import Answer, Assessment
from .carrying import carry
from .levels import index, standard_level
from .mapping import Origins, origins, predecessors
from .moved import (
    CONFIRMED,
    DOWN,
    NO_LEVEL,
    NOT_COMPARABLE,
    UP,
    CriterionMoved,
    Moved,
    StandardBefore,
    StandardMoved,
    criteria_moved,
    past_of,
)
from .result import Finding, rounded
from .scoring import standard_result
from .standards import Framework, Standard
from .tally import Tally

ORGANISATION, STANDARD, ANSWERS, BOTH, NONE, UNKNOWN = (
    *("organisation", "standard", "answers", "both", "none", "unknown"),
)


def moved_since(
    old: Framework,
    before: Assessment,
    new: Framework,
    after: Assessment,
    versions: Iterable[Framework] = (),
    unconfirmed: Collection[str] = (),
) -> Moved:
    """What moved from one assessment to another, of the same version or of a newer one.

    `versions` are those that lie between; `unconfirmed` names reworded criteria that nobody confirmed.
    """
    between = tuple(versions)
    over = carry(old, new, before, between)
    criteria = tuple(criteria_moved(over, before, after, unconfirmed))
    reading = _Reading(old, before, new, after, origins(old, new, between))
    by_id = {item.criterion: item for item in criteria}
    return Moved(
        version=old.version,
        date=before.date,
        criteria=criteria,
        standards=tuple(
            reading.of(standard, [by_id[item.id] for item in in_scope])
            for standard in new.standards
            if (in_scope := after.counted(standard))
        ),
        past=past_of(over.history, old),
        scope=before.scope.name,
    )


@dataclass(frozen=True)
class _Reading:
    """Reads a standard under both versions."""

    old: Framework
    before: Assessment
    new: Framework
    after: Assessment
    origins: Origins

    def of(self, standard: Standard, criteria: list[CriterionMoved]) -> StandardMoved:
        counts = Counter(item.kind for item in criteria)
        compared = {item.criterion: item for item in criteria if item.kind in (UP, DOWN, CONFIRMED)}
        then = self._alone(standard, {name: item.then[0].level for name, item in compared.items()})
        now = self._alone(standard, {name: item.now for name, item in compared.items()})
        level = standard_result(standard, self.new, self.after).level
        before = tuple(self._before(standard))
        found = StandardMoved(
            standard.id,
            len(compared),
            len(criteria),
            dict(counts),
            before,
            then[0],
            now[0],
            level,
            (then[1], now[1]),
            NONE,
            "",
        )
        cause, text = _told(found, self.new, self._others(found, criteria))
        return replace(found, cause=cause, text=text)

    def _alone(self, standard: Standard, levels: dict[str, int | None]) -> tuple[int | None, float | None]:
        """Level and index by the new version of these criteria alone."""
        alone = replace(self.after, answers={name: Answer(level=level) for name, level in levels.items()})
        criteria = [item for item in standard.criteria if item.id in levels]
        tally = Tally.of(criteria, alone, self.new.top)
        return standard_level(tally, self.new.scoring), rounded(index(tally, self.new.top).value)

    def _before(self, standard: Standard) -> Iterator[StandardBefore]:
        for part in predecessors(self.old, self.new, self.origins)[standard.id]:
            if self.before.counted(part):
                level = standard_result(part, self.old, self.before).level
                yield StandardBefore(part.id, part.title, level, _label(self.old, level))

    def _others(self, found: StandardMoved, criteria: list[CriterionMoved]) -> tuple[str, ...]:
        """What besides the organisation can have changed the level that a reader of both results sees."""
        levelled = bool(found.before) and None not in (found.before[0].level, found.level)
        others = [STANDARD] if self.old.version != self.new.version and levelled else []
        if not levelled or any(item.kind == NOT_COMPARABLE and item.alike for item in criteria):
            others.append(ANSWERS)
        return tuple(others)


def _told(found: StandardMoved, new: Framework, others: tuple[str, ...]) -> tuple[str, str]:
    """The cause of what a reader of both results sees, and sentences about it."""
    if not found.compared:
        none = "Its only criterion does not compare" if found.of == 1 else f"None of its {found.of} compares"
        return UNKNOWN, f"{none} with last time."
    was = found.before[0].words if found.before else NO_LEVEL
    then, now, is_now = (_label(new, level) for level in (found.then, found.now, found.level))
    stands = f"stands where it stood: {now}" if then == now else f"moved from {then} to {now}"
    alone = f"On what compares ({found.compared} of {_criteria(found.of)}), it {stands}."
    both_ways = f"{_past(was)} and {_present(is_now)}"
    whence = " and ".join(_OTHERS[other] for other in others)
    if then == now and was != is_now:
        ending = ", not from you" if others == (STANDARD,) else ""
        return others[0], f"{alone} As a whole it {both_ways}: that comes from {whence}{ending}."
    if then != now and (was, is_now) != (then, now):
        return BOTH, f"{alone} As a whole it {both_ways}; the difference comes from {whence}."
    return NONE if then == now else ORGANISATION, alone


_OTHERS = {STANDARD: "the standard", ANSWERS: "criteria that had no level then or have none now"}


def _past(words: str) -> str:
    return "had no level" if words == NO_LEVEL else f"was {words}"


def _present(words: str) -> str:
    return "has no level now" if words == NO_LEVEL else f"is {words}"


def _label(framework: Framework, level: int | None) -> str:
    return NO_LEVEL if level is None else str(framework.scale[level].label)


def _criteria(number: int) -> str:
    return "1 criterion" if number == 1 else f"{number} criteria"


def findings_since(found: Moved) -> tuple[Finding, ...]:
    """What moved, and what cannot fairly be compared, as findings beside those of the result."""
    return tuple(
        Finding(kind, text, criterion=item.criterion)
        for item in found.criteria
        for kind, text in _findings(item)
    )


def _findings(item: CriterionMoved) -> Iterator[tuple[str, str]]:
    if item.kind in (UP, DOWN):
        words = f"{item.kind.capitalize()} from {item.then[0].words} to {item.words} since last time."
        yield f"moved-{item.kind}", " ".join(filter(None, (words, item.why)))
    elif item.kind == NOT_COMPARABLE:
        yield "comparison-not-fair", item.why
