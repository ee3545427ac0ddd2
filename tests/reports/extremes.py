"""Reports of every shape: of frameworks small and large, and of texts as long and as odd as may be."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

from PIL import Image

from benchmarks import samples
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import Assessment, assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import Change, Edition, Logo, Moment, Remark
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Report, print_job
from pedri_assess.reports.document import PrintJob
from pedri_assess.services.reports import report_for

from . import gallery
from .material import shelf

Document = dict[str, Any]

# 60 letters without a place to break, in a sentence that goes on; and people's words of 5,000 characters
WORD = "Gemeinschaftsforschungsdatenverarbeitungszustimmungserklaerun"[:60]
SENTENCE = f"What the {WORD} says about people, and what people say about it, in one line after another. "
EVIDENCE = (SENTENCE * 60)[:5000]
ARABIC = "قال المشاركون إن المعلومات واضحة (إلى حد ما) في 2026، وطلبوا شرحاً أبسط. "
HEBREW = "המשתתפים ביקשו הסבר פשוט יותר על שימוש בנתונים (2026). "
WELSH = "Gŵyr pawb fod y tŷ wrth y dŵr; cŷn bo hir bydd y gŵyn am ŵyn a'r ŷd yn Llanŵrin wedi'i hateb. "


def long_framework(levels: int = 10) -> Framework:
    """Three standards of four criteria, every text of it far longer than it should be."""
    long = SENTENCE * 2
    return framework_from(
        {
            "framework": "long",
            "version": "2026.1-" + "x" * 40,
            "title": f"Standards for {WORD} and {WORD}",
            "notice": long,
            "publisher": long,
            "licence": long,
            "scale": [{"level": n, "label": f"{WORD}{n}", "meaning": long} for n in range(levels)],
            "confidence": [{"value": n, "label": f"{WORD} {n}", "meaning": long} for n in range(4)],
            "efforts": [{"id": f"e{n}", "label": f"{WORD} {n}", "meaning": long} for n in range(4)],
            "roles": [{"id": "r", "label": f"The {WORD}"}],
            "glossary": [{"term": f"{WORD} {n}", "meaning": long} for n in range(3)],
            "standards": [_long_standard(number) for number in range(3)],
        },
        "sha256:" + "0" * 64,
    )


def _long_standard(number: int) -> Document:
    return {
        "id": f"S{number}-" + "s" * 60,
        "title": f"Standard {number}: {SENTENCE}",
        "definition": SENTENCE * 5,
        "provenance": {
            "kind": "published",
            "sources": ["https://example.org/" + "a" * 200],
            "note": SENTENCE,
        },
        "criteria": [_long_criterion(f"C{number}-{place}-" + "c" * 57, place) for place in range(4)],
    }


def _long_criterion(name: str, place: int) -> Document:
    return {
        "id": name,
        "core": place == 0,
        "group": f"Group {SENTENCE}" if place else "",
        "statement": SENTENCE * 3,
        "questions": {"staff": SENTENCE * 2, "public": SENTENCE},
        "levels": [SENTENCE * 2] * 10,
        "answer_role": "r",
        "actions": [{"effort": f"e{n}", "text": SENTENCE * 2} for n in range(4)],
        "provenance": {"kind": ("published", "drafted")[place % 2], "note": SENTENCE},
    }


def long_answers(framework: Framework) -> Assessment:
    """Every answer at its limit: 5,000 characters of evidence, long reasons, notes and addresses."""
    levelled = {
        "evidence": EVIDENCE,
        "reason": SENTENCE * 5,
        "note": SENTENCE * 5,
        "links": [{"address": "https://example.org/" + "b" * 300, "title": f"{WORD} minutes"}] * 3,
    }
    answers: Document = {
        item.id: {**levelled, "level": number % len(framework.scale), "confidence": number % 4}
        for number, item in enumerate(framework.criteria)
    }
    names = list(answers)
    answers[names[2]] = {"not_applicable": SENTENCE * 10}
    answers[names[5]] = {"dont_know": True, "evidence": SENTENCE}
    del answers[names[7]]
    return assessment_from(
        {
            "framework": framework.framework,
            "version": framework.version,
            "organisation": (f"The {WORD} Trust for " * 9)[:500],
            "scope": {"kind": WORD + " programme", "name": SENTENCE * 4, "about": SENTENCE * 18},
            "date": "2026-11-23",
            "answers": answers,
            "ratings": {name: {"staff": [0, 4, 9], "public": [1, 1, 8, 9]} for name in names[::2]},
        }
    )


def long_edition(framework: Framework) -> Edition:
    """A second revision in which everybody wrote much."""
    names = [item.id for item in framework.criteria]
    at = "2026-11-{}T09:30:00.000000Z".format
    who = f"Asha {WORD} Rao"
    return Edition(
        revision=2,
        status="signed-off",
        history=(
            Moment(at(20), who, "submitted", 1),
            Moment(at(21), who, "sent-back", 1, SENTENCE * 9),
            Moment(at(22), who, "signed-off", 2),
        ),
        owners=dict.fromkeys(names, who),
        since=1,
        changes=tuple(Change(name, n, 9 - n, ("evidence", "links")) for n, name in enumerate(names[:9])),
        comments=(Remark(names[0], at(19), who, EVIDENCE), Remark(names[1], at(19), who, SENTENCE)),
        introduction=(SENTENCE * 10 + "\n\n") * 3,
        standing_text=SENTENCE * 5,
        address="https://assess.example.org/check-a-report",
        logo=Logo("png", base64.b64encode(square()).decode(), SENTENCE),
    )


def square() -> bytes:
    """A picture as high as it is wide, which takes most room."""
    written = io.BytesIO()
    Image.new("RGB", (400, 400), "#a9491a").save(written, "PNG")
    return written.getvalue()


def _extreme() -> Report:
    framework = long_framework()
    return report_for(framework, long_answers(framework), long_edition(framework))


def _typical() -> Report:
    framework = shelf().current("pedri")
    edition = Edition(address="https://assess.example.org/check-a-report")
    return report_for(framework, samples.typical(framework), edition)


def _nine() -> Report:
    framework = samples.made(9, standards=3)
    return report_for(framework, samples.typical(framework))


def _grouped() -> Report:
    framework = samples.made(185, standards=9, levels=3, groups=True)
    return report_for(framework, samples.typical(framework))


def _thousand() -> Report:
    framework = samples.made(1000, standards=20)
    return report_for(framework, samples.typical(framework))


def in_words(told: str, organisation: str) -> Report:
    """The shipped framework with answers in these words."""
    framework = shelf().current("pedri")
    answers: Document = {
        item.id: {
            "level": number % 4,
            "confidence": number % 4,
            "evidence": told * (1 + number % 3),
            "reason": told,
        }
        for number, item in enumerate(framework.criteria)
    }
    names = list(answers)
    answers[names[-1]] = {"not_applicable": told}
    return report_for(
        framework,
        assessment_from(
            {
                "framework": framework.framework,
                "version": framework.version,
                "organisation": organisation,
                "scope": {"kind": told[:30], "name": told, "about": told},
                "date": "2026-11-23",
                "answers": answers,
                "ratings": {names[0]: {"staff": [0, 1], "public": [0, 0, 0]}},
            }
        ),
        Edition(1, "submitted", owners={names[0]: organisation}, introduction=f"{told}\n\n{told}"),
    )


def job(make: Callable[[], Report]) -> Callable[[], PrintJob]:
    """What prints a report."""
    return lambda: print_job(make(), data_dir("templates"))


SHAPES: dict[str, Callable[[], PrintJob]] = {
    **{name: gallery.REPORTS[name] for name in ("empty", "example")},
    "typical": job(_typical),
    "extreme": job(_extreme),
    "9 criteria on 4 levels": job(_nine),
    "185 criteria on 3 levels": job(_grouped),
    "in Welsh": job(lambda: in_words(WELSH, "Ymddiriedolaeth Iechyd y Tŷ Gwyn, Llanŵrin")),
    "in Arabic": job(lambda: in_words(ARABIC, "مؤسسة البيانات الصحية")),
    "in Hebrew": job(lambda: in_words(HEBREW, "קרן נתוני הבריאות")),
    "1,000 criteria": job(_thousand),
}
