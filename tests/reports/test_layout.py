"""Pages of every shape of report: no words over others, cut, outside, alone; no heading at a foot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import pytest

from pedri_assess.config import Config, data_dir
from pedri_assess.reports import Renderer
from pedri_assess.reports.document import PrintJob

from .extremes import SHAPES
from .gallery import REPORTS, shown
from .layout import Layout
from .material import renderer
from .spoken import Element, Spoken

# Pages that each may have: more would be loose, fewer would be too little to read
PAGES = {
    "empty": (15, 20),
    "example": (20, 26),
    "typical": (20, 28),
    "extreme": (50, 75),
    "9 criteria on 4 levels": (7, 11),
    "185 criteria on 3 levels": (45, 62),
    "in Welsh": (20, 28),
    "in Arabic": (20, 28),
    "in Hebrew": (20, 28),
    "1,000 criteria": (200, 270),
}
HEADS = re.compile("/H[1-6]|/Caption|/Lbl|/THead")


@dataclass(frozen=True)
class Laid:
    """A report: the HTML it is printed from, where its words stand, and what is read out."""

    html: str
    layout: Layout
    content: bytes

    @cached_property
    def spoken(self) -> Spoken:
        return Spoken(self.content)


@pytest.fixture(scope="module", params=SHAPES)
def shape(request: pytest.FixtureRequest) -> str:
    """Each shape in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def laid(shape: str, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """The report of a shape, printed once for all that is asked of it."""
    html, content = made(shape)
    return Laid(html, Layout(content, tmp_path_factory.mktemp("layout")), content)


@cache
def made(shape: str) -> tuple[str, bytes]:
    if shape in REPORTS:
        return shown(shape).job.html, shown(shape).content
    job = SHAPES[shape]()
    # As much memory as the service gives, and time for a busy machine
    printer = renderer(seconds=300, megabytes=Config("x").report_megabytes)
    return job.html, printer.render(job)


def test_no_words_are_drawn_over_each_other(laid: Laid) -> None:
    assert list(laid.layout.overlaps()) == []


def test_nothing_stands_outside_the_margins(laid: Laid, tmp_path: Path) -> None:
    assert list(laid.layout.outside()) == []
    assert list(laid.layout.marks_outside(tmp_path)) == []


def test_no_page_is_bare(laid: Laid) -> None:
    assert list(laid.layout.bare()) == []


def test_no_word_is_cut(laid: Laid) -> None:
    assert laid.layout.cut(laid.html) == {}


def test_no_word_stands_alone_where_the_next_had_room(laid: Laid) -> None:
    assert list(laid.layout.lonely()) == []


def test_no_heading_ends_a_page(laid: Laid) -> None:
    assert list(orphans(laid.spoken)) == []


def test_it_has_about_as_many_pages_as_it_needs(shape: str, laid: Laid) -> None:
    fewest, most = PAGES[shape]
    assert fewest <= len(laid.layout.pages) <= most


def test_cover_and_summary_can_stand_alone(shape: str, laid: Laid) -> None:
    starts = {element.words: first_page(element) for element in laid.spoken.all("/H1", "/H2")}
    assert starts["Improvement report"] == 0
    assert starts["Contents"] == 1
    if shape in ("example", "typical", "in Welsh", "in Arabic", "in Hebrew"):
        assert starts["Profile"] - starts["Summary for leaders"] == 2


def first_page(element: Element) -> int:
    """The page on which an element begins, from 0."""
    return next(page for page, _ in element.pieces())


def orphans(spoken: Spoken) -> Iterator[str]:
    """Headings, captions, labels and heads of tables that are the last on their page."""
    lowest: dict[int, tuple[float, str, bool]] = {}
    for element in spoken.root.below():
        for kid in element.kids:
            if isinstance(kid, Element) or kid[1].bottom is None:
                continue
            page, piece = kid
            height = round(piece.bottom or 0)
            best = lowest.get(page, (1e9, "", False))
            if height < best[0] - 2:
                lowest[page] = height, piece.words, is_head(element)
            elif height <= best[0] + 2:
                lowest[page] = best[0], best[1], best[2] and is_head(element)
    for page, (_, words, alone) in lowest.items():
        if alone and page:
            yield f"page {page + 1}: {words!r}"


def is_head(element: Element | None) -> bool:
    """Whether an element is one that announces what comes after it, or within one."""
    while element:
        if HEADS.fullmatch(element.kind):
            return True
        element = element.parent
    return False


# The checks themselves


DEFECTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "overlaps": (
        ".report-rows dt { width: 90mm } .report-rows dt::after { content: ' and so on and on' }",
        str,
    ),
    "outside": (".report-numbers { width: 190mm }", str),
    "bare": (".report-heading { break-after: page }", str),
    "cut": (".report-rest__level, .report-take, .report-words { width: 4mm }", str),
    "lonely": ("", lambda html: html.replace("<p>This report is a", "<p>This<br>report is a")),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found(defect: str, tmp_path: Path) -> None:
    style, change = DEFECTS[defect]
    layout = Layout(spoilt(style, change, tmp_path), tmp_path)
    found = layout.cut(job().html) if defect == "cut" else list(getattr(layout, defect)())
    assert found


def test_a_heading_at_the_foot_is_found(tmp_path: Path) -> None:
    content = spoilt(".report-criterion__title { break-after: page }", str, tmp_path)
    assert any("A-1" in words for words in orphans(Spoken(content)))


def test_marks_in_the_margin_are_found(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    content = spoilt(".report-criterion { margin-right: -10mm }", str, tmp_path)
    assert list(Layout(content, tmp_path).marks_outside(tmp_path / "pages"))


def job() -> PrintJob:
    """The small report that defects are made in."""
    return REPORTS["a kept assessment"]()


def spoilt(style: str, change: Callable[[str], str], folder: Path) -> bytes:
    """That report, printed with more rules and with its text changed."""
    static = data_dir("static")
    (folder / "css").mkdir()
    (folder / "fonts").symlink_to(static / "fonts")
    sheet = (static / "css" / "report.css").read_text("utf-8")
    (folder / "css" / "report.css").write_text(f"{sheet}\n{style}", "utf-8")
    return Renderer(data_dir("templates"), folder, seconds=120).render(
        replace(job(), html=change(job().html))
    )
