"""Who may do what. Every route names one of these rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Policy:
    """A rule with a name, and one sentence on who it lets in."""

    name: str
    who: str


ANYONE = Policy("anyone", "Everyone, without signing in: nothing of anyone's is shown or kept.")
