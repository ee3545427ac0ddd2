"""What may happen to an assessment in which state, and what is missing before it can be submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .carrying import ANSWER
from .errors import Incomplete, Stale, WrongState
from .languages import to_translate
from .said import DONT_KNOW, IN_PROGRESS, LEFT, NEEDS_REASON, NOT_STARTED, NOTHING, Said, standing
from .standards import Criterion, Framework

DRAFT, SUBMITTED, SIGNED_OFF = "draft", "submitted", "signed-off"
STATUSES = {
    DRAFT: to_translate("In progress"),
    SUBMITTED: to_translate("Waits for sign-off"),
    SIGNED_OFF: to_translate("Signed off"),
}

IS_ARCHIVED = to_translate("This assessment is archived. A lead can take it out of the archive")
IS_SUBMITTED = to_translate(
    "This assessment was submitted and waits for sign-off. Its answers no longer change"
)
IS_SIGNED_OFF = to_translate("This assessment is signed off. A lead can reopen it as a new revision")
NOT_SUBMITTED = to_translate("This assessment is not submitted")
OWN_SUBMISSION = to_translate("You submitted this yourself, so somebody else signs it off")
REASON_NEEDED = to_translate("Say why you send it back")
NOT_CLOSED = to_translate("This assessment is still open: there is nothing to reopen")


@dataclass(frozen=True)
class State:
    """Where an assessment stands. Revisions count from 1; a submitted one is frozen for ever."""

    status: str = DRAFT
    revision: int = 1
    archived: bool = False

    def check_answering(self) -> None:
        """Raises WrongState where answers, owners and the set-up do not change."""
        self.check_kept()
        if self.status != DRAFT:
            raise WrongState(IS_SUBMITTED if self.status == SUBMITTED else IS_SIGNED_OFF)

    def check_kept(self) -> None:
        """Raises WrongState for an archived assessment."""
        if self.archived:
            raise WrongState(IS_ARCHIVED)

    def check_revision(self, revision: int) -> None:
        """Raises Stale where the page showed another revision."""
        if revision != self.revision:
            raise Stale(self)

    def submitted(self) -> State:
        """Raises WrongState."""
        self.check_answering()
        return replace(self, status=SUBMITTED)

    def signed_off(self, *, own: bool) -> State:
        """`own` says that whoever signs off is who submitted. Raises WrongState."""
        self._check_submitted()
        if own:
            raise WrongState(OWN_SUBMISSION)
        return replace(self, status=SIGNED_OFF)

    def sent_back(self, reason: str) -> State:
        """Open again, as a new revision; the submitted one stays. Raises WrongState, Incomplete."""
        self._check_submitted()
        if not reason.strip():
            raise Incomplete([REASON_NEEDED])
        return replace(self, status=DRAFT, revision=self.revision + 1)

    def reopened(self) -> State:
        """Raises WrongState."""
        self.check_kept()
        if self.status != SIGNED_OFF:
            raise WrongState(NOT_CLOSED if self.status == DRAFT else IS_SUBMITTED)
        return replace(self, status=DRAFT, revision=self.revision + 1)

    def _check_submitted(self) -> None:
        self.check_kept()
        if self.status != SUBMITTED:
            raise WrongState(NOT_SUBMITTED if self.status == DRAFT else IS_SIGNED_OFF)


@dataclass(frozen=True)
class Missing:
    """What is not answered, by criterion id in the file's order.

    `incomplete` was begun and must be finished before submitting, and `unconfirmed` came along from last time
    and must be confirmed; `unanswered` may be left, when somebody says so. It is never counted as a level.
    """

    incomplete: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()

    def check(self, leave: bool) -> None:
        """Raises Incomplete; `leave` says that what is unanswered is left so on purpose."""
        if self.incomplete or self.unconfirmed:
            raise Incomplete(self.incomplete + self.unconfirmed)
        if self.unanswered and not leave:
            raise Incomplete(self.unanswered)


def missing(
    criteria: tuple[Criterion, ...],
    said: Mapping[str, Said],
    framework: Framework,
    left: Mapping[str, str] | None = None,
) -> Missing:
    """What is missing in the criteria of an assessment; `left` is what is left to do of what came along."""
    to_do = {name: what for name, what in (left or {}).items() if what != ANSWER}
    states = {
        item.id: standing(item, said.get(item.id, NOTHING), framework, to_do.get(item.id, ""))
        for item in criteria
    }
    return Missing(
        tuple(name for name, state in states.items() if state in (IN_PROGRESS, NEEDS_REASON)),
        tuple(name for name, state in states.items() if state in (NOT_STARTED, DONT_KNOW)),
        tuple(name for name, state in states.items() if state in LEFT.values()),
    )
