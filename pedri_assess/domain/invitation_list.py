"""A list of organisations to invite, as a table in a text file: read whole, with every fault by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .languages import to_translate

COLUMNS = ("organisation", "kind", "nation", "lead")
MOST_ROWS, LONGEST_NAME, LONGEST_ADDRESS = 500, 200, 254
SEPARATORS = (",", ";", "\t")
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\\[\]]+@[^\s@<>(),;:\"\\\[\]]+\.[^\s@<>(),;:\"\\\[\]]+")


@dataclass(frozen=True)
class Line:
    """One organisation of the list; `number` counts lines from 1, the first being that of the names.

    `kind` and `nation` are empty, and `lead` is, where the list does not say.
    """

    number: int
    organisation: str
    kind: str = ""
    nation: str = ""
    lead: str = ""


@dataclass(frozen=True)
class LineFault:
    """What is wrong in a line; `column` is empty where it is about the whole line.

    `words` are in the catalogues, and have a place like %(name)s for each of `values`.
    """

    number: int
    column: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class InvitationList:
    """What a list says, as far as it can be used, and what is wrong with it."""

    lines: tuple[Line, ...]
    faults: tuple[LineFault, ...]


def read_list(text: str, kinds: Mapping[str, str], nations: Mapping[str, str]) -> InvitationList:
    """The organisations of a list. `kinds` and `nations` give the words for each value; both are understood.

    The first line names the columns, of which only `organisation` must be there.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_separator(text)))
    if not rows or "organisation" not in _names(rows[0]):
        return InvitationList((), (LineFault(1, "organisation", _HEAD),))
    names, faults = _names(rows[0]), list(_strange_columns(_names(rows[0])))
    if len(rows) - 1 > MOST_ROWS:
        faults.append(LineFault(MOST_ROWS + 2, "", _TOO_MANY, {"most": MOST_ROWS}))
    lines, seen = [], dict[str, int]()
    for number, row in enumerate(rows[1 : MOST_ROWS + 1], 2):
        if any(cell.strip() for cell in row):
            line = _line(number, names, row)
            wrong = [*_faults(line, kinds, nations), *_surplus(number, names, row), *_twice(line, seen)]
            faults += wrong
            if not wrong:
                lines.append(_understood(line, kinds, nations))
    if not lines and not faults:
        faults.append(LineFault(2, "", to_translate("there is no organisation in the list")))
    return InvitationList(tuple(lines), tuple(faults))


_HEAD = to_translate(
    "the first line names the columns: organisation, kind, nation, lead. Only the first of them must be there"
)
_TOO_MANY = to_translate("a list has %(most)s organisations at most")
_STRANGE = to_translate("there is no such column; there are %(known)s")
_TWICE = to_translate("this column is there twice")
_NO_NAME = to_translate("the name is missing")
_LONG = to_translate("a name has %(most)s characters at most")
_NOT_KNOWN = to_translate("“%(said)s” is not known; use one of %(known)s")
_NO_ADDRESS = to_translate("this is not an e-mail address, like name@example.org")
_SURPLUS = to_translate("there are more cells than columns; put names with commas into quotes")
_EARLIER = to_translate("it is in line %(line)s already")


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(SEPARATORS, key=head.count)


def _names(row: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in row]


def _line(number: int, names: list[str], row: list[str]) -> Line:
    cells = {name: _one_line(cell) for name, cell in zip(names, row, strict=False) if name in COLUMNS}
    return Line(number, **{"organisation": "", **cells})


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _strange_columns(names: list[str]) -> Iterator[LineFault]:
    for place, name in enumerate(names):
        if name and name not in COLUMNS:
            yield LineFault(1, name[:LONGEST_NAME], _STRANGE, {"known": ", ".join(COLUMNS)})
        elif name in names[:place]:
            yield LineFault(1, name, _TWICE)


def _faults(line: Line, kinds: Mapping[str, str], nations: Mapping[str, str]) -> Iterator[LineFault]:
    if not line.organisation:
        yield LineFault(line.number, "organisation", _NO_NAME)
    if len(line.organisation) > LONGEST_NAME:
        yield LineFault(line.number, "organisation", _LONG, {"most": LONGEST_NAME})
    for column, known in (("kind", kinds), ("nation", nations)):
        said = getattr(line, column)
        if said and _value(said, known) is None:
            values = {"said": said[:40], "known": ", ".join(known)}
            yield LineFault(line.number, column, _NOT_KNOWN, values)
    if line.lead and (len(line.lead) > LONGEST_ADDRESS or not ADDRESS.fullmatch(line.lead)):
        yield LineFault(line.number, "lead", _NO_ADDRESS)


def _surplus(number: int, names: list[str], row: list[str]) -> Iterator[LineFault]:
    if any(cell.strip() for cell in row[len(names) :]):
        yield LineFault(number, "", _SURPLUS)


def _twice(line: Line, seen: dict[str, int]) -> Iterator[LineFault]:
    earlier = seen.setdefault(line.organisation.lower(), line.number)
    if line.organisation and earlier != line.number:
        yield LineFault(line.number, "organisation", _EARLIER, {"line": earlier})


def _value(said: str, known: Mapping[str, str]) -> str | None:
    for value, words in known.items():
        if said.lower() in (value, words.lower()):
            return value
    return None


def _understood(line: Line, kinds: Mapping[str, str], nations: Mapping[str, str]) -> Line:
    kind, nation = _value(line.kind, kinds) or "", _value(line.nation, nations) or ""
    return Line(line.number, line.organisation, kind, nation, line.lead)
