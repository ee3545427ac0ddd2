"""Crosswalks: which criteria of two frameworks are about the same, so that evidence can be offered again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .errors import Fault, first
from .paths import ROOT, at, shown, suggestion

Document = dict[str, Any]
Ids = Callable[[str, str], frozenset[str] | None]
Version = tuple[str, str]  # a framework and its version


@dataclass(frozen=True)
class Pair:
    """Two criteria, one of each version, and what to mind."""

    first: str
    second: str
    note: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """The pairs between two versions of two frameworks; `source` says whose work they are."""

    title: str
    source: str
    first: Version
    second: Version
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Counterpart:
    """A criterion of another framework that is about the same."""

    version: Version
    criterion: str
    note: str
    crosswalk: str


def crosswalk_from(document: Document) -> Crosswalk:
    """The crosswalk that a checked document describes."""
    one, other = ((item["framework"], item["version"]) for item in document["between"])
    pairs = tuple(Pair(item["first"], item["second"], item.get("note", "")) for item in document["links"])
    return Crosswalk(document["title"], document.get("source", ""), one, other, pairs)


def counterparts(
    crosswalks: Iterable[Crosswalk], framework: str, version: str, criterion: str
) -> tuple[Counterpart, ...]:
    """What other frameworks ask about the same as a criterion, in the order of the files; each once."""
    here = (framework, version)
    found: dict[tuple[Version, str], Counterpart] = {}
    for walk in crosswalks:
        for pair in walk.pairs:
            for mine, ours, theirs, other in (
                (walk.first, pair.first, walk.second, pair.second),
                (walk.second, pair.second, walk.first, pair.first),
            ):
                if mine == here and ours == criterion:
                    found.setdefault((theirs, other), Counterpart(theirs, other, pair.note, walk.title))
    return tuple(found.values())


def crosswalk_faults(document: Document, ids: Ids) -> list[Fault]:
    """What is wrong in a document of the right shape; `ids` gives the criteria of a version that is here."""
    return first(_faults(document, ids))


def _faults(document: Document, ids: Ids) -> Iterator[Fault]:
    one, other = document["between"]
    if one["framework"] == other["framework"]:
        yield Fault(
            at(at(at(ROOT, "between"), 1), "framework"),
            "both are versions of one framework",
            "expected two frameworks: versions of one are linked in the newer one's own file",
        )
    known = []
    for index, item in enumerate((one, other)):
        found = ids(item["framework"], item["version"])
        if found is None:
            wrong = f"there is no version {shown(item['version'])} of {shown(item['framework'])} here"
            yield Fault(at(at(ROOT, "between"), index), wrong, "expected two versions that are")
        known.append(found)
    yield from _link_faults(document["links"], known)


def _link_faults(links: list[Document], known: list[frozenset[str] | None]) -> Iterator[Fault]:
    seen = set()
    for index, item in enumerate(links):
        path = at(at(ROOT, "links"), index)
        for name, there in zip(("first", "second"), known, strict=True):
            if there is not None and item[name] not in there:
                wrong = f"there is no criterion {shown(item[name])}"
                yield Fault(at(path, name), wrong, suggestion(item[name], sorted(there)))
        pair = item["first"], item["second"]
        if pair in seen:
            yield Fault(path, "this pair is there twice", "expected each pair once")
        seen.add(pair)
