"""Waves of benchmarks on both engines: prepared by one, approved by another, then frozen."""

from __future__ import annotations

import itertools

import pytest

from pedri_assess.domain.disclosure import PARTNER, PUBLIC, Hidden, Shown
from pedri_assess.domain.errors import Duplicate, NotFound, Stale, WrongState
from pedri_assess.domain.peers import Peers
from pedri_assess.domain.sharing import PARTNERS
from pedri_assess.domain.sharing import PUBLIC as PUBLICLY
from pedri_assess.services import waves as use
from pedri_assess.services.editions import peers_of
from pedri_assess.services.results import result_in
from pedri_assess.services.sharing import say_size, share
from pedri_assess.store import Database

from .assessing import FRAMEWORK
from .test_network_view import Network

BOTH = frozenset({PARTNERS, PUBLICLY})
NOTHING = frozenset[str]()
SINCE = "2026-01-01"


class Town(Network):
    """Twelve organisations that agreed to be counted, and one that did not."""

    def fill(self) -> None:
        for number in range(12):
            place = self.more(f"p{number:02}")
            self.handed_in(place, number % 4)
            share(self.context, "ann", place, NOTHING, BOTH)
            say_size(self.context, "ann", place, "small" if number < 11 else "")
        self.handed_in("o", 3)

    def prepare(self, name: str = "2026", *seen: str) -> str:
        return use.prepare(self.context, "ann", FRAMEWORK, name, SINCE, seen)

    def publish(self, name: str = "2026") -> str:
        made = self.prepare(name)
        use.approve(self.context, "cat", made, 1)
        use.publish(self.context, "ann", made, 2)
        return made


@pytest.fixture
def town(database: Database) -> Town:
    found = Town(database)
    # `current` and `frameworks` of the shelf, which this framework alone stands on
    found.context.shelf.current = lambda _: FRAMEWORK  # type: ignore[method-assign]
    found.context.shelf.frameworks = lambda: ("tiny",)  # type: ignore[method-assign]
    found.fill()
    return found


def test_a_wave_goes_from_one_to_another_and_stays(town: Town) -> None:
    made = town.prepare()
    found = use.wave_of(town.context, made)
    assert (found.organisations, found.public, found.row.preparer, found.row.number) == (12, 12, "Ann", 0)
    assert found.shows_anything
    (whole, *cut) = found.release(PARTNER).waves[0].cells
    assert isinstance(whole.criteria["A"], Shown)
    assert {tuple(cell.group.items()) for cell in cut} == {
        (("type", "nhs"),), (("nation", "wales"),), (("size", "small"),)
    }  # fmt: skip
    assert whole.organisations == 10
    with pytest.raises(NotFound):
        use.published_wave(town.context, made)
    with pytest.raises(WrongState, match="second person"):
        use.publish(town.context, "cat", made, 1)
    with pytest.raises(WrongState, match="Somebody else"):
        use.approve(town.context, "ann", made, 1)
    with pytest.raises(Stale):
        use.approve(town.context, "cat", made, 7)
    use.approve(town.context, "cat", made, 1)
    with pytest.raises(Stale):
        use.publish(town.context, "ann", made, 1)
    before = use.wave_of(town.context, made).row.content
    use.publish(town.context, "ann", made, 2)
    after = use.published_wave(town.context, made)
    assert (after.row.content, after.row.number, after.row.approver) == (before, 1, "Cat")
    with pytest.raises(WrongState, match="stays as it is"):
        use.discard(town.context, "ann", made, 1)
    (series,) = use.series(town.context)
    assert ([each.row.id for each in series.published], series.drafted) == ([made], None)
    assert town.events()[-3:] == ["wave-prepared", "wave-approved", "wave-published"]


def test_what_changed_must_be_looked_at_again(town: Town) -> None:
    first = town.prepare()
    share(town.context, "ann", "p03", BOTH, NOTHING)
    with pytest.raises(WrongState, match="has changed"):
        use.approve(town.context, "cat", first, 1)
    with pytest.raises(Stale):  # somebody else's, whom this page did not show
        town.prepare()
    second = town.prepare("2026", use.mark_of(use.wave_of(town.context, first)))
    assert town.events()[-2:] == ["wave-discarded", "wave-prepared"]
    with pytest.raises(NotFound):
        use.wave_of(town.context, first)
    assert use.wave_of(town.context, second).organisations == 11
    use.approve(town.context, "cat", second, 1)
    town.later(minutes=1)
    town.handed_in("p04", 3)
    with pytest.raises(WrongState, match="has changed"):
        use.publish(town.context, "cat", second, 2)
    use.discard(town.context, "ann", second, 2)
    assert use.series(town.context)[0].drafted is None


def test_a_later_wave_hides_what_would_betray_who_left(town: Town) -> None:
    town.publish()
    share(town.context, "ann", "p03", BOTH, NOTHING)
    with pytest.raises(Duplicate):
        town.prepare("2026")
    later = town.publish("2027")
    earlier, found = use.published_waves(town.context, "tiny")
    assert (earlier.organisations, found.organisations, found.row.id) == (12, 11, later)
    for audience, cell in itertools.product((PARTNER, PUBLIC), range(1)):
        figure = found.release(audience).waves[0].cells[cell].criteria["A"]
        assert isinstance(figure, Hidden)
        assert figure.reasons == ("differencing",)


def test_an_organisation_is_told_its_own_levels_and_nobody_elses(town: Town) -> None:
    made = use.wave_of(town.context, town.prepare())
    assert made.own_levels("p02") == {"A": 2, "B": 2, "C": 2}
    assert made.own_levels("o") is None
    shown = str(made.row.content[PARTNER]) + str(made.row.content[PUBLIC])
    assert "p0" not in shown


def test_who_agreed_for_partners_only_is_not_in_what_the_public_sees(town: Town) -> None:
    for place in ("p00", "p01", "p02"):
        share(town.context, "ann", place, BOTH, frozenset({PARTNERS}))
    found = use.wave_of(town.context, town.prepare())
    assert (found.organisations, found.public) == (12, 9)
    assert found.release(PUBLIC).waves[0].cells[0].organisations is None
    assert found.release(PARTNER).waves[0].cells[0].organisations == 10


def test_what_was_handed_in_before_the_first_day_does_not_count(town: Town) -> None:
    made = use.prepare(town.context, "ann", FRAMEWORK, "x", "2026-11-25")
    found = use.wave_of(town.context, made)
    assert found.organisations == 0
    assert found.release(PARTNER).waves[0].cells == ()
    assert not found.shows_anything


def test_a_report_says_what_the_wave_shows_that_came_first_after_it_was_handed_in(town: Town) -> None:
    with town.database.read() as c:
        (row,) = c.rows("SELECT id FROM assessment WHERE organisation_id = 'p02'")

    def peers() -> Peers | None:
        with town.database.read() as c:
            return peers_of(c, result_in(c, town.context, row["id"], 1))

    assert peers() is None
    town.publish("2026")
    assert (found := peers())
    assert (found.wave, found.organisations, found.level) == ("2026", 10, 2)
    town.later(days=300)
    for number in range(12):
        town.handed_in(f"p{number:02}", (number + 1) % 4)
    town.publish("2027")
    assert peers() == found
    with town.database.read() as c:
        (own,) = c.rows("SELECT id FROM assessment WHERE organisation_id = 'o'")
        assert peers_of(c, result_in(c, town.context, own["id"], 1)) is None
