"""The questions of a panel on paper: to print, fill in by hand and type in, in normal and in large type."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..domain.languages import IN_ENGLISH, Voice
from ..domain.paper import letters
from ..domain.standards import Text
from .charts import qr_code
from .document import PrintJob, environment
from .printable import printable
from .report import Written
from .wording import MONTHS, day

SHEET = "paper_form.css"
LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class PaperForm:
    """What the form says. `scale` are the easy words of the levels from 0; `link` is that of a group, or
    empty; `large` asks for large type. `voice` has our own words; questions and scale know their language."""

    organisation: str
    name: str
    intro: str
    payment: str
    contact: str
    closes_on: str
    questions: tuple[Text, ...]
    scale: tuple[Text, ...]
    link: str
    large: bool
    voice: Voice = IN_ENGLISH


def paper_job(form: PaperForm, templates: Path) -> PrintJob:
    """The form to print."""
    html = paper_html(form, templates)
    mark = hashlib.sha256(html.encode()).hexdigest()
    return PrintJob(html, (), "", f"paper form {mark}", SHEET)


def paper_html(form: PaperForm, templates: Path) -> str:
    """The HTML that is printed. No clock: the same panel gives the same form."""
    gettext = form.voice.gettext
    named = gettext("Questions on paper: %(name)s", name=" ".join(printable(form.name).split()))
    return (
        environment(templates)
        .get_template("report/paper_form.html")
        .render(
            form=form,
            organisation=Written(form.organisation),
            name=Written(form.name),
            intro=_paragraphs(form.intro),
            payment=_paragraphs(form.payment),
            contact=_paragraphs(form.contact),
            last_day=day(form.closes_on, [gettext(month) for month in MONTHS]),
            letters=letters(len(form.scale) - 1),
            code=_code(form),
            language=form.voice.code,
            draft=form.voice.draft,
            gettext=gettext,
            ngettext=form.voice.ngettext,
            pages=_pages(form.voice),
            title=named[:LONGEST_TITLE],
        )
    )


def _code(form: PaperForm) -> str:
    words = form.voice.gettext("A code that leads to the same questions on a phone")
    return qr_code(form.link, words) if form.link else ""


def _pages(voice: Voice) -> list[str]:
    """What stands before, between and after the numbers at the foot of a page: of this one and of all."""
    place = "\0"
    return voice.gettext("Page %(number)s of %(all)s", number=place, all=place).split(place)


def _paragraphs(text: str) -> tuple[Written, ...]:
    return tuple(Written(line) for line in text.splitlines() if line.strip())
