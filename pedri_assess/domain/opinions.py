"""What people say of a criterion itself, and how much of it PEDRI staff may see.

One opinion says little about the words of a criterion and much about whoever gave it. So staff see counts and
texts only of many, never a name or an organisation, rounded, and a week at a time: who looks today and
tomorrow does not learn what one person said in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from .errors import TooLong
from .languages import to_translate

YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS = {YES: to_translate("Yes"), PARTLY: to_translate("Partly"), NO: to_translate("No")}
CLEAR, RELEVANT = "clear", "relevant"
QUESTIONS = {CLEAR: to_translate("Is it clear?"), RELEVANT: to_translate("Is it relevant to your work?")}
HINDERS, HELPS = "hinders", "helps"
TEXTS = {HINDERS: to_translate("What stands in the way?"), HELPS: to_translate("What helps?")}
LONGEST = 500  # characters of a text

LEAST_PEOPLE = 5  # who said something, for anything to be shown
LEAST_PLACES = 3  # organisations that they come from, for texts to be shown
ROUNDED_TO = 5

TOO_FEW = to_translate("hidden: fewer than 5 people")
TOO_FEW_PLACES = to_translate("hidden: from fewer than 3 organisations")


@dataclass(frozen=True)
class Opinion:
    """What one person says of one criterion; empty where they say nothing."""

    clear: str = ""
    relevant: str = ""
    hinders: str = ""
    helps: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is said at all."""
        return self == NOTHING


NOTHING = Opinion()


@dataclass(frozen=True)
class Counted:
    """What was said of one criterion, exactly: for nobody's eyes. Counts are by question and answer."""

    criterion: str
    people: int = 0
    places: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """What may be shown of one criterion: `people` and counts to the nearest five.

    A question without counts is hidden, and `hidden` says why, by question; `texts_hidden` says why no texts
    may be shown, and is empty where they may.
    """

    criterion: str
    people: int | None
    counts: Mapping[str, Mapping[str, int]]
    hidden: Mapping[str, str]
    texts_hidden: str


def check_length(text: str) -> None:
    """Raises TooLong where a text is too long to be kept."""
    if (over := len(text) - LONGEST) > 0:
        words = to_translate("Use %(most)s characters or fewer in each text: %(over)s too many")
        raise TooLong(words, most=LONGEST, over=f"{over:,}")


def shown(counted: Counted) -> Shown:
    """How much may be seen: each question needs enough people who answered it, texts enough places too."""
    counts: dict[str, Mapping[str, int]] = {}
    hidden: dict[str, str] = {}
    for question in QUESTIONS:
        said = {answer: counted.counts.get(question, {}).get(answer, 0) for answer in ANSWERS}
        if sum(said.values()) >= LEAST_PEOPLE:
            counts[question] = {answer: rounded(number) for answer, number in said.items()}
        else:
            hidden[question] = TOO_FEW
    enough = counted.people >= LEAST_PEOPLE
    why_no_texts = TOO_FEW if not enough else (TOO_FEW_PLACES if counted.places < LEAST_PLACES else "")
    people = rounded(counted.people) if enough else None
    return Shown(counted.criterion, people, counts, hidden, why_no_texts)


def rounded(number: int) -> int:
    """To the nearest multiple of five."""
    return (number + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def counted_until(now: datetime) -> datetime:
    """What was said before this moment counts: the beginning of the week, in UTC."""
    monday = now.astimezone(UTC).date() - timedelta(days=now.astimezone(UTC).weekday())
    return datetime.combine(monday, time(), UTC)
