"""The questions of a panel on paper: to print, fill in by hand and type in, in normal and in large type."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from ..domain.paper import letters
from ..domain.standards import Text
from .charts import qr_code
from .document import PrintJob, environment
from .printable import printable
from .report import LANGUAGE, Written
from .wording import day

SHEET = "paper_form.css"
LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class PaperForm:
    """What the form says. `scale` are the easy words of the levels from 0; `link` is that of a group, or
    empty; `large` asks for large type."""

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


def paper_job(form: PaperForm, templates: Path) -> PrintJob:
    """The form to print."""
    mark = hashlib.sha256(repr(sorted(asdict(form).items())).encode()).hexdigest()
    return PrintJob(paper_html(form, templates), (), "", f"paper form {mark}", SHEET)


def paper_html(form: PaperForm, templates: Path) -> str:
    """The HTML that is printed. No clock: the same panel gives the same form."""
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
            last_day=day(form.closes_on),
            letters=letters(len(form.scale) - 1),
            code=qr_code(form.link, "A code that leads to the same questions on a phone")
            if form.link
            else "",
            language=LANGUAGE,
            title=f"Questions on paper: {' '.join(printable(form.name).split())}"[:LONGEST_TITLE],
        )
    )


def _paragraphs(text: str) -> tuple[Written, ...]:
    return tuple(Written(line) for line in text.splitlines() if line.strip())
