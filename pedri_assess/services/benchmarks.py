"""An organisation beside its peers: from published waves only, and its own levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.sharing import PARTNERS, PUBLIC
from ..store.organisations import Organisation, organisation
from ..store.sharing import choices_of
from . import Context
from .waves import Benchmark, published_waves


@dataclass(frozen=True)
class BesidePeers:
    """A wave as an organisation sees it. `own` is the levels with which it is counted, or None.

    `waves` are all published ones, the newest first; `before` those of the same framework up to this one.
    `agreed` says whether it is to be counted from now on.
    """

    organisation: Organisation
    wave: Benchmark | None
    waves: Sequence[Benchmark]
    before: Sequence[Benchmark]
    own: dict[str, int | None] | None
    agreed: bool
    only_public: bool


def beside_peers(
    context: Context, organisation_id: str, frameworks: Iterable[str], wave_id: str = ""
) -> BesidePeers:
    """The wave with this id, or the newest that counts the organisation, or the newest of all.

    Raises NotFound for an organisation or a published wave that there is not.
    """
    with context.database.read() as c:
        place = organisation(c, organisation_id)
        choices = choices_of(c, organisation_id)
    every = [wave for name in frameworks for wave in published_waves(context, name)]
    every.sort(key=lambda wave: wave.row.published_at or "", reverse=True)
    if wave_id and wave_id not in {wave.row.id for wave in every}:
        raise NotFound("wave")
    counted = (wave for wave in every if wave.own_levels(organisation_id) is not None)
    named = (wave for wave in every if wave.row.id == wave_id)
    chosen = next(named, None) or next(counted, None) or next(iter(every), None)
    before = [
        wave
        for wave in reversed(every)
        if chosen and wave.row.framework == chosen.row.framework and wave.row.number <= chosen.row.number
    ]
    own = chosen.own_levels(organisation_id) if chosen else None
    agreed = PARTNERS in choices
    return BesidePeers(place, chosen, every, before, own, agreed, PUBLIC in choices and not agreed)
