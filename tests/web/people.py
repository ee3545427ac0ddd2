"""People with every role, in the pages: browsers that are signed in, forms as the pages send them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Scope
from pedri_assess.domain.policies import Actor
from pedri_assess.domain.times import stamp
from pedri_assess.services import invitations as invite
from pedri_assess.services.printing import print_due
from pedri_assess.services.sessions import open_session
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.services.taking_part import add_person
from pedri_assess.store import connect

from ..services.people import World
from .pages import an_app

BASE = "https://assess.example.org"
NEW = "new@example.org"
LEAD, NOBODY = "lead@example.org", "nobody@example.org"


class Town(World):
    """Two organisations, and people with every role in the first."""

    app: Flask
    place: str
    other_place: str
    people: dict[str, Actor]

    def client(self, who: str) -> FlaskClient:
        """The browser of somebody who has signed in."""
        with self.database.write() as c:
            key = open_session(c, self.people[who].account_id, stamp(self.now()), "test", "test")
        browser = self.app.test_client()
        browser.set_cookie("session", key)
        return browser

    def membership(self, who: str) -> str:
        with self.database.read() as c:
            rows = c.rows(
                "SELECT id FROM membership WHERE account_id = :who AND ended_at IS NULL ORDER BY id",
                who=self.people[who].account_id,
            )
        return str(rows[0]["id"])

    def assessment(self, depth: str = "core", **more: Any) -> str:
        """An assessment that the lead started and in which the contributor takes part; its id."""
        context, lead = self.app.extensions["pedri-assess"].context, self.people["lead"].account_id
        chosen = SetUp(Scope("programme", "Cancer registry", "All data on tumours"), depth, **more)
        made = start(context, self.place, lead, "pedri", "2025.1", chosen)
        add_person(context, made, self.people["contributor"].account_id, lead)
        return made

    def printed(self, client: FlaskClient, address: str) -> TestResponse:
        """A printed report: asked for, made, and asked for again."""
        client.get(address)
        print_due(self.app.extensions["pedri-assess"].context)
        return client.get(address)

    def invite(self, email: str = NEW, role: str = "contributor") -> str:
        """An invitation by the lead; its token."""
        invite.invite(self.context, self.people["lead"].account_id, self.place, email, role)
        return self.token(email)


@pytest.fixture
def town(migrated: Path, tmp_path: Path) -> Town:
    return town_in(tmp_path / "assess.db", migrated)


def town_in(path: Path, migrated: Path, **settings: Any) -> Town:
    """A town in a database of its own; `migrated` has the tables, `settings` are those of the service."""
    path.write_bytes(migrated.read_bytes())
    app = an_app(database_url=f"sqlite://{path}", base_url=BASE, **settings)
    made = Town(connect(f"sqlite://{path}"), app.extensions["pedri-assess"].context.now())
    made.app = app
    made.people = {
        name: made.account(f"{name}@example.org", f"{name.capitalize()} Person", staff=name == "staff")
        for name in ("lead", "contributor", "approver", "viewer", "stranger", "staff")
    }
    roles = {made.people[name].account_id: name for name in ("lead", "contributor", "approver", "viewer")}
    made.place = made.organisation("First trust", **roles)
    made.other_place = made.organisation("Second trust", **{made.people["stranger"].account_id: "lead"})
    return made


def send(client: FlaskClient, address: str, /, **fields: str) -> TestResponse:
    """Sends a form as the page would."""
    return client.post(address, data={"csrf_token": csrf_token(client), **fields})


def csrf_token(client: FlaskClient) -> str:
    """What this browser's pages carry in their forms; the page it is read from has tests of its own."""
    page = FlaskClient.open(client, "/account").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.fixture
def ask(town: Town) -> Callable[..., tuple[FlaskClient, TestResponse]]:
    """A browser that has asked for a letter."""

    def asked(email: str = LEAD, **more: str) -> tuple[FlaskClient, TestResponse]:
        browser = town.app.test_client()
        return browser, browser.post("/sign-in", data={"email": email, **more})

    return asked


Ask = Callable[..., tuple[FlaskClient, TestResponse]]


def letter(town: Town) -> tuple[str, str]:
    """The link and the code of the newest letter."""
    text = town.letters()[0].body
    link, code = re.search(r"/sign-in/link/\S+", text), re.search(r"^\w{4} \w{4}$", text, re.MULTILINE)
    assert link
    assert code
    return link.group(), code.group()


def signed_in(browser: FlaskClient) -> bool:
    return browser.get("/account").status_code == 200
