"""A panel on paper: forms to print, a table to type sheets in, and a way to take a lot of them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import NotFound, Stale, WrongState
from ..domain.languages import ENGLISH, to_translate
from ..domain.paper import MOST_SHEETS, Cell, NoLetter, Sheets, letters, read_cell, read_sheet
from ..domain.policies import RUNS
from ..reports import ReportBusy, ReportFailed
from ..services import panel_paper as use
from .gate import actor
from .languages import gettext, languages, told
from .panel_taking import MOST_WORDS
from .panels import batch_called
from .protection import allow
from .result import download
from .site import site
from .texts import clean, whole_number

panel_paper = Blueprint("panel_paper", __name__, url_prefix="/assessments/<assessment>/panels/<panel>/paper")

CONFLICT, UNUSABLE, UNAVAILABLE = 409, 422, 503
ROWS = 10  # at a time
LARGE = "large"
TWICE = to_translate("Sheets were typed in since you opened this page. If these are others, keep them now")
TOO_LONG = to_translate("Write %(most)s characters at most on a line")
NO_SHEETS = to_translate("Type at least one sheet: a row with at least one letter")


@dataclass
class Table:
    """The table as it was typed: rows of letters, words by question, and what is wrong, by cell."""

    rows: list[list[str]]
    words: list[str]
    known: int
    errors: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def in_error(self) -> bool:
        """Whether there is something to put right."""
        return bool(self.errors or self.problem)

    def sheets(self, found: use.Paper) -> Sheets:
        """What it says; cells that cannot be read, and too long words, then have an error."""
        names, top = [item.id for item in found.questions], found.framework.top
        read = (
            read_sheet([self._cell(row, column, top) for column in range(len(names))], names)
            for row in range(len(self.rows))
        )
        sheets = tuple(sheet for sheet in read if sheet)
        if not sheets and not self.errors:
            self.problem = gettext(NO_SHEETS)
        said = {name: lines for column, name in enumerate(names) if (lines := self._lines(column))}
        return Sheets(sheets, said)

    def _cell(self, row: int, column: int, top: int) -> Cell:
        try:
            return read_cell(self.rows[row][column], top)
        except NoLetter as error:
            self.errors[f"cell-{row + 1}-{column + 1}"] = told(error)
            return False, None

    def _lines(self, column: int) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.words[column].split("\n") if line.strip())
        if any(len(line) > MOST_WORDS for line in lines):
            self.errors[f"words-{column + 1}"] = gettext(TOO_LONG, most=f"{MOST_WORDS:,}")
        return lines


@panel_paper.get("")
@allow(RUNS)
def page(assessment: str, panel: str) -> Response:
    """The forms to print, and what was typed in."""
    return _page(assessment, panel)


@panel_paper.get("/form.pdf")
@allow(RUNS)
def form(assessment: str, panel: str) -> Response:
    """The form to print, in normal or in large type, in whichever language it is asked for in."""
    large = request.args.get("type") == LARGE
    voice = languages().get(request.args.get("in", ENGLISH))
    if voice is None:
        raise NotFound("language")
    try:
        content = use.form(site().context, assessment, panel, large=large, voice=voice)
    except (ReportBusy, ReportFailed) as error:
        return _page(assessment, panel, told(error).rstrip("."), UNAVAILABLE)
    name = "panel-in-large-type" if large else "panel"
    return download(
        content, "application/pdf", f"{name}.pdf" if voice.code == ENGLISH else f"{name}-{voice.code}.pdf"
    )


@panel_paper.get("/sheets")
@allow(RUNS)
def empty(assessment: str, panel: str) -> Response:
    """An empty table."""
    found = use.paper(site().context, assessment, panel)
    return _table(found, _typed(found, {}, ROWS))


@panel_paper.post("/sheets")
@allow(RUNS)
def sheets(assessment: str, panel: str) -> Response:
    """More rows, a preview of what was typed, the table again to change it, or keeping it."""
    found = use.paper(site().context, assessment, panel)
    go, rows = request.form.get("go"), whole_number(request.form.get("rows"), ROWS)
    table = _typed(found, request.form, min(rows + (ROWS if go == "more" else 0), MOST_SHEETS))
    if go in ("more", "change"):
        return _table(found, table)
    typed = table.sheets(found)
    if table.in_error:
        return _table(found, table)
    if go != "keep":
        return make_response(render_template("panels/preview.html", **_shown(found, table), typed=typed))
    return _keep(found, table, typed)


@panel_paper.post("/<int:batch>/take-back")
@allow(RUNS)
def take_back(assessment: str, panel: str, batch: int) -> Response:
    """Deletes a lot of sheets."""
    try:
        use.take_back(site().context, actor().account_id, assessment, panel, batch)
    except WrongState as error:
        return _page(assessment, panel, told(error), CONFLICT)
    return _to(assessment, panel)


def _keep(found: use.Paper, table: Table, typed: Sheets) -> Response:
    assessment, panel = found.assessment.id, found.panel.id
    try:
        use.type_in(site().context, actor().account_id, assessment, panel, typed, table.known)
    except Stale:
        table.known = len(use.paper(site().context, assessment, panel).lots)
        table.problem = gettext(TWICE)
        return _table(found, table, CONFLICT)
    except WrongState as error:
        table.problem = told(error)
        return _table(found, table, CONFLICT)
    return _to(assessment, panel)


def _typed(found: use.Paper, sent: Mapping[str, str], rows: int) -> Table:
    columns = range(1, len(found.questions) + 1)
    return Table(
        [[clean(sent.get(f"cell-{row}-{column}")) for column in columns] for row in range(1, rows + 1)],
        [clean(sent.get(f"words-{column}")) for column in columns],
        whole_number(sent.get("known"), len(found.lots)),
    )


def _shown(found: use.Paper, table: Table) -> dict[str, object]:
    scale = found.framework.scale
    marks = (*((level.easy_read or level.label) for level in scale), gettext("I do not know"))
    return {
        "kept": found.assessment,
        "paper": found,
        "table": table,
        "marks": list(zip(letters(found.framework.top), marks, strict=True)),
        "most": MOST_SHEETS,
        "in_error": table.in_error,
    }


def _table(found: use.Paper, table: Table, status: int = UNUSABLE) -> Response:
    page = render_template("panels/sheets.html", **_shown(found, table))
    return make_response(page, status if table.in_error else 200)


def _page(assessment: str, panel: str, problem: str = "", status: int = 200) -> Response:
    found = use.paper(site().context, assessment, panel)
    page = render_template(
        "panels/paper.html",
        kept=found.assessment,
        paper=found,
        problem=problem,
        in_error=bool(problem),
        called=batch_called,
        languages=languages().values(),
    )
    return make_response(page, status)


def _to(assessment: str, panel: str) -> Response:
    return make_response(redirect(url_for("panel_paper.page", assessment=assessment, panel=panel), 303))
