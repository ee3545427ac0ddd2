"""Answers that come from a file: read row by row or entry by entry, each fault told by its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .assessment import IMPORTANCES, answer_from, assessment_faults
from .checking import control_faults
from .errors import MOST_FAULTS, Fault, first
from .evidence_links import evidence_links
from .languages import to_translate
from .paths import ROOT, at, shown, suggestion
from .said import Said
from .shape import faults
from .standards import Framework

Document = dict[str, Any]

# The columns of the spreadsheet that the service writes; the key of an answer where a column holds one
COLUMNS = {
    "Standard": "",
    "Criterion": "",
    "Statement": "",
    "Level": "level",
    "Why not applicable": "not_applicable",
    "Don't know yet": "dont_know",
    "Confidence": "confidence",
    "Reason": "reason",
    "Evidence": "evidence",
    "Links": "links",
    "In another way": "otherwise",
    "Importance": "importance",
    "Note": "note",
}
YES, NO = "Yes", "No"
MOST_ROWS = 5_000
NO_COLUMNS = to_translate("it must name the columns, with “Criterion” and “Level” among them")
_COLUMN_OF = {key: column for column, key in COLUMNS.items() if key}


@dataclass(frozen=True)
class Entry:
    """What a file says about one criterion, as an entry of the answers document, not checked yet.

    `row` counts from 1 as spreadsheets do; 0 where the file is no table.
    """

    criterion: str
    answer: Document
    row: int = 0


@dataclass(frozen=True)
class Wrong:
    """Something in a file that cannot be taken: where it is and what is wrong, in words.

    `row` is that of a table, and 0 for what is about the whole file or stands in no table.
    """

    where: str
    words: str
    row: int = 0


@dataclass(frozen=True)
class Offered:
    """What a file offers, by criterion in the standards' order, and what in it cannot be taken."""

    said: Mapping[str, Said]
    wrong: tuple[Wrong, ...]


def read_rows(rows: Sequence[Sequence[str]], framework: Framework) -> tuple[list[Entry], list[Wrong]]:
    """The entries of a table whose first row names its columns, and the rows that are none.

    A row that names a criterion and says nothing about it is not filled in, which is no fault.
    """
    names = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    if "Criterion" not in names or "Level" not in names:
        return [], [Wrong("Row 1", NO_COLUMNS)]
    entries, wrong = list[Entry](), list(_strange_columns(names))
    for number, row in enumerate(rows[1 : MOST_ROWS + 1], 2):
        cells = {
            name: "\n".join(cell.splitlines()).strip()
            for name, cell in zip(names, row, strict=False)
            if name in COLUMNS
        }
        if not cells.get("Criterion"):
            wrong.append(Wrong(f"Row {number}", _no_criterion(row), number))
        elif answer := _entry(cells, framework):
            entries.append(Entry(cells["Criterion"], answer, number))
    if len(rows) > MOST_ROWS + 1:
        wrong.append(
            Wrong(f"Row {MOST_ROWS + 2}", f"a table has {MOST_ROWS:,} rows at most: the rest was not read")
        )
    return entries, wrong


def entries_of(document: Document) -> list[Entry]:
    """The entries of an answers document."""
    importance = document.get("importance", {})
    return [
        Entry(name, {**item, "importance": importance[name]} if name in importance else item)
        for name, item in document["answers"].items()
    ]


def offered(
    entries: Sequence[Entry], framework: Framework, scope: Collection[str], schema: Document
) -> Offered:
    """What can be taken of some entries. `scope` empty means every criterion; `schema` is that of answers.

    One fault in an entry leaves the whole entry out: half an answer is none.
    """
    said, wrong, rows = dict[str, Said](), list[Wrong](), dict[str, int]()
    for entry in entries:
        found = [_told(entry, fault) for fault in _faults(entry, framework, schema)]
        if not found and scope and entry.criterion not in scope:
            found = [_at(entry, "Criterion", f"{entry.criterion} is not in the scope of this assessment")]
        if not found and entry.criterion in rows:
            found = [_at(entry, "Criterion", f"{entry.criterion} is in row {rows[entry.criterion]} already")]
        rows.setdefault(entry.criterion, entry.row)
        wrong += found
        if not found:
            said[entry.criterion] = _said(entry)
        if len(wrong) >= MOST_FAULTS:
            told = f"it was not read: there are {MOST_FAULTS} faults before it"
            wrong.append(Wrong(to_translate("The rest"), told, entry.row))
            break
    return Offered({item.id: said[item.id] for item in framework.criteria if item.id in said}, tuple(wrong))


def _said(entry: Entry) -> Said:
    answer = {key: value for key, value in entry.answer.items() if key != "importance"}
    return Said(answer_from(answer), entry.answer.get("importance"))


def _faults(entry: Entry, framework: Framework, schema: Document) -> list[Fault]:
    """The faults of one entry, as those of a document with nothing else in it."""
    answer = {key: value for key, value in entry.answer.items() if key != "importance"}
    document = {
        "framework": framework.framework,
        "version": framework.version,
        "answers": {entry.criterion: answer},
    }
    if "importance" in entry.answer:
        document["importance"] = {entry.criterion: entry.answer["importance"]}
    known = entry.criterion in {item.id for item in framework.criteria}
    if not known:
        wrong = f"there is no criterion {shown(entry.criterion)}"
        near = suggestion(entry.criterion, [item.id for item in framework.criteria])
        return [Fault(at(ROOT, "answers"), wrong, near)]
    return (
        faults(document, schema) or first(control_faults(document)) or assessment_faults(document, framework)
    )


def _told(entry: Entry, fault: Fault) -> Wrong:
    """A fault by its cell, or by its place in the document."""
    words = f"{fault.wrong}; {fault.expected}" if fault.expected else fault.wrong
    inside = fault.path.removeprefix(at(at(ROOT, "answers"), entry.criterion)).lstrip(".")
    key = "importance" if fault.path.startswith(at(ROOT, "importance")) else inside.partition("[")[0]
    return _at(entry, _COLUMN_OF.get(key.partition(".")[0], "Criterion"), words)


def _at(entry: Entry, column: str, words: str) -> Wrong:
    if entry.row:
        return Wrong(f"Row {entry.row}, column {column}", words, entry.row)
    return Wrong(entry.criterion if column == "Criterion" else f"{entry.criterion}, {column}", words)


def _strange_columns(names: list[str]) -> Iterator[Wrong]:
    for place, name in enumerate(names):
        if name in names[:place] and name:
            yield Wrong("Row 1", f"the column {shown(name)} is there twice")
        elif name and name not in COLUMNS:
            near = suggestion(name, list(COLUMNS))
            yield Wrong(
                "Row 1", f"the column {shown(name)} is not known, and was not read; {near}".rstrip("; ")
            )


def _no_criterion(row: Sequence[str]) -> str:
    if any(cell.strip() for cell in row):
        return to_translate("it names no criterion, and was left out")
    return to_translate("it is empty, and was left out")


def _entry(cells: Mapping[str, str], framework: Framework) -> Document:
    """The cells of a row as an entry. What is no value of its column stays as it is, and becomes a fault."""
    numbers: dict[str, dict[str, int]] = {
        "level": {level.label: level.value for level in framework.scale},
        "confidence": {step.label: step.value for step in framework.confidence},
        "importance": {words: value for value, words in IMPORTANCES.items()},
    }
    entry: Document = {}
    for column, key in COLUMNS.items():
        text = cells.get(column, "")
        if not key or not text:
            continue
        if key in numbers:
            entry[key] = _number(text, numbers[key])
        elif key in ("dont_know", "otherwise"):
            entry |= {} if text.lower() == NO.lower() else {key: text.lower() == YES.lower() or text}
        else:
            entry[key] = _links(text) if key == "links" else text
    return entry


def _number(text: str, labels: Mapping[str, int]) -> int | str:
    """A number from a number, from its label, or from both as the drop-down list has them."""
    for label, value in labels.items():
        if text.lower() in (str(value), label.lower(), choice(value, label).lower()):
            return value
    return int(text) if text.isdecimal() and len(text) < 10 else text


def choice(value: int, label: str) -> str:
    """A number with its label, as a drop-down list offers it."""
    return f"{value} {label}"


def _links(text: str) -> list[Document | str]:
    """One link a line; a line that is none stays as it is, and becomes a fault."""
    found: list[Document | str] = []
    for line in text.splitlines():
        links = evidence_links(line)
        found += [dict(vars(link)) if link.title else link.address for link in links] or [line]
    return found
