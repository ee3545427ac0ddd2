"""What the structure tree costs: ours beside WeasyPrint's own, of the same reports in one warm process.

Run: python benchmarks/tagging.py [ROUNDS]
Processor time of the whole PDF and of the tree alone, in turn, and how many bytes come out.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import weasyprint.pdf

from benchmarks import samples
from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import print_job
from pedri_assess.reports.printing import printed
from pedri_assess.reports.renderer import message
from pedri_assess.services.reports import report_for
from pedri_assess.tagging import write_our_tags, writing

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
THEIRS = weasyprint.pdf.add_tags
write_our_tags()
OURS = weasyprint.pdf.add_tags


@dataclass
class Variant:
    """A way to write the tree, with what each round took in all, and for the tree alone."""

    write: Callable[..., None]
    whole: list[float] = field(default_factory=list)
    tree: list[float] = field(default_factory=list)
    size: int = 0

    def add_tags(self, *arguments: Any) -> None:
        """What WeasyPrint calls."""
        started = time.process_time()
        self.write(*arguments)
        self.tree.append(time.process_time() - started)

    def print(self, job: dict[str, Any]) -> None:
        """One round."""
        gc.collect()
        gc.disable()
        started = time.process_time()
        self.size = len(printed(job))
        self.whole.append(time.process_time() - started)
        gc.enable()


def main() -> None:
    """Measures three reports and prints a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    standards = ROOT / "standards"
    framework = Shelf.load([standards], load_schemas(standards)).current("pedri")
    large = samples.made(185, standards=12, groups=True)
    print(f"Processor seconds, medians of {rounds} rounds, in turn; ratios are ours to WeasyPrint's\n")
    print(
        f"{'report':<10}{'tree':>8}{'theirs':>8}{'ratio':>7}{'whole':>8}{'theirs':>8}{'ratio':>7}{'bytes':>7}"
    )
    row("typical", framework, samples.typical(framework), rounds)
    row("extreme", framework, samples.extreme(framework), rounds)
    row("185", large, samples.typical(large), rounds)


def row(name: str, framework: Framework, assessment: Assessment, rounds: int) -> None:
    """Prints one row: both variants alternating, a new organisation each round."""
    ours, theirs = Variant(OURS), Variant(THEIRS)
    for number in range(rounds + 1):
        each = replace(assessment, organisation=f"{assessment.organisation} {number}")
        job = message(print_job(report_for(framework, each), ROOT / "templates"), ROOT / "static")
        for variant in (ours, theirs):
            _write_by(variant)
            variant.print(job)
    tree, their_tree = _median(ours.tree), _median(theirs.tree)
    whole, their_whole = _median(ours.whole), _median(theirs.whole)
    print(
        f"{name:<10}{tree:>8.3f}{their_tree:>8.3f}{tree / their_tree:>7.2f}"
        f"{whole:>8.2f}{their_whole:>8.2f}{whole / their_whole:>7.2f}{ours.size / theirs.size:>7.2f}"
    )


def _write_by(variant: Variant) -> None:
    writing._add_tags = variant.add_tags  # what `write_our_tags` puts in the place of WeasyPrint's


def _median(times: list[float]) -> float:
    return statistics.median(times[1:])  # the first loads what is loaded once


if __name__ == "__main__":
    main()
