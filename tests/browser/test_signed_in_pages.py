"""The pages of those who sign in: read by everyone, told apart, the focus seen; on invented data."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from . import hub_pages, panel_pages, rating_pages, wave_pages
from .journey import ROOT
from .keyboard import Keyboard
from .readable import check, told
from .signed_in import PAGES as SIGNED_IN
from .signed_in import PICTURES, demonstrating
from .watching import Watch


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the invented people."""
    with demonstrating(tmp_path_factory.mktemp("demonstration") / "log") as address:
        yield address


PAGES = SIGNED_IN | hub_pages.PAGES | panel_pages.PAGES | rating_pages.PAGES | wave_pages.PAGES
IN_ERROR = {
    "people with errors",
    "list with faults",
    "question with errors",
    "two answers",
    "cannot move",
    "answers that cannot be taken",
    "what if with errors",
    "meeting with wrong hands",
    "sheets with errors",
    *hub_pages.IN_ERROR,
    *wave_pages.IN_ERROR,
    "logo with errors",
}


# Two ways to look at one thing, or the same page to others
ALIKE = {"sign in", "staff", "plan as a board", "plan to agree to", "no plan yet", "benchmark not counted"}


@pytest.fixture(scope="session")
def titles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the titles of pages, the same for all test processes of a run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "titles"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_by_everyone(page: Page, watch: Watch, titles: Path, name: str) -> None:
    watch.expect("the server responded with a status of 4")
    PAGES[name](page)
    title = told(page, in_error=name in IN_ERROR)
    if name not in ALIKE | IN_ERROR:
        kept = titles / hashlib.sha256(title.encode()).hexdigest()
        assert not kept.exists(), f"{title} is also the title of: {kept.read_text('utf-8')}"
        kept.write_text(name, "utf-8")
    check(page)


@pytest.mark.parametrize("name", ["my work", "task list", "question"])
def test_the_focus_is_seen_in_forced_colours(page: Page, name: str) -> None:
    page.emulate_media(forced_colors="active")
    PAGES[name](page)
    page.evaluate("document.activeElement?.blur()")
    keys = Keyboard(page)
    keys.all_stops()
    assert keys.unseen == []


def test_the_manual_shows_every_picture_and_no_other() -> None:
    texts = "".join(file.read_text("utf-8") for file in (ROOT / "docs" / "manual").glob("*.md"))
    shown = set(re.findall(r"\]\(\.\./images/manual/([a-z-]+)\.png\)", texts))
    taken = {name.replace(" ", "-") for name in (*PICTURES, *hub_pages.PICTURES)}
    assert shown == taken == {Path(file).stem for file in (ROOT / "docs/images/manual").glob("*.png")}
