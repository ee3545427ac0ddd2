"""Counting by tags: how many things have each tag, among those that have all the tags chosen so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Tags = Mapping[str, Collection[str]]  # the values that one thing has, by facet
Places = int  # a set of things, by their places in the sequence: bit n stands for thing n


class Facets:
    """Which things have which tags. Sets are whole numbers: ten thousand things are counted at once."""

    def __init__(self, things: Sequence[Tags]) -> None:
        self.all: Places = (1 << len(things)) - 1
        listed: dict[str, dict[str, list[int]]] = {}
        for place, tags in enumerate(things):
            for facet, values in tags.items():
                having = listed.setdefault(facet, {})
                for value in values:
                    having.setdefault(value, []).append(place)
        self._with = {
            facet: {value: places_of(places) for value, places in having.items()}
            for facet, having in listed.items()
        }

    def having(self, chosen: Mapping[str, str], among: Places) -> Places:
        """Those that have every chosen value; a facet without a value is no matter."""
        for facet, value in chosen.items():
            if value:
                among &= self._with.get(facet, {}).get(value, 0)
        return among

    def counts(self, chosen: Mapping[str, str], among: Places) -> dict[str, dict[str, int]]:
        """For each value of each facet: how many there would be, were that value chosen in its facet."""
        found = {}
        for facet, having in self._with.items():
            others = {name: value for name, value in chosen.items() if name != facet}
            left = self.having(others, among)
            found[facet] = {value: (left & places).bit_count() for value, places in having.items()}
        return found


def places_of(indices: Iterable[int]) -> Places:
    """The set with these places."""
    marks = bytearray()
    for index in indices:
        byte, bit = divmod(index, 8)
        if byte >= len(marks):
            marks.extend(bytes(byte + 1 - len(marks)))
        marks[byte] |= 1 << bit
    return int.from_bytes(marks, "little")


def indices_of(places: Places) -> Iterator[int]:
    """The places of a set, in order."""
    for index, mark in enumerate(reversed(f"{places:b}")):
        if mark == "1":
            yield index
