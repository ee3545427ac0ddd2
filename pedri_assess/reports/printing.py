"""The printing process: one JSON job in, one tagged PDF out, and nothing else reached or kept.

It runs as a program of its own, or as the child of a process that has it loaded (see renderer.py). It and
`tagging` are all that loads WeasyPrint.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TOO_LARGE, BROKEN = 3, 4  # exit statuses
BASE = "https://report.invalid/static/"  # no such host can exist; the files below it are given by name
MOST_PIXELS = 1_000_000  # of one picture: ours have half of it, and twice as many are refused
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)  # an attached file must have a date; this one says none

LOG = logging.getLogger("pedri_assess.printing")


def warm() -> None:
    """Loads what every job needs, in the process from which those that print are forked (forking.py)."""
    find_tagging()
    import weasyprint

    import pedri_assess.tagging  # noqa: F401 - for those that are forked

    weasyprint.HTML(string="<!DOCTYPE html><html lang=en><title>x</title><p>x").write_pdf()


def find_tagging() -> None:
    """Makes our package known, whether it is installed or not."""
    sys.path.append(str(Path(__file__).resolve().parents[2]))


def main() -> int:
    """Prints the job on standard input; whoever started it holds it to its limits (bounded.py).

    Standard error gets what went wrong, never the report's words: an error's message may quote them.
    """
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
    gc.disable()  # a short life: collecting takes time and frees little
    try:
        pdf = printed(json.load(sys.stdin.buffer))
    except (MemoryError, RecursionError) as error:
        LOG.error("%s", type(error).__name__)
        return TOO_LARGE
    except Exception as error:
        LOG.error("%s at %s", type(error).__name__, _place(error))
        return BROKEN
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def printed(job: dict[str, Any]) -> bytes:
    """The PDF of a job: PDF/UA-1, the same bytes for the same job. Raises what WeasyPrint raises."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    _change_weasyprint()
    fetcher = _fetcher(job["files"], job["pictures"])
    when = datetime.fromisoformat(job["date"]).replace(tzinfo=UTC) if job["date"] else NO_DATE
    attachments = [
        weasyprint.Attachment(
            string=base64.b64decode(item["content"]),
            name=item["name"],
            description=item["description"],
            created=when,
            modified=when,
            url_fetcher=fetcher,
        )
        for item in job["attachments"]
    ]
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=job["css"], base_url=f"{BASE}css/", url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=job["html"], base_url=BASE, url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        # In letters: a carriage return among the bytes of an id is read back as a line feed
        pdf_identifier=hashlib.sha256(job["identifier"].encode()).hexdigest()[:32].encode(),
        attachments=attachments,
    )
    return pdf


def _change_weasyprint() -> None:
    """Makes it write our tags, no time of day, each emoji once, and nothing for footnotes."""
    from pedri_assess.tagging import write_our_tags

    write_our_tags()
    _stop_the_clock()
    _draw_emoji_once()
    _know_no_notes()


def _fetcher(files: dict[str, str], pictures: dict[str, dict[str, str]]) -> Any:
    """Gives the report's own files and pictures, by their address, and refuses everything else."""
    from PIL import Image
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # a report that is verified may have come from anyone

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """No network, and no disk but the files that the job names."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the base class has it
            name = url.removeprefix(BASE) if url.startswith(BASE) else ""
            if name in pictures:
                content = base64.b64decode(pictures[name]["content"])
                return URLFetcherResponse(url, content, {"Content-Type": pictures[name]["type"]})
            path = files.get(name)
            if path is None:
                LOG.warning("refused an address of kind %r", urlsplit(url).scheme[:12])
                raise ValueError("refused")
            return URLFetcherResponse(url, Path(path).read_bytes())

    return OwnFiles(allowed_protocols=(), allow_redirects=False)


def _stop_the_clock() -> None:
    """A font that is cut down for its emoji would say when: fontTools then says this, not the time."""
    os.environ["SOURCE_DATE_EPOCH"] = str(int(NO_DATE.timestamp()))


def _draw_emoji_once() -> None:
    """Keeps the picture of each emoji: WeasyPrint makes it anew, at 2 ms, wherever the emoji occurs."""
    from weasyprint.draw import text
    from weasyprint.images import RasterImage

    pictures: dict[str, Any] = {}

    def picture(image: Any, name: str, content: bytes) -> Any:
        if name not in pictures:
            pictures[name] = RasterImage(image, name, content)
        return pictures[name]

    text.RasterImage = picture


@lru_cache(maxsize=1)
def _know_no_notes() -> None:
    """Takes the styles of footnotes, which no report has, out of the ones that every page begins with.

    Each of their five rules, and that for the marks of lists, gives every element of a page a style of its
    own: a third of the memory and a fifteenth of the time of a large report.
    """
    from weasyprint import CSS, HTML, html

    rules = re.sub(r"^::(?:foot)?note-.*$", "", html.UA, flags=re.MULTILINE)
    rules = rules.replace("\n::marker", "\nli::marker")
    sheet = CSS(string=rules, counter_style=html.UA_COUNTER_STYLE)
    HTML._ua_stylesheets = lambda _page, _forms=False: [sheet]


def _place(error: BaseException) -> str:
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{Path(frame.f_code.co_filename).name}:{line}"


if __name__ == "__main__":
    find_tagging()
    raise SystemExit(main())
