"""Batches: those that look the same stand in one line, and a span of numbers leaves out what lies in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.batches import Batch, runs, within

numbered = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 2)), unique_by=lambda each: each[0], max_size=30
)


@given(numbered)
def test_runs_hold_every_batch_once_and_only_what_looks_the_same(found: list[tuple[int, int]]) -> None:
    batches = [Batch(number, 10, alike, 0) for number, alike in sorted(found)]
    spans = [run.span for run in runs(batches)]
    assert within([batch.number for batch in batches], spans) == tuple(batch.number for batch in batches)
    for run in runs(batches):
        inside = [batch for batch in batches if run.first.number <= batch.number <= run.last]
        assert {batch.facts for batch in inside} == {run.first.facts}
        assert len(inside) == run.last - run.first.number + 1


def test_a_thousand_batches_of_a_script_are_one_line() -> None:
    batches = [Batch(1, 10, 6, 2), *(Batch(number, 10, 10, 0) for number in range(2, 1_001))]
    first, script = runs(batches)
    assert (first.span, script.span) == ((1, 1), (2, 1000))
    assert within([1, 2, 500, 1_000, 1_001], [script.span]) == (2, 500, 1_000)
