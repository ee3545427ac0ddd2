"""Every framework version there is, by framework and version, read once and never changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..domain.building import framework_from
from ..domain.checking import mapping_faults
from ..domain.crosswalk import Crosswalk
from ..domain.documents import MOST_BYTES
from ..domain.errors import Fault, InvalidDocument, NotFound
from ..domain.standards import Framework
from .reading import Schemas, read_crosswalk, read_framework, unreadable

CHECKSUMS = "CHECKSUMS"


class ShelfFault(InvalidDocument):
    """The shelf cannot be used; `lines()` says why, a line a fault, over all files."""

    def __init__(self, documents: Sequence[InvalidDocument]) -> None:
        self.documents = tuple(documents)
        super().__init__("standards", [fault for document in documents for fault in document.faults])

    def lines(self) -> list[str]:
        """One line a fault, each with its own file."""
        return [line for document in self.documents for line in document.lines()]


@dataclass(frozen=True)
class Book:
    """One file on the shelf."""

    path: Path
    content: bytes
    document: dict[str, Any]
    framework: Framework


class Shelf:
    """Framework versions by id and version. Look-ups raise NotFound."""

    def __init__(self, books: Sequence[Book]) -> None:
        self._books = {(book.framework.framework, book.framework.version): book for book in books}
        self.crosswalks: tuple[Crosswalk, ...] = ()
        self._translated: dict[tuple[str, str], Framework] = {}  # by content hash and language
        self.edition = 0  # counts what came after the shelf was filled

    @classmethod
    def load(cls, folders: Sequence[Path], schemas: Schemas) -> Shelf:
        """Reads `<folder>/<framework>/<version>.json` in every folder. Raises ShelfFault with all faults."""
        books: list[Book] = []
        faulty: list[InvalidDocument] = []
        for folder in folders:
            faulty.extend(_changed(folder))
            for path in sorted(folder.glob("*/*.json")):
                try:
                    books.append(read_book(path, schemas))
                except InvalidDocument as error:
                    faulty.append(error)
        faulty.extend(_misplaced(books))
        shelf = cls(books)
        for book in books:
            faults = mapping_faults(book.document, shelf.ids)
            if faults:
                faulty.append(InvalidDocument(str(book.path), faults))
        if not faulty:
            faulty = shelf._take_crosswalks(folders, schemas)
        if faulty:
            raise ShelfFault(faulty)
        return shelf

    def _take_crosswalks(self, folders: Sequence[Path], schemas: Schemas) -> list[InvalidDocument]:
        """Reads `<folder>/<name>.crosswalk.json`; what is wrong with any."""
        faulty, found = [], []
        for path in (path for folder in folders for path in sorted(folder.glob("*.crosswalk.json"))):
            try:
                found.append(read_crosswalk(read_bytes(path), str(path), schemas, self.ids))
            except InvalidDocument as error:
                faulty.append(error)
        self.crosswalks = tuple(found)
        return faulty

    def take(self, content: bytes, source: str, schemas: Schemas) -> Framework:
        """Puts one more version on the shelf, for all threads at once. Raises InvalidDocument.

        The same version with the same text is there already; with another text it is a fault.
        """
        document, framework = read_framework(content, source, schemas)
        there = self._books.get((framework.framework, framework.version))
        if there and there.framework.content_hash != framework.content_hash:
            wrong = f"{framework.framework} {framework.version} is there already, with another text"
            raise InvalidDocument(source, [Fault("$.version", wrong, "expected a version of its own")])
        if faults := mapping_faults(document, self.ids):
            raise InvalidDocument(source, faults)
        if not there:
            key = (framework.framework, framework.version)
            book = Book(Path(source), content, document, framework)
            self._books, self.edition = {**self._books, key: book}, self.edition + 1
        return framework

    def frameworks(self) -> tuple[str, ...]:
        """The ids of all frameworks, in alphabetical order."""
        return tuple(sorted({framework for framework, _ in self._books}))

    def versions(self, framework_id: str) -> tuple[Framework, ...]:
        """All versions of a framework, newest first."""
        found = [book.framework for (name, _), book in self._books.items() if name == framework_id]
        if not found:
            raise NotFound(framework_id)
        return tuple(sorted(found, key=lambda framework: _age(framework.version), reverse=True))

    def current(self, framework_id: str) -> Framework:
        """The newest released version of a framework, or the newest draft where none is released."""
        versions = self.versions(framework_id)
        return next((framework for framework in versions if framework.status == "released"), versions[0])

    def get(self, framework_id: str, version: str) -> Framework:
        """One version."""
        return self._book(framework_id, version).framework

    def in_language(self, framework: Framework, language: str) -> Framework:
        """The same version with the texts that have been translated into a language; the others stay."""
        if language == framework.language:
            return framework
        key = (framework.content_hash, language)
        if key not in self._translated:
            document = self._book(framework.framework, framework.version).document
            self._translated[key] = framework_from(document, framework.content_hash, language)
        return self._translated[key]

    def document(self, framework_id: str, version: str) -> bytes:
        """The file of one version, byte for byte."""
        return self._book(framework_id, version).content

    def ids(self, framework_id: str, version: str) -> frozenset[str] | None:
        """The ids of a version's criteria, or None where the version is not on the shelf."""
        book = self._books.get((framework_id, version))
        return frozenset(item.id for item in book.framework.criteria) if book else None

    def _book(self, framework_id: str, version: str) -> Book:
        book = self._books.get((framework_id, version))
        if book is None:
            raise NotFound(f"{framework_id} {version}")
        return book


def read_book(path: Path, schemas: Schemas) -> Book:
    """Reads one framework file. Raises InvalidDocument."""
    content = read_bytes(path)
    document, framework = read_framework(content, str(path), schemas)
    return Book(path, content, document, framework)


def read_bytes(path: Path) -> bytes:
    """A file's bytes, a little more than are allowed at most. Raises InvalidDocument."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(str(path), error) from None


def _age(version: str) -> list[tuple[int, int, str]]:
    # 2025.10 is newer than 2025.9, and 2025.1.1 newer than 2025.1
    return [
        (1, int(part), "") if part.isdigit() else (0, 0, part)
        for part in re.findall(r"[0-9]+|[^0-9.]+", version)
    ]


def _misplaced(books: Sequence[Book]) -> Iterator[InvalidDocument]:
    """Files whose folder or name is not their framework and version, or that say the same as another."""
    places: dict[tuple[str, str], Path] = {}
    for book in books:
        key = (book.framework.framework, book.framework.version)
        faults = [
            Fault(f"$.{name}", f'found "{said}"', f'expected "{expected}", from where the file is')
            for name, said, expected in (
                ("framework", key[0], book.path.parent.name),
                ("version", key[1], book.path.stem),
            )
            if said != expected
        ]
        if key in places:
            faults.append(Fault("$.version", f"the same version is in {places[key]}", "expected it once"))
        places[key] = book.path
        if faults:
            yield InvalidDocument(str(book.path), faults)


def _changed(folder: Path) -> Iterator[InvalidDocument]:
    for path, recorded in _checksums(folder):
        fault = released_fault(path, recorded)
        if fault:
            yield InvalidDocument(str(path), [fault])


def released_fault(path: Path, recorded: str) -> Fault | None:
    """What is wrong with a released file when it is gone, or not what it was when it was released."""
    expected = "a released version never changes: put the file back, and release changes as a new version"
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return Fault("$", "this released file is gone", expected)
    if found == recorded:
        return None
    wrong = f"this released file has changed: its sha256 is {found[:12]}… and was {recorded[:12]}…"
    return Fault("$", wrong, expected)


def recorded_checksum(path: Path) -> str | None:
    """The sha256 that a framework file was released with, where the folder above it records one."""
    folder = path.resolve().parent.parent
    recorded = {place.resolve(): checksum for place, checksum in _checksums(folder)}
    return recorded.get(path.resolve())


def _checksums(folder: Path) -> Iterator[tuple[Path, str]]:
    """The released files of a folder with the sha256 each was released with, from its CHECKSUMS."""
    record = folder / CHECKSUMS
    if record.is_file():
        for line in record.read_text("utf-8").splitlines():
            recorded, _, name = line.partition("  ")
            if name:
                yield folder / name, recorded
