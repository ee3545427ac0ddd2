"""Attacks at length: python -m tests.disclosure [SECONDS [SEED]]. Ends with 1 when a value was found."""

from __future__ import annotations

import random
import sys
import time
from functools import partial

from pedri_assess.domain.disclosure import release

from .attacks import AUDIENCES, Found, any_network, look_at_everything, make_another, reckon, small_network


def main() -> int:
    """Attacks networks in turn until the time is over, and says what came of it."""
    given = [int(number) for number in sys.argv[1:]]
    seconds, seed = [*given, *(60, 0)[len(given) :]]
    found, end = Found(), time.monotonic() + seconds
    while time.monotonic() < end and not found.exposed:
        seed += 1
        attack(seed, found)
    for name, count in sorted(found.counts.items()):
        print(f"{name}: {count:,}")
    for name, certainty in sorted(found.surest.items()):
        print(f"surest of a {name}: {float(certainty):.3f}")
    print("\n".join([*found.exposed, f"values found: {len(found.exposed)}; last seed {seed}"]))
    return 1 if found.exposed else 0


def attack(seed: int, found: Found) -> None:
    """One network in each way."""
    rng = random.Random(seed)
    small, audience = small_network(rng), rng.choice(AUDIENCES)
    if look_at_everything(small, partial(release, audience=audience), found, 4_000, 2):
        found.counts["networks looked at in every way"] += 1
    network = any_network(rng)
    found.counts["networks of any size"] += 1
    make_another(network, rng, found, 12)
    reckon(network, rng, found, 6)


if __name__ == "__main__":
    sys.exit(main())
