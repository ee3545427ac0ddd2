"""Carrying answers over to another year or version: what comes along, from where, and what is to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .assessment import (
    NO_ANSWER,
    NO_RATINGS,
    Answer,
    Assessment,
    Document,
    Ratings,
    answer_document,
    assessment_document,
    ratings_document,
)
from .mapping import MERGED, REWORDED, UNCHANGED, Origin, Origins, origins, predecessors, whys
from .standards import Criterion, Framework, Text

ANSWER, CONFIRM, CHECK_WORDING, NOTHING = "answer", "confirm", "check-wording", "nothing"


@dataclass(frozen=True)
class Source:
    """An earlier criterion that one comes from, and what was said about it: an empty answer for nothing."""

    criterion: str
    link: str
    answer: Answer = NO_ANSWER
    importance: int | None = None
    ratings: Ratings = NO_RATINGS
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Carried:
    """What comes along to one criterion: `answer` is filled in and still to be confirmed, or empty.

    `suggested` is the lowest earlier level where several earlier answers stand beside a blank one.
    `comparable` says that the mapping lets levels be compared; of a reworded criterion once it is confirmed.
    """

    criterion: str
    answer: Answer
    importance: int | None
    sources: tuple[Source, ...]
    to_do: str
    comparable: bool
    suggested: int | None = None


@dataclass(frozen=True)
class Past:
    """An earlier criterion without a successor: its answer is kept to be read."""

    criterion: str
    answer: Answer
    why: tuple[Text, ...] = ()


@dataclass(frozen=True)
class CarriedOver:
    """Everything that comes along, in the order of `new`, and what stays behind, in the order of `old`."""

    old: Framework
    new: Framework
    criteria: tuple[Carried, ...]
    history: tuple[Past, ...]

    def counts(self) -> dict[str, int]:
        """How many criteria there are to confirm, to check the wording of, and to answer."""
        found = [item.to_do for item in self.criteria]
        return {kind: found.count(kind) for kind in (CONFIRM, CHECK_WORDING, ANSWER)}


def carry(
    old: Framework, new: Framework, answered: Assessment, versions: Iterable[Framework] = ()
) -> CarriedOver:
    """What comes along from an assessment of `old` to one of `new`, which may be the same version.

    `versions` are those that lie between. Never loses a word: each answer is in `criteria` or `history`.
    Never makes up a level: each one is the level of a single earlier answer.
    """
    between = tuple(versions)
    found, reasons = origins(old, new, between), whys(old, new, between)
    followed = {origin.id for each in found.values() for origin in each}
    return CarriedOver(
        old,
        new,
        tuple(_carried(item, found[item.id], old, new, answered) for item in new.criteria),
        tuple(
            Past(item.id, answered.answer(item.id), reasons.get(item.id, ()))
            for item in old.criteria
            if item.id not in followed
        ),
    )


def _carried(
    item: Criterion, found: tuple[Origin, ...], old: Framework, new: Framework, answered: Assessment
) -> Carried:
    sources = tuple(_source(origin, answered) for origin in found)
    same_scale = len(old.scale) == len(new.scale)
    if len(sources) != 1 or sources[0].link not in (UNCHANGED, REWORDED):
        suggested = _lowest(sources) if same_scale else None
        return Carried(item.id, NO_ANSWER, None, sources, ANSWER, False, suggested)
    (only,) = sources
    answer = _fitted(only.answer, item, old, new)
    to_do = CONFIRM if only.link == UNCHANGED else CHECK_WORDING
    if answer.level is None and not answer.not_applicable:
        to_do = ANSWER
    return Carried(item.id, answer, only.importance, sources, to_do, same_scale)


def _source(origin: Origin, answered: Assessment) -> Source:
    name = origin.id
    return Source(
        name,
        origin.kind,
        answered.answer(name),
        answered.importance.get(name),
        answered.ratings_of(name),
        origin.notes,
    )


def _lowest(sources: tuple[Source, ...]) -> int | None:
    """The lowest level of what was merged; none where part of it has no level: it could be lower still."""
    if len(sources) < 2 and not any(source.link == MERGED for source in sources):
        return None
    parts = [source.answer for source in sources if not source.answer.not_applicable]
    levels = [answer.level for answer in parts if answer.level is not None]
    return min(levels) if levels and len(levels) == len(parts) else None


def _fitted(answer: Answer, item: Criterion, old: Framework, new: Framework) -> Answer:
    """The answer without what the new version does not know: another scale, or no 'not applicable' here."""
    return replace(
        answer,
        level=answer.level if len(old.scale) == len(new.scale) else None,
        confidence=answer.confidence if len(old.confidence) == len(new.confidence) else None,
        not_applicable=answer.not_applicable if item.not_applicable.allowed else "",
    )


def carried_assessment(
    old: Framework, new: Framework, answered: Assessment, versions: Iterable[Framework] = ()
) -> Assessment:
    """The beginning of the next assessment: the same organisation and scope, with what `carry` fills in.

    A standard aims for what the standard aimed for that most of its criteria come from.
    """
    between = tuple(versions)
    filled, found = carry(old, new, answered, between).criteria, origins(old, new, between)
    return Assessment(
        framework=new.framework,
        version=new.version,
        organisation=answered.organisation,
        scope=answered.scope,
        criteria=carried_scope(old, new, answered.criteria, found),
        targets=carried_targets(old, new, answered.targets, found),
        importance={item.criterion: item.importance for item in filled if item.importance},
        answers={item.criterion: item.answer for item in filled if item.answer != NO_ANSWER},
    )


def carried_scope(old: Framework, new: Framework, chosen: tuple[str, ...], found: Origins) -> tuple[str, ...]:
    """The criteria that a narrower scope becomes: those that come from it. All where that would be none."""
    if not chosen:
        return ()
    if old.version == new.version:
        return chosen
    before = set(chosen)
    return tuple(item.id for item in new.criteria if any(origin.id in before for origin in found[item.id]))


def carried_targets(
    old: Framework, new: Framework, targets: dict[str, int], found: Origins
) -> dict[str, int]:
    """The targets that were set, by the standards that took over; none where the scale is another."""
    if len(old.scale) != len(new.scale):
        return {}
    before = predecessors(old, new, found)
    return {
        standard.id: targets[before[standard.id][0].id]
        for standard in new.standards
        if before[standard.id] and before[standard.id][0].id in targets
    }


def carry_document(over: CarriedOver, answered: Assessment, begun: Assessment) -> Document:
    """The document of `pedri-assess carry`: what comes along, what stays behind, and the answers begun."""
    head = {
        "framework": over.new.framework,
        "old": over.old.version,
        "new": over.new.version,
        "organisation": answered.organisation,
        "date": answered.date,
    }
    return {
        **{key: value for key, value in head.items() if value},
        "counts": over.counts(),
        "criteria": [_carried_document(item) for item in over.criteria],
        "history": [
            {
                "criterion": item.criterion,
                "answer": _answer_or_null(item.answer),
                "why": list(item.why),
                "to_do": NOTHING,
                "comparable": False,
            }
            for item in over.history
        ],
        "answers": assessment_document(begun),
    }


def _carried_document(item: Carried) -> Document:
    document = {
        "criterion": item.criterion,
        "carried": _answer_or_null(item.answer),
        "sources": [source_document(source) for source in item.sources],
        "to_do": item.to_do,
        "comparable": item.comparable,
    }
    more = {"importance": item.importance, "suggested": item.suggested}
    return document | {key: value for key, value in more.items() if value is not None}


def source_document(source: Source) -> Document:
    """One source as plain JSON values."""
    document: Document = {
        "criterion": source.criterion,
        "link": source.link,
        "answer": _answer_or_null(source.answer),
        "notes": list(source.notes),
    }
    if source.importance is not None:
        document["importance"] = source.importance
    if source.ratings != NO_RATINGS:
        document["ratings"] = ratings_document(source.ratings)
    return document


def _answer_or_null(answer: Answer) -> Document | None:
    return None if answer == NO_ANSWER else answer_document(answer)
