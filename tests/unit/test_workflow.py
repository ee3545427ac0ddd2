"""The states of an assessment: whatever is pressed in whatever order, nothing submitted ever changes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pedri_assess.domain.assessment import Answer, EvidenceLink
from pedri_assess.domain.errors import Incomplete, Stale, WrongState
from pedri_assess.domain.said import Said, said_document, said_from
from pedri_assess.domain.workflow import DRAFT, SIGNED_OFF, STATUSES, SUBMITTED, Missing, State, missing
from tests.unit.frameworks import a_criterion, a_framework

FRAMEWORK = a_framework([a_criterion("A"), a_criterion("B")])
words = st.text(max_size=4)
saids = st.builds(
    Said,
    st.builds(
        Answer,
        level=st.none() | st.integers(0, 3),
        confidence=st.none() | st.integers(0, 3),
        evidence=words,
        reason=words,
        note=words,
        links=st.lists(st.builds(EvidenceLink, words, words), max_size=2).map(tuple),
        dont_know=st.booleans(),
    ),
    st.sampled_from([None, 1, 3]),
    st.dictionaries(st.sampled_from(["links", "choice"]), words, max_size=1),
)


class Pressing(RuleBasedStateMachine):
    """Every button, in every order."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.frozen: set[int] = set()

    @rule()
    def submit(self) -> None:
        with suppress(WrongState):
            self.state = self.state.submitted()
            assert self.state.revision not in self.frozen
            self.frozen.add(self.state.revision)

    @rule(own=st.booleans())
    def sign_off(self, own: bool) -> None:
        with suppress(WrongState):
            self.state = self.state.signed_off(own=own)
            assert not own

    @rule(reason=st.sampled_from(["", " ", "why"]))
    def send_back(self, reason: str) -> None:
        with suppress(WrongState, Incomplete):
            self.state = self.state.sent_back(reason)
            assert reason.strip()

    @rule()
    def reopen(self) -> None:
        with suppress(WrongState):
            self.state = self.state.reopened()

    @rule()
    def archive(self) -> None:
        self.state = State(self.state.status, self.state.revision, not self.state.archived)

    @invariant()
    def answers_change_only_where_nothing_is_frozen(self) -> None:
        assert self.state.status in STATUSES
        open_ = self.state.status == DRAFT
        assert (self.state.revision in self.frozen) == (not open_)
        assert self.frozen == set(range(1, self.state.revision + (not open_)))
        if open_ and not self.state.archived:
            self.state.check_answering()
        else:
            with pytest.raises(WrongState):
                self.state.check_answering()


TestPressing = Pressing.TestCase


def test_reopening_is_for_what_is_signed_off() -> None:
    assert State(SIGNED_OFF, 2).reopened() == State(DRAFT, 3)
    for status in (DRAFT, SUBMITTED):
        with pytest.raises(WrongState):
            State(status).reopened()
    with pytest.raises(Stale):
        State(SUBMITTED, 2).check_revision(1)


@given(st.dictionaries(st.sampled_from("AB"), saids))
def test_each_criterion_is_complete_incomplete_or_unanswered(said: dict[str, Said]) -> None:
    found = missing(FRAMEWORK.criteria, said, FRAMEWORK)
    assert not set(found.incomplete) & set(found.unanswered)
    for name in {"A", "B"} - set(found.incomplete):
        item = said.get(name, Said())
        assert not item.typed
        assert (name in found.unanswered) == (item.answer.level is None or item.answer.dont_know)


def test_leaving_does_not_excuse_what_was_begun() -> None:
    Missing((), ("A",)).check(leave=True)
    for item, leave in ((Missing(("A",)), True), (Missing((), ("A",)), False)):
        with pytest.raises(Incomplete):
            item.check(leave)


@given(saids)
def test_what_was_said_is_read_back_as_it_was_written(said: Said) -> None:
    assert said_from(said_document(said)) == said
