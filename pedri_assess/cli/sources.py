"""Where the commands find what they are asked to read: files, standard input, and the shelf."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..catalogue import Schemas, Shelf, load_schemas, read_book, read_bytes, read_framework
from ..config import ConfigError, data_dir, standards_folders
from ..domain.documents import MOST_BYTES
from ..domain.errors import Fault, InvalidDocument, NotFound
from ..domain.standards import Framework
from .published import take_published

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"
_ON_THE_SHELF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?")


class Stopped(Exception):
    """The command ends here; the message says why and what to do, `status` is the exit status."""

    status = 1


class Refused(Stopped):
    """The command cannot be carried out as it was given."""

    status = 2


class WentWrong(Stopped):
    """The command was right and its input good, and yet it could not be done."""


@cache
def schemas() -> Schemas:
    """The schemas of this installation."""
    return load_schemas(data_dir("standards"))


@cache
def shelf() -> Shelf:
    """Every framework version of this installation. Raises ShelfFault and Refused."""
    try:
        folders = standards_folders(os.environ)
    except ConfigError as error:
        raise Refused(str(error)) from None
    return Shelf.load(folders, schemas())


def content_of(name: str) -> tuple[bytes, str]:
    """The bytes of a file or of standard input, and what to call it in messages."""
    if name == STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES + 1), STANDARD_INPUT_NAME
    return read_bytes(Path(name)), name


@cache
def known() -> Shelf:
    """The shelf, with what was published in the database that DATABASE_URL names, where it names one.

    Raises ShelfFault, Refused, and WentWrong where that database cannot be read.
    """
    found, url = shelf(), os.environ.get("DATABASE_URL", "").strip()
    if url and (faults := take_published(found, schemas(), url)):
        raise WentWrong("\n".join([*faults, "without DATABASE_URL only versions in files are looked for"]))
    return found


def framework(name: str) -> Framework:
    """The framework in a file, on standard input, or on the shelf. Raises InvalidDocument."""
    if name == STANDARD_INPUT:
        content, source = content_of(name)
        return read_framework(content, source, schemas())[1]
    if Path(name).exists() or not _ON_THE_SHELF.fullmatch(name) or name.endswith(".json"):
        return read_book(Path(name), schemas()).framework
    return _on_the_shelf(name)


def _on_the_shelf(name: str) -> Framework:
    framework_id, _, version = name.partition("/")
    try:
        return known().get(framework_id, version) if version else known().current(framework_id)
    except NotFound:
        there = [
            f"{each.framework}/{each.version}"
            for name_of in known().frameworks()
            for each in known().versions(name_of)
        ]
        expected = f"on the shelf are {', '.join(there)}" if there else "the shelf is empty"
        raise InvalidDocument(name, [Fault("$", "no file and no framework of this name", expected)]) from None


def other_version(folders: Iterable[Path], framework_id: str, version: str) -> Framework | None:
    """Another version of a framework: in a folder, or on the shelf; None where it is in neither."""
    for path in (folder / f"{version}.json" for folder in folders):
        if path.is_file():
            found = read_framework(read_bytes(path), str(path), schemas())[1]
            if found.framework == framework_id:
                return found
    try:
        return known().get(framework_id, version)
    except NotFound:
        return None


def refuse_other_frameworks(old: Framework, new: Framework) -> None:
    """Two versions must be of one framework. Raises Refused."""
    if old.framework != new.framework:
        raise Refused(f"OLD is {old.framework} and NEW is {new.framework}: give two of one framework")


def refuse_backwards(old: Framework, new: Framework, *, forwards: bool, backwards: bool) -> None:
    """Time goes one way: what was made from the other is the newer. Raises Refused."""
    if backwards and not forwards:
        raise Refused(f"{old.version} was made from {new.version}: give the older version first")


def only_one_from_standard_input(*names: str) -> None:
    """Standard input can be read once. Raises Refused."""
    if names.count(STANDARD_INPUT) > 1:
        raise Refused("only one of the files can be -, standard input")
