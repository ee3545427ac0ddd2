"""The shelf of standards: framework versions and answers, read from files and checked whole."""

from .reading import (
    Schemas,
    content_hash,
    load_schemas,
    read_actions,
    read_assessment,
    read_crosswalk,
    read_document,
    read_edition,
    read_framework,
    read_network,
)
from .shelf import (
    Book,
    Shelf,
    ShelfFault,
    read_book,
    read_bytes,
    recorded_checksum,
    released_fault,
)

__all__ = [
    "Book",
    "Schemas",
    "Shelf",
    "ShelfFault",
    "content_hash",
    "load_schemas",
    "read_actions",
    "read_assessment",
    "read_book",
    "read_bytes",
    "read_crosswalk",
    "read_document",
    "read_edition",
    "read_framework",
    "read_network",
    "recorded_checksum",
    "released_fault",
]
