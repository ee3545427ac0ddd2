"""The way to the sign-off: who submitted, sent back, signed off and reopened, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.edition import Edition
from ...domain.languages import to_translate
from ...domain.times import moment
from ..report import Report, Written
from ..wording import day, moment_words
from .base import Section

DONE = {
    "submitted": "Submitted",
    "signed-off": "Signed off",
    "sent-back": "Sent back",
    "reopened": "Reopened for a new revision",
}
STANDS = {
    "submitted": "submitted on {day}, not signed off",
    "signed-off": "signed off on {day}",
    "sent-back": "sent back on {day}, not signed off",
    "reopened": "signed off, and reopened on {day}",
}


@dataclass(frozen=True)
class Step:
    """One line: a moment in words, who, what they did, to which revision, and why."""

    when: str
    who: Written
    what: str
    revision: int
    reason: Written


@dataclass(frozen=True)
class SignOff(Section):
    """What happened to this revision and to those before it, in order."""

    name = "sign_off"
    title = to_translate("History of sign-off")

    steps: tuple[Step, ...]

    @property
    def has_reasons(self) -> bool:
        """Whether any step has a reason."""
        return any(step.reason for step in self.steps)


def sign_off(report: Report) -> SignOff | None:
    """Every step; None where nothing was submitted."""
    steps = tuple(
        Step(
            moment_words(item.at),
            Written(item.who),
            DONE[item.what],
            item.revision,
            Written(item.reason.strip()),
        )
        for item in report.edition.history
    )
    return SignOff(steps) if steps else None


def standing(edition: Edition) -> str:
    """Revision and status, `2, signed off on 24 November 2026`; nothing where there is no revision."""
    if not edition.revision:
        return ""
    last = next((item for item in reversed(edition.history) if item.revision == edition.revision), None)
    if last is None:
        return str(edition.revision)
    said = STANDS[last.what].format(day=day(moment(last.at).date().isoformat()))
    return f"{edition.revision}, {said}"
