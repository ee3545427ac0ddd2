"""Pages of PEDRI staff, state by state: versions of the standards, waves of benchmarks, the network."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from pedri_assess.domain.ids import new_id
from pedri_assess.domain.sharing import CHOICES
from pedri_assess.services.demonstrating_network import network
from pedri_assess.services.demonstrating_waves import wave as demonstrate
from pedri_assess.services.sharing import share
from tests.services.drafts import Document, as_file, next_version

from ..pseudo_language import CODE
from .in_another_language import check, get, post, town
from .pages import hidden
from .people import Town, csrf_token

__all__ = ["town"]

STANDARDS = {"standards": "pedri/2025.1", "since": "2020-01-01"}
NETWORK = "/network-view/pedri"
NAMES = ("All our studies", "Trust")


@pytest.fixture
def staff(town: Town) -> FlaskClient:
    return town.client("staff")


def bring(staff: FlaskClient, content: bytes) -> Any:
    """What comes of a file that is brought."""
    staff.set_cookie("language", CODE)
    sent: dict[str, Any] = {"csrf_token": csrf_token(staff), "file": (io.BytesIO(content), "draft.json")}
    return staff.post("/publishing", data=sent, content_type="multipart/form-data")


def hard() -> Document:
    """A version with something of everything that a page says of one."""
    document = next_version(glossary=[{"term": "quokka", "meaning": "An animal."}])
    first, second, third, fourth, *_ = document["standards"][0]["criteria"]
    first["statement"] = f"We explain quokka, {'and go on ' * 20}notwithstanding heterogeneity."
    second["counts_from"] = "2999-12-31"
    third["from"][0]["link"] = fourth["from"][0]["link"] = "split"
    fourth["from"][0]["id"] = third["from"][0]["id"]
    return document


def test_a_version_from_its_file_to_its_end(staff: FlaskClient) -> None:
    check(get(staff, "/publishing"))
    here, other = (bring(staff, as_file(each)).location for each in (hard(), next_version()))
    check(get(staff, "/publishing"))
    for address in (here, f"{here}/preview", f"{here}/preview/EDI-1", f"{here}/preview/EDI-2"):
        check(get(staff, address))
    check(post(staff, f"{here}/publish", version="2026"), 422)
    assert post(staff, f"{here}/publish", version="2026.1").status_code == 303
    check(post(staff, f"{here}/publish", version="2026.1"), 409)
    check(post(staff, f"{other}/publish", version="2026.1"), 409)
    for address in ("/publishing", here, other):
        check(get(staff, address))


def test_files_that_are_no_versions(staff: FlaskClient) -> None:
    check(post(staff, "/publishing"), 422)
    many = next_version()
    many["standards"][0]["criteria"] *= 30
    for content in (b"", b"{", as_file(next_version("2025.1")), as_file(many)):
        check(bring(staff, content), 422)


def test_a_wave_from_nothing_to_its_end(town: Town, staff: FlaskClient) -> None:
    town.people["second"] = town.account("second@example.org", "quokka", staff=True)
    lead, pat, quinn = (town.people[name].account_id for name in ("lead", "staff", "second"))
    context = town.app.extensions["pedri-assess"].context
    check(get(staff, "/waves"))
    check(get(staff, "/waves/prepare"))
    check(get(staff, post(staff, "/waves/prepare", name="quokka", **STANDARDS).location))
    for wrong in (
        {"name": ""},
        {"name": "x" * 201},
        {"standards": "x"},
        {"since": "x"},
        {"since": "2999-12-31"},
    ):
        check(post(staff, "/waves/prepare", **{"name": "x", **STANDARDS, **wrong}), 422)
    check(post(staff, "/waves/prepare", name="quokka", **STANDARDS), 409)
    share(context, lead, town.place, frozenset(), frozenset(CHOICES))
    post(staff, f"{made_wave(staff)}/discard", changes="1")
    demonstrate(context, context.shelf.current("pedri"), town.place, lead, pat, quinn)
    here = post(staff, "/waves/prepare", name="quokkas", **STANDARDS).location
    second = town.client("second")
    for audience in ("partner", "public"):
        check(get(staff, f"{here}?audience={audience}"))
        check(get(second, f"{here}?audience={audience}&group=nation-england"))
    check(post(staff, f"{here}/publish", changes="1"), 409)
    check(post(staff, f"{here}/approve", changes="1"), 409)
    post(second, f"{here}/approve", changes="1")
    check(post(second, f"{here}/approve", changes="1"), 409)
    for address in (here, "/waves", "/waves/prepare"):
        check(get(second, address))
    post(second, f"{here}/publish", changes=hidden(get(second, here), "changes"))
    check(post(second, f"{here}/publish", changes="1"), 409)
    check(post(staff, "/waves/prepare", name="quokkas", **STANDARDS), 422)
    for address in (here, "/waves"):
        check(get(second, address))


def made_wave(staff: FlaskClient) -> str:
    """The address of the wave that is being prepared."""
    found = re.search(r'href="(/waves/(?!prepare)[^"]+)"', get(staff, "/waves").text)
    assert found
    return found[1]


def test_a_network_of_none_of_few_and_of_enough(town: Town, staff: FlaskClient) -> None:
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    check(get(staff, NETWORK.rpartition("/")[0]))
    for _ in range(4):
        check(get(staff, f"{NETWORK}/2025.1"))
        check(get(staff, f"{NETWORK}/organisations"), 200, *NAMES)
        network(context, context.shelf.current("pedri"), [(place_of(town, lead), (lead,))])
    listed = get(staff, f"{NETWORK}/organisations").text
    (result, *_) = re.findall(r'href="(/network-view/results/[^"]+)"', listed)
    check(get(staff, result), 200, *NAMES)


def place_of(town: Town, lead: str) -> str:
    """An organisation of somebody."""
    return town.organisation(new_id(), **{lead: "lead"})
