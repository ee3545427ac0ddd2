"""The picture process: a file that somebody chose as a logo in, a picture that is safe to keep and print out.

It runs as a program of its own (see pictures.py) and is the only module that opens pictures. Nothing of the
file is kept but what it shows: it is drawn anew, without its metadata and without what may hang on to it.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import warnings

from PIL import Image, ImageOps

from pedri_assess.domain.languages import to_translate
from pedri_assess.reports.vector import LONG, Refused, cleaned

MOST_SIDE, MOST_PIXELS = 8_000, 24_000_000
SIZES = ((960, 480), (640, 320), (400, 200))  # pixels, about 300 to the inch on a cover
LARGEST = 500_000  # bytes of what is kept
WIDEST = 20


def main() -> int:
    """Reads a line with the kind (png, jpeg or svg) and the file after it; prints a JSON object."""
    kind = sys.stdin.buffer.readline().decode().strip()
    try:
        content = sys.stdin.buffer.read()
        kept = cleaned(content) if kind == "svg" else redrawn(content, kind)
    except Refused as error:
        json.dump({"refused": error.words, "values": error.values}, sys.stdout)
    else:
        json.dump({"kind": kind, "content": base64.b64encode(kept).decode()}, sys.stdout)
    return 0


def redrawn(content: bytes, kind: str) -> bytes:
    """The first picture of a PNG or JPEG file as a new file of the same kind. Raises Refused."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            _check(*opened.size)
            picture = ImageOps.exif_transpose(opened.convert("RGBA" if kind == "png" else "RGB"))
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, ZeroDivisionError):
        raise Refused(to_translate("The picture is damaged and cannot be read")) from None
    return _smallest(picture, kind)


def _check(wide: int, high: int) -> None:
    if max(wide, high) > MOST_SIDE or wide * high > MOST_PIXELS:
        raise _too_large()
    if max(wide, high) > WIDEST * min(wide, high):
        raise Refused(LONG, most=WIDEST)


def _too_large() -> Refused:
    words = to_translate("The picture has more than %(most)s million pixels: make it smaller")
    return Refused(words, most=MOST_PIXELS // 1_000_000)


def _smallest(picture: Image.Image, kind: str) -> bytes:
    """The picture, no larger than a cover needs, and smaller where it would be too heavy."""
    for size in SIZES:
        made = picture.copy()
        made.thumbnail(size, Image.Resampling.LANCZOS)
        made.info = {}  # no colour profile, comment, or position on the Earth
        written = io.BytesIO()
        made.save(written, format=kind, **({"optimize": True} if kind == "png" else {"quality": 90}))
        if written.tell() <= LARGEST:
            break
    return written.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
