"""The unpacking process: a PDF in, what our reports carry out. The file may come from anyone.

It runs as a program of its own (see opened.py) and is the only module that opens a PDF. Exit status 3 says
that the file is no PDF that can be opened.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from io import BytesIO
from typing import Any

import pikepdf

NO_PDF = 3
NAMES = ("answers.json", "result.json", "report.json")
MOST_BYTES = 20_000_000  # of one attachment


def main() -> int:
    """Reads standard input; prints a JSON object with `mark`, `pages` and `attachments`."""
    try:
        with pikepdf.open(BytesIO(sys.stdin.buffer.read()), attempt_recovery=False) as pdf:
            found = unpacked(pdf)
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, TypeError) as error:
        print(type(error).__name__, file=sys.stderr)
        return NO_PDF
    json.dump(found, sys.stdout)
    return 0


def unpacked(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """`mark` is the file's first id, `pages` the SHA-256 of what each page draws."""
    mark = bytes(pdf.trailer.ID[0]).decode("ascii", "replace") if "/ID" in pdf.trailer else ""
    return {
        "mark": mark,
        "pages": [hashlib.sha256(_drawn(page)).hexdigest() for page in pdf.pages],
        "attachments": {
            name: base64.b64encode(pdf.attachments[name].get_file().read_bytes()[: MOST_BYTES + 1]).decode()
            for name in NAMES
            if name in pdf.attachments
        },
    }


def _drawn(page: pikepdf.Page) -> bytes:
    contents = page.obj.get("/Contents")
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))


if __name__ == "__main__":
    raise SystemExit(main())
