"""What can be wrong with a document or a request, in words a person can act on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

MOST_FAULTS = 500  # a file made to have millions of faults must not fill a terminal, a page or an hour


class Fault:
    """One thing that is wrong in a document: where (JSON path), what was found, what was expected."""

    __slots__ = ("path", "wrong", "expected")

    def __init__(self, path: str, wrong: str, expected: str = "") -> None:
        self.path, self.wrong, self.expected = path, wrong, expected

    def __str__(self) -> str:
        wrong = f"{self.path}: {self.wrong}"
        return f"{wrong}; {self.expected}" if self.expected else wrong

    def __repr__(self) -> str:
        return f"Fault({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class InvalidDocument(ValueError):
    """A document that cannot be used, with every fault found in it, in the document's order."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.source = source
        self.faults: Sequence[Fault] = tuple(faults)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """One line a fault: `FILE: PATH: what is wrong; what was expected`."""
        lines = [f"{self.source}: {fault}" for fault in self.faults]
        if len(self.faults) >= MOST_FAULTS:
            lines.append(f"{self.source}: $: there may be more; looking stopped after {MOST_FAULTS} faults")
        return lines


def first(faults: Iterable[Fault]) -> list[Fault]:
    """The faults, as many as are worth telling, without looking for more."""
    return list(islice(faults, MOST_FAULTS))


class NotFound(LookupError):
    """Something that was asked for does not exist, or not for this person."""


class NotAllowed(Exception):
    """This person may see it, but may not do that."""


class Duplicate(ValueError):
    """There is one already."""


class Stale(Exception):
    """Somebody else changed it since it was read. `current` is what is there now."""

    def __init__(self, current: object = None) -> None:
        self.current = current
        super().__init__("changed by somebody else since it was read")


class Told(Exception):
    """An error that says to a person what is wrong, in the language of the page that shows it.

    `words` are in the catalogues, and have a place like %(name)s for each of `values`.
    """

    def __init__(self, words: str = "", **values: object) -> None:
        self.words, self.values = words, values
        super().__init__(words % values if values else words)


class WrongState(Told):
    """It cannot be done now, because of what was done before."""


class Incomplete(Exception):
    """Something is missing. `missing` names what, in the file's order."""

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(f"missing: {', '.join(self.missing)}")


class TooLong(Incomplete, Told):
    """A text is longer than what is kept."""

    def __init__(self, words: str = "", **values: object) -> None:
        Told.__init__(self, words, **values)
        self.missing = (str(self),)
