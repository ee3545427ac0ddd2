"""`pedri-assess standards`: check framework files, and compare two versions."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from ..catalogue import Book, read_book, read_framework, recorded_checksum, released_fault
from ..domain.checking import mapping_faults
from ..domain.comparison import Change, Comparison, compare
from ..domain.errors import InvalidDocument
from ..domain.standards import Framework
from . import sources

_CHECK = """\
Check framework files whole: their shape, ids, levels, links to other versions, and whether a released
file is still what it was. Without a FILE, check every file on the shelf.

Links to an earlier version are looked up among the files given, then beside the file, then on the shelf.
"""
_DIFF = """\
Show what changed from one version of a framework to another, by the links in the newer one: which criteria
are unchanged, reworded, merged, split, new or retired.
"""
_HEADINGS = {
    "unchanged": "Unchanged",
    "reworded": "Reworded",
    "merged": "Merged: several became one",
    "split": "Split: one became several",
    "new": "New",
    "retired": "Retired",
}


def add_commands(commands: Any) -> None:
    """Adds `standards check` and `standards diff`."""
    plain = argparse.RawDescriptionHelpFormatter
    group = commands.add_parser("standards", help="check framework files, compare versions")
    actions = group.add_subparsers(title="commands", metavar="COMMAND", required=True)

    check = actions.add_parser("check", help="find every fault", description=_CHECK, formatter_class=plain)
    check.add_argument("files", nargs="*", metavar="FILE", help="a framework file, or - for standard input")
    check.set_defaults(run=run_check)

    diff = actions.add_parser("diff", help="what changed", description=_DIFF, formatter_class=plain)
    diff.add_argument("old", metavar="OLD", help="the older version: a FRAMEWORK")
    diff.add_argument("new", metavar="NEW", help="the newer version: a FRAMEWORK")
    diff.add_argument("--json", action="store_true", help="as JSON, for a program")
    diff.set_defaults(run=run_diff)


def run_check(arguments: argparse.Namespace) -> int:
    """Checks each file, or the shelf; 0 when none has a fault, else 2."""
    if arguments.files:
        sources.only_one_from_standard_input(*arguments.files)
        return _check_files(arguments.files)
    shelf = sources.known()
    for name in shelf.frameworks():
        for framework in reversed(shelf.versions(name)):
            print(_summary(f"{framework.framework}/{framework.version}", framework))
    for walk in shelf.crosswalks:
        print(f"{walk.title}: a crosswalk of {len(walk.pairs):,} links")
    return 0


def _check_files(names: list[str]) -> int:
    books, faulty = _read_all(names)
    for book in books:
        faults = mapping_faults(book.document, _Versions(books, book).ids)
        if faults:
            faulty.append(InvalidDocument(_name(book), faults))
        else:
            print(_summary(_name(book), book.framework))
    for error in faulty:
        print("\n".join(error.lines()), file=sys.stderr)
    return 2 if faulty else 0


def _read_all(names: list[str]) -> tuple[list[Book], list[InvalidDocument]]:
    books: list[Book] = []
    faulty: list[InvalidDocument] = []
    for name in names:
        try:
            books.append(_book(name))
        except InvalidDocument as error:
            faulty.append(error)
    return books, faulty


def _book(name: str) -> Book:
    if name == sources.STANDARD_INPUT:
        content, source = sources.content_of(name)
        document, framework = read_framework(content, source, sources.schemas())
        return Book(Path(sources.STANDARD_INPUT), content, document, framework)
    path = Path(name)
    recorded = recorded_checksum(path)
    fault = released_fault(path, recorded) if recorded else None
    if fault:
        raise InvalidDocument(name, [fault])
    return read_book(path, sources.schemas())


def _name(book: Book) -> str:
    return sources.STANDARD_INPUT_NAME if str(book.path) == sources.STANDARD_INPUT else str(book.path)


def _summary(name: str, framework: Framework) -> str:
    counts = f"{len(framework.criteria)} criteria in {len(framework.standards)} standards"
    return f"{name}: {counts}, {len(framework.scale)} levels; no faults ({framework.content_hash})"


class _Versions:
    """The ids of other versions: among the files given, beside the file, on the shelf."""

    def __init__(self, given: list[Book], book: Book) -> None:
        self._given = {(each.framework.framework, each.framework.version): each.framework for each in given}
        self._folder = book.path.parent

    def ids(self, framework_id: str, version: str) -> frozenset[str] | None:
        given = self._given.get((framework_id, version))
        framework = given or sources.other_version([self._folder], framework_id, version)
        return frozenset(criterion.id for criterion in framework.criteria) if framework else None


def run_diff(arguments: argparse.Namespace) -> int:
    """Prints what changed between two versions of one framework."""
    sources.only_one_from_standard_input(arguments.old, arguments.new)
    old, new = sources.framework(arguments.old), sources.framework(arguments.new)
    comparison = compare(old, new)
    sources.refuse_other_frameworks(old, new)
    sources.refuse_backwards(old, new, forwards=comparison.linked(), backwards=compare(new, old).linked())
    if arguments.json:
        print(json.dumps(_document(comparison), indent=2, ensure_ascii=False))
    else:
        _print_comparison(comparison)
    return 0


def _document(comparison: Comparison) -> dict[str, Any]:
    return {
        "framework": comparison.new.framework,
        "old": comparison.old.version,
        "new": comparison.new.version,
        "counts": comparison.counts(),
        "changes": [
            {
                "kind": change.kind,
                "old": change.old.id if change.old else None,
                "new": [criterion.id for criterion in change.new],
                "notes": list(change.notes),
            }
            for change in comparison.changes
        ],
    }


def _print_comparison(comparison: Comparison) -> None:
    print(f"{comparison.old.title} {comparison.old.version} to {comparison.new.version}")
    print(", ".join(f"{count} {kind}" for kind, count in comparison.counts().items()))
    for kind, count in comparison.counts().items():
        if count:
            print(f"\n{_HEADINGS[kind]}")
            for change in comparison.of_kind(kind):
                print("\n".join(_lines(change)))


def _lines(change: Change) -> list[str]:
    lines = [f"  {change.old.id}  {change.old.statement}"] if change.old else []
    arrow = "    -> " if change.old else "  "
    lines += [f"{arrow}{criterion.id}  {criterion.statement}" for criterion in change.new]
    return lines + [f"    Note: {note}" for note in change.notes]
