"""The file in which everything of an organisation travels: a zip whose every byte follows from what is in it.

`manifest.json` says what it is, `tables/NAME.json` has the rows of a table, one a line, and logos are files.
Nothing in it says when or where it was made, so that the same content is the same file.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from .errors import Fault, InvalidDocument

FORMAT, FORMAT_VERSION = "everything of an organisation", 1
MANIFEST = "manifest.json"
MOST_PACKED, MOST_UNPACKED, MOST_MEMBERS = 200_000_000, 1_000_000_000, 200
_WHEN = (1980, 1, 1, 0, 0, 0)  # a zip wants a moment

Tables = Mapping[str, list[dict[str, Any]]]
Document = dict[str, Any]


def packed(tables: Tables, files: Mapping[str, bytes], about: Document) -> bytes:
    """The file. `about` is said in the manifest beside the format and the SHA-256 of every member."""
    members = {f"tables/{name}.json": _lines(rows) for name, rows in tables.items()} | dict(files)
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(members.items())}
    manifest = {"format": FORMAT, "format_version": FORMAT_VERSION, **about, "members": sums}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [(MANIFEST, text.encode()), *sorted(members.items())]:
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def unpacked(content: bytes, source: str) -> tuple[Document, dict[str, list[Document]], dict[str, bytes]]:
    """Manifest, tables and files of such a file, which may come from anyone.

    Raises InvalidDocument. Whether the rows fit the tables is for those who know the tables.
    """
    members = _members(content, source)
    manifest = _read(members.pop(MANIFEST, b""), source, MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _fault(source, MANIFEST, "is not that of everything of an organisation", "choose another file")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise _fault(source, MANIFEST, "has another format version", f"{FORMAT_VERSION} can be read here")
    if manifest.get("members") != {
        name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())
    }:
        raise _fault(
            source, MANIFEST, "does not fit what is in the file", "take the file that was downloaded"
        )
    tables = {
        name[len("tables/") : -len(".json")]: _rows(_read(data, source, name), source, name)
        for name, data in members.items()
        if name.startswith("tables/") and name.endswith(".json")
    }
    return manifest, tables, {name: data for name, data in members.items() if not name.startswith("tables/")}


def _members(content: bytes, source: str) -> dict[str, bytes]:
    if len(content) > MOST_PACKED:
        raise _fault(source, "$", "is too large", f"at most {MOST_PACKED:,} bytes can be read")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            # What a member says of its size is held to: more than that is not unpacked
            if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise _fault(source, "$", "would be too large unpacked", f"at most {MOST_UNPACKED:,} bytes")
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, InvalidDocument):
            raise
        raise _fault(source, "$", "is not a zip file that can be read", "take the file again") from None


def _rows(rows: Any, source: str, name: str) -> list[Document]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _fault(source, name, "is not a list of rows", "take the file that was downloaded")
    return rows


def _read(data: bytes, source: str, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise _fault(
            source, name, "is missing, or is not JSON", "take the file that was downloaded"
        ) from None


def _lines(rows: list[Document]) -> bytes:
    texts = (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return ("[\n" + ",\n".join(texts) + "\n]\n").encode("utf-8", "surrogatepass")


def _fault(source: str, path: str, wrong: str, expected: str) -> InvalidDocument:
    return InvalidDocument(source, [Fault(path, wrong, expected)])
