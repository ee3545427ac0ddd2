"""The pages of waves: for staff, for everyone with the data, and for an organisation beside its peers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from pedri_assess.config import data_dir
from pedri_assess.domain import shape
from pedri_assess.domain.sharing import PUBLIC
from pedri_assess.services import Context
from pedri_assess.services.demonstrating_waves import wave as demonstrate
from pedri_assess.services.sharing import share

from .pages import hidden, parsed, words_of
from .people import Town, send


def context_of(town: Town) -> Context:
    """What the application itself knows of the world."""
    found: Context = town.app.extensions["pedri-assess"].context
    return found


@pytest.fixture
def waved(town: Town) -> Town:
    """A town with a published wave that counts sixteen organisations, and a second person of staff."""
    town.people["second"] = town.account("second@example.org", "Second Person", staff=True)
    lead, staff, second = (town.people[name].account_id for name in ("lead", "staff", "second"))
    context = context_of(town)
    share(context, lead, town.place, frozenset(), frozenset({"staff"}))
    demonstrate(context, context.shelf.current("pedri"), town.place, lead, staff, second)
    return town


def test_one_prepares_another_approves_and_everyone_reads(waved: Town) -> None:
    pat, quinn = waved.client("staff"), waved.client("second")
    today, nothing = context_of(waved).today().isoformat(), "Nothing of this wave would be shown"
    empty = send(pat, "/waves/prepare", name="Next", standards="pedri/2025.1", since=today).location
    assert nothing in words_of(pat.get(empty))
    fields = {"name": "Next", "standards": "pedri/2025.1", "since": "2020-01-01"}
    made = send(pat, "/waves/prepare", **fields, seen=hidden(pat.get("/waves/prepare"), "seen")).location
    assert nothing not in words_of(pat.get(made))
    assert "Somebody else" not in words_of(pat.get(made))
    page = pat.get(made)
    assert "Then somebody else of PEDRI’s staff" in words_of(page)
    changes = hidden(page, "changes")
    refused = send(pat, f"{made}/approve", changes=changes)
    assert (refused.status_code, "Somebody else than" in words_of(refused)) == (409, True)
    assert pat.get(made.replace("/waves", "/network")).status_code == 404
    assert send(quinn, f"{made}/approve", changes=changes).status_code == 303
    stale = send(quinn, f"{made}/publish", changes=changes)
    assert (stale.status_code, "in the meantime" in words_of(stale)) == (409, True)
    assert send(quinn, f"{made}/publish", changes=hidden(quinn.get(made), "changes")).status_code == 303
    everyone = waved.app.test_client()
    assert "Next" in words_of(everyone.get("/network"))
    trend = words_of(everyone.get(made.replace("/waves", "/network"))).split("From wave to wave")[1]
    assert "No criterion that is shown in both waves went from one half to the other" in trend


def test_nobody_replaces_a_wave_that_they_have_not_seen(waved: Town) -> None:
    pat, quinn = waved.client("staff"), waved.client("second")
    fields = {"name": "Next", "standards": "pedri/2025.1", "since": "2020-01-01"}
    before = hidden(pat.get("/waves/prepare"), "seen")
    other = send(quinn, "/waves/prepare", **fields | {"name": "Theirs"}).location
    refused = send(pat, "/waves/prepare", **fields, seen=before)
    assert (refused.status_code, "in the meantime" in words_of(refused)) == (409, True)
    assert "Theirs" in words_of(refused)
    assert pat.get(other).status_code == 200
    assert send(pat, "/waves/prepare", **fields, seen=hidden(refused, "seen")).status_code == 303
    assert pat.get(other).status_code == 404


def test_a_round_fills_in_its_wave(waved: Town) -> None:
    pat = waved.client("staff")
    fields = {"name": "Round of now", "opens_on": "2026-02-03", "closes_on": "2999-12-31"}
    board = send(pat, "/rounds/new", standards="pedri/2023.1", **fields).location
    (link,) = [
        item.get("href")
        for item in parsed(pat.get(board).get_data(as_text=True)).iter("a")
        if "Prepare a benchmark wave" in "".join(item.itertext())
    ]
    page = parsed(pat.get(link).get_data(as_text=True))
    filled = {item.get("name"): item.get("value") for item in page.iter("input")}
    assert (filled["name"], filled["since"]) == ("Round of now", "2026-02-03")
    chosen = [item.get("value") for item in page.iter("option") if item.get("selected") is not None]
    assert chosen == ["pedri/2023.1"]
    assert pat.get("/waves/prepare?round=none").status_code == 404


def test_what_is_wrong_is_said_at_the_field(waved: Town) -> None:
    pat, taken = waved.client("staff"), f"FIRST WAVE OF {context_of(waved).now().year}"
    for field, value, words in (
        ("name", "", "Give the wave a name"),
        ("name", "n" * 300, "characters or fewer"),
        ("name", taken, "There is a published wave of this name"),
        ("since", "soon", "Give the day as year, month and day"),
        ("since", "2999-01-01", "must not be in the future"),
        ("standards", "x/1", "Choose the standards"),
    ):
        fields = {"name": "Next", "standards": "pedri/2025.1", "since": "2020-01-01", field: value}
        found = send(pat, "/waves/prepare", **fields)
        assert (found.status_code, words in words_of(found)) == (422, True), words
        assert field == "standards" or value in found.get_data(as_text=True)


def test_the_data_say_what_the_page_says(waved: Town) -> None:
    everyone = waved.app.test_client()
    listed = everyone.get("/network").get_data(as_text=True)
    here = "/network/" + listed.split('href="/network/')[1].split('"')[0]
    page, table = words_of(everyone.get(here)), everyone.get(f"{here}/data.csv")
    rows = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).removeprefix("\ufeff"))))
    whole = [row for row in rows if not row["cut"]]
    assert len(whole) == len(context_of(waved).shelf.current("pedri").criteria)
    assert {row["organisations_at_least"] for row in whole} == {"15"}
    for row in whole:
        assert row["words"][1:] in page
        assert bool(row["hidden"]) != bool(
            row["share_at_least"] or row["share_below"] or row["share_more_than"]
        )
    document = json.loads(everyone.get(f"{here}/release.json").data)
    schema = json.loads((data_dir("standards") / "release.schema.json").read_text("utf-8"))
    assert shape.faults(document, schema) == []
    assert document["audience"] == "public"
    codes = {code for row in rows for code in row["hidden"].split()}
    assert codes
    assert all(code in page for code in codes)
    assert everyone.get(f"{here}?group=nation-atlantis").status_code == 404
    for organisation in ("Alder", "First trust", waved.place):
        assert organisation not in page + table.get_data(as_text=True) + json.dumps(document)


def test_an_organisation_reads_its_own_levels_beside_its_peers(waved: Town) -> None:
    mine = words_of(waved.client("lead").get(f"/organisations/{waved.place}/benchmark"))
    # it agreed, but has handed nothing in
    assert "You are not counted in this wave" in mine
    assert "had handed in a result of version 2025.1 since" in mine
    assert "At least 15 organisations are counted" in mine
    assert waved.client("stranger").get(f"/organisations/{waved.place}/benchmark").status_code == 404
    other = words_of(waved.client("stranger").get(f"/organisations/{waved.other_place}/benchmark"))
    assert "You are not counted in the next wave" in other


def test_before_the_first_wave_pages_say_what_will_come(town: Town) -> None:
    assert "No wave is published yet" in words_of(town.app.test_client().get("/network"))
    share(town.context, town.people["lead"].account_id, town.place, frozenset(), frozenset({PUBLIC}))
    page = words_of(town.client("viewer").get(f"/organisations/{town.place}/benchmark"))
    assert "No wave is published yet" in page
    assert "not among partners" in page
