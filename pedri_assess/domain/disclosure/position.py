"""What has been published about one criterion, and how each next figure may be answered.

A position knows histories and what was published before. It has never seen a level: levels only choose, among
the answers that it allows, the one that leads on to the next position. So that a figure is hidden tells its
readers nothing that they could not have worked out themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .candidate import Candidate
from .cells import CLASS, COMPLEMENTARY, DIFFERENCING
from .certifying import ALIKE, Choice, Scale, Witness, answerable, chosen, ranges_of
from .figures import Answer, Published
from .histories import History
from .members import Member, Members, members_after
from .rules import Band
from .worlds import Kind

Places = frozenset[int]


@dataclass(frozen=True)
class Decision:
    """How a figure about a group may be answered: as is `settled` already, or by a choice.

    `hidden` is the answer for all that the choice does not show.
    """

    candidate: Candidate
    hidden: Answer
    settled: Answer | None = None
    choice: Choice | None = None


@dataclass(frozen=True, eq=False)
class Position:
    """Where publishing about one criterion has come to."""

    scale: Scale
    wave: int = -1
    members: Members = field(default_factory=dict)
    published: tuple[Published, ...] = ()
    sizes: Mapping[Kind, int] = field(default_factory=dict)
    world: Mapping[Kind, int] = field(default_factory=dict)
    _decided: dict[Places, Decision] = field(default_factory=dict, repr=False)
    _later: dict[object, Position] = field(default_factory=dict, repr=False)

    def next_wave(self, known: Mapping[History, int]) -> Position:
        """The position at the beginning of the next wave, of which the number by history is known."""
        key = frozenset(known.items())
        if key not in self._later:
            members = members_after(self.members, known)
            self._later[key] = replace(self, wave=self.wave + 1, members=members, _decided={}, _later={})
        return self._later[key]

    def decision(self, places: Places) -> Decision:
        """How a figure about the organisations at these places may be answered."""
        if places not in self._decided:
            self._decided[places] = self._decide(places)
        return self._decided[places]

    def _decide(self, places: Places) -> Decision:
        group = [member for member in self.members.values() if member.place in places]
        candidate = Candidate(group, self.published, self.sizes, self.world)
        hidden = Answer(None, self._conflicts(candidate))
        repeated = candidate.repeated()
        if repeated:
            return Decision(candidate, hidden, settled=repeated.answer)
        choice = chosen(candidate, self.scale, self.wave) if answerable(candidate, self.scale) else None
        if choice is None:
            return Decision(candidate, hidden, settled=hidden)
        return Decision(
            candidate, Answer(None, (CLASS,)) if choice.rest == (ALIKE,) else hidden, None, choice
        )

    def _conflicts(self, candidate: Candidate) -> tuple[str, ...]:
        """With which earlier figures one about this group could give somebody away."""
        waves = {figure.wave for figure in candidate.overlapping()}
        same = (COMPLEMENTARY,) if self.wave in waves or not waves else ()
        return same + ((DIFFERENCING,) if waves - {self.wave} else ())

    def after(self, places: Places, band: Band | None) -> Position:
        """The position when the answer is a band that the choice shows, or none of them."""
        if (places, band) not in self._later:
            decision = self.decision(places)
            choice = decision.choice or Choice({})
            witness = choice.shown[band] if band else choice.rest_witness
            answer, bands = (Answer(band), (band,)) if band else (decision.hidden, choice.rest)
            found = self._published(places, decision.candidate, answer, bands, witness) if witness else self
            self._later[places, band] = found
        return self._later[places, band]

    def _published(
        self,
        places: Places,
        candidate: Candidate,
        answer: Answer,
        bands: tuple[Band, ...],
        witness: Witness,
    ) -> Position:
        figure = Published(
            answer,
            candidate.number,
            self.wave,
            candidate.bit,
            ranges_of(bands, candidate.number),
            witness.limit,
            candidate.zeros,
        )
        members = {
            history: _counted(member, figure.bit, witness) if member.place in places else member
            for history, member in self.members.items()
        }
        return replace(
            self,
            members=members,
            published=(*self._reshaded(candidate, witness), figure),
            sizes=candidate.sizes,
            world=witness.world,
            _decided={},
            _later={},
        )

    def _reshaded(self, candidate: Candidate, witness: Witness) -> tuple[Published, ...]:
        """The figures published so far, when the witness gives the whole group one shade."""
        changes = candidate.reshaded(witness.shade) if witness.shade is not None else None
        if changes is None:
            return self.published
        return tuple(figure.reshaded(by) for figure, by in zip(self.published, changes, strict=True))


def _counted(member: Member, bit: Kind, witness: Witness) -> Member:
    """The same organisations, counted by one more figure; held at a shade where the witness has one."""
    kinds = (*member.kinds[:-1], member.kind | bit)
    if witness.shade is None:
        return replace(member, kinds=kinds)
    return replace(member, kinds=kinds, zeros=member.zeros_for(witness.shade), held=True)
