"""The demonstration: invented people, to sign in as where that is set and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from pedri_assess.config import Config, ConfigError
from pedri_assess.services.checking import all_faults
from pedri_assess.services.demonstrating import fill, people
from pedri_assess.store.organisations import add_organisation

from ..store.server import Server
from .pages import KEY, an_app, words_of
from .people import Town


@pytest.fixture
def shown(migrated: Path, tmp_path: Path) -> Flask:
    path = tmp_path / "demonstration.db"
    path.write_bytes(migrated.read_bytes())
    app = an_app(database_url=f"sqlite://{path}", demonstration=True)
    assert fill(app.extensions["pedri-assess"].context)
    return app


def account(app: Flask, name: str) -> str:
    return next(who.account_id for who in people(app.extensions["pedri-assess"].context) if who.name == name)


def test_anyone_signs_in_as_an_invented_person(shown: Flask) -> None:
    browser = shown.test_client()
    page = words_of(browser.get("/demonstration"))
    assert "Asha Lead, lead" in page
    assert "Everybody and everything here is invented" in page
    response = browser.post("/demonstration", data={"account": account(shown, "Farid Contributor")})
    assert response.location == "/my-work"
    work = words_of(browser.get("/my-work"))
    assert "Linked records programme" in work
    assert "Do you have the minutes for this?" in work
    assert "Demonstration" in words_of(browser.get("/account"))


def test_one_assessment_is_finished_and_one_half_done(shown: Flask) -> None:
    browser = shown.test_client()
    browser.post("/demonstration", data={"account": account(shown, "Dev Viewer")})
    assert "Signed off" in words_of(browser.get("/my-work"))
    browser.post("/demonstration", data={"account": account(shown, "Eilidh Lead")})
    assert "In progress" in words_of(browser.get("/my-work"))


def test_every_page_says_that_it_is_a_demonstration(shown: Flask) -> None:
    for address in ("/", "/standards", "/sign-in"):
        assert "Demonstration." in shown.test_client().get(address).get_data(as_text=True)


def test_what_was_invented_is_whole_and_filled_once(shown: Flask) -> None:
    context = shown.extensions["pedri-assess"].context
    assert list(all_faults(context)) == []
    assert not fill(context)


def test_a_database_that_is_used_is_left_as_it_is(town: Town) -> None:
    context = town.app.extensions["pedri-assess"].context
    with town.database.write() as c:
        add_organisation(c, "A real one", "nhs", "england", "")
    assert not fill(context)


def test_elsewhere_the_pages_do_not_exist_even_where_the_people_do(shown: Flask, tmp_path: Path) -> None:
    real = an_app(database_url=f"sqlite://{tmp_path}/demonstration.db")
    browser = real.test_client()
    assert browser.get("/demonstration").status_code == 404
    assert browser.post("/demonstration", data={"account": account(shown, "Asha Lead")}).status_code == 404
    assert "Demonstration" not in browser.get("/").get_data(as_text=True)


def test_nobody_else_can_be_signed_in_as(shown: Flask) -> None:
    context = shown.extensions["pedri-assess"].context
    with context.database.write() as c:
        c.run("INSERT INTO account (id, email, name, created_at) VALUES ('x', 'a@b.example', 'Real', '')")
    browser = shown.test_client()
    for who in ("x", "", "nobody"):
        assert browser.post("/demonstration", data={"account": who}).status_code == 404


def test_it_cannot_be_set_where_others_reach_the_service() -> None:
    settings = {
        "PEDRI_ASSESS_SECRET_KEY": KEY,
        "PEDRI_ASSESS_DEMONSTRATION": "yes",
        "PEDRI_ASSESS_TRUSTED_HOSTS": "assess.example.org",
    }
    with pytest.raises(ConfigError, match="others than this machine"):
        Config.from_environ(settings)


def test_every_page_works_on_postgresql_too(server: Server, template: str) -> None:
    server.run(f"CREATE DATABASE shown TEMPLATE {template}")
    app = an_app(database_url=server.url("shown"), demonstration=True)
    context = app.extensions["pedri-assess"].context
    assert fill(context)
    assert list(all_faults(context)) == []
    browser = app.test_client()
    browser.post("/demonstration", data={"account": account(app, "Asha Lead")})
    places = re.findall(r'href="(/assessments/[^"/]+)"', browser.get("/my-work").get_data(as_text=True))
    assert len(set(places)) == 2
    for place in set(places):
        for ending in ("", "/people", "/check", "/history", "/result", "/set-up", "/result/result.csv"):
            assert browser.get(place + ending).status_code == 200, place + ending
    for address in ("/organisations", "/account"):
        assert browser.get(address).status_code == 200
    context.database.close()
    server.run("DROP DATABASE shown WITH (FORCE)")
