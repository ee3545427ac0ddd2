"""What somebody said about one criterion, also where it is not complete, and how far it is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .assessment import Answer, answer_document, answer_from
from .carrying import ANSWER, CHECK_WORDING, CONFIRM
from .languages import to_translate
from .standards import Criterion, Framework

Document = dict[str, Any]

NOT_STARTED = to_translate("Not started")
IN_PROGRESS = to_translate("In progress")
NEEDS_REASON = to_translate("Needs a reason")
DONT_KNOW = to_translate("Don't know yet")
NOT_APPLICABLE = to_translate("Not applicable")
ANSWERED = to_translate("Answered")
SETTLED = frozenset({DONT_KNOW, NOT_APPLICABLE, ANSWERED})
# What is left to do about an answer that came along from before
LEFT = {
    CONFIRM: to_translate("Confirm"),
    CHECK_WORDING: to_translate("Check wording"),
    ANSWER: to_translate("Answer"),
}


@dataclass(frozen=True)
class Said:
    """What somebody said about one criterion. `typed` holds what an answer cannot: field name to text.

    Such as a link that is none, or a reason for not applicable before that was chosen. It is kept so that
    nothing typed is lost, and it is never scored.
    """

    answer: Answer = field(default_factory=Answer)
    importance: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> list[str]:
        """Every text that was typed."""
        said = self.answer
        texts = [
            said.not_applicable,
            said.evidence,
            said.reason,
            said.note,
            *(link.line for link in said.links),
        ]
        return [text for text in [*texts, *self.typed.values()] if text]


NOTHING = Said()


def status(criterion: Criterion, said: Said, framework: Framework) -> str:
    """How far the answer to a criterion is, in words."""
    answer = said.answer
    if said.typed:
        return NEEDS_REASON if "choice" in said.typed else IN_PROGRESS
    if answer.not_applicable:
        return NOT_APPLICABLE if criterion.not_applicable.allowed else IN_PROGRESS
    if answer.dont_know:
        return DONT_KNOW
    if answer.level is None:
        return IN_PROGRESS if said.words() or answer.confidence is not None else NOT_STARTED
    needs = answer.level >= framework.scoring.reason_from and not answer.reason.strip()
    return NEEDS_REASON if needs else ANSWERED


def standing(criterion: Criterion, said: Said, framework: Framework, to_do: str = "") -> str:
    """How far it is where an answer came along from before and `to_do` is left, or nothing."""
    found = status(criterion, said, framework)
    if to_do == ANSWER or (to_do in LEFT and found in SETTLED):
        return LEFT[to_do]
    return found


def said_document(said: Said) -> Document:
    """What was said as plain JSON values, without the keys that say nothing; `said_from` reads it."""
    document = {
        "answer": answer_document(said.answer),
        "importance": said.importance,
        "typed": dict(said.typed),
    }
    return {key: value for key, value in document.items() if value}


def said_from(document: Document) -> Said:
    """What `said_document` wrote down."""
    answer = answer_from(document.get("answer", {}))
    return Said(answer, document.get("importance"), document.get("typed", {}))
