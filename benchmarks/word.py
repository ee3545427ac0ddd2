"""What the Word document costs, beside the same words written with python-docx as its guide shows.

Run: python benchmarks/word.py [ROUNDS]
Both are made in one warm process, in turn, by processor time, a new organisation each round. The control
writes paragraphs and tables only: no links, pictures, contents, languages or marks of levels.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import docx
from docx.table import Table

from benchmarks import samples
from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.assessment import Assessment
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import report_docx
from pedri_assess.services.reports import report_for

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES, FONTS = ROOT / "templates", ROOT / "static" / "fonts"
ROUNDS = 7

Block = str | list[list[str]]


def main() -> None:
    """Measures reports of several sizes and prints a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    standards = ROOT / "standards"
    framework = Shelf.load([standards], load_schemas(standards)).current("pedri")
    large = samples.made(1000, standards=20)
    print(f"Warm, processor seconds: medians of {rounds} rounds, in turn\n")
    print(f"{'report':<10}{'criteria':>9}{'ours':>8}{'guide':>8}{'ratio':>7}{'kB':>7}{'guide kB':>10}")
    measure("typical", framework, samples.typical(framework), rounds)
    measure("extreme", framework, samples.extreme(framework), rounds)
    measure("thousand", large, samples.typical(large), min(rounds, 3))


def measure(name: str, framework: Framework, assessment: Assessment, rounds: int) -> None:
    """Prints one row."""
    times: list[tuple[float, float]] = []
    sizes = (0, 0)
    for number in range(rounds + 1):
        each = replace(assessment, organisation=f"{assessment.organisation} {number}")
        report = report_for(framework, each)
        ours, made = timed(lambda report=report: report_docx(report, TEMPLATES, FONTS))
        blocks = words_of(made)
        guide, written = timed(lambda blocks=blocks: by_the_guide(blocks))
        sizes = (len(made) // 1000, len(written) // 1000)
        times.append((ours, guide))
    ours, guide = (statistics.median(each) for each in zip(*times[1:], strict=True))  # the first one loads
    row = f"{name:<10}{len(framework.criteria):>9}{ours:>8.2f}{guide:>8.2f}{ours / guide:>7.2f}"
    print(f"{row}{sizes[0]:>7}{sizes[1]:>10}")


def timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Processor seconds for one document, and the document."""
    started = time.process_time()
    content = make()
    return time.process_time() - started, content


def words_of(content: bytes) -> list[Block]:
    """The paragraphs and tables of a document, in order: a text, or texts by row and column."""
    blocks = docx.Document(io.BytesIO(content)).iter_inner_content()
    return [
        [[cell.text for cell in row.cells] for row in block.rows] if isinstance(block, Table) else block.text
        for block in blocks
    ]


def by_the_guide(blocks: list[Block]) -> bytes:
    """The same paragraphs and tables, written with python-docx."""
    written = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            written.add_paragraph(block)
            continue
        table = written.add_table(len(block), len(block[0]), "Table Grid")
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()


if __name__ == "__main__":
    main()
