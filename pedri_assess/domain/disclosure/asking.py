"""Asks for the figures of one criterion in one wave: the only place where decisions meet levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .certifying import ALIKE
from .figures import Answer
from .position import Decision, Places, Position
from .rules import exceptions


class Asking:
    """Goes on from a position at the beginning of a wave, figure by figure.

    `secret` is, for each place, how many organisations are at each level.
    """

    def __init__(self, position: Position, secret: Mapping[int, Counter[int]]) -> None:
        self.position = position
        self._secret = secret
        self._answers: dict[Places, Answer] = {}

    def number(self, places: Places) -> int:
        """How many organisations at these places have a level."""
        return sum(self._secret[place].total() for place in places if place in self._secret)

    def answer(self, places: Places) -> Answer:
        """The figure about them, or why there is none. The same question has the same answer."""
        present = places.intersection(self._secret)
        if present not in self._answers:
            decision = self.position.decision(present)
            answer = decision.settled or self._looked_up(decision, present)
            self._answers[present] = answer
            if not decision.settled:
                self.position = self.position.after(present, answer.band)
        return self._answers[present]

    def _looked_up(self, decision: Decision, places: Places) -> Answer:
        levels: Counter[int] = Counter()
        for place in places:
            levels.update(self._secret[place])
        number, choice = levels.total(), decision.choice
        count = sum(many for level, many in levels.items() if level >= self.position.scale.target)
        alike = number - max(levels.values()) <= exceptions(number)
        if choice is None or (alike and ALIKE in choice.rest):
            return decision.hidden
        band = next((band for band in choice.shown if band.holds(count)), None)
        return Answer(band) if band else decision.hidden
