"""Pictures for tests: logos as people have them, and files made to do harm."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw

SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BIRD = (
    f'<svg {SPACE} viewBox="0 0 120 60"><title>A bird</title><style>.w{{fill:#146}} #b path{{stroke:url(#g)}}'
    '</style><defs><linearGradient id="h"><stop offset="0" stop-color="#fc0"/><stop offset="1" '
    'style="stop-color:#a02"/></linearGradient><linearGradient id="g" xlink:href="#h"/>'
    '<clipPath id="c"><rect width="120" height="60"/></clipPath></defs>'
    '<g id="b" clip-path="url(#c)" transform="translate(2,2)"><path class="w" d="M10 40c10-30 30-30 40-5'
    ' 10-25 30-25 40 5a20 8 0 01-80 0z"/></g><circle cx="100" cy="12" r="6" fill="url(#g)"/></svg>'
)


def svg(inside: str = '<rect width="10" height="10"/>', frame: str = 'viewBox="0 0 20 10"') -> bytes:
    """A drawing with this in it."""
    return f"<svg {SPACE} {frame}>{inside}</svg>".encode()


def png(size: tuple[int, int] = (600, 250), **more: object) -> bytes:
    """A PNG with a see-through ground."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, size[1] - 20, size[1] - 20), fill=(160, 20, 60, 255))
    written = io.BytesIO()
    picture.save(written, "PNG", **more)  # type: ignore[arg-type]
    return written.getvalue()


def jpeg(size: tuple[int, int] = (600, 250), **more: object) -> bytes:
    """A JPEG, its left half dark."""
    picture = Image.new("RGB", size, (250, 250, 250))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill=(10, 60, 90))
    written = io.BytesIO()
    picture.save(written, "JPEG", **more)  # type: ignore[arg-type]
    return written.getvalue()


def bomb(wide: int, high: int) -> bytes:
    """A PNG of few bytes that says it has many pixels, and has them."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))
        )

    squeezed = zlib.compressobj(9)
    row = b"\0" * (wide // 8 + 1)
    body = b"".join(squeezed.compress(row) for _ in range(high)) + squeezed.flush()
    head = struct.pack("!IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
