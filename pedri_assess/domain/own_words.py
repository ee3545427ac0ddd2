"""What an organisation, and those who run the service, say in reports in their own words."""

from __future__ import annotations

from dataclasses import dataclass

from .edition import Logo

LONGEST_INTRODUCTION, LONGEST_STANDING, LONGEST_LOGO_WORDS = 3_000, 2_000, 300


@dataclass(frozen=True)
class OwnWords:
    """An organisation's own words in all its reports.

    `left_out` names sections; `comments_since` is the moment from which on comments are shown, None where
    none are. `changes` counts every change, 0 where nothing was ever said.
    """

    introduction: str = ""
    left_out: tuple[str, ...] = ()
    comments_since: str | None = None
    logo: Logo | None = None
    changes: int = 0


@dataclass(frozen=True)
class StandingText:
    """What every report says from a moment on, and who set it. `number` counts them, from 1."""

    number: int
    body: str
    set_at: str
    set_by: str


NO_WORDS = OwnWords()
