"""A meeting of a panel: one question on the screen, and what the room sees together when the host says.

What a meeting was shown is public at once, so it binds what the panel may say later: see `settled`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from .assessment import PublicView, Ratings
from .findings import FEWEST_PUBLIC_RATINGS, public_view

# RFC 8628, 6.1: no vowels, so that no word comes out; no figures, so that none is taken for a letter
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
CODE_LENGTH = 8
BEFORE_THE_FIRST = 0  # where a meeting stands while people join
MOST_HANDS = 500  # at one level


def new_code() -> str:
    """What people type to join a meeting: 8 letters, so that guessing does not pay."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """The code that somebody typed, without what they put between its letters."""
    return re.sub(r"[^A-Z]", "", typed.upper())


def spoken_code(code: str) -> str:
    """A code as it is shown: BCDF-GHJK."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def room_view(levels: tuple[int, ...], hands: Mapping[int, int]) -> PublicView | None:
    """What a room sees: the levels that came by phone, and the hands at each level; None for fewer than
    three."""
    raised = tuple(level for level, number in sorted(hands.items()) for _ in range(number))
    return public_view(Ratings(public=(*levels, *raised)))


def settled(now: PublicView | None, shown: PublicView | None, *, cleaned: bool) -> PublicView | None:
    """What the panel says of a question, of which a meeting was shown `shown`, where all ratings say `now`.

    What was shown stays until at least three more have rated: what one or two more changed would tell what
    they said. `cleaned` says that batches were left out: then it stays whatever came, since they were chosen
    by somebody who had seen it.
    """
    if shown is None:
        return now
    enough = now is not None and now.of >= shown.of + FEWEST_PUBLIC_RATINGS
    return now if enough and not cleaned else shown
