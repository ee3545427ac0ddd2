"""The pages that say what this is, and the standards to read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pedri_assess.config import data_dir
from tests.unit.frameworks import a_criterion, a_document

from .conftest import Walk
from .pages import FORBIDDEN, parsed, text_of, words_of
from .people import Town

PAGES = [
    "/", "/about", "/accessibility", "/privacy", "/standards", "/standards/pedri/2025.1",
    "/standards/pedri/2023.1", "/standards/pedri/2025.1?q=public", "/standards/pedri/2025.1?q=zzzz",
    "/standards/pedri/2025.1?q=", "/standards/pedri/2025.1/EDI-1", "/standards/pedri/2023.1/EQ-4",
    "/changes/pedri/2023.1/2025.1", "/changes/pedri/2025.1/2023.1", "/changes/pedri/2025.1/2025.1",
    "/quick-check", "/quick-check?standards=pedri/2023.1", "/quick-check/answers/clear",
]  # fmt: skip
STANDARDS = data_dir("standards") / "pedri"


@pytest.mark.parametrize("address", PAGES)
def test_a_page_works(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    page = parsed(response.get_data(as_text=True))
    assert len(list(page.iter("h1"))) == 1
    assert text_of(page.find(".//title")).endswith(("– PEDRI Assess", "with the public"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_that_it_is_not_endorsed(client: FlaskClient, address: str) -> None:
    page = parsed(client.get(address).get_data(as_text=True))
    assert "not endorsed by PEDRI" in text_of(page.find(".//footer"))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_to_our_words(client: FlaskClient, address: str) -> None:
    # The standards' own texts may use any word ('accredited', 'pass on'); ours may not
    own = words_of(client.get(address)) if not address.startswith(("/standards/", "/changes")) else ""
    assert FORBIDDEN.findall(own.replace("pass on", "").replace("pass it on", "")) == []


@pytest.mark.parametrize("address", PAGES)
def test_links_within_the_service_lead_somewhere(town: Town, address: str) -> None:
    client = town.app.test_client()
    page = parsed(client.get(address).get_data(as_text=True))
    ids = {element.get("id") for element in page.iter() if isinstance(element.tag, str)}
    for link in page.iter("a"):
        href = link.get("href")
        if href.startswith("#"):
            assert href[1:] in ids, href
        elif href.startswith("/"):
            assert client.get(href.partition("#")[0]).status_code in (200, 303), href  # or sign in first
        else:
            assert href.startswith(("https://", "http://")), href


def test_home_says_how_much_there_is_to_answer(client: FlaskClient) -> None:
    document = json.loads((STANDARDS / "2025.1.json").read_text("utf-8"))
    criteria = [criterion for standard in document["standards"] for criterion in standard["criteria"]]
    core = sum(criterion.get("core", False) for criterion in criteria)
    home = words_of(client.get("/"))
    assert f"{core} core questions, or all {len(criteria)}." in home
    assert document["notice"] in home


@pytest.mark.parametrize("version", ["2023.1", "2025.1"])
def test_a_version_shows_every_criterion_with_its_provenance(client: FlaskClient, version: str) -> None:
    document = json.loads((STANDARDS / f"{version}.json").read_text("utf-8"))
    names = {
        "published": "Published", "summary": "Based on a published summary",
        "drafted": "Drafted by this project", "reconstructed": "Reconstructed by this project",
    }  # fmt: skip
    response = client.get(f"/standards/pedri/{version}")
    page = parsed(response.get_data(as_text=True))
    rows = {
        text_of(row.find("a")): text_of(row)
        for row in page.iter("li")
        if row.get("class") == "criteria__item"
    }
    criteria = [criterion for standard in document["standards"] for criterion in standard["criteria"]]
    assert list(rows) == [criterion["id"] for criterion in criteria]
    for criterion in criteria:
        row = rows[criterion["id"]]
        assert criterion["statement"] in row
        assert names[criterion["provenance"]["kind"]] in row
        assert ("Core" in row.replace(criterion["statement"], "")) == criterion.get("core", False)
    words = words_of(response)
    assert document["notice"] in words
    for standard in document["standards"]:
        assert standard["title"] in words
    for term in document.get("glossary", []):
        assert term["meaning"] in words


def test_a_criterion_shows_everything_its_file_says(client: FlaskClient) -> None:
    document = json.loads((STANDARDS / "2025.1.json").read_text("utf-8"))
    for standard in document["standards"]:
        for criterion in standard["criteria"]:
            words = words_of(client.get(f"/standards/pedri/2025.1/{criterion['id']}"))
            texts = [
                criterion["statement"], standard["title"], *criterion["levels"], *criterion["evidence"],
                *criterion["questions"].values(), *(action["text"] for action in criterion["actions"]),
                criterion["not_applicable"].get("when", ""), criterion["provenance"].get("note", ""),
                *criterion["provenance"].get("informed_by", []),
                *(link["id"] for link in criterion.get("from", [])),
            ]  # fmt: skip
            assert [text for text in texts if " ".join(text.split()) not in words] == []


def test_a_criterion_of_an_older_version_says_what_became_of_it(client: FlaskClient) -> None:
    document = json.loads((STANDARDS / "2025.1.json").read_text("utf-8"))
    became: dict[str, set[str]] = {}
    for standard in document["standards"]:
        for criterion in standard["criteria"]:
            for link in criterion.get("from", []):
                became.setdefault(link["id"], set()).add(criterion["id"])
    for old, targets in became.items():
        page = parsed(client.get(f"/standards/pedri/2023.1/{old}").get_data(as_text=True))
        linked = {
            link.get("href").rpartition("/")[2] for link in page.iter("a") if "/2025.1/" in link.get("href")
        }
        assert linked == targets
    for item in document["retired"]:
        words = words_of(client.get(f"/standards/pedri/2023.1/{item['id']}"))
        assert "retired" in words
        assert item["why"] in words


def test_the_file_of_a_version_is_the_file(client: FlaskClient) -> None:
    response = client.get("/standards/pedri/2025.1.json")
    assert response.data == (STANDARDS / "2025.1.json").read_bytes()
    assert response.mimetype == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="pedri-2025.1.json"'


def test_search_shows_where_the_word_is_and_a_way_back(client: FlaskClient) -> None:
    response = client.get("/standards/pedri/2025.1?q=jargon")
    words = words_of(response)
    assert "with “jargon”" in words
    assert "EDI-1: We talk about data" in words
    assert "jargon or access needs" in words
    assert "Show the whole version" in words


def test_search_without_hits_says_what_to_try(client: FlaskClient) -> None:
    words = words_of(client.get("/standards/pedri/2025.1?q=zzzz"))
    assert "Nothing with “zzzz”" in words
    assert "Try fewer words" in words


@pytest.mark.parametrize(
    "query",
    ['"', "AND", "NEAR(", "*", "x" * 5000, "   ", "<script>alert(1)</script>", "\x00", "%", "ŵ", "🙂" * 300],
)
def test_any_search_gives_a_page(client: FlaskClient, query: str) -> None:
    response = client.get("/standards/pedri/2025.1", query_string={"q": query})
    assert response.status_code == 200
    assert b"<script>alert" not in response.data


def test_changes_are_counted_and_grouped_by_kind(client: FlaskClient) -> None:
    page = parsed(client.get("/changes/pedri/2023.1/2025.1").get_data(as_text=True))
    counts = dict(text_of(heading).split(": ") for heading in page.iter("h2") if ": " in text_of(heading))
    assert counts == {
        "Unchanged": "8", "Reworded": "15", "Merged": "5", "Split": "5", "New": "7", "Retired": "2",
    }  # fmt: skip
    for heading in page.iter("h2"):
        kind, _, count = text_of(heading).partition(": ")
        if count:
            section = page.find(f".//section[@aria-labelledby='kind-{kind.lower()}']")
            assert len(list(section.find(".//tbody").iter("tr"))) == int(count)


def test_changes_from_newer_to_older_lead_to_the_right_order(client: FlaskClient) -> None:
    response = client.get("/changes/pedri/2025.1/2023.1")
    assert "compared from the older to the newer" in words_of(response)
    assert b'href="/changes/pedri/2023.1/2025.1"' in response.data


def test_versions_without_links_are_not_set_side_by_side(app_with: Callable[..., Flask]) -> None:
    one, other = a_document([a_criterion("A")]), a_document([a_criterion("B")]) | {"version": "2"}
    client = app_with(one, other).test_client()
    assert "cannot be set side by side" in words_of(client.get("/changes/tiny/1/2"))
    assert "same version twice" in words_of(client.get("/changes/tiny/1/1"))


def test_health_is_for_machines(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.get_json()["status"] == "ok"
    assert response.headers["Cache-Control"] == "no-store"


def test_a_static_address_changes_with_its_content(client: FlaskClient) -> None:
    home = client.get("/").get_data(as_text=True)
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', home)
    assert addresses
    for address in addresses:
        name, _, version = address.partition("?v=")
        response = client.get(address)
        assert hashlib.sha256(response.data).hexdigest().startswith(version)
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert client.get(f"{name}?v=000000000000").headers["Cache-Control"] == "no-cache"
        assert client.get(name).headers["Cache-Control"] == "no-cache"


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/standards/pedri/2025.1")
    again = client.get("/standards/pedri/2025.1", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_question_shows_whose_words_it_is(walk: Walk) -> None:
    document = json.loads((STANDARDS / "2025.1.json").read_text("utf-8"))
    walk.start()
    for criterion in document["standards"][0]["criteria"] + document["standards"][6]["criteria"]:
        words = words_of(walk.go(criterion["id"]))
        texts = (
            criterion["statement"],
            criterion["questions"]["staff"],
            *criterion["levels"],
            *criterion["evidence"],
        )
        assert [text for text in (*texts, criterion["provenance"]["note"]) if text not in words] == []
