"""An edition of a report: what it says beyond answers and result, so that a file can be printed again."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from .assessment import Answer, Assessment
from .errors import Fault, first
from .moved import Moved, moved_document, moved_faults, moved_from
from .paths import ROOT, at, shown, suggestion
from .peers import Peers, peers_document, peers_faults, peers_from
from .plan import PlanLine
from .resources import Pointer
from .standards import Framework
from .times import moment

Document = dict[str, Any]

NOT_APPLICABLE, NOT_KNOWN, UNANSWERED = "not-applicable", "not-known", "unanswered"

MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "svg": b"<svg "}  # of a picture's bytes


@dataclass(frozen=True)
class Moment:
    """One step of handing in: when (a stamp in UTC), who, what (a kind of event), which revision, and why."""

    at: str
    who: str
    what: str
    revision: int
    reason: str = ""


@dataclass(frozen=True)
class Change:
    """How an answer differs from the revision before: a level each, or why there was none.

    `parts` names what else of it is not as it was, in the order of the answer's own fields.
    """

    criterion: str
    before: int | str
    after: int | str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What somebody wrote in the discussion of a criterion, and when (a stamp in UTC)."""

    criterion: str
    at: str
    who: str
    body: str


@dataclass(frozen=True)
class Logo:
    """A picture: `kind` is png, jpeg or svg, `content` is base64, `words` say what it shows."""

    kind: str
    content: str
    words: str

    @property
    def name(self) -> str:
        """What it is called as a file."""
        return f"logo.{self.kind}"

    @property
    def media_type(self) -> str:
        """What it is called to a browser."""
        return MEDIA_TYPES[self.kind]


@dataclass(frozen=True)
class Edition:
    """Everything a report says that does not follow from answers and framework. Empty for a quick check.

    `revision` is 0 where nothing was submitted; `since` is the revision that `changes` compare with, 0 where
    there is none. `status` is the last that happened to the revision; `owners` are names by criterion.
    `left_out` names sections that the organisation does not want. `resources` are those to show at the gaps,
    by criterion. `address` is where the service that made the report checks it; empty without a service.
    `last_time` is what moved since the last assessment, `peers` what a wave of benchmarks says; None where
    there is none. `plan` is what is done.
    """

    revision: int = 0
    status: str = ""
    history: tuple[Moment, ...] = ()
    owners: dict[str, str] = field(default_factory=dict)
    since: int = 0
    changes: tuple[Change, ...] = ()
    comments: tuple[Remark, ...] = ()
    introduction: str = ""
    standing_text: str = ""
    left_out: tuple[str, ...] = ()
    logo: Logo | None = None
    resources: dict[str, tuple[Pointer, ...]] = field(default_factory=dict)
    address: str = ""
    last_time: Moved | None = None
    plan: tuple[PlanLine, ...] = ()
    peers: Peers | None = None


NO_EDITION = Edition()


def edition_document(edition: Edition) -> Document:
    """Plain JSON values, without the keys that say nothing."""
    document = {
        **vars(edition),
        "history": [dict(vars(item)) for item in edition.history],
        "owners": dict(edition.owners),
        "changes": [{**vars(item), "parts": list(item.parts)} for item in edition.changes],
        "comments": [dict(vars(item)) for item in edition.comments],
        "left_out": list(edition.left_out),
        "logo": dict(vars(edition.logo)) if edition.logo else None,
        "resources": {
            name: [dict(vars(item)) for item in items] for name, items in edition.resources.items()
        },
        "last_time": moved_document(edition.last_time) if edition.last_time else None,
        "plan": [{**vars(item), "criteria": list(item.criteria)} for item in edition.plan],
        "peers": peers_document(edition.peers) if edition.peers else None,
    }
    return {key: value for key, value in document.items() if value}


def edition_from(document: Document) -> Edition:
    """The edition that a checked document describes."""
    return Edition(
        **{
            **document,
            "history": tuple(Moment(**item) for item in document.get("history", ())),
            "changes": tuple(
                Change(**{**item, "parts": tuple(item["parts"])}) for item in document.get("changes", ())
            ),
            "comments": tuple(Remark(**item) for item in document.get("comments", ())),
            "left_out": tuple(document.get("left_out", ())),
            "logo": Logo(**document["logo"]) if "logo" in document else None,
            "resources": {
                name: tuple(Pointer(**item) for item in items)
                for name, items in document.get("resources", {}).items()
            },
            "last_time": moved_from(document["last_time"]) if "last_time" in document else None,
            "peers": peers_from(document["peers"]) if "peers" in document else None,
            "plan": tuple(
                PlanLine(**{**item, "criteria": tuple(item["criteria"])}) for item in document.get("plan", ())
            ),
        }
    )


def changes(framework: Framework, before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """What differs in the answers to the criteria in scope of both, in the file's order."""
    return tuple(_changes(framework, before, after))


def _changes(framework: Framework, before: Assessment, after: Assessment) -> Iterator[Change]:
    for standard in framework.standards:
        was_in_scope = before.in_scope(standard)
        for criterion in after.counted(standard):
            if criterion in was_in_scope:
                old, new = before.answer(criterion.id), after.answer(criterion.id)
                if old != new:
                    yield Change(criterion.id, _said(old), _said(new), _parts(old, new))


def _said(answer: Answer) -> int | str:
    if answer.level is not None:
        return answer.level
    if answer.not_applicable:
        return NOT_APPLICABLE
    return NOT_KNOWN if answer.dont_know else UNANSWERED


def _parts(before: Answer, after: Answer) -> tuple[str, ...]:
    """What is not as it was, but for what the words before and after say already."""
    told = {"level", "dont_know"}
    if not (before.not_applicable and after.not_applicable):
        told.add("not_applicable")
    return tuple(
        name for name, value in vars(after).items() if name not in told and value != getattr(before, name)
    )


def edition_faults(document: Document, framework: Framework, assessment: Assessment) -> list[Fault]:
    """What is wrong in an edition's document of the right shape, beside the answers that it belongs to."""
    found: Iterable[Fault] = _faults(document, framework, assessment)
    if "last_time" in document:
        last = moved_faults(at(ROOT, "last_time"), document["last_time"], framework, assessment)
        found = chain(found, last)
    if "peers" in document:
        found = chain(found, peers_faults(document["peers"], framework))
    return first(found)


def _faults(document: Document, framework: Framework, assessment: Assessment) -> Iterator[Fault]:
    known = [item.id for standard in framework.standards for item in assessment.counted(standard)]
    yield from _no_picture(document.get("logo"))
    for key in ("owners", "resources"):
        for name in document.get(key, {}):
            yield from _out_of_scope(at(at(ROOT, key), name), name, known)
    yield from _plan_faults(document.get("plan", ()), known)
    for key in ("history", "changes", "comments"):
        for index, item in enumerate(document.get(key, ())):
            path = at(at(ROOT, key), index)
            if "criterion" in item:
                yield from _out_of_scope(at(path, "criterion"), item["criterion"], known)
            if "at" in item:
                yield from _no_moment(at(path, "at"), item["at"])
            for side in ("before", "after"):
                yield from _off_scale(at(path, side), item.get(side), framework.top)


def _plan_faults(lines: Sequence[Document], known: list[str]) -> Iterator[Fault]:
    for index, item in enumerate(lines):
        path = at(at(at(ROOT, "plan"), index), "criteria")
        for place, name in enumerate(item["criteria"]):
            yield from _out_of_scope(at(path, place), name, known)


def _no_picture(logo: Document | None) -> Iterator[Fault]:
    if logo is None:
        return
    path = at(at(ROOT, "logo"), "content")
    try:
        content = base64.b64decode(logo["content"], validate=True)
    except ValueError:
        yield Fault(path, "the content is cut off", "expected base64")
        return
    if not content.startswith(BEGINNINGS[logo["kind"]]):
        yield Fault(path, f"the content is no {logo['kind']} picture", "expected the bytes of one")


def _out_of_scope(path: str, name: str, known: list[str]) -> Iterator[Fault]:
    if name not in known:
        yield Fault(path, f"{shown(name)} is no criterion in scope", suggestion(name, known))


def _no_moment(path: str, text: str) -> Iterator[Fault]:
    try:
        moment(text)
    except ValueError:
        yield Fault(
            path, f"there is no moment {shown(text)}", "expected a moment in UTC with its microseconds"
        )


def _off_scale(path: str, said: object, top: int) -> Iterator[Fault]:
    if isinstance(said, int) and said > top:
        yield Fault(path, f"there is no level {said}", f"expected a level of the scale, 0 to {top}")
