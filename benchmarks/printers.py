"""The report beside others who print: the same HTML by Chromium, and the same words by ReportLab.

Run: pip install reportlab; python benchmarks/printers.py [ROUNDS]
In one run, in turn, by the clock, for another organisation each round. `new` is a new process for each
report, `warm` a child of one that is kept loaded (as in service), or a browser kept open. Chromium prints
neither the page numbers of the contents nor running heads; ReportLab gets plain paragraphs, without pictures,
tables or tags, so that it is a lower bound and not an equal. Memory is the largest sum over all processes of
each one's proportional share, looked at every 20 ms.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import html5lib
import pikepdf
from playwright.sync_api import sync_playwright

from benchmarks import samples
from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import PrintJob, Renderer, print_job
from pedri_assess.services.reports import report_for

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
ROUNDS = 5
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd"}

Print = Callable[[PrintJob], bytes]


def main() -> None:
    """Measures every printer and prints a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    standards = ROOT / "standards"
    framework = Shelf.load([standards], load_schemas(standards)).current("pedri")
    with tempfile.TemporaryDirectory() as name, printers(Path(name)) as found:
        times, pages, peaks = measured(framework, found, rounds)
        two = {name: throughput(framework, warm=name == "warm", rounds=rounds) for name in ("new", "warm")}
    ours = statistics.median(times["WeasyPrint, new"])
    print(f"Medians of {rounds} rounds, in turns\n")
    print(f"{'printer':<20}{'seconds':>9}{'/ ours, new':>12}{'pages':>7}{'pages a second':>16}{'PSS, MB':>9}")
    for name, each in times.items():
        middle = statistics.median(each)
        row = f"{middle:>9.2f}{middle / ours:>12.2f}{pages[name]:>7}{pages[name] / middle:>16.1f}"
        print(f"{name:<20}{row}{peaks[name] / 1024:>9.0f}")
    print("\nWeasyPrint, pages a second of one and of two at a time")
    for name, (one, both) in two.items():
        print(f"{name:<6}{one:>8.1f}{both:>8.1f}   ratio {both / one:.2f}")


def measured(
    framework: Framework, found: dict[str, tuple[Print, str]], rounds: int
) -> tuple[dict[str, list[float]], dict[str, int], dict[str, float]]:
    """Seconds of each round, pages, and the largest memory in kB, by printer."""
    times: dict[str, list[float]] = {name: [] for name in found}
    pages: dict[str, int] = {}
    peaks = dict.fromkeys(found, 0.0)
    for name, (run, _) in found.items():
        pages[name] = counted(run(job(framework, "Warming up")))
    for number in range(rounds):
        for name, (run, whose) in found.items():
            made = job(framework, f"Trust number {number}")
            with watched(whose) as memory:
                began = time.perf_counter()
                run(made)
                times[name].append(time.perf_counter() - began)
            peaks[name] = max(peaks[name], memory[0])
    return times, pages, peaks


def throughput(framework: Framework, *, warm: bool, rounds: int) -> tuple[float, float]:
    """Pages a second, one report after another and two at a time."""
    renderer = Renderer(TEMPLATES, STATIC, seconds=300, slots=2, patience=300, warm=warm)
    jobs = [job(framework, f"Trust {number}") for number in range(2 * rounds)]
    pages = counted(renderer.render(jobs[0]))
    rates = []
    for at_once in (1, 2):
        with ThreadPoolExecutor(at_once) as threads:
            began = time.perf_counter()
            list(threads.map(renderer.render, jobs))
            rates.append(pages * len(jobs) / (time.perf_counter() - began))
    renderer.stop()
    return rates[0], rates[1]


def job(framework: Framework, organisation: str) -> PrintJob:
    """A typical report."""
    assessment = replace(samples.typical(framework), organisation=organisation)
    return print_job(report_for(framework, assessment), TEMPLATES)


def counted(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


@contextmanager
def printers(folder: Path) -> Iterator[dict[str, tuple[Print, str]]]:
    """Every printer that is here: how it prints, and what its processes are called."""
    new = Renderer(TEMPLATES, STATIC, seconds=300)
    warm = Renderer(TEMPLATES, STATIC, seconds=300, warm=True)
    found: dict[str, tuple[Print, str]] = {
        "WeasyPrint, new": (new.render, "reports/printing.py"),
        "WeasyPrint, warm": (warm.render, "reports/forking.py"),
    }
    chromium = shutil.which("chromium")
    with sync_playwright() as playwright:
        if chromium:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
            found["Chromium, new"] = (lambda made: by_new_browser(chromium, made, folder), "chromium")
            found["Chromium, warm"] = (lambda made: by_browser(browser, made, folder), "chromium")
        if find_spec("reportlab"):
            found["ReportLab, new"] = (by_reportlab, "--reportlab")
        else:
            print("ReportLab is not here: pip install reportlab", file=sys.stderr)
        yield found
    warm.stop()


def page_of(made: PrintJob, folder: Path) -> Path:
    """The same HTML as a file with its style sheet and fonts, for a browser."""
    sheet = (
        (STATIC / "css" / made.sheet)
        .read_text("utf-8")
        .replace("../fonts/", f"{(STATIC / 'fonts').as_uri()}/")
    )
    path = folder / "report.html"
    path.write_text(made.html.replace("</head>", f"<style>{sheet}</style></head>", 1), "utf-8")
    return path


def by_new_browser(chromium: str, made: PrintJob, folder: Path) -> bytes:
    """Chromium from the command line, with a profile that is there already."""
    out = folder / "new.pdf"
    command = [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run(
        [*command, f"--print-to-pdf={out}", page_of(made, folder).as_uri()], check=True, capture_output=True
    )
    return out.read_bytes()


def by_browser(browser: Any, made: PrintJob, folder: Path) -> bytes:
    """Chromium that is kept open."""
    page = browser.new_page()
    page.goto(page_of(made, folder).as_uri())
    pdf: bytes = page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page.close()
    return pdf


def by_reportlab(made: PrintJob) -> bytes:
    """ReportLab, in a new process."""
    said = json.dumps(blocks(made.html)).encode()
    command = [sys.executable, __file__, "--reportlab"]
    return subprocess.run(command, input=said, check=True, capture_output=True).stdout


def blocks(html: str) -> list[tuple[str, str]]:
    """The words of a document, block by block, each with the name of its element."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = (
        (item.tag, " ".join("".join(item.itertext()).split())) for item in tree.iter() if item.tag in BLOCKS
    )
    return [(tag, text) for tag, text in found if text]


def print_with_reportlab() -> None:
    """What the new process does: plain paragraphs and headings, page after page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("Own", STATIC / "fonts" / "AtkinsonHyperlegibleNext-Regular.ttf"))
    styles = getSampleStyleSheet()
    for style in styles.byName.values():
        style.fontName = "Own"
    story = []
    for tag, text in json.load(sys.stdin.buffer):
        style = styles[f"Heading{tag[1]}"] if re.fullmatch("h[1-4]", tag) else styles["BodyText"]
        story.append(Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), style))
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    sys.stdout.buffer.write(out.getvalue())


@contextmanager
def watched(whose: str) -> Iterator[list[float]]:
    """The largest sum of the memory, in kB, of the processes with these words in their command."""
    found, done = [0.0], threading.Event()

    def look() -> None:
        while not done.is_set():
            found[0] = max(
                found[0], sum(_share(path) for path in Path("/proc").glob("[0-9]*") if _is(path, whose))
            )
            done.wait(0.02)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield found
    done.set()
    watcher.join()


def _is(process: Path, whose: str) -> bool:
    with suppress(OSError, ValueError):
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        return whose in command and command.count(".py") < 2 + ("forking" in whose) and _is_ours(process)
    return False


def _is_ours(process: Path) -> bool:
    """Whether it descends from this process: others may print on this machine too."""
    number = int(process.name)
    while number > 1:
        number = int((Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()[1])
        if number == os.getpid():
            return True
    return False


def _share(process: Path) -> int:
    with suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) if found else 0
    return 0


if __name__ == "__main__":
    print_with_reportlab() if "--reportlab" in sys.argv else main()
