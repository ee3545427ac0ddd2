"""What an edition adds to a report: sections, owners, cover; each can be left out, and none breaks it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import pikepdf
import pytest

from pedri_assess.config import data_dir
from pedri_assess.domain.edition import Edition, Logo, edition_from
from pedri_assess.reports import OPTIONAL, SECTIONS, mark, read_logo, result_csv, result_workbook, sections
from pedri_assess.reports.document import document
from pedri_assess.services.reports import improvement_report, report_for

from .material import an_edition, renderer, some_answers, tiny
from .pictures import BIRD, bomb, jpeg, png, svg
from .spreadsheet import opened
from .structure import elements, outline_titles, types
from .test_tabular import rows
from .test_verifying import attach, changed, verified

TEMPLATES = data_dir("templates")
HARM = base64.b64encode(svg("<g id='a'/>" + "<use href='#a'/>" * 9)).decode()
HOSTILE = [
    "<script>alert(1)</script><img src=http://127.0.0.1:9/x>",
    "{{7*7}} {% include '/etc/passwd' %}",
    "مرحبا بكم في التقرير \u202egnp.exe",
    "x" * 300,
    "ZÀ" + "\u0301" * 500,
    "\x00\x01\x1b[31m red \x7f",
    "=HYPERLINK(1)",
]


def page(edition: Edition) -> str:
    return document(report_for(tiny(), some_answers(), edition), TEMPLATES)


def words(html: str, anchor: str) -> str:
    """The words of the section whose heading has this id."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    (section,) = tree.findall(f".//section[@aria-labelledby='{anchor}']")
    for parent in list(section.iter()):
        for picture in parent.findall("{http://www.w3.org/2000/svg}svg"):
            parent.remove(picture)
    spaced = " ".join(" ".join(section.itertext()).split())
    return re.sub(" ([.,:])", r"\1", spaced)


def names(edition: Edition) -> list[str]:
    return [section.name for section in sections(report_for(tiny(), some_answers(), edition))]


def test_the_way_to_the_sign_off_is_told_in_order() -> None:
    told = words(page(an_edition()), "r-sign-off")
    wanted = (
        "20 November 2026, 09:30 Submitted 1 Maya Okafor",
        "21 November 2026, 09:30 Sent back 1 Maya Okafor Because it is so",
        "22 November 2026, 09:30 Submitted 2 Maya Okafor",
        "23 November 2026, 09:30 Signed off 2 Maya Okafor",
    )
    assert " ".join(wanted) in told


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (4, "2, signed off on 23 November 2026"),
        (3, "2, submitted on 22 November 2026, not signed off"),
    ],
)
def test_the_cover_says_revision_and_status(history: int, said: str) -> None:
    edition = an_edition(history=an_edition().history[:history])
    assert f"Revision {said}" in words(page(edition), "r-cover")
    assert "Revision" not in words(page(Edition()), "r-cover")


def test_changes_are_told_in_words_and_counted() -> None:
    told = words(page(an_edition()), "r-changes")
    assert (
        "6 criteria changed: 1 is at a higher level, 1 is at a lower level, 1 has a level that had none, "
        "1 has no level any more, 1 has no level for another reason and 1 is as before in other words."
    ) in told
    for said in (
        "A-1 Statement A-1 Some All Up 2 levels. Changed: confidence in the evidence and evidence.",
        "A-2 Statement A-2 Most Some Down 1 level.",
        "A-3 Statement A-3 Not answered None Now has a level.",
        "B-1 Statement B-1 Most Not applicable No level any more. Changed: reason.",
        "B-2 Statement B-2 Some Some As before. Changed: note for next time.",
        "C-1 Statement C-1 Not answered Not known yet Another reason for no level.",
    ):
        assert said in told
    assert "No answer changed." in words(page(an_edition(changes=())), "r-changes")


def test_owners_stand_at_their_criteria_in_the_order_of_work_and_in_the_tables() -> None:
    edition = an_edition(owners={"A-2": "Sam <b>", "A-3": "Maya"})
    report = report_for(tiny(), some_answers(), edition)
    html = document(report, TEMPLATES)
    assert "Owner Sam <b>" in words(html, "r-standards")
    assert "Owner: " in words(html, "r-order-of-work")
    owners = {row["Criterion"]: row["Owner"] for row in rows(result_csv(report)) if row["Owner"]}
    assert owners == edition.owners
    plan = opened(result_workbook(report)).records("Action plan")
    wanted = {gap.criterion: edition.owners.get(gap.criterion) for gap in report.result.order_of_work}
    assert {row["Criterion"]: row.get("Owner") for row in plan} == wanted
    assert any(wanted.values())


def test_comments_stand_under_their_criterion_and_are_led_to() -> None:
    html = page(an_edition())
    told = words(html, "r-discussion")
    assert "Maya Okafor, 19 November 2026, 09:30 Because it is so Maya Okafor, 20 November 2026" in told
    assert "2 comments" in words(html, "r-standards")
    assert "r-discussion" not in page(an_edition(comments=()))


def test_own_words_are_paragraphs() -> None:
    html = page(an_edition("First <b>line</b>\nsecond line\n \n\nAnother"))
    assert "<p" in html.split('id="r-introduction"')[1]
    assert html.split('id="r-introduction"')[1].split("</section>")[0].count("<p ") == 3
    assert "First <b>line</b> second line Another The second paragraph." in words(html, "r-introduction")


def test_a_report_without_an_edition_has_none_of_it() -> None:
    extra = {"introduction", "last_time", "peers", "changes", "discussion", "sign_off", "standing_text"}
    assert not extra & set(names(Edition()))
    assert extra < set(names(an_edition()))


@pytest.mark.parametrize("name", [made.__name__ for made in SECTIONS])
def test_only_what_is_optional_can_be_left_out_and_the_cover_says_it(name: str) -> None:
    titles = {section.name: section.title for section in OPTIONAL}
    edition = an_edition(left_out=(name,))
    assert (name not in names(edition)) == (name in titles or name not in names(an_edition()))
    assert (f"Left out {titles.get(name)}" in words(page(edition), "r-cover")) == (name in titles)


@pytest.mark.parametrize("without", [(), tuple(section.name for section in OPTIONAL)], ids=["all", "short"])
def test_every_link_inside_leads_somewhere(without: tuple[str, ...]) -> None:
    html = page(an_edition(left_out=without))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("without", [(), tuple(section.name for section in OPTIONAL)], ids=["all", "short"])
def test_the_pdf_is_whole_with_all_of_it(without: tuple[str, ...]) -> None:
    edition = an_edition(left_out=without)
    with pikepdf.open(io.BytesIO(improvement_report(renderer(), tiny(), some_answers(), edition))) as pdf:
        kinds, titles = types(pdf), outline_titles(pdf)
    headings = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert len(titles) == len(headings)
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert {"Introduction", "Comments", "About this service"} <= set(titles)
    assert ("History of sign-off" in titles) == (not without)


@cache
def with_everything() -> bytes:
    """The report of an edition that has every part."""
    edition = an_edition(left_out=("glossary",), logo=read_logo(BIRD.encode(), "A bird over <water>"))
    return improvement_report(renderer(), tiny(), some_answers(), edition)


@pytest.mark.parametrize("picture", [BIRD.encode(), png(), jpeg()], ids=["svg", "png", "jpeg"])
def test_a_logo_is_a_figure_with_its_words(picture: bytes) -> None:
    edition = an_edition(logo=read_logo(picture, "A bird over <water>"))
    content = improvement_report(renderer(), tiny(), some_answers(), edition)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [element for element in elements(pdf) if element.S == "/Figure"]
        assert str(figures[0].Alt) == "A bird over <water>"
    assert verified(content).difference is None


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "revision": lambda inside: inside.update(revision=3),
    "status": lambda inside: inside.update(status="submitted"),
    "history": lambda inside: inside["history"].pop(),
    "who": lambda inside: inside["history"][0].update(who="Somebody else"),
    "owners": lambda inside: inside["owners"].update({"A-1": "Somebody else"}),
    "since": lambda inside: inside.pop("since"),
    "changes": lambda inside: inside["changes"][0].update(before=0),
    "comments": lambda inside: inside["comments"][0].update(body="Nothing to see"),
    "no comments": lambda inside: inside.pop("comments"),
    "introduction": lambda inside: inside.update(introduction="Another"),
    "standing text": lambda inside: inside.update(standing_text="Another"),
    "left out": lambda inside: inside.update(left_out=["glossary", "sign_off"]),
    "words of the logo": lambda inside: inside["logo"].update(words="A cat"),
    "logo": lambda inside: inside.update(logo=vars(read_logo(png(), "A bird over <water>"))),
    "no logo": lambda inside: inside.pop("logo"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_verify_finds_a_change_in_any_part(what: str) -> None:
    inside = carried_edition(with_everything())
    CHANGES[what](inside)
    verdict = verified(with_edition(inside))
    assert verdict.difference is not None
    assert verdict.difference.what == "Mark"


@pytest.mark.parametrize("what", ["who", "comments", "words of the logo", "logo"])
def test_verify_finds_a_change_also_where_the_mark_is_made_to_fit(what: str) -> None:
    inside = carried_edition(with_everything())
    CHANGES[what](inside)
    verdict = verified(with_edition(inside, mark_again=True))
    assert verdict.difference is not None
    assert verdict.difference.what == "Pages"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda inside: inside["logo"].update(content="aGVsbG8="), "$.logo.content: the content is no svg"),
        (lambda inside: inside["logo"].update(content="a"), "$.logo.content: the content is cut off"),
        (lambda inside: inside["logo"].update(kind="png"), "$.logo.content: the content is no png picture"),
        (lambda inside: inside["logo"].update(content=HARM), "the drawing is none that was cleaned"),
        (lambda inside: inside["owners"].update({"X-1": "Sam"}), "$.owners.X-1: "),
        (lambda inside: inside["history"][0].update(at="2026-13-01T00:00:00.0Z"), "$.history[0].at: "),
        (lambda inside: inside["changes"][0].update(after=9), "$.changes[0].after: there is no level 9"),
        (lambda inside: inside["changes"][0].update(words=True), "$.changes[0].words"),
    ],
)
def test_verify_prints_nothing_that_could_not_have_been_ours(
    change: Callable[[dict[str, Any]], object], why: str
) -> None:
    inside = carried_edition(with_everything())
    change(inside)
    verdict = verified(with_edition(inside, mark_again=True))
    assert verdict.difference is not None
    assert verdict.difference.what == "Attached documents"
    assert why in verdict.difference.words


def test_a_bomb_in_a_report_that_comes_back_is_not_drawn() -> None:
    inside = carried_edition(with_everything())
    inside["logo"] = vars(Logo("png", base64.b64encode(bomb(15_000, 15_000)).decode(), "Boom"))
    verdict = verified(with_edition(inside, mark_again=True))
    assert verdict.difference is not None
    assert verdict.difference.what == "Pages"


def carried_edition(pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        inside: dict[str, Any] = json.loads(opened_pdf.attachments["report.json"].get_file().read_bytes())
        return inside


def with_edition(inside: dict[str, Any], *, mark_again: bool = False) -> bytes:
    """The report with another report.json; with `mark_again`, marked as if it were the report of that."""
    pdf = changed(attach("report.json", json.dumps(inside).encode()), with_everything())
    if not mark_again:
        return pdf
    told = {name: value for name, value in inside.items() if name not in ("format", "release")}
    with contextlib.suppress(TypeError, KeyError, ValueError):
        report = report_for(tiny(), some_answers(), edition_from(told))
        with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
            opened_pdf.trailer.ID[0] = pikepdf.String(hashlib.sha256(mark(report).encode()).hexdigest()[:32])
            written = io.BytesIO()
            opened_pdf.save(written, static_id=False, deterministic_id=False)
        return written.getvalue()
    return pdf


@cache
def neutral() -> bytes:
    """The report with harmless words."""
    return improvement_report(renderer(), tiny(), some_answers(), an_edition("a word", who="Maya"))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_write_is_printed_as_words(text: str, tmp_path: Path) -> None:
    edition = an_edition(text, who=text)
    pdf = improvement_report(renderer(), tiny(), some_answers(), edition)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout
    assert not any(char in shown for char in "\x00\x01\x1b\x7f\u202e")
    assert "49" not in shown.split("About this service")[-1].split("How this was")[0]
    trees = []
    for content in (pdf, neutral()):
        with pikepdf.open(io.BytesIO(content)) as opened_pdf:
            assert sorted(opened_pdf.attachments) == ["answers.json", "report.json", "result.json"]
            trees.append([kind for kind in types(opened_pdf) if re.match("/(H|Figure|Form)", kind)])
    assert trees[0] == trees[1]
    csv = result_csv(report_for(tiny(), some_answers(), edition)).decode("utf-8-sig")
    assert not re.search(r"(^|,)\s*=", csv, re.MULTILINE)


def test_the_edition_travels_inside_as_it_is() -> None:
    edition = an_edition("مرحبا\x1b")
    with pikepdf.open(io.BytesIO(improvement_report(renderer(), tiny(), some_answers(), edition))) as pdf:
        inside = json.loads(pdf.attachments["report.json"].get_file().read_bytes())
    assert inside["introduction"] == edition.introduction
    assert inside["owners"] == edition.owners
    assert len(inside["comments"]) == 3
