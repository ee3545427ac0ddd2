"""The pages of the network for PEDRI staff: sums of enough, files to take away, and looks that are told."""

from __future__ import annotations

import json

import pytest

from pedri_assess.domain.ids import new_id
from pedri_assess.services.demonstrating_network import network

from .pages import words_of
from .people import Town

HERE = "/network-view/pedri/2025.1"


@pytest.fixture
def sharing(town: Town) -> Town:
    """Three organisations of one lead, each with a whole result that it shares."""
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    for place in (town.place, *(town.organisation(new_id(), **{lead: "lead"}) for _ in range(2))):
        network(context, context.shelf.current("pedri"), [(place, (lead,))])
    return town


def test_sums_in_words_and_numbers_and_as_files(sharing: Town) -> None:
    staff = sharing.client("staff")
    page = words_of(staff.get(HERE))
    assert "3 organisations share a result of this version." in page
    assert "3 of 3 with a level are below their target" in page
    assert "hidden: fewer than 3 people rated alone" in page.lower()
    assert "Hidden: fewer than 5 people" in page
    assert "Trust" not in page
    table = staff.get(f"{HERE}/criteria.csv")
    assert (table.status_code, table.mimetype, table.text.count("\r\n")) == (200, "text/csv", 43)
    assert staff.get(f"{HERE}/network.db").data.startswith(b"SQLite format 3")
    told = json.loads(staff.get(f"{HERE}/metadata.json").data)
    assert told["databases"]["pedri-2025-1-network"]["tables"]["criterion"]["columns"]["below_target"]
    assert staff.get(f"{HERE}?years=2020-2021").status_code == 404
    assert staff.get(f"{HERE}?years=x").status_code == 404


def test_too_few_are_not_summed_up_and_the_page_says_what_to_do(town: Town) -> None:
    page = words_of(town.client("staff").get(HERE))
    assert "No organisation shares a result of this version yet." in page
    assert "plan a round" in page
    assert "No organisation shares a result with you yet" in words_of(
        town.client("staff").get("/network-view/pedri/organisations")
    )


def test_who_looked_at_what_is_on_the_page_of_the_organisation(sharing: Town) -> None:
    staff = sharing.client("staff")
    place = f"/organisations/{sharing.place}/sharing"
    assert "Nobody has looked yet" in words_of(sharing.client("viewer").get(place))
    listed = staff.get("/network-view/pedri/organisations").text
    addresses = [part.split('"')[0] for part in listed.split('href="')[1:] if "/results/" in part[:40]]
    with sharing.database.read() as c:
        mine = {
            row["id"]
            for row in c.rows(
                "SELECT id FROM assessment WHERE organisation_id = :o ORDER BY id", o=sharing.place
            )
        }
    address = next(one for one in addresses if one.split("/")[3] in mine)
    result = words_of(staff.get(address))
    assert "That you looked is noted" in result
    assert "Lead Person" not in result
    told = words_of(sharing.client("viewer").get(place))
    assert "Staff PersonAll our studies, revision 1, PEDRI Good Practice Standards 2025.1" in told
