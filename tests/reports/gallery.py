"""Reports of every kind, printed once each and opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from gettext import GNUTranslations

from benchmarks import samples
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.languages import Voice
from pedri_assess.domain.standards import Text
from pedri_assess.reports import Report
from pedri_assess.reports.document import PrintJob, print_job
from pedri_assess.reports.easy_read import easy_read_job
from pedri_assess.reports.paper_form import PaperForm, paper_job
from pedri_assess.services.reports import report_for

from .material import EXAMPLES, an_edition, renderer, shelf, tiny, with_evidence
from .spoken import Spoken

RIGHT_TO_LEFT = (
    "قال المشاركون إن المعلومات واضحة (إلى حد ما) في 2026، وطلبوا شرحاً أبسط.\n"
    "המשתתפים ביקשו הסבר פשוט יותר על שימוש בנתונים (2026)."
)


@dataclass(frozen=True)
class Shown:
    """What is printed, the file, and the same opened."""

    job: PrintJob
    content: bytes
    spoken: Spoken


def _example() -> Report:
    answers = json.loads(
        (data_dir("templates").parent / "docs" / "examples" / "answers.json").read_text("utf-8")
    )
    return report_for(shelf().current("pedri"), assessment_from(answers))


def _empty() -> Report:
    framework = shelf().current("pedri")
    return report_for(framework, samples.empty(framework))


def _right_to_left() -> Report:
    return report_for(tiny(), with_evidence(RIGHT_TO_LEFT), an_edition(RIGHT_TO_LEFT))


def _welsh() -> Report:
    """Texts in Welsh, some of which have no translation: those stay in English, and say so."""
    told = json.loads(json.dumps(EXAMPLES["framework"]))
    told |= {"language": "cy", "title": {"cy": "Safonau Arfer Da", "en": "Good Practice Standards"}}
    for number, standard in enumerate(told["standards"]):
        standard["title"] = {"cy": f"Safon rhif {number}"}
        standard["definition"] = {"cy": "Rydym yn gwrando ar bobl, ac yn dweud beth a newidiodd."}
        for criterion in standard["criteria"][::2]:
            criterion["statement"] = {"cy": f"Mae pobl yn cymryd rhan yn {criterion['id']}"}
    told["scale"] = [{**level, "label": {"cy": f"Lefel {level['level']}"}} for level in told["scale"]]
    return report_for(
        framework_from(told, "sha256:" + "0" * 64), with_evidence("Tystiolaeth â llythrennau ŵ ŷ")
    )


def _hostile() -> Report:
    framework = shelf().current("pedri")
    return report_for(framework, samples.extreme(framework))


def _large() -> Report:
    framework = samples.made(185, standards=12, groups=True)
    return report_for(framework, samples.typical(framework))


def _kept() -> Report:
    return report_for(tiny(), with_evidence("As the panel asked"), an_edition())


def _panel() -> PaperForm:
    core = shelf().current("pedri").core_criteria
    return PaperForm(
        organisation="Ymddiriedolaeth Enghraifft",
        name="Your view of our research",
        intro="We are the cancer registry.\nTell us how it is for you.",
        payment="You get a voucher of 25 pounds.",
        contact="Ring Sam on 020 7946 0958.",
        closes_on="2027-03-31",
        questions=tuple(item.public_question for item in core),
        scale=tuple(level.easy_read for level in shelf().current("pedri").scale),
        link="https://assess.example.org/panel/x8hM5f3kQ9bT2wLr7ZcVnA",
        large=True,
    )


def welsh_panel() -> PaperForm:
    """The form in Welsh. Only one of its questions has been translated."""
    with (data_dir("translations") / "cy" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        voice = Voice("cy", "Cymraeg", GNUTranslations(file), draft=True)
    form = _panel()
    asked = (Text("Ydych chi’n gwybod pwy sy’n defnyddio eich data?", "cy"), *form.questions[1:])
    return replace(form, voice=voice, questions=asked, large=False)


def _job(report: Report) -> PrintJob:
    return print_job(report, data_dir("templates"))


REPORTS: dict[str, Callable[[], PrintJob]] = {
    "example": lambda: _job(_example()),
    "empty": lambda: _job(_empty()),
    "right to left": lambda: _job(_right_to_left()),
    "Welsh": lambda: _job(_welsh()),
    "hostile": lambda: _job(_hostile()),
    "185 criteria": lambda: _job(_large()),
    "a kept assessment": lambda: _job(_kept()),
    "panel on paper": lambda: paper_job(_panel(), data_dir("templates")),
    "panel on paper in Welsh": lambda: paper_job(welsh_panel(), data_dir("templates")),
    "easy to read": lambda: easy_read_job(_example(), data_dir("templates")),
}


@cache
def shown(name: str) -> Shown:
    """The report of a name, printed once for all tests."""
    job = REPORTS[name]()
    content = renderer().render(job)
    return Shown(job, content, Spoken(content))
