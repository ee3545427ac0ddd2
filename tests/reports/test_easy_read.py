"""The easy-to-read report: few and short words, the numbers of the result, and nothing carried along."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_from
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.findings import lower_median
from pedri_assess.reports import Report, read_logo
from pedri_assess.reports.charts import steps_picture
from pedri_assess.reports.easy_read import easy_read, easy_read_html, easy_read_job, in_easy_words
from pedri_assess.services.reports import report_for
from tests.unit.frameworks import answered, framework_documents

from .material import EXAMPLES, an_edition, renderer, shelf, some_answers, tiny, with_evidence
from .pictures import png
from .reading_age import grade, sentences, syllables, words
from .spoken import Spoken
from .structure import elements, types

TEMPLATES = data_dir("templates")
LONGEST_SENTENCE = 15  # words
HARDEST = 2.0  # the grade, which is an age of about seven
NEEDED = {"contributor", "contributors"}  # long words that cannot be left out


def page_of(report: Report) -> Element:
    return html5lib.parse(easy_read_html(report, TEMPLATES), namespaceHTMLElements=False)


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def paragraphs(report: Report) -> list[str]:
    return [text_of(item) for item in page_of(report).iter("p")]


def own_words(element: Element) -> str:
    """Our own sentences, each paragraph by itself; what is given to us, and names of things, are left out."""
    said = []
    for item in element.iter("p"):
        for inner in list(item):
            if inner.get("class") == "easy-given":
                inner.text = "it" if len(item) == 1 and (item.text or "").strip() else ""
        text = text_of(item)
        if re.search(r"[.?!:]$", text):
            said.append(text)
    return "\n".join(said)


def every_case() -> list[Report]:
    """Reports in which, together, every sentence of the template is said."""
    done = {criterion.id: {"level": 3, "confidence": 3} for criterion in tiny().criteria}
    few = {"A-1": {"public": [1], "staff": [2]}}
    same = {"A-1": {"public": [3, 3, 3]}, "A-2": {"public": [3, 3, 3]}, "A-3": {"public": [3, 3, 1]}}
    higher = {"A-1": {"public": [3, 3, 3]}}
    none = {criterion.id: {"not_applicable": "none"} for criterion in tiny().criteria}
    cases = [
        some_answers(),
        some_answers(answers={}, ratings={}),
        some_answers(answers=done, ratings=same, targets={"A": 1, "B": 3}),
        some_answers(answers={"A-1": {"level": 1}}, ratings=higher, organisation="", scope={}),
        some_answers(answers=none, ratings=few),
        some_answers(
            answers={"A-1": {"level": 1}, "A-2": {"level": 0}}, ratings={"A-1": {"public": [0, 0, 0]}}
        ),
    ]
    return [*(report_for(tiny(), case) for case in cases), shipped("2023.1"), shipped("2025.1")]


def shipped(version: str) -> Report:
    """The shipped standards, all at the lowest level, with much to do."""
    framework = shelf().get("pedri", version)
    low = {criterion.id: {"level": 0} for criterion in framework.criteria}
    scope = {"kind": "project", "name": "Linked data", "about": "Births and schools"}
    document = {"framework": "pedri", "version": version, "scope": scope, "answers": low}
    return report_for(framework, assessment_from(document))


def test_our_own_words_are_easy() -> None:
    text = "\n".join(own_words(page_of(report)) for report in every_case())
    said = set(sentences(text))
    assert len(said) > 60
    assert {sentence for sentence in said if len(words(sentence)) > LONGEST_SENTENCE} == set()
    assert grade("\n".join(sorted(said))) <= HARDEST
    assert {word for word in words(text) if syllables(word) > 3} <= NEEDED


def test_hard_words_would_be_found() -> None:
    hard = "Participating organisations demonstrate proportionate involvement in governance arrangements."
    assert grade(hard) > HARDEST * 3
    assert grade("We do this all the time.") < HARDEST
    assert [syllables(word) for word in ("we", "standard", "public", "contributor", "list", "made")] == [
        1,
        2,
        2,
        4,
        1,
        1,
    ]


def test_every_sentence_of_the_template_is_said_in_one_of_the_cases() -> None:
    template = (TEMPLATES / "report" / "easy_read.html").read_text("utf-8")
    said = " ".join(text_of(page_of(report)) for report in every_case())
    written = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "|", template, flags=re.DOTALL)
    parts = {" ".join(part.split()) for part in written.split("|")}
    sentences_there = {part for part in parts if len(part) > 3 and not part.startswith(("{", '"'))}
    assert len(sentences_there) > 50
    assert {part for part in sentences_there if part not in said} == set()


def test_one_column_no_table_and_headings_in_order() -> None:
    page = page_of(report_for(tiny(), some_answers()))
    assert list(page.iter("table")) == []
    depths = [int(item.tag[1]) for item in page.iter() if re.fullmatch("h[1-6]", str(item.tag))]
    assert depths[0] == 1
    assert depths.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))
    sheet = (data_dir("static") / "css" / "easy_read.css").read_text("utf-8")
    assert [size for size in re.findall(r"([\d.]+)pt[ /\"]", sheet) if 4 < float(size) < 14] == []
    assert "text-align" not in sheet
    assert re.search(r"html \{ font: 17pt", sheet)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_number_is_the_results(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:" + "0" * 64)
    report = report_for(framework, data.draw(answered(framework)))
    page, top = page_of(report), framework.top
    said = paragraphs(report)
    applicable = sum(standard.applicable for standard in report.result.standards)
    done = sum(standard.answered for standard in report.result.standards)
    left_out = sum(standard.not_applicable for standard in report.result.standards)
    assert f"We looked at {counted(len(report.result.standards), 'standard')}." in said
    assert (f"We have answers for {done} of {counted(applicable, 'point')}." in said) == bool(applicable)
    assert any(f"{counted(applicable + left_out, 'point')}. A point" in text for text in said)
    assert (f"We do not know yet about {counted(applicable - done, 'point')}." in said) == (applicable > done)
    assert any(
        text.startswith(f"{counted(left_out, 'point')} ") and "about us" in text for text in said
    ) == bool(left_out)
    climbs = [item for item in page.iter("div") if item.get("class") == "easy-climb"]
    for climb, standard in zip(climbs, report.result.standards, strict=True):
        where = text_of(climb)
        drawn = climb.find(".//{*}title").text
        if standard.level is None:
            assert "We are " not in where.replace("where we are", "")
            assert "There is no person" in drawn
        else:
            assert f"We are {place(standard.level, top)}." in where
            assert f"A person stands {place(standard.level)}." in drawn
        assert f"A flag stands {place(standard.target)}." in drawn
        assert ("This is our goal." in where) == (standard.level == standard.target)
    order = report.result.order_of_work
    told = easy_read(report)
    assert [item.row.criterion.id for item in told.next_steps] == [gap.criterion for gap in order[:3]]
    for gap in order[:3]:
        assert f"We are {place(gap.level, top)}. Our goal is to be {place(gap.target, top)}." in said
    assert (f"In all, {counted(len(order), 'point')} are below our goal." in said) == (len(order) > 3)


def counted(number: int, word: str) -> str:
    return f"{number} {word}" + ("" if number == 1 else "s")


def place(level: int, top: int | None = None) -> str:
    return "at the start" if level == 0 else f"on step {level}" + (f" of {top}" if top else "")


@given(st.lists(st.integers(0, 3), max_size=5), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_what_the_public_say_is_shown_from_three_ratings_on(ratings: list[int], level: int) -> None:
    answers = some_answers(answers={"A-1": {"level": level}}, ratings={"A-1": {"public": ratings}})
    said = paragraphs(report_for(tiny(), answers))
    shown = [text for text in said if text.startswith("Public contributors say")]
    if len(ratings) >= 3 and lower_median(tuple(ratings)) < level:
        assert shown == [f"Public contributors say that we are {place(lower_median(tuple(ratings)), 3)}."]
        assert f"Our staff say that we are {place(level, 3)}." in said
    else:
        assert shown == []
    assert ("So we do not show what they said." in said) == (0 < len(ratings) < 3)
    beside = lower_median(tuple(ratings)) - level if len(ratings) >= 3 else None
    assert ("For 1 point, they see us on a lower step than our staff do." in said) == (
        beside is not None and beside < 0
    )
    assert ("For 1 point, they see us on the same step." in said) == (beside == 0)
    assert ("For 1 point, they see us on a higher step." in said) == (beside is not None and beside > 0)


def test_levels_are_in_the_frameworks_easiest_words() -> None:
    framework = deepcopy(EXAMPLES["framework"])
    framework["scale"][1] |= {"easy_read": "We do some of this.", "meaning": "Partly"}
    framework["scale"][2] |= {"label": "In place", "meaning": "All of the time"}
    levels = {
        name: {"level": 1 if name.startswith("A") else 2} for name in (item.id for item in tiny().criteria)
    }
    answers = some_answers(answers=levels, ratings={})
    said = paragraphs(report_for(framework_from(framework, "sha256:0"), answers))
    assert "We do some of this." in said
    assert "Partly" not in said
    assert {"In place", "All of the time"} <= set(said)


def test_a_level_whose_meaning_is_its_name_is_said_once() -> None:
    assert [in_easy_words(level) for level in tiny().scale[:2]] == [("None",), ("Some",)]


def test_contents_stay_on_one_page_beside_a_logo_too() -> None:
    edition = an_edition(logo=read_logo(png(), "A bird"))
    content = renderer().render(easy_read_job(report_for(tiny(), some_answers(), edition), TEMPLATES))
    spoken = Spoken(content)
    (contents,) = [each for each in spoken.all("/L") if "How to ask" in each.words]
    assert len({page for page, _ in contents.pieces()}) == 1


def test_the_smallest_action_is_the_one_to_begin_with() -> None:
    report = report_for(tiny(), some_answers())
    for item in easy_read(report).next_steps:
        efforts = [action.effort.rank for action in item.row.criterion.actions if action.effort]
        assert (item.action is None) == (item.row.criterion.actions == ())
        if item.action and item.action.effort:
            assert item.action.effort.rank == min(efforts)


def test_it_says_that_it_was_not_tested_and_whose_words_it_has() -> None:
    for report in every_case():
        said = paragraphs(report)
        assert "Nobody who uses easy read has tested it yet." in said
        assert "The people who made the list did not check this report." in said


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    job = easy_read_job(report_for(tiny(), some_answers()), TEMPLATES)
    return pikepdf.open(io.BytesIO(renderer().render(job)))


def test_the_pdf_is_tagged_and_carries_nothing(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.docinfo["/Title"] == "Easy-to-read report: Example Trust"
    assert list(pdf.attachments) == []
    kinds = types(pdf)
    assert kinds.count("/Figure") == len(tiny().standards)
    assert "/Table" not in kinds
    assert kinds.count("/H1") == 1


def test_the_same_answers_print_the_same_bytes_and_others_have_another_mark() -> None:
    job = easy_read_job(report_for(tiny(), some_answers()), TEMPLATES)
    assert renderer().render(job) == renderer().render(job)
    other = easy_read_job(report_for(tiny(), some_answers(answers={})), TEMPLATES)
    assert other.identifier != job.identifier


def test_evidence_and_notes_are_not_in_it() -> None:
    report = report_for(tiny(), with_evidence("a secret of ours"))
    body = easy_read_html(report, TEMPLATES).split("<body")[1]
    # The names of the organisation and of what was assessed, and what that is
    assert body.count("a secret of ours") == 3


@pytest.mark.parametrize("top", range(1, 10))
@pytest.mark.parametrize("level", [None, 0, 1])
def test_the_picture_of_steps_has_a_person_a_flag_and_a_number_on_each_step(
    top: int, level: int | None
) -> None:
    drawn = steps_picture("<b>", top, level, top)
    svg = html5lib.parseFragment(drawn, namespaceHTMLElements=False)
    rectangles = list(svg.iter("{http://www.w3.org/2000/svg}rect"))
    assert len(rectangles) == top + 1
    solid = [item for item in rectangles if not item.get("stroke-dasharray")]
    assert len(solid) == (0 if level is None else level + 1)
    assert drawn.count("easy-steps__person") == (level is not None)
    assert drawn.count("easy-steps__flag") == 1
    edges = [float(item.get("x") or 0) + float(item.get("width") or 0) for item in rectangles]
    assert max(edges) <= 560
    assert "&lt;b&gt;: steps 1 to" in drawn


def test_the_flag_and_the_person_stand_beside_each_other_on_one_step() -> None:
    drawn = steps_picture("A", 3, 2, 2)
    person, flag = re.findall(r"translate\(([\d.]+) ", drawn)
    assert float(flag) - float(person) > 40


def test_the_logo_is_on_its_first_page() -> None:
    edition = an_edition(logo=read_logo(png(), "A bird over <water>"))
    content = renderer().render(easy_read_job(report_for(tiny(), some_answers(), edition), TEMPLATES))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [str(element.Alt) for element in elements(pdf) if element.S == "/Figure"]
    assert figures[0] == "A bird over <water>"
    assert len(figures) == 1 + len(tiny().standards)
