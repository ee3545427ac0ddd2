"""Takes the pictures of docs/images/ again: make pictures

One of the result page and one of a page of the report, both of docs/examples/answers.json, and those of the
manual, of the demonstration's data. Needs what the tests need: Chromium, and pdftoppm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import hub_pages  # noqa: E402
from tests.browser.journey import EXAMPLE, STANDARDS_FILE, at_result, open_file  # noqa: E402
from tests.browser.server import running  # noqa: E402
from tests.browser.signed_in import PAGES, PICTURES, demonstrating  # noqa: E402

IMAGES = ROOT / "docs" / "images"
MANUAL = IMAGES / "manual"
MANUAL_WINDOW: ViewportSize = {"width": 1000, "height": 800}
WINDOW: ViewportSize = {"width": 1280, "height": 1600}
REPORT_PAGE = "3"
REPORT_WIDTH = "1000"  # pixels
COLOURS = 128


def main() -> None:
    """Writes all pictures."""
    MANUAL.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        take_result(Path(folder))
        take_report(Path(folder))
        take_manual(Path(folder))
    for picture in sorted(IMAGES.rglob("*.png")):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} kB")


def take_result(folder: Path) -> None:
    """What a window shows of the result page from the profile on."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with running(folder / "log") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=arguments
        )
        page = browser.new_page(base_url=address, viewport=WINDOW)
        _go_to_result(page)
        page.screenshot(path=folder / "result.png")
        browser.close()
    shrink(folder / "result.png", IMAGES / "result.png")


def _go_to_result(page: Page) -> None:
    open_file(page, EXAMPLE)
    page.locator('button[formaction="/quick-check/answers/result"]').first.click()
    at_result(page)
    page.locator(".report-profile").evaluate("profile => profile.scrollIntoView()")
    page.evaluate("document.fonts.ready.then(() => true)")


def take_report(folder: Path) -> None:
    """One page of the report."""
    report, picture = folder / "report.pdf", folder / "report"
    command = [sys.executable, "-m", "pedri_assess.cli", "report"]
    subprocess.run([*command, STANDARDS_FILE, EXAMPLE, "--output", report], cwd=ROOT, check=True)
    page = [
        "-f",
        REPORT_PAGE,
        "-l",
        REPORT_PAGE,
        "-singlefile",
        "-scale-to-x",
        REPORT_WIDTH,
        "-scale-to-y",
        "-1",
    ]
    subprocess.run(["pdftoppm", "-png", *page, report, picture], check=True)
    shrink(picture.with_suffix(".png"), IMAGES / "report.png")


def take_manual(folder: Path) -> None:
    """The top of the pages that the manual explains."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demonstrating(folder / "manual") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=arguments
        )
        pages = PAGES | hub_pages.PAGES
        for name in (*PICTURES, *hub_pages.PICTURES):
            context = browser.new_context(base_url=address, viewport=MANUAL_WINDOW)
            page = context.new_page()
            pages[name](page)
            page.evaluate("document.fonts.ready.then(() => window.scrollTo(0, 0))")
            page.screenshot(path=folder / "manual.png")
            shrink(folder / "manual.png", MANUAL / f"{name.replace(' ', '-')}.png")
            context.close()
        browser.close()


def shrink(picture: Path, target: Path) -> None:
    """Writes a picture with few colours, which our pages do not miss."""
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()
