"""A panel on paper: the form to print, and typing in the sheets that come back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from ..domain.errors import NotFound, Stale, WrongState
from ..domain.languages import IN_ENGLISH, Voice, to_translate
from ..domain.panels import GROUP, questions
from ..domain.paper import Sheets
from ..domain.standards import Criterion, Framework
from ..domain.times import stamp
from ..reports import PaperForm, paper_job
from ..store import Connection
from ..store.assessments import Kept, assessment
from ..store.panel_paper import Lot, add_lot, lots, take_lot_back
from ..store.panels import Panel, panel
from . import Context
from .assessments import event, framework_of
from .panels import panel_link

NOT_OPEN = to_translate("Open the panel first: sheets are typed in while it is open")
IS_CLOSED = to_translate("This panel is closed, so no sheets come in or go any more")


@dataclass(frozen=True)
class Paper:
    """The paper of a panel: its questions, and the lots of sheets that were typed in."""

    panel: Panel
    assessment: Kept
    framework: Framework
    questions: tuple[Criterion, ...]
    lots: list[Lot]

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return sum(lot.sheets for lot in self.lots)

    @property
    def takes_sheets(self) -> bool:
        """Whether sheets can be typed in: also after its last day, until it is closed for good."""
        return self.panel.opened_at is not None and self.panel.closed_at is None


def paper(context: Context, assessment_id: str, panel_id: str) -> Paper:
    """The paper of a panel. Raises NotFound."""
    with context.database.read() as c:
        return _paper(c, context, assessment_id, panel_id)


def form(
    context: Context, assessment_id: str, panel_id: str, *, large: bool, voice: Voice = IN_ENGLISH
) -> bytes:
    """The form as PDF, the same every time; questions and scale in its language where they have been
    translated. Raises NotFound, ReportBusy and ReportFailed."""
    found = paper(context, assessment_id, panel_id)
    framework = context.shelf.in_language(found.framework, voice.code)
    link = panel_link(context, found.panel.token) if found.panel.kind == GROUP else ""
    said = PaperForm(
        organisation=found.assessment.organisation_name,
        name=found.panel.name,
        intro=found.panel.intro,
        payment=found.panel.payment,
        contact=found.panel.contact,
        closes_on=found.panel.closes_on,
        questions=tuple(item.public_question for item in questions(framework, found.panel.criteria)),
        scale=tuple(level.easy_read or level.label for level in framework.scale),
        link=link if found.panel.opened_at else "",
        large=large,
        voice=voice,
    )
    return context.renderer.render(paper_job(said, context.renderer.templates))


def type_in(context: Context, by: str, assessment_id: str, panel_id: str, typed: Sheets, known: int) -> None:
    """Keeps sheets. `known` is how many lots there were when they were typed: so none comes in twice.

    Raises NotFound, Stale, WrongState.
    """
    with context.database.write() as c:
        found = _writable(c, context, assessment_id, panel_id)
        names = {item.id for item in found.questions}
        if not names.issuperset(chain(typed.words, *typed.sheets)):
            raise NotFound("question")
        levels = {level for sheet in typed.sheets for level in sheet.values()} - {None}
        if not levels.issubset(range(found.framework.top + 1)):
            raise NotFound("level")
        if known != len(found.lots):
            raise Stale(found)
        add_lot(c, panel_id, typed)
        after = {"sheets": len(typed.sheets)}
        kept, at = found.assessment, stamp(context.now())
        event(c, kept, "panel-paper-entered", by, at, panel_id, after=after)


def take_back(context: Context, by: str, assessment_id: str, panel_id: str, batch: int) -> None:
    """Deletes a lot of sheets. Raises NotFound, WrongState."""
    with context.database.write() as c:
        found = _writable(c, context, assessment_id, panel_id)
        if sheets := take_lot_back(c, panel_id, batch):
            kept, at = found.assessment, stamp(context.now())
            event(c, kept, "panel-paper-taken-back", by, at, panel_id, before={"sheets": sheets})


def _paper(c: Connection, context: Context, assessment_id: str, panel_id: str) -> Paper:
    kept, found = assessment(c, assessment_id), panel(c, assessment_id, panel_id)
    framework = framework_of(context, kept)
    return Paper(found, kept, framework, questions(framework, found.criteria), lots(c, panel_id))


def _writable(c: Connection, context: Context, assessment_id: str, panel_id: str) -> Paper:
    found = _paper(c, context, assessment_id, panel_id)
    found.assessment.state.check_kept()
    if found.panel.closed_at is not None:
        raise WrongState(IS_CLOSED)
    if found.panel.opened_at is None:
        raise WrongState(NOT_OPEN)
    return found
