"""An assessment: what an organisation answered against one framework version, checked against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .errors import Fault, first
from .languages import to_translate
from .paths import ROOT, at, shown, suggestion
from .standards import Criterion, Framework, Standard

Document = dict[str, Any]

USUAL_IMPORTANCE = 2
IMPORTANCES = {1: to_translate("Low"), 2: to_translate("Medium"), 3: to_translate("High")}


@dataclass(frozen=True)
class EvidenceLink:
    """A web address that shows evidence, and what is to be found there; the title may be empty."""

    address: str
    title: str = ""

    @property
    def line(self) -> str:
        """Both as people type them: the title, then the address."""
        return f"{self.title} {self.address}".strip()


@dataclass(frozen=True)
class Answer:
    """The answer to one criterion: a level, or why it is not applicable, or that it is not known yet.

    With none of the three it is a draft: text that was written before a level was chosen.
    """

    level: int | None = None
    not_applicable: str = ""
    dont_know: bool = False
    confidence: int | None = None
    evidence: str = ""
    links: tuple[EvidenceLink, ...] = ()
    reason: str = ""
    otherwise: bool = False
    note: str = ""


@dataclass(frozen=True)
class PublicView:
    """What public contributors see together: the middle of their levels (the lower one of two), and of how
    many."""

    level: int
    of: int


@dataclass(frozen=True)
class Ratings:
    """Levels that people chose alone for one criterion, in no particular order.

    Of a panel only `public_view` is kept: one by one, the levels would say too much of those who gave them.
    """

    staff: tuple[int, ...] = ()
    public: tuple[int, ...] = ()
    public_view: PublicView | None = None


NO_ANSWER = Answer()
NO_RATINGS = Ratings()


@dataclass(frozen=True)
class Scope:
    """What is assessed: the kind (organisation, programme, project), its name, and one line about it."""

    kind: str = ""
    name: str = ""
    about: str = ""


@dataclass(frozen=True)
class Assessment:
    """Answers with all that gives them meaning. `criteria` empty means every criterion is in scope."""

    framework: str
    version: str
    organisation: str = ""
    scope: Scope = Scope()
    date: str = ""
    criteria: tuple[str, ...] = ()
    targets: dict[str, int] = field(default_factory=dict)
    importance: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    ratings: dict[str, Ratings] = field(default_factory=dict)

    def in_scope(self, standard: Standard) -> tuple[Criterion, ...]:
        """The criteria of a standard that this assessment covers, in the file's order."""
        if not self.criteria:
            return standard.criteria
        chosen = set(self.criteria)
        return tuple(criterion for criterion in standard.criteria if criterion.id in chosen)

    def counted(self, standard: Standard) -> tuple[Criterion, ...]:
        """The criteria in scope that count on the day of the assessment: without those that are coming."""
        return tuple(item for item in self.in_scope(standard) if item.counts_on(self.date))

    def coming(self, standard: Standard) -> tuple[Criterion, ...]:
        """The others: criteria in scope that count from a later day."""
        return tuple(item for item in self.in_scope(standard) if not item.counts_on(self.date))

    def target(self, standard: Standard, framework: Framework) -> int:
        """The level aimed for in a standard."""
        return self.targets.get(standard.id, framework.scoring.default_target)

    def importance_of(self, criterion: Criterion) -> int:
        """How much a criterion matters to the organisation: 1, 2 or 3."""
        return self.importance.get(criterion.id, USUAL_IMPORTANCE)

    def answer(self, criterion_id: str) -> Answer:
        """The answer to a criterion; an empty one where there is none."""
        return self.answers.get(criterion_id, NO_ANSWER)

    def ratings_of(self, criterion_id: str) -> Ratings:
        """The ratings of a criterion; empty ones where there are none."""
        return self.ratings.get(criterion_id, NO_RATINGS)


def assessment_from(document: Document) -> Assessment:
    """The assessment that a checked answers document describes."""
    return Assessment(
        framework=document["framework"],
        version=document["version"],
        organisation=document.get("organisation", ""),
        scope=Scope(**document.get("scope", {})),
        date=document.get("date", ""),
        criteria=tuple(document.get("criteria", ())),
        targets=dict(document.get("targets", {})),
        importance=dict(document.get("importance", {})),
        answers={key: answer_from(item) for key, item in document.get("answers", {}).items()},
        ratings={key: _ratings_from(item) for key, item in document.get("ratings", {}).items()},
    )


def _ratings_from(item: Document) -> Ratings:
    view = PublicView(**item["public_view"]) if "public_view" in item else None
    return Ratings(tuple(item.get("staff", ())), tuple(item.get("public", ())), view)


def answer_from(item: Document) -> Answer:
    """The answer that a checked entry of the answers document describes."""
    return Answer(**{**item, "links": tuple(map(_link_from, item.get("links", ())))})


def _link_from(item: str | Document) -> EvidenceLink:
    return EvidenceLink(item) if isinstance(item, str) else EvidenceLink(**item)


def assessment_document(assessment: Assessment) -> Document:
    """The answers document of an assessment, without the keys that say nothing."""
    document = {
        "framework": assessment.framework,
        "version": assessment.version,
        "organisation": assessment.organisation,
        "scope": _said(vars(assessment.scope)),
        "date": assessment.date,
        "criteria": list(assessment.criteria),
        "targets": dict(assessment.targets),
        "importance": dict(assessment.importance),
        "answers": {key: answer_document(answer) for key, answer in assessment.answers.items()},
        "ratings": {key: ratings_document(ratings) for key, ratings in assessment.ratings.items()},
    }
    return _said(document)


def ratings_document(ratings: Ratings) -> Document:
    """The ratings of one criterion, without the keys that say nothing."""
    view = dict(vars(ratings.public_view)) if ratings.public_view else None
    return _said({"staff": list(ratings.staff), "public": list(ratings.public), "public_view": view})


def answer_document(answer: Answer) -> Document:
    """One entry of the answers document, without the keys that say nothing."""
    # A link without a title stays a plain text: what was frozen before there were titles reads the same
    links = [vars(link) if link.title else link.address for link in answer.links]
    return _said({**vars(answer), "links": links})


def _said(document: Document) -> Document:
    # Level and confidence 0 say something; empty texts, lists and False do not.
    return {key: value for key, value in document.items() if value or (value == 0 and value is not False)}


def assessment_faults(document: Document, framework: Framework) -> list[Fault]:
    """What is wrong in an answers document of the right shape, measured against its framework."""
    return first(_faults(document, framework))


def _faults(document: Document, framework: Framework) -> Iterator[Fault]:
    for key in ("framework", "version"):
        if document[key] != getattr(framework, key):
            expected = f"expected {shown(getattr(framework, key))}, which these answers are read against"
            yield Fault(at(ROOT, key), f"found {shown(document[key])}", expected)
            return  # every id below would be a fault of its own
    yield from date_faults(ROOT, document)
    yield from _scope_faults(document.get("criteria", []), framework)
    yield from _target_faults(document.get("targets", {}), framework)
    yield from _name_faults(document, framework)
    for name, item in document.get("answers", {}).items():
        yield from _answer_faults(at(at(ROOT, "answers"), name), name, item, framework)
    for name, item in document.get("ratings", {}).items():
        yield from _rating_faults(at(at(ROOT, "ratings"), name), item, framework.top)


def _target_faults(targets: Document, framework: Framework) -> Iterator[Fault]:
    standards = [standard.id for standard in framework.standards]
    for name, level in targets.items():
        path = at(at(ROOT, "targets"), name)
        yield from _unknown(path, name, standards, "standard")
        yield from _off_scale(path, level, framework.top, "level")


def _name_faults(document: Document, framework: Framework) -> Iterator[Fault]:
    criteria = [criterion.id for criterion in framework.criteria]
    for key in ("importance", "answers", "ratings"):
        for name in document.get(key, {}):
            yield from _unknown(at(at(ROOT, key), name), name, criteria, "criterion")


def _rating_faults(path: str, item: Document, top: int) -> Iterator[Fault]:
    for group in ("staff", "public"):
        for index, level in enumerate(item.get(group, ())):
            yield from _off_scale(at(at(path, group), index), level, top, "level")
    if "public_view" in item:
        yield from _off_scale(
            at(at(path, "public_view"), "level"), item["public_view"]["level"], top, "level"
        )
        if item.get("public"):
            wrong = "there are ratings one by one, and what they come to"
            yield Fault(at(path, "public_view"), wrong, "expected one of the two")


def date_faults(path: str, document: Document) -> Iterator[Fault]:
    """A `date` that is no day; an empty one, or none, is no fault."""
    try:
        date.fromisoformat(document.get("date") or "2000-01-01")
    except ValueError:
        yield Fault(at(path, "date"), f"there is no day {document['date']}", "expected YYYY-MM-DD")


def _scope_faults(chosen: list[str], framework: Framework) -> Iterator[Fault]:
    known = [criterion.id for criterion in framework.criteria]
    seen: set[str] = set()
    for index, name in enumerate(chosen):
        path = at(at(ROOT, "criteria"), index)
        yield from _unknown(path, name, known, "criterion")
        if name in seen:
            yield Fault(path, f"{shown(name)} is there twice", "expected each criterion once")
        seen.add(name)


def _unknown(path: str, name: str, known: list[str], kind: str) -> Iterator[Fault]:
    if name not in known:
        yield Fault(path, f"unknown {kind} {shown(name)}", suggestion(name, known))


def _off_scale(path: str, value: int, top: int, kind: str) -> Iterator[Fault]:
    if value > top:
        yield Fault(path, f"there is no {kind} {value}", f"expected a {kind} of the scale, 0 to {top}")


def _answer_faults(path: str, name: str, item: Document, framework: Framework) -> Iterator[Fault]:
    kinds = [kind for kind in ("level", "not_applicable", "dont_know") if item.get(kind, False) is not False]
    if len(kinds) > 1:
        yield Fault(path, f"answers of different kinds: {' and '.join(kinds)}", "expected one of them")
    yield from _off_scale(at(path, "level"), item.get("level", 0), framework.top, "level")
    highest = len(framework.confidence) - 1
    yield from _off_scale(at(path, "confidence"), item.get("confidence", 0), highest, "confidence")
    if "not_applicable" in item:
        yield from _not_applicable_faults(at(path, "not_applicable"), name, item["not_applicable"], framework)


def _not_applicable_faults(path: str, name: str, reason: str, framework: Framework) -> Iterator[Fault]:
    if not reason.strip():
        yield Fault(path, "the reason is empty", "say why the criterion is not applicable")
    known = {criterion.id: criterion for criterion in framework.criteria}
    if name in known and not known[name].not_applicable.allowed:
        yield Fault(path, f"{name} may not be not applicable", f"{framework.framework} does not allow it")
