"""The printed report: tagged, titled, the same every time, with its numbers inside."""

import io
import json
import re
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from pedri_assess import __version__
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_document
from pedri_assess.domain.result import result_document
from pedri_assess.domain.scoring import score
from pedri_assess.reports import print_job
from pedri_assess.services.reports import report_for

from .material import printed, renderer, some_answers, tiny, with_evidence
from .structure import elements, outline_titles, types


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed()))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(printed())
    ran = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
    return ran.stdout


def test_it_is_tagged_with_a_language_and_a_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.docinfo["/Title"] == "Improvement report: Example Trust"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Improvement report: Example Trust"


def test_bookmarks_are_the_headings(pdf: pikepdf.Pdf) -> None:
    titles = outline_titles(pdf)
    headings = [kind for kind in types(pdf) if re.fullmatch(r"/H[1-6]", kind)]
    assert len(titles) == len(headings)
    for part in ("Summary for leaders", "Profile", "Order of work", "How to check this report"):
        assert part in titles


def test_every_picture_has_words(pdf: pikepdf.Pdf) -> None:
    figures = [element for element in elements(pdf) if element.S == "/Figure"]
    assert len(figures) >= len(tiny().standards)
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_tables_have_headers_and_heading_levels_never_skip(pdf: pikepdf.Pdf) -> None:
    kinds = types(pdf)
    assert kinds.count("/TH") > kinds.count("/Table") > 1
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_answers_and_result_travel_inside(pdf: pikepdf.Pdf) -> None:
    inside = {name: json.loads(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments}
    assert inside == {
        "answers.json": assessment_document(some_answers()),
        "result.json": json.loads(json.dumps(result_document(score(tiny(), some_answers())))),
        "report.json": {"format": "pedri-assess/report/1", "release": __version__},
    }


def test_it_can_do_nothing_by_itself(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/OpenAction", "/Launch", "/AA"} & set(thing.keys())
            if "/URI" in thing and isinstance(thing["/URI"], pikepdf.String):
                assert str(thing["/URI"]).startswith(("https://", "http://", "mailto:"))


def test_every_criterion_is_there_with_its_page_numbers(words: str) -> None:
    for criterion in tiny().criteria:
        assert criterion.id in words
    assert re.search(r"Page 2 of \d+", words)
    assert "23 November 2026" in words


def test_there_is_no_figure_for_the_whole_organisation(words: str) -> None:
    assert not re.search(
        r"overall (score|level|index)|total score|\d+ ?%", words.lower().replace("60%", "").replace("25%", "")
    )


def test_the_same_answers_give_the_same_bytes_on_another_day_in_another_process() -> None:
    job = print_job(report_for(tiny(), some_answers()), data_dir("templates"))
    assert renderer().render(job) == printed()


def test_a_font_for_emoji_does_not_bring_the_time_of_day_in() -> None:
    job = print_job(report_for(tiny(), with_evidence("Great \N{PARTY POPPER} work")), data_dir("templates"))
    first = renderer().render(job)
    time.sleep(1.1)  # such a font says in whole seconds when it was cut down
    assert renderer().render(job) == first


def test_only_our_font_is_used_for_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(printed())
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout
    names = [line.split()[0] for line in fonts.splitlines()[2:]]
    assert names
    assert all("Atkinson" in name for name in names)
    subprocess.run(["qpdf", "--check", path], capture_output=True, check=True)
