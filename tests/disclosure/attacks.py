"""Random networks, each attacked in one of three ways; what was found is counted, and the worst is kept."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pedri_assess.domain.disclosure import Network, Release, release
from pedri_assess.domain.disclosure.rules import free

from .elsewhere import Known, covered, known, made_up, on_one_side, with_criteria
from .everything import SEES, Alike, by_release, coalitions, kinds_of, number_of_worlds, secrets
from .linear import Bounds, Sum, in_the_span
from .naive import Variable
from .networks import CUTS, EVEN, FIRST_ROUND, TABLES, Table, random_course, random_network

# What is likelier than this counts as found
CERTAIN = {"level": Fraction(9, 10), "side": Fraction(19, 20)}
AUDIENCES = ("partner", "public")
_PLAIN: tuple[Table, ...] = (
    {("A", "X", "1"): 1},
    {("A", "X", "1"): 2, ("B", "X", "1"): 1},
    {("A", "X", "1"): 2, ("A", "Y", "1"): 1, ("B", "Y", "1"): 1},
)


@dataclass
class Found:
    """What attacks came to. `exposed` says where a value was found, for a person to look into."""

    counts: Counter[str] = field(default_factory=Counter)
    exposed: list[str] = field(default_factory=list)
    surest: dict[str, Fraction] = field(default_factory=dict)


def small_network(rng: random.Random) -> Network:
    """A network of which every way to answer can be looked at, more often than not."""
    table = rng.choice((*_PLAIN, FIRST_ROUND, EVEN))
    cuts = rng.sample(CUTS, rng.randint(1, 3))
    return random_network(rng, rng.randint(3, 16), table, random_course(rng), cuts)


def any_network(rng: random.Random) -> Network:
    """A network of 3 to 60 organisations at its beginning."""
    number = rng.choice([rng.randint(3, 16), rng.randint(3, 60)])
    cuts = rng.sample(CUTS, rng.randint(1, len(CUTS)))
    return random_network(rng, number, rng.choice(TABLES), random_course(rng), cuts)


def look_at_everything(network: Network, sees: SEES, found: Found, most_worlds: int, partners: int) -> bool:
    """Looks at every way in which the network could have answered; False when there are too many."""
    kinds = kinds_of(network, "C0")
    if not kinds or number_of_worlds(kinds) > most_worlds:
        return False
    together = by_release(network, kinds, sees)
    found.counts["worlds"] += number_of_worlds(kinds)
    found.counts["releases"] += len(together)
    small = small_groups(network, kinds)
    for size in range(partners + 1):
        for looking in coalitions(kinds, size):
            crowded = any(sum(index in group for index, _ in looking) > 1 for group in small)
            for seen, worlds in together.items():
                for secret in secrets(kinds, worlds, looking, network.target):
                    found.counts[f"{size} looking"] += 1
                    where = f"{looking} {seen}"
                    _judge(found, f"level, {size} looking", secret.levels, secret.level_certainty, where)
                    if not crowded:
                        _judge(found, f"side, {size} looking", secret.sides, secret.side_certainty, where)
    return True


def _judge(found: Found, what: str, left: frozenset[int], certainty: Fraction, where: str) -> None:
    found.surest[what] = max(certainty, found.surest.get(what, Fraction(0)))
    if len(left) == 1 or certainty > CERTAIN[what.split(",")[0]]:
        found.exposed.append(f"{what}: {where}")


def small_groups(network: Network, kinds: Sequence[Alike]) -> list[frozenset[int]]:
    """The kinds of organisations in every group that stands only one partner that looks."""
    found: dict[object, set[int]] = {}
    for index, kind in enumerate(kinds):
        for wave, step in enumerate(kind.stood):
            if step:
                for cut in network.cuts:
                    group = tuple(step[0].groups.get(name) for name in cut.by)
                    found.setdefault((wave, cut, group), set()).add(index)
                    if step[0].public:
                        found.setdefault((wave, cut, group, "public"), set()).add(index)
    numbers = {name: sum(kinds[index].number for index in group) for name, group in found.items()}
    return [frozenset(group) for name, group in found.items() if free(numbers[name]) < 3]


def make_another(network: Network, rng: random.Random, found: Found, tries: int) -> None:
    """Makes networks in which somebody answered otherwise, and compares their releases with the true one."""
    about = known(network, "C0")
    names = sorted(about.histories)
    if not names:
        return
    columns: dict[str, Mapping[str, list[int]]] = {"true": about.levels}
    for number in range(tries):
        chosen = rng.sample(names, min(rng.choice([1, 2, 2, 3]), len(names)))
        hidden, looking = chosen[0], chosen[1:]
        if covered(about, looking):
            base = made_up(about, {name: about.levels[name] for name in looking})
            for upper in (False, True):
                own = on_one_side(about, base[hidden], upper=upper)
                columns[f"{number} {upper}: {hidden} unknown to {looking}"] = {**base, hidden: own}
    other = with_criteria(network, columns, about)
    for audience in AUDIENCES:
        _compare(release(other, audience), found)
    found.counts["networks made"] += len(columns) - 1


def _compare(released: Release, found: Found) -> None:
    for wave, cell in released.cells():
        for name, figure in cell.criteria.items():
            found.counts["figures compared"] += 1
            if figure != cell.criteria["true"]:
                found.exposed.append(f"{released.audience} {wave.id} {dict(cell.group)}: {name}")


def reckon(network: Network, rng: random.Random, found: Found, tries: int) -> None:
    """Reckons with everything published, in ranges as narrow as the rules let a reader work out."""
    about = known(network, "C0")
    sums = published_sums(about)
    names = sorted(about.histories)
    for _ in range(tries if names else 0):
        looking = rng.sample(names, min(rng.choice([0, 1, 1, 2]), len(names)))
        if covered(about, looking):
            own = {
                (name, turn): int(level >= network.target)
                for name in looking
                for turn, level in enumerate(about.levels[name])
            }
            sure = {**Bounds(sums, dict(own)).found(), **in_the_span(sums, own)}
            found.counts["reckonings"] += 1
            found.exposed += [f"{name} reckoned by {looking}" for name in sure]
    found.counts["sums"] += len(sums)


def published_sums(about: Known) -> list[Sum[Variable]]:
    """What is known of how many are on the upper side, figure by figure."""
    sums = []
    for figure in about.position.published:
        counted = frozenset(
            (name, turn)
            for name, history in about.histories.items()
            for turn, kind in enumerate(about.position.members[history].kinds)
            if kind & figure.bit
        )
        sums.append(Sum(counted, figure.ranges[0][0], figure.ranges[-1][1]))
    return sums
