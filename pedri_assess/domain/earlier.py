"""What was said before about a criterion, as it is kept beside the answer that is given now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .carrying import NOTHING, Carried
from .said import Said, said_document, said_from

Document = dict[str, Any]


@dataclass(frozen=True)
class Whence:
    """Where earlier answers are: the assessment, which of its submissions, the version, and the day.

    `revision` is 0 for a draft, before it was moved to another version.
    """

    assessment_id: str
    revision: int
    version: str
    day: str = ""


@dataclass(frozen=True)
class Earlier:
    """What was said about a criterion that one comes from, where, how it is linked, and notes on that."""

    whence: Whence
    criterion: str
    link: str
    said: Said = field(default_factory=Said)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brought:
    """What came along to a criterion, and what is to do about it; `suggested` is a level to start from."""

    to_do: str = NOTHING
    earlier: tuple[Earlier, ...] = ()
    suggested: int | None = None


def brought(carried: Carried, whence: Whence, said: Mapping[str, Said] | None = None) -> Brought:
    """What came along, with where it came from. `said` has the words of answers that were not complete."""
    earlier = tuple(
        Earlier(
            whence,
            source.criterion,
            source.link,
            (said or {}).get(source.criterion, Said(source.answer, source.importance)),
            tuple(str(note) for note in source.notes),
        )
        for source in carried.sources
    )
    return Brought(carried.to_do, earlier, carried.suggested)


def brought_document(found: Brought) -> Document:
    """Plain JSON values; `brought_from` reads them."""
    return {
        "to_do": found.to_do,
        "suggested": found.suggested,
        "earlier": [
            {
                **vars(item.whence),
                "criterion": item.criterion,
                "link": item.link,
                "said": said_document(item.said),
                "notes": list(item.notes),
            }
            for item in found.earlier
        ],
    }


def brought_from(document: Document) -> Brought:
    """What `brought_document` wrote down."""
    return Brought(
        document["to_do"],
        tuple(_earlier_from(item) for item in document["earlier"]),
        document["suggested"],
    )


def _earlier_from(item: Document) -> Earlier:
    names = ("assessment_id", "revision", "version", "day")
    whence = Whence(**{name: item[name] for name in names})
    said = said_from(item["said"])
    return Earlier(whence, item["criterion"], item["link"], said, tuple(item["notes"]))
