"""A quick check under way: what was answered at which step, and how two copies of it become one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..domain.assessment import (
    Answer,
    Assessment,
    answer_document,
    answer_from,
    assessment_document,
    assessment_faults,
    assessment_from,
)
from ..domain.said import Said
from ..domain.standards import Criterion, Framework, Standard

Document = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """What was last said about one criterion, and at which step."""

    step: int
    said: Said


@dataclass(frozen=True)
class Journey:
    """One quick check: everything that was said, so that it can travel without a server keeping it.

    `set_up` is the assessment without its answers, as it was at step `set_up_step`. Steps count up with
    every change, over all copies that know of each other.
    """

    id: str
    content_hash: str
    set_up: Assessment
    set_up_step: int = 1
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """The step of the newest change."""
        return max([self.set_up_step, *(entry.step for entry in self.entries.values())])

    @property
    def assessment(self) -> Assessment:
        """The assessment with its answers."""
        said = {name: entry.said for name, entry in self.entries.items()}
        return replace(
            self.set_up,
            answers={name: item.answer for name, item in said.items() if item.answer != Answer()},
            importance={name: item.importance for name, item in said.items() if item.importance},
        )

    def said(self, criterion_id: str) -> Said:
        """What was said about a criterion; an empty one where nothing was."""
        entry = self.entries.get(criterion_id)
        return entry.said if entry else Said()

    def criteria(self, framework: Framework) -> tuple[Criterion, ...]:
        """The criteria to answer, in the file's order."""
        return tuple(criterion for _, criteria in self.standards(framework) for criterion in criteria)

    def standards(self, framework: Framework) -> tuple[tuple[Standard, tuple[Criterion, ...]], ...]:
        """The standards with something to answer, each with its criteria to answer."""
        pairs = ((standard, self.set_up.in_scope(standard)) for standard in framework.standards)
        return tuple((standard, criteria) for standard, criteria in pairs if criteria)

    def is_copy_of(self, other: Journey) -> bool:
        """Whether the two are copies of the same quick check, which may have gone different ways."""
        mine, theirs = self.set_up, other.set_up
        return (self.id, mine.framework, mine.version) == (other.id, theirs.framework, theirs.version)

    def fits(self, framework: Framework) -> bool:
        """Whether the framework is still the one that was answered, or one these answers fit as well."""
        if self.content_hash == framework.content_hash:
            return True
        return not assessment_faults(assessment_document(self.assessment), framework)


def begin(journey_id: str, framework: Framework, assessment: Assessment) -> Journey:
    """A new quick check, with whatever the assessment has been answered so far."""
    named = assessment.answers.keys() | assessment.importance.keys()
    entries = {
        name: Entry(1, Said(assessment.answer(name), assessment.importance.get(name)))
        for name in sorted(named)
    }
    set_up = replace(assessment, answers={}, importance={})
    return Journey(journey_id, framework.content_hash, set_up, 1, entries)


def set_up_again(journey: Journey, set_up: Assessment) -> Journey:
    """The same quick check with another scope, other names or other targets."""
    if set_up == journey.set_up:
        return journey
    return replace(journey, set_up=set_up, set_up_step=journey.step + 1)


def answer(journey: Journey, shown: Said, criterion_id: str, said: Said) -> tuple[Journey, Said | None]:
    """The quick check with what was just said about a criterion, and what that replaced unseen, if anything.

    `shown` is what the page said when it was opened. What comes back as it was shown is no change: somebody
    only looked, and what another tab has said meanwhile stays.
    """
    newest = journey.said(criterion_id)
    if said in (shown, newest):
        return journey, None
    entries = {**journey.entries, criterion_id: Entry(journey.step + 1, said)}
    unseen = newest if newest != shown and _loses_words(newest, said) else None
    return replace(journey, entries=entries), unseen


def _loses_words(before: Said, after: Said) -> bool:
    kept = " ".join(after.words())
    return any(text not in kept for text in before.words())


def merge(one: Journey, other: Journey) -> Journey:
    """Two copies of the same quick check as one: of each thing said, the newest.

    The order of the copies does not matter, nor how often or in which order more are merged. At the same
    step (two tabs that did not know of each other) one of the two is chosen, always the same.
    """
    if not one.is_copy_of(other):
        raise ValueError("these are two different quick checks")
    newest = max((one, other), key=lambda journey: (journey.set_up_step, _text(_set_up_document(journey))))
    names = sorted(one.entries.keys() | other.entries.keys())
    entries = {name: _newest(one.entries.get(name), other.entries.get(name)) for name in names}
    return replace(newest, entries={name: entry for name, entry in entries.items() if entry})


def _newest(one: Entry | None, other: Entry | None) -> Entry | None:
    if one is None or other is None:
        return one or other
    if one.step != other.step:
        return one if one.step > other.step else other
    return max(one, other, key=lambda entry: _text(_entry_document(entry)))


def _text(document: Any) -> str:
    return json.dumps(document, sort_keys=True)


def journey_document(journey: Journey) -> Document:
    """The quick check as plain JSON values; `journey_from` reads it."""
    return {
        **_set_up_document(journey),
        "entries": {name: _entry_document(entry) for name, entry in journey.entries.items()},
    }


def _set_up_document(journey: Journey) -> Document:
    return {
        "id": journey.id,
        "hash": journey.content_hash,
        "step": journey.set_up_step,
        "set_up": assessment_document(journey.set_up),
    }


def _entry_document(entry: Entry) -> list[Any]:
    return [entry.step, answer_document(entry.said.answer), entry.said.importance, dict(entry.said.typed)]


def journey_from(document: Document) -> Journey:
    """The quick check that `journey_document` wrote down."""
    return Journey(
        id=document["id"],
        content_hash=document["hash"],
        set_up=assessment_from(document["set_up"]),
        set_up_step=document["step"],
        entries={name: _entry_from(item) for name, item in document["entries"].items()},
    )


def _entry_from(item: list[Any]) -> Entry:
    step, answer_, importance, typed = item
    return Entry(step, Said(answer_from(answer_), importance, typed))
