"""Bringing answers in from a file: what it offers beside what is there, and taking what was chosen."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..catalogue import content_hash
from ..domain.alone import check_as_usual
from ..domain.assessment import answer_document
from ..domain.documents import parse
from ..domain.errors import Fault, InvalidDocument, Stale
from ..domain.languages import to_translate
from ..domain.said import NOTHING, Said, said_document
from ..domain.shape import faults
from ..domain.standards import Criterion, Framework
from ..domain.taking import COLUMNS, Entry, Offered, Wrong, entries_of, offered, read_rows
from ..domain.times import stamp
from ..reports import NotAReport, NotATable, answer_csv, answer_workbook, carried, csv_rows, workbook_rows
from ..store import Connection
from ..store.answers import Saved, Sheet, save, sheet
from ..store.assessments import Kept, assessment
from ..store.rating import standing
from . import Context
from .answers import settle_answer
from .assessments import event, framework_of, in_scope

What = Literal["new", "same", "answered already"]
OTHER_VERSION = (
    "these answers are for {there}, and this assessment is for {here}. To carry answers to another version, "
    "start again from the assessment they come from"
)
NOTHING_IN_IT = to_translate("there is no answer in it that can be taken")
NOT_OURS = to_translate("it is not an answers document of this service")
NO_IMPORTANCE = to_translate("it must name criteria, each with 1, 2 or 3")
THE_FILE = to_translate("The file")


class NotAnswers(ValueError):
    """A file from which nothing can be taken; `wrong` says why."""

    def __init__(self, *wrong: Wrong) -> None:
        self.wrong = wrong
        super().__init__("; ".join(each.words for each in wrong))


@dataclass(frozen=True)
class Line:
    """One criterion that a file answers: what is there now, what would be, and what taking it means."""

    criterion: Criterion
    now: Saved
    theirs: Said
    what: What

    @property
    def differs(self) -> tuple[str, ...]:
        """In which columns of the table the two answers differ."""
        ours, theirs = (
            {**vars(each.answer), "importance": each.importance} for each in (self.now.said, self.theirs)
        )
        return tuple(column for column, key in COLUMNS.items() if key and ours[key] != theirs[key])


@dataclass(frozen=True)
class Brought:
    """What a file offers to an assessment. `text` is the same as JSON, and `seal` names what it was read
    beside: another seal says that an answer was changed since."""

    kept: Kept
    framework: Framework
    lines: tuple[Line, ...]
    wrong: tuple[Wrong, ...]
    text: str
    seal: str

    def count(self, what: What) -> int:
        """How many criteria there are of a kind."""
        return sum(line.what == what for line in self.lines)


def template(context: Context, assessment_id: str, kind: str) -> tuple[bytes, Framework]:
    """The table to fill in for an assessment, as `xlsx` or `csv`. Raises NotFound, WrongState."""
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
    framework = framework_of(context, kept)
    criteria = [item for _, items in in_scope(kept, framework) for item in items]
    made = answer_workbook if kind == "xlsx" else answer_csv
    return made(framework, criteria), framework


def look(context: Context, assessment_id: str, content: bytes) -> Brought:
    """What a file offers: answers as JSON, the table of `template`, or a report. Nothing is written.

    Raises NotFound, WrongState unless in progress, and NotAnswers.
    """
    with context.database.read() as c:
        kept = assessment(c, assessment_id)
    kept.state.check_answering()
    read = _entries(context, content, framework_of(context, kept))
    with context.database.read() as c:
        return _look(c, context, assessment_id, *read)


def take(
    context: Context, assessment_id: str, by: str, text: str, source: str, seal: str, theirs: Collection[str]
) -> int:
    """Takes what `look` gave as `text`, in one transaction; how many answers were written.

    What is answered already stays, but for the criteria in `theirs`. Raises NotFound, WrongState, NotAnswers,
    and Stale with the Brought of now where an answer was changed since.
    """
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_answering()
        framework = framework_of(context, kept)
        brought = _look(c, context, assessment_id, _entries_of_text(context, text, framework), [])
        if brought.seal != seal:
            raise Stale(brought)
        at = stamp(context.now())
        taken = [
            line
            for line in brought.lines
            if line.what == "new" or (line.what == "answered already" and line.criterion.id in theirs)
        ]
        for line in taken:
            _write(c, kept, line, by, source, at)
        if taken:
            told = {"reason": source, "criteria": [line.criterion.id for line in taken]}
            event(c, kept, "answers-taken", by, at, kept.id, after=told)
    return len(taken)


def _look(
    c: Connection, context: Context, assessment_id: str, entries: list[Entry], wrong: list[Wrong]
) -> Brought:
    kept, found = assessment(c, assessment_id), sheet(c, assessment_id)
    framework = framework_of(context, kept)
    offer = offered(entries, framework, kept.criteria, context.schemas.answers)
    offer = replace(offer, wrong=tuple(sorted((*wrong, *offer.wrong), key=lambda each: each.row)))
    if not any(said != NOTHING for said in offer.said.values()):
        raise NotAnswers(*offer.wrong, Wrong(THE_FILE, NOTHING_IN_IT))
    return _brought(kept, framework, found, offer)


def _write(c: Connection, kept: Kept, line: Line, by: str, source: str, at: str) -> None:
    name, now = line.criterion.id, line.now
    check_as_usual("" if now.changes else standing(c, kept.id, name))
    if not save(c, kept.id, name, by, line.theirs, now.changes, at):
        raise Stale
    before = said_document(now.said) if now.changes else None
    event(c, kept, "answer-taken", by, at, name, before, {**said_document(line.theirs), "source": source})
    settle_answer(c, kept, name, by, at, confirm=False)


def _entries(context: Context, content: bytes, framework: Framework) -> tuple[list[Entry], list[Wrong]]:
    """What a file says, whatever kind of file it is. Raises NotAnswers."""
    try:
        if content.startswith(b"PK\x03\x04"):
            return read_rows(workbook_rows(content), framework)
        if content.startswith(b"%PDF-"):
            return _entries_of_json(context, carried(content).answers, framework), []
        if content.lstrip().startswith(b"{"):
            return _entries_of_json(context, content, framework), []
        return read_rows(csv_rows(content), framework)
    except (NotATable, NotAReport) as error:
        raise NotAnswers(Wrong(THE_FILE, str(error))) from None


def _entries_of_text(context: Context, text: str, framework: Framework) -> list[Entry]:
    return _entries_of_json(context, text.encode(), framework)


def _entries_of_json(context: Context, content: bytes, framework: Framework) -> list[Entry]:
    """The entries of an answers document; the document around them must be right. Raises NotAnswers."""
    try:
        document = parse(content, "the file")
    except InvalidDocument as error:
        raise _not_answers(error.faults) from None
    if not isinstance(document, dict) or not _is_answers(document.get("answers", {})):
        raise NotAnswers(Wrong(THE_FILE, NOT_OURS))
    around = {key: value for key, value in document.items() if key not in ("answers", "importance")}
    if found := faults(around, context.schemas.answers):
        raise _not_answers(found)
    there = f"{document['framework']} {document['version']}"
    here = f"{framework.framework} {framework.version}"
    if there != here:
        raise NotAnswers(Wrong(THE_FILE, OTHER_VERSION.format(there=there, here=here)))
    importance = document.get("importance", {})
    if not isinstance(importance, dict):
        raise NotAnswers(Wrong("importance", NO_IMPORTANCE))
    return entries_of({"answers": document.get("answers", {}), "importance": importance})


def _is_answers(answers: object) -> bool:
    return isinstance(answers, dict) and all(isinstance(item, dict) for item in answers.values())


def _not_answers(found: Sequence[Fault]) -> NotAnswers:
    return NotAnswers(
        *(Wrong(fault.path, f"{fault.wrong}; {fault.expected}".rstrip("; ")) for fault in found)
    )


def _brought(kept: Kept, framework: Framework, found: Sheet, offer: Offered) -> Brought:
    lines = tuple(
        _line(framework.criterion(name), found.answers.get(name, Saved()), said)
        for name, said in offer.said.items()
        if said != NOTHING
    )
    document = {
        "framework": framework.framework,
        "version": framework.version,
        "answers": {name: answer_document(said.answer) for name, said in offer.said.items()},
        "importance": {name: said.importance for name, said in offer.said.items() if said.importance},
    }
    numbers = {line.criterion.id: line.now.changes for line in lines}
    seal = content_hash({"set_up": kept.changes, "changes": numbers, "offer": document})
    return Brought(kept, framework, lines, offer.wrong, json.dumps(document), seal)


def _line(criterion: Criterion, now: Saved, said: Said) -> Line:
    """Importance and half-typed words that a file does not speak of stay as they are."""
    theirs = Said(said.answer, said.importance or now.said.importance)
    if now.said == NOTHING:
        return Line(criterion, now, theirs, "new")
    return Line(criterion, now, theirs, "same" if theirs == now.said else "answered already")
