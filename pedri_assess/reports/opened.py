"""A report that comes back as a file: what it carries, taken out by a process of its own."""

from __future__ import annotations

import base64
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from ..domain.errors import Told
from ..domain.languages import to_translate
from .bounded import Limits, run_bounded

LOG = logging.getLogger(__name__)

PROGRAM = Path(__file__).with_name("unpacking.py")
MEGABYTE = 1024 * 1024
LIMITS = Limits(seconds=20, clock=20, memory=768 * MEGABYTE, largest=100 * MEGABYTE)


class NotAReport(Told, ValueError):
    """A file that is no improvement report of ours; the message says why."""


@dataclass(frozen=True)
class Carried:
    """What a report carries: three documents, the file's mark in hexadecimal, a hash of each page."""

    answers: bytes
    result: bytes
    edition: bytes
    mark: str
    pages: tuple[str, ...]


def carried(pdf: bytes) -> Carried:
    """What a PDF carries. Raises NotAReport, also for a file that is made to do harm."""
    try:
        ran = run_bounded(PROGRAM, pdf, LIMITS)
    except OSError as error:
        LOG.error("a report could not be opened: %s", error.strerror)
        raise NotAReport(to_translate("this machine has no room to open it just now")) from None
    if ran.status != 0 or ran.ended:
        LOG.warning("a file was not opened: status %s; ended: %s; %s", ran.status, ran.ended, ran.told)
        raise NotAReport(to_translate("it is not a PDF file that can be opened"))
    found = json.loads(ran.written)
    inside = {name: base64.b64decode(content) for name, content in found["attachments"].items()}
    missing = [name for name in ("answers.json", "result.json", "report.json") if name not in inside]
    if missing:
        words = to_translate("it is a PDF, but no %(file)s is attached to it")
        raise NotAReport(words, file=missing[0])
    return Carried(
        inside["answers.json"],
        inside["result.json"],
        inside["report.json"],
        found["mark"],
        tuple(found["pages"]),
    )
