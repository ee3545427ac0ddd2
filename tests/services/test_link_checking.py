"""Looking at the hub's addresses: what is noted, when something is dead, and when nothing is noted at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest

from pedri_assess.domain.resources import FOUND, GONE, SILENT
from pedri_assess.services.hub import help_with
from pedri_assess.services.hub_keeping import edit, history, kept
from pedri_assess.services.link_checking import NothingAnswers, check_links, in_turns
from pedri_assess.services.reaching import Look, Rules, look
from pedri_assess.store import Database

from .hub import Hub, a_guide, about
from .web_site import site

ANSWERS = {
    "fine": Look(FOUND, "found"),
    "gone": Look(GONE, "gone"),
    "quiet": Look(SILENT, "quiet", answered=False),
}


@pytest.fixture
def hub(database: Database) -> Hub:
    return Hub(database)


def says(**words: str) -> Callable[[str], Look]:
    """Answers by the last part of an address."""
    return lambda address: ANSWERS[words.get(address.rsplit("/", 1)[1], "fine")]


def looked(hub: Hub, looking: Callable[[str], Look], **more: bool) -> list[str]:
    done = check_links(hub.context, looking, wait=lambda _seconds: None, **more)
    return [f"{one.resource.said.title} {one.check.outcome}" for one in done]


def test_what_is_gone_is_dead_at_once_and_what_is_silent_after_two_days(hub: Hub) -> None:
    for title in ("Fine", "Gone", "Quiet"):
        hub.add(title, links=about("B-1"))
    quiet = says(gone="gone", quiet="quiet")
    assert sorted(looked(hub, quiet)) == ["Fine found", "Gone gone", "Quiet silent"]
    assert [one.said.title for one in help_with(hub.context, "tiny", "B-1")] == ["Fine", "Quiet"]
    assert looked(hub, quiet) == []  # nothing is due
    assert (
        len(looked(hub, quiet, everything=True)) == 3
    )  # and soon after the first look, nothing is missed more
    assert len(help_with(hub.context, "tiny", "B-1")) == 2
    hub.forward(days=1)
    looked(hub, quiet)
    assert [one.said.title for one in help_with(hub.context, "tiny", "B-1")] == ["Fine"]
    hub.forward(days=1)
    looked(hub, says())
    assert len(help_with(hub.context, "tiny", "B-1")) == 3


def test_only_news_is_an_event(hub: Hub) -> None:
    made = hub.add("Fine")
    for _ in range(3):
        hub.forward(days=1)
        looked(hub, says())
    assert [line.kind for line in history(hub.context, made)] == ["resource-checked", "resource-added"]
    check = kept(hub.context, made).check
    assert check is not None
    assert check.at.startswith("2026-11-27")


def test_where_no_site_answers_nothing_is_noted(hub: Hub) -> None:
    hub.add("One")
    hub.add("Two", address="https://example.com/two")
    with pytest.raises(NothingAnswers):
        looked(hub, lambda _address: ANSWERS["quiet"])
    assert len(hub.events()) == 2
    mixed = looked(hub, says(one="quiet"))
    assert sorted(mixed) == ["One silent", "Two found"]


def test_an_address_that_was_changed_meanwhile_is_left_alone(hub: Hub) -> None:
    made = hub.add("Fine")

    def slowly(_address: str) -> Look:
        edit(hub.context, hub.staff.account_id, made, a_guide("New"), 1)
        return ANSWERS["gone"]

    assert looked(hub, slowly) == []
    assert kept(hub.context, made).check is None


def test_retired_resources_are_not_looked_at(hub: Hub) -> None:
    made = hub.add()
    with hub.database.write() as c:
        c.run("UPDATE resource SET state = 'retired' WHERE id = :id", id=made)
    assert looked(hub, says()) == []


def test_sites_take_turns_and_each_has_a_pause(hub: Hub) -> None:
    for number in range(3):
        hub.add(f"A{number}")
        hub.add(f"B{number}", address=f"https://example.com/{number}")
    order = [one.said.host for one in in_turns([kept(hub.context, made) for made in hub_ids(hub)])]
    assert all(one != other for one, other in pairwise(order))
    pauses: list[float] = []
    list(check_links(hub.context, says(), wait=pauses.append))
    assert pauses[:2] == [0.0, 0.0]
    assert all(0.5 < pause <= 1.0 for pause in pauses[2:])


def hub_ids(hub: Hub) -> list[str]:
    with hub.database.read() as c:
        return [row["id"] for row in c.rows("SELECT id FROM resource ORDER BY title")]


@pytest.fixture
def here() -> Iterator[tuple[str, int]]:
    with site() as (address, port, _asked):
        yield address, port


def test_a_real_site_is_asked_and_what_it_says_is_kept(hub: Hub, here: tuple[str, int]) -> None:
    address, port = here
    allowed = Rules(may_reach=lambda host, asked: (host, asked) == ("127.0.0.1", port))
    made = {path: hub.add(path, address=f"https://example.org/{path}") for path in ("200", "404", "403")}

    def there(asked: str) -> Look:
        """The same path on the site of this test, which is http; addresses of the hub are https."""
        return partial(look, rules=allowed)(asked.replace("https://example.org", address))

    began = time.monotonic()
    found = {one.resource.said.title: one.check for one in check_links(hub.context, there)}
    assert {title: check.outcome for title, check in found.items()} == {
        "200": "found",
        "404": "gone",
        "403": "closed",
    }
    assert time.monotonic() - began >= 2  # one site, three questions, a second apart
    for path, check in found.items():
        assert kept(hub.context, made[path]).check == check
