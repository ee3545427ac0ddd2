"""An address as a QR code, for those who hold the report on paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import segno
from markupsafe import Markup

from .ramp import INK, PAPER, picture

_QUIET = 4  # modules of empty ground around the code, which readers need
_SIZE = 112  # pixels


def qr_code(address: str, said: str) -> Markup:
    """The code of an address, dark on light wherever it is shown. It says `said` to those who hear it."""
    modules = segno.make(address, error="m", micro=False).matrix
    side = len(modules) + 2 * _QUIET
    runs = "".join(_runs(modules))
    return picture(
        f'class="report-code" width="{_SIZE}" height="{_SIZE}" viewBox="0 0 {side} {side}" '
        'shape-rendering="crispEdges"',
        said,
        f'<path fill="{PAPER}" d="M0 0h{side}v{side}H0z"/><path fill="{INK}" d="{runs}"/>',
    )


def _runs(modules: tuple[bytearray, ...]) -> Iterator[str]:
    """Each run of dark modules of a row as one rectangle."""
    for y, row in enumerate(modules, _QUIET):
        x = _QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
