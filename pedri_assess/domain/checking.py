"""What the schema cannot say about a framework document: ids, numbering, and names that must exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from .errors import Fault, first
from .paths import ROOT, at, shown, suggestion, walk

Document = dict[str, Any]


def framework_faults(document: Document) -> list[Fault]:
    """Every fault in a framework document that already has the right shape."""
    return first(_faults(document))


def _faults(document: Document) -> Iterator[Fault]:
    yield from _numbering_faults(document, "scale", "level")
    yield from _numbering_faults(document, "confidence", "value")
    yield from _scoring_faults(document)
    yield from _repeated_ids(document)
    yield from _criteria_faults(document)
    yield from _retired_faults(document)
    yield from _date_faults(document)
    yield from control_faults(document)


def mapping_faults(document: Document, ids: Callable[[str, str], frozenset[str] | None]) -> list[Fault]:
    """Links and retirements that point to nowhere.

    `ids` gives the criterion ids of a version, by framework and version, or None where there is none.
    """
    return first(_mapping_faults(document, ids))


def _mapping_faults(document: Document, ids: Callable[[str, str], frozenset[str] | None]) -> Iterator[Fault]:
    for path, item in _pointers(document):
        known = ids(document["framework"], item["version"])
        if known is None:
            wrong = f"version {shown(item['version'])} of {document['framework']} is not there"
            yield Fault(at(path, "version"), wrong, "expected a version that can be read beside this one")
        elif item["id"] not in known:
            wrong = f"version {item['version']} has no criterion {shown(item['id'])}"
            yield Fault(at(path, "id"), wrong, suggestion(item["id"], sorted(known)))


def _pointers(document: Document) -> Iterator[tuple[str, Document]]:
    for path, criterion in criteria_with_paths(document):
        for index, link in enumerate(criterion.get("from", ())):
            yield at(at(path, "from"), index), link
    for index, item in enumerate(document.get("retired", ())):
        yield at(at(ROOT, "retired"), index), item


def criteria_with_paths(document: Document) -> Iterator[tuple[str, Document]]:
    """Each criterion of the document with its path, in the file's order."""
    for index, standard in enumerate(document["standards"]):
        place = at(at(at(ROOT, "standards"), index), "criteria")
        for position, criterion in enumerate(standard["criteria"]):
            yield at(place, position), criterion


def _numbering_faults(document: Document, key: str, number: str) -> Iterator[Fault]:
    for index, item in enumerate(document.get(key, ())):
        if item[number] != index:
            path = at(at(at(ROOT, key), index), number)
            yield Fault(path, f"found {item[number]}", f"expected {index}: numbered from 0 without a gap")


def _scoring_faults(document: Document) -> Iterator[Fault]:
    scoring, top = document.get("scoring", {}), len(document["scale"]) - 1
    highest = len(document.get("confidence", range(4))) - 1
    path = at(ROOT, "scoring")
    if scoring.get("default_target", 0) > top:
        expected = f"expected a level of the scale, 0 to {top}"
        yield Fault(at(path, "default_target"), f"found {scoring['default_target']}", expected)
    for level, value in scoring.get("evidence_needed", {}).items():
        place = at(at(path, "evidence_needed"), level)
        if int(level) > top:
            yield Fault(place, f"there is no level {level}", f"expected a level of the scale, 0 to {top}")
        if value > highest:
            expected = f"expected a confidence value, 0 to {highest}"
            yield Fault(place, f"there is no confidence {value}", expected)


def _repeated_ids(document: Document) -> Iterator[Fault]:
    for key in ("efforts", "roles", "standards"):
        place = at(ROOT, key)
        yield from _repeated((at(place, n), item["id"]) for n, item in enumerate(document.get(key, ())))
    yield from _repeated((path, criterion["id"]) for path, criterion in criteria_with_paths(document))


def _repeated(ids: Iterator[tuple[str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, name in ids:
        if name in seen:
            yield Fault(at(path, "id"), f"the id {shown(name)} is there twice", "expected each id once")
        seen.add(name)


def _criteria_faults(document: Document) -> Iterator[Fault]:
    efforts = [item["id"] for item in document.get("efforts", ())]
    roles = [item["id"] for item in document.get("roles", ())]
    for path, criterion in criteria_with_paths(document):
        yield from _level_faults(path, criterion, len(document["scale"]))
        for index, action in enumerate(criterion.get("actions", ())):
            place = at(at(at(path, "actions"), index), "effort")
            yield from _unknown_name(place, action.get("effort"), efforts, "effort")
        yield from _unknown_name(at(path, "answer_role"), criterion.get("answer_role"), roles, "role")
        for index, role in enumerate(criterion.get("confirm_roles", ())):
            yield from _unknown_name(at(at(path, "confirm_roles"), index), role, roles, "role")
        yield from _link_faults(at(path, "from"), criterion.get("from", ()), document["version"])


def _level_faults(path: str, criterion: Document, count: int) -> Iterator[Fault]:
    levels = criterion.get("levels")
    if levels is not None and len(levels) != count:
        expected = f"expected {count}, one for each level of the scale"
        yield Fault(at(path, "levels"), f"found {len(levels)} level texts", expected)


def _unknown_name(path: str, name: str | None, known: list[str], kind: str) -> Iterator[Fault]:
    if name is not None and known and name not in known:
        yield Fault(path, f"unknown {kind} {shown(name)}", suggestion(name, known))


def _link_faults(path: str, links: Any, version: str) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(links):
        place, key = at(path, index), (link["version"], link["id"])
        if link["version"] == version:
            yield Fault(at(place, "version"), "a link to this same version", "expected an earlier version")
        if key in seen:
            yield Fault(place, f"linked to {shown(link['id'])} twice", "expected each link once")
        seen.add(key)


def _retired_faults(document: Document) -> Iterator[Fault]:
    linked = {
        (link["version"], link["id"])
        for _, criterion in criteria_with_paths(document)
        for link in criterion.get("from", ())
    }
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(document.get("retired", ())):
        path, key = at(at(ROOT, "retired"), index), (item["version"], item["id"])
        if key in linked:
            yield Fault(path, f"{shown(item['id'])} is retired and linked", "expected one or the other")
        if key in seen:
            yield Fault(path, f"{shown(item['id'])} is retired twice", "expected each once")
        seen.add(key)


def _date_faults(document: Document) -> Iterator[Fault]:
    days = [(at(ROOT, "released"), document.get("released"))]
    days += [
        (at(path, "counts_from"), item.get("counts_from")) for path, item in criteria_with_paths(document)
    ]
    for path, day in days:
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError:
            yield Fault(path, f"there is no day {day}", "expected YYYY-MM-DD")
    yield from _nothing_counts(document)


def _nothing_counts(document: Document) -> Iterator[Fault]:
    """Where all is to come, there is nothing to assess against."""
    if all("counts_from" in item for _path, item in criteria_with_paths(document)):
        wrong = "every criterion counts from a later day only"
        yield Fault(at(ROOT, "standards"), wrong, "expected one that counts from the beginning")


def control_faults(document: Document) -> Iterator[Fault]:
    """Texts with characters that are no text."""
    for path, value, _ in walk(document):
        if isinstance(value, str) and any(ord(char) < 32 and char not in "\n\t" for char in value):
            yield Fault(path, f"a control character in {shown(value)}", "expected plain text")
