"""What prints our reports here, as one hash: where it differs, the same answers may print differently."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .. import __version__
from .signing import Issuer

LIBRARIES = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "pyphen",
    "fonttools",
    "pikepdf",
    "jinja2",
    "segno",
)
CODE = Path(__file__).resolve().parents[1]


def imprint(templates: Path, static: Path, address: str, issuer: Issuer | None = None) -> str:
    """The hash of the release, libraries, templates, styles, fonts, code that words come from, and issuer.

    `address` is that of the service: reports say where they can be checked.

    Two servers with the same imprint print the same bytes of the same report. It takes a few milliseconds.
    """
    told = hashlib.sha256()
    names = [
        f"release {__version__}",
        f"address {address}",
        *(f"{name} {_version(name)}" for name in LIBRARIES),
    ]
    if issuer:
        names.append(f"issuer {issuer.public} {issuer.address}")
    told.update("\n".join(names).encode())
    for file in _files(templates, static):
        told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()


def _files(templates: Path, static: Path) -> Iterator[Path]:
    for folder, pattern in (
        (templates / "report", "**/*.html"),
        (static / "css", "report.css"),
        (static / "css", "easy_read.css"),
        (static / "fonts", "*.ttf"),
        (CODE / "domain", "*.py"),
        (CODE / "reports", "**/*.py"),
        (CODE / "tagging", "*.py"),
        (CODE / "tagging", "*.py"),
    ):
        yield from sorted(folder.glob(pattern))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
