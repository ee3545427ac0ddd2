"""What the report costs: laid out as it is shipped, beside the same words laid out with CSS grid.

Run: python benchmarks/pdf.py [ROUNDS]
Both are printed in one warm process, in turn, by processor time; then the shipped one as it is in service: a
new process for each report, by the clock, with its peak of memory.
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pikepdf
from jinja2 import ChoiceLoader, FileSystemLoader

from benchmarks import samples
from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Renderer, print_job
from pedri_assess.reports.document import environment
from pedri_assess.reports.printing import printed
from pedri_assess.reports.renderer import message
from pedri_assess.services.reports import report_for

ROOT = Path(__file__).resolve().parents[1]

NATURAL = Path(__file__).with_name("natural")
TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
ROUNDS = 7
GOAL = 0.5


def main() -> None:
    """Measures the typical and the extreme report and prints two tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    standards = ROOT / "standards"
    framework = Shelf.load([standards], load_schemas(standards)).current("pedri")
    cases = {"typical": samples.typical, "extreme": samples.extreme}
    print(f"In service: a new process each, medians of {rounds} rounds\n")
    print(f"{'report':<9}{'criteria':>9}{'pages':>6}{'seconds':>9}{'peak MB':>9}{'PDF kB':>8}")
    for name, make in cases.items():
        cold(name, framework, make(framework), rounds)
    large = samples.made(1000, standards=20)
    cold("thousand", large, samples.typical(large), 1)
    print(f"\nWarm, processor seconds: medians of {rounds} rounds, in turn\n")
    print(f"{'report':<9}{'shipped':>9}{'grid':>8}{'ratio':>7}")
    for name, make in cases.items():
        warm(name, framework, make(framework), rounds)
    print(f"\nThe goal for the typical report is a ratio of {GOAL} or less.")


def warm(name: str, framework: Framework, assessment: Assessment, rounds: int) -> None:
    """Prints one row: the shipped layout and the control, alternating, a new organisation each round."""
    variants: tuple[Callable[[Assessment], dict[str, Any]], ...] = (
        lambda each: shipped(framework, each),
        lambda each: control(framework, each),
    )
    for make in variants:
        printed(make(assessment))  # what is loaded once is not counted
    times: list[list[float]] = [[] for _ in variants]
    for number in range(rounds):
        each = replace(assessment, organisation=f"{assessment.organisation} {number}")
        for spent, make in zip(times, variants, strict=True):
            spent.append(seconds(make(each)))
    ours, grid = map(statistics.median, times)
    print(f"{name:<9}{ours:>9.2f}{grid:>8.2f}{ours / grid:>7.2f}")


def shipped(framework: Framework, assessment: Assessment) -> dict[str, Any]:
    """The job as it is."""
    return message(print_job(report_for(framework, assessment), TEMPLATES), STATIC)


def control(framework: Framework, assessment: Assessment) -> dict[str, Any]:
    """The job with the templates and rules of benchmarks/natural over ours."""
    job = message(print_job(report_for(framework, assessment), NATURAL), STATIC)
    return {**job, "css": job["css"] + (NATURAL / "natural.css").read_text("utf-8")}


def seconds(job: dict[str, Any]) -> float:
    """Processor seconds for one PDF, without the collector: a process that prints one report needs none."""
    gc.collect()
    gc.disable()
    started = time.process_time()
    printed(job)
    spent = time.process_time() - started
    gc.enable()
    return spent


def cold(name: str, framework: Framework, assessment: Assessment, rounds: int) -> None:
    """Prints one row: what the person who asked waits, and the peak of the processes so far.

    It goes before `warm`: a process starts out with the peak of the one that started it.
    """
    renderer = Renderer(TEMPLATES, STATIC, seconds=300)
    waits = []
    for _ in range(rounds):
        started = time.perf_counter()
        pdf = renderer.render(print_job(report_for(framework, assessment), TEMPLATES))
        waits.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    row = f"{len(framework.criteria):>9}{pages:>6}{statistics.median(waits):>9.2f}{peak:>9.0f}"
    print(f"{name:<9}{row}{len(pdf) / 1000:>8.0f}")


environment(NATURAL).loader = ChoiceLoader([FileSystemLoader(NATURAL), FileSystemLoader(TEMPLATES)])

if __name__ == "__main__":
    main()
