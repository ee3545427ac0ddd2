"""What an organisation shares: its leads decide, every member can see it, and it can end at any time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..domain.errors import Stale
from ..domain.sharing import CHOICES, change
from ..domain.times import stamp
from ..store.events import Event, add_event
from ..store.organisations import Organisation, organisation, set_size
from ..store.shared_results import Look, looks
from ..store.sharing import Shared, choices_of, end, give, sharing
from . import Context
from .organisations import SIZES

MOST_LOOKS = 200  # on the page; every one stays on record


@dataclass(frozen=True)
class Sharing:
    """An organisation, all its choices, those that ended too, and looks at its results, the newest first."""

    organisation: Organisation
    every: list[Shared]
    looks: list[Look]

    @cached_property
    def now(self) -> dict[str, Shared]:
        """What holds now, by choice."""
        return {shared.choice: shared for shared in self.every if shared.ended_at is None}

    @property
    def ended(self) -> list[Shared]:
        """What was agreed once."""
        return [shared for shared in self.every if shared.ended_at is not None]


def sharing_of(context: Context, organisation_id: str) -> Sharing:
    """What an organisation shares, and shared. Raises NotFound."""
    with context.database.read() as c:
        place = organisation(c, organisation_id)
        return Sharing(place, sharing(c, place.id), looks(c, place.id, MOST_LOOKS))


def say_size(context: Context, by: str, organisation_id: str, size: str) -> None:
    """Says how large an organisation is, or that it is not said. Raises NotFound, ValueError for no size."""
    if size and size not in SIZES:
        raise ValueError(size)
    at = stamp(context.now())
    with context.database.write() as c:
        before = organisation(c, organisation_id)
        if before.size != size:
            set_size(c, organisation_id, size)
            words = {"before": {"size": before.size}, "after": {"size": size}}
            add_event(c, Event("organisation-size", at, by, organisation_id, None, organisation_id, **words))


def share(
    context: Context, by: str, organisation_id: str, expected: frozenset[str], chosen: frozenset[str]
) -> None:
    """Makes the choices those that were chosen; the words that were agreed to go into the event.

    `expected` is what the page showed. Raises NotFound, ValueError for a choice that there is not, and Stale
    with the choices of now where they changed in the meantime.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        before = choices_of(c, organisation(c, organisation_id).id)
        if before not in (expected, chosen):
            raise Stale(before)
        changed = change(before, chosen)
        for choice in changed.given:
            give(c, organisation_id, choice, by, at)
            words = {"choice": choice, "words": " ".join(vars(CHOICES[choice]).values())}
            add_event(c, Event("sharing-given", at, by, organisation_id, None, choice, after=words))
        for choice in changed.ended:
            end(c, organisation_id, choice, by, at)
            add_event(
                c, Event("sharing-ended", at, by, organisation_id, None, choice, before={"choice": choice})
            )
