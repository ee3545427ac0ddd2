"""What a release shows, what it hides, and that it says why."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.catalogue import load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.disclosure import (
    Cut,
    Figure,
    Hidden,
    Network,
    Release,
    Shown,
    Summary,
    network_document,
    network_faults,
    network_from,
    release,
    release_document,
    release_from,
    seen_by,
    sentence,
    summary_sentence,
)
from pedri_assess.domain.disclosure.rules import Band, Bound, cautious_questions, questions
from pedri_assess.domain.errors import NotFound
from pedri_assess.domain.shape import faults

from .networks import (
    BY_NATION,
    BY_TYPE,
    CUTS,
    FIRST_ROUND,
    SKEWED,
    WHOLE,
    Course,
    answers,
    random_course,
    random_network,
)

MIXED = (0, 2, 1, 3, 2, 0, 3, 1, 2, 1, 0, 3)
SCHEMA = json.loads((data_dir("standards") / "release.schema.json").read_text("utf-8"))


def only(released: Release, criterion: str = "C0") -> Figure:
    (found,) = [cell.criteria[criterion] for _, cell in released.cells()]
    return found


def whole(levels: tuple[int | None, ...], audience: str = "partner") -> Figure:
    return only(release(Network((WHOLE,), (answers(levels),)), audience))


@pytest.mark.parametrize(("audience", "smallest"), [("partner", 6), ("public", 10)])
def test_a_group_is_shown_from_its_smallest_number_on(audience: str, smallest: int) -> None:
    assert whole(MIXED[: smallest - 1], audience) == Hidden(("threshold",))
    assert isinstance(whole(MIXED[:smallest], audience), Shown)
    assert isinstance(whole(MIXED[: smallest + 1], audience), Shown)


def test_an_answer_that_is_missing_does_not_count() -> None:
    assert whole((*MIXED[:5], None)) == Hidden(("threshold",))
    assert isinstance(whole((*MIXED[:6], None)), Shown)


def test_the_words_are_those_of_the_rule() -> None:
    few = Hidden(("threshold",))
    assert sentence(few, "partner", "In place") == "hidden: fewer than 5 other organisations"
    assert sentence(few, "public", "In place") == "hidden: fewer than 10 organisations"
    shown = whole((0, 1, 1, 0, 1, 2, 3, 0))
    assert sentence(shown, "partner", "In place") == (
        "Fewer than half of the organisations are at In place or above."
    )
    quarters = whole((0, 1, 1, 3) * 7)
    assert sentence(quarters, "partner", "In place") == (
        "At least a quarter, but fewer than half, of the organisations are at In place or above."
    )
    # where a band ends at half and takes it in, "fewer" would say more than is known
    upto = Shown(2, None, Bound(Fraction(1, 2), included=True))
    assert (
        sentence(upto, "partner", "In place") == "At most half of the organisations are at In place or above."
    )
    assert summary_sentence(Summary(3, 4, 1), "In place") == (
        "In 3 of 8 criteria at least half of the organisations are at In place or above;"
        " in 4 at most half; 1 hidden."
    )


@pytest.mark.parametrize("level", range(4))
@pytest.mark.parametrize("number", [6, 9, 15, 40])
def test_a_group_that_is_alike_is_hidden(level: int, number: int) -> None:
    assert whole((level,) * number) == Hidden(("class-disclosure",))


def test_so_is_one_that_is_nearly_alike() -> None:
    # else that it is hidden would say that all have the level that its reader has
    assert whole((2,) * 12 + (0, 1, 3)) == Hidden(("class-disclosure",))
    assert isinstance(whole((2,) * 11 + (0, 1, 3, 3)), Shown)


def test_bands_are_halves_and_in_large_groups_quarters() -> None:
    shares = {
        number: {bound.share for band in questions(number)[0] for bound in (band.above, band.below) if bound}
        for number in (6, 27, 28, 100)
    }
    half, quarters = {Fraction(1, 2)}, {Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)}
    assert shares == {6: half, 27: half, 28: quarters, 100: quarters}


@given(st.integers(6, 400), st.data())
def test_every_question_has_one_answer_which_is_true(number: int, data: st.DataObject) -> None:
    expected = data.draw(st.integers(0, number))
    for question in (*questions(number), *cautious_questions(number, expected)):
        for count in range(number + 1):
            (band,) = [band for band in question if band.holds(count)]
            assert _true(band, Fraction(count, number))


def _true(band: Band, share: Fraction) -> bool:
    above, below = band.above, band.below
    high_enough = not above or share > above.share or (above.included and share == above.share)
    low_enough = not below or share < below.share or (below.included and share == below.share)
    return high_enough and low_enough


def test_what_is_shown_is_true() -> None:
    rng = random.Random(4)
    shown = 0
    for _ in range(40):
        network = random_network(rng, rng.randrange(6, 60), SKEWED, random_course(rng))
        for wave, released in zip(network.waves, release(network, "partner").waves, strict=True):
            for cell in released.cells:
                levels = [
                    one.levels["C0"]
                    for one in wave.organisations
                    if all(one.groups[name] == value for name, value in cell.group.items())
                ]
                counted = [level for level in levels if level is not None]
                figure = cell.criteria["C0"]
                if isinstance(figure, Shown):
                    shown += 1
                    share = Fraction(sum(level >= 2 for level in counted), len(counted))
                    assert _true(Band(0, 0, figure.above, figure.below), share)
                    assert len(counted) >= 6
    assert shown > 100


def test_there_is_no_lowest_no_highest_and_no_exact_number() -> None:
    network = random_network(random.Random(1), 40, SKEWED, Course(waves=1, criteria=3))
    document = release_document(release(network, "partner"))
    figures = [each for cell in document["waves"][0]["cells"] for each in cell["criteria"]]
    assert {key for each in figures for key in each.get("shown", {})} <= {
        *("statistic", "level", "rounded_to"),
        *("at_least", "more_than", "below", "at_most"),
    }
    numbers = [
        cell["organisations"]["at_least"] for cell in document["waves"][0]["cells"] if cell["organisations"]
    ]
    assert len(numbers) > 4
    assert all(number % 5 == 0 for number in numbers)


def test_a_group_too_small_has_no_number() -> None:
    network = Network((BY_TYPE,), (answers((0, 1, 2, 3, 1), type="aaaaa"),))
    (cell,) = release(network, "partner").waves[0].cells
    assert cell.organisations is None


def test_what_is_left_of_the_whole_is_not_to_be_had_by_subtraction() -> None:
    # nine charities and three others: the whole less the charities would be the three
    network = Network((WHOLE, BY_TYPE), (answers(MIXED, type="c" * 9 + "fff"),))
    cells = {
        cell.group.get("type", ""): cell.criteria["C0"] for cell in release(network, "partner").waves[0].cells
    }
    assert isinstance(cells[""], Shown)
    assert cells["c"] == Hidden(("complementary",))
    assert cells["f"] == Hidden(("threshold",))


def test_large_groups_are_shown_beside_the_whole() -> None:
    levels = tuple(random.Random(3).choices(range(4), k=120))
    network = Network(
        (WHOLE, BY_TYPE, BY_NATION),
        (answers(levels, type="abc" * 40, nation=("w" * 60 + "e" * 60)),),
    )
    cells = release(network, "partner").waves[0].cells
    assert len(cells) == 6
    assert all(isinstance(cell.criteria["C0"], Shown) for cell in cells)


def changed(network: Network, joining: tuple[int, ...] = (), leaving: int = 0) -> Network:
    """The network with one more wave."""
    last = network.waves[-1]
    new = [
        replace(last.organisations[0], id=f"new{number}", levels={"C0": level})
        for number, level in enumerate(joining)
    ]
    wave = replace(last, id="2027", organisations=(*last.organisations[leaving:], *new))
    return replace(network, waves=(*network.waves, wave))


def test_one_that_joins_or_leaves_is_not_to_be_had_by_subtraction() -> None:
    first = Network((WHOLE,), (answers(MIXED),))
    for joining, leaving in (((3,), 0), ((), 1), ((0, 3), 1)):
        (before, after) = (
            cell.criteria["C0"] for _, cell in release(changed(first, joining, leaving), "partner").cells()
        )
        assert isinstance(before, Shown)
        assert after == Hidden(("differencing",))


def test_a_wave_with_many_changes_is_shown() -> None:
    figures = [
        cell.criteria["C0"]
        for _, cell in release(
            changed(Network((WHOLE,), (answers(MIXED),)), MIXED + MIXED), "partner"
        ).cells()
    ]
    assert all(isinstance(figure, Shown) for figure in figures)


def test_a_wave_in_which_nothing_changed_says_the_same_again() -> None:
    first, again = (
        cell.criteria["C0"]
        for _, cell in release(changed(Network((WHOLE,), (answers(MIXED),))), "partner").cells()
    )
    assert first == again
    assert isinstance(first, Shown)


def test_who_is_not_public_is_not_counted_there() -> None:
    wave = answers(MIXED)
    private = tuple(replace(one, public=number >= 3) for number, one in enumerate(wave.organisations))
    network = Network((WHOLE,), (replace(wave, organisations=private),))
    assert isinstance(only(release(network, "partner")), Shown)
    assert only(release(network, "public")) == Hidden(("threshold",))


def test_partners_read_the_public_figures_too() -> None:
    # twenty for partners, nineteen of them for the public: the difference would be the twentieth
    wave = answers(tuple(random.Random(2).choices(range(4), k=20)))
    private = tuple(replace(one, public=number > 0) for number, one in enumerate(wave.organisations))
    network = Network((WHOLE,), (replace(wave, organisations=private),))
    assert isinstance(only(release(network, "partner")), Shown)
    assert only(release(network, "public")) == Hidden(("complementary",))


@pytest.mark.parametrize("seed", range(25))
def test_later_waves_change_nothing_about_earlier_ones(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng, rng.randrange(6, 40), FIRST_ROUND, replace(random_course(rng), waves=4))
    for audience in ("partner", "public"):
        whole_series = release(network, audience)
        for number in range(1, 4):
            part = release(replace(network, waves=network.waves[:number]), audience)
            assert part.waves == whole_series.waves[:number]


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_organisations_and_other_criteria_change_nothing(seed: int) -> None:
    rng = random.Random(seed)
    network = random_network(rng, rng.randrange(6, 40), FIRST_ROUND, replace(random_course(rng), criteria=4))
    shuffled = replace(
        network,
        waves=tuple(
            replace(wave, organisations=tuple(rng.sample(wave.organisations, len(wave.organisations))))
            for wave in network.waves
        ),
    )
    alone = replace(
        network,
        waves=tuple(
            replace(
                wave,
                organisations=tuple(
                    replace(one, levels={"C2": one.levels["C2"]}) for one in wave.organisations
                ),
            )
            for wave in network.waves
        ),
    )
    released = release(network, "partner")
    assert release(shuffled, "partner") == released
    for (_, mine), (_, other) in zip(released.cells(), release(alone, "partner").cells(), strict=True):
        assert mine.criteria["C2"] == other.criteria["C2"]


def test_a_standard_is_summed_up_from_what_is_shown() -> None:
    rng = random.Random(6)
    network = replace(
        random_network(rng, 30, SKEWED, Course(waves=1, criteria=6, blank=0)),
        standards={"S": ("C0", "C1", "C2"), "T": ("C3", "C4", "C5")},
    )
    for _, cell in release(network, "partner").cells():
        for name, members in network.standards.items():
            figures = [cell.criteria[member] for member in members]
            shown = [figure for figure in figures if isinstance(figure, Shown)]
            more = sum(bool(figure.above and figure.above.share >= Fraction(1, 2)) for figure in shown)
            assert cell.standards[name] == Summary(more, len(shown) - more, 3 - len(shown))


def test_the_one_that_looks_sees_itself_and_nothing_else_changes() -> None:
    network = random_network(random.Random(1), 20, FIRST_ROUND, Course(waves=2, criteria=2))
    released = release(network, "partner")
    one = network.waves[0].organisations[0]
    seen = seen_by(released, network, one.id)
    assert seen.viewer
    assert replace(seen, viewer=None) == released
    first = [own for own in seen.viewer.cells if own.wave == "2026"]
    assert [own.cell.cut for own in first] == list(CUTS)
    assert {own.criteria["C0"].level for own in first} == {one.levels["C0"]}
    with pytest.raises(NotFound):
        seen_by(released, network, "nobody")


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.sampled_from(["partner", "public"]))
def test_documents_say_everything(seed: int, audience: str) -> None:
    rng = random.Random(seed)
    network = replace(
        random_network(rng, rng.randrange(3, 40), FIRST_ROUND, replace(random_course(rng), criteria=2)),
        standards={"S": ("C0", "C1")},
    )
    document = json.loads(json.dumps(network_document(network)))
    schemas = load_schemas(data_dir("standards"))
    assert faults(document, schemas.network) == network_faults(document) == []
    assert network_from(document) == network
    released = release(network, audience)
    people = [one.id for wave in network.waves for one in wave.organisations]
    for each in (released, seen_by(released, network, rng.choice(people))) if people else (released,):
        told = json.loads(json.dumps(release_document(each)))
        jsonschema.validate(told, SCHEMA)
        assert release_from(told) == each


def test_a_short_scale_is_handled_with_more_care() -> None:
    # with one level on a side, to know the side is to know the level
    levels = tuple(random.Random(5).choices(range(3), k=40))
    network = replace(Network((WHOLE,), (answers(levels),)), scale=("none", "some", "all"), target=1)
    assert isinstance(only(release(network, "partner")), Shown)
    changes = tuple((level + 1) % 3 for level in levels[:20]) + levels[20:]
    later = replace(network, waves=(*network.waves, replace(answers(changes), id="2027")))
    assert [type(cell.criteria["C0"]) for _, cell in release(later, "partner").cells()] == [Shown, Hidden]


def test_an_empty_wave_and_a_cut_that_nobody_has_are_nothing_special() -> None:
    network = Network((WHOLE, Cut(("size",))), (answers(()), replace(answers(MIXED), id="2027")))
    released = release(network, "partner")
    assert [len(wave.cells) for wave in released.waves] == [0, 1]
