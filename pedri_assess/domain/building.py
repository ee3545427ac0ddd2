"""Makes a Framework out of a framework document that has been checked, filling in what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from .standards import (
    Action,
    Confidence,
    Criterion,
    Effort,
    Framework,
    Level,
    Link,
    NotApplicable,
    Provenance,
    Retired,
    Role,
    ScoringRules,
    Standard,
    Term,
    Text,
)

Document = dict[str, Any]

_CONFIDENCE = ("Stated", "Described", "Documented", "Confirmed")
_EVIDENCE_NEEDED = {"2": 1, "3": 3}
_DEFAULT_TARGET = 2
_REASON_FROM = 2


def framework_from(document: Document, content_hash: str, language: str | None = None) -> Framework:
    """The framework that a checked document describes.

    Texts come in `language` where they have been translated, else in the document's own language.
    """
    words = _Words(document.get("language", "en"), language or document.get("language", "en"))
    efforts = _efforts(document, words)
    roles = {item["id"]: Role(item["id"], words(item["label"])) for item in document.get("roles", ())}
    parts = _Parts(words, efforts, roles, _smallest_unit(document))
    return Framework(
        framework=document["framework"],
        version=document["version"],
        title=words(document["title"]),
        status=document.get("status", "draft"),
        released=document.get("released", ""),
        publisher=words(document.get("publisher")),
        source=document.get("source", ""),
        licence=words(document.get("licence")),
        language=words.own,
        notice=words(document.get("notice")),
        scale=tuple(_level(item, words) for item in document["scale"]),
        confidence=_confidence(document, words),
        efforts=tuple(efforts.values()),
        roles=tuple(roles.values()),
        scoring=_scoring(document.get("scoring", {}), len(document["scale"]) - 1),
        standards=tuple(parts.standard(item, document["scale"]) for item in document["standards"]),
        retired=tuple(parts.retired(item) for item in document.get("retired", ())),
        glossary=tuple(parts.term(item) for item in document.get("glossary", ())),
        content_hash=content_hash,
    )


@dataclass(frozen=True)
class _Words:
    """Picks the wanted language of a text, or the document's own, or whichever there is."""

    own: str
    wanted: str

    def __call__(self, text: str | dict[str, str] | None) -> Text:
        if text is None:
            return Text("", self.own)
        if isinstance(text, str):
            return Text(text, self.own)
        for language in (self.wanted, self.own, *text):
            if language in text:
                return Text(text[language], language)
        raise ValueError("a text without any language")

    def each(self, texts: list[str | dict[str, str]]) -> tuple[Text, ...]:
        return tuple(self(text) for text in texts)


def _level(item: Document, words: _Words) -> Level:
    easy_read = words(item.get("easy_read"))
    return Level(item["level"], words(item["label"]), words(item.get("meaning")), easy_read)


def _confidence(document: Document, words: _Words) -> tuple[Confidence, ...]:
    given = document.get("confidence")
    if given is None:
        return tuple(Confidence(value, Text(label), Text()) for value, label in enumerate(_CONFIDENCE))
    return tuple(
        Confidence(item["value"], words(item["label"]), words(item.get("meaning"))) for item in given
    )


def _efforts(document: Document, words: _Words) -> dict[str, Effort]:
    """The efforts in order, smallest first; where the file lists none, those it uses, all of equal rank."""
    given = document.get("efforts")
    if given:
        return {
            item["id"]: Effort(item["id"], words(item["label"]), words(item.get("meaning")), rank)
            for rank, item in enumerate(given)
        }
    actions = (
        action
        for standard in document["standards"]
        for criterion in standard["criteria"]
        for action in criterion.get("actions", ())
    )
    names = dict.fromkeys(action["effort"] for action in actions if "effort" in action)
    return {name: Effort(name, words(name), words(None), 0) for name in names}


def _scoring(item: Document, top: int) -> ScoringRules:
    needed = item.get("evidence_needed")
    if needed is None:  # the default speaks of four levels; a shorter scale keeps what it has
        needed = {level: value for level, value in _EVIDENCE_NEEDED.items() if int(level) <= top}
    return ScoringRules(
        method=item.get("method", "profile-1"),
        share=exact(item.get("share", 0.6)),
        core_within=item.get("core_within", 1),
        min_answered=exact(item.get("min_answered", 0.6)),
        evidence_needed={int(level): value for level, value in sorted(needed.items())},
        not_applicable_limit=exact(item.get("not_applicable_limit", 0.25)),
        default_target=item.get("default_target", min(_DEFAULT_TARGET, top)),
        reason_from=item.get("reason_from", _REASON_FROM),
    )


def _smallest_unit(document: Document) -> int:
    """The smallest number that makes every weight whole: sums of whole numbers are exact, and quick."""
    weights = (
        exact(criterion.get("weight", 1))
        for standard in document["standards"]
        for criterion in standard["criteria"]
    )
    return lcm(*(weight.denominator for weight in weights))


def exact(number: float) -> Fraction:
    """The number as it was written: 0.6 is three fifths, not the nearest binary fraction."""
    return Fraction(str(number))


@dataclass(frozen=True)
class _Parts:
    """Builds standards and criteria with the vocabulary of their framework."""

    words: _Words
    efforts: dict[str, Effort]
    roles: dict[str, Role]
    unit: int

    def standard(self, item: Document, scale: list[Document]) -> Standard:
        return Standard(
            id=item["id"],
            title=self.words(item["title"]),
            definition=self.words(item.get("definition")),
            provenance=self.provenance(item.get("provenance", {})),
            criteria=tuple(self.criterion(criterion, scale) for criterion in item["criteria"]),
        )

    def criterion(self, item: Document, scale: list[Document]) -> Criterion:
        questions = item.get("questions", {})
        levels = item.get("levels") or [level.get("meaning") or level["label"] for level in scale]
        return Criterion(
            id=item["id"],
            statement=self.words(item["statement"]),
            levels=self.words.each(levels),
            group=self.words(item.get("group")),
            core=item.get("core", False),
            weight=int(exact(item.get("weight", 1)) * self.unit),
            staff_question=self.words(questions.get("staff")),
            public_question=self.words(questions.get("public")),
            evidence=self.words.each(item.get("evidence", [])),
            answer_role=self.role(item["answer_role"]) if "answer_role" in item else None,
            confirm_roles=tuple(self.role(name) for name in item.get("confirm_roles", ())),
            actions=tuple(self.action(action) for action in item.get("actions", ())),
            not_applicable=self.not_applicable(item.get("not_applicable", {})),
            provenance=self.provenance(item.get("provenance", {})),
            links=tuple(self.link(link) for link in item.get("from", ())),
            counts_from=item.get("counts_from", ""),
        )

    def role(self, name: str) -> Role:
        return self.roles.get(name) or Role(name, self.words(name))

    def action(self, item: Document) -> Action:
        return Action(self.words(item["text"]), self.efforts[item["effort"]] if "effort" in item else None)

    def not_applicable(self, item: Document) -> NotApplicable:
        return NotApplicable(item.get("allowed", True), self.words(item.get("when")))

    def retired(self, item: Document) -> Retired:
        return Retired(item["version"], item["id"], self.words(item.get("why")))

    def term(self, item: Document) -> Term:
        return Term(self.words(item["term"]), self.words(item.get("meaning")))

    def link(self, item: Document) -> Link:
        return Link(item["version"], item["id"], item["link"], self.words(item.get("note")))

    def provenance(self, item: Document) -> Provenance:
        return Provenance(
            kind=item.get("kind", ""),
            rest=item.get("rest") or item.get("kind", ""),
            sources=tuple(item.get("sources", ())),
            informed_by=self.words.each(item.get("informed_by", [])),
            note=self.words(item.get("note")),
            checked=item.get("checked", ""),
        )
