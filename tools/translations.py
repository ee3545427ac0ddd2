"""Brings translations/ up to date with the words that are marked: python tools/translations.py [--check]

Takes marked words out of code and templates into messages.pot, merges them into each language's messages.po,
and compiles that to messages.mo, which the service reads. With --check it writes nothing and names the files
that are out of date (exit status 1). No dates and no line numbers: the same words make the same files.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "translations"
NAME = "messages"
SOURCES = {
    "pedri_assess": [("**.py", "python")],
    "templates": [("**.html", "jinja2.ext:babel_extract")],
}
OPTIONS = {
    "**.html": {
        "trimmed": "true",
        "extensions": "jinja2.ext.i18n",
        "silent": "false",
        "newstyle_gettext": "true",
    }
}
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)
UNSAID = tuple(f'"{name}' for name in ("POT-Creation", "PO-Revision", "Generated-By", "Report-Msgid"))
KEYWORDS: dict[str, tuple[int, ...] | None] = {"gettext": None, "to_translate": None, "ngettext": (1, 2)}


def template() -> Catalog:
    """Every marked message, with the files it stands in."""
    catalog = Catalog(
        project="PEDRI Assess", copyright_holder="PEDRI Assess contributors", charset="utf-8", fuzzy=False
    )
    catalog.header_comment = "# The words of PEDRI Assess, taken from its source by make translations."
    for folder, methods in SOURCES.items():
        found = extract_from_dir(ROOT / folder, methods, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
        for file, _line, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
            place = (f"{folder}/{file}", 0)
            catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def merged(path: Path, words: Catalog) -> Catalog:
    """A language’s catalogue with the messages there are now; one that is new or has changed is empty."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name, domain=NAME)
    catalog.update(words, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalog.obsolete.clear()
    for message in words:  # Babel leaves a changed message the flags of the one that it was
        if message.id and (mine := catalog.get(message.id, message.context)):
            mine.flags = message.flags | ({"fuzzy"} & mine.flags)
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """The catalogue as a file for people."""
    written = io.BytesIO()
    write_po(written, catalog, width=110, include_lineno=False, sort_output=False, omit_header=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    ours = (line for line in lines if not line.startswith(UNSAID))
    return "".join(ours).encode()


def as_program(text: bytes) -> bytes:
    """The same for the service: messages that are fuzzy or missing are left out."""
    catalog, written = read_po(io.BytesIO(text)), io.BytesIO()
    catalog.creation_date = NO_DAY  # else it is now, and every run makes another file
    write_mo(written, catalog)
    return written.getvalue()


def files() -> Iterator[tuple[Path, bytes]]:
    """Each file with what should be in it."""
    words = template()
    yield FOLDER / f"{NAME}.pot", as_text(words)
    for path in sorted(FOLDER.glob(f"*/LC_MESSAGES/{NAME}.po")):
        text = as_text(merged(path, words))
        yield path, text
        yield path.with_suffix(".mo"), as_program(text)


def main(arguments: list[str]) -> int:
    """Writes what is out of date, or says it."""
    late = [(path, content) for path, content in files() if not path.exists() or path.read_bytes() != content]
    for path, content in late:
        print(
            f"{path.relative_to(ROOT)} is out of date" if "--check" in arguments else path.relative_to(ROOT)
        )
        if "--check" not in arguments:
            path.write_bytes(content)
    return 1 if late and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
