"""The report as a Word document, made from the very HTML that is printed: same sections, words and order.

There is nothing to write here for a section: what its template says in headings, paragraphs, lists, tables,
links and pictures becomes the same in Word.
"""

from __future__ import annotations

from pathlib import Path

from ..report import Report


def report_docx(report: Report, templates: Path, fonts: Path) -> bytes:
    """The report for Word, with the charts' words in a font of this folder.

    No clock: the same report gives the same bytes.
    """
    from .file import made_of  # late: other pages need not wait for python-docx

    return made_of(report, templates, fonts)


__all__ = ["report_docx"]
