"""Steps of people who assess together: signing in with letters, inviting, answering, handing in."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.domain.assessment import Scope
from pedri_assess.domain.ids import new_id
from pedri_assess.domain.times import stamp
from pedri_assess.services import Context
from pedri_assess.services.sessions import open_session
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.services.taking_part import add_person
from pedri_assess.store import connect
from pedri_assess.store.organisations import add_member, add_organisation

from .journey import CORE, ROOT, press

STAFF = "first@pedri.example"


def make_staff(url: str) -> None:
    """What an operator does first."""
    command = [sys.executable, "-m", "pedri_assess.cli", "staff", "add", STAFF]
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True, capture_output=True
    )


def letter_link(page: Page, to: str, kind: str) -> str:
    """Where the newest letter to an address leads; `kind` is how its path begins."""
    page.goto("/mail")
    letter = page.locator("section", has_text=f"To {to},").first
    found = re.search(rf"http\S+(?P<path>{kind}/\S+)", letter.inner_text())
    assert found
    return urlsplit(found.group()).path


def sign_in(page: Page, email: str) -> None:
    """Signs in with a letter, as a person does."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    press(page, "Send the letter")
    expect(page.locator("h1")).to_contain_text("Look into your e-mail")
    page.goto(letter_link(page, email, "/sign-in/link"))
    press(page, "Sign in")
    expect(page.locator("h1")).to_contain_text("My work")


def accept(page: Page, email: str, name: str) -> None:
    """Follows an invitation, as somebody new."""
    page.goto(letter_link(page, email, "/invitation"))
    page.get_by_label("Your name").fill(name)
    page.locator("main button[type=submit]").first.click()
    expect(page.get_by_role("button", name="Sign out", exact=True).first).to_be_visible()


def found_organisation(page: Page, name: str, lead: str) -> None:
    """Staff add an organisation and invite its first lead."""
    page.goto("/organisations/new")
    page.get_by_label("Name of the organisation").fill(name)
    page.get_by_label("What it is").select_option("charity")
    page.get_by_label("Where it works").select_option("uk")
    page.get_by_label("E-mail address of its first lead").fill(lead)
    press(page, "Add and invite")
    expect(page.locator("main")).to_contain_text(name)


def begin(page: Page, organisation: str, scope: str) -> str:
    """A lead starts an assessment of the core criteria; its address."""
    page.goto("/organisations")
    page.get_by_role("link", name=organisation).click()
    page.get_by_role("button", name="Start an assessment").click()
    page.get_by_label("Programme", exact=True).check()
    page.get_by_label("Name of the programme or project").fill(scope)
    page.locator('input[name="depth"][value="core"]').check()
    press(page, "Start")
    expect(page.locator("h1")).to_contain_text("Task list")
    return urlsplit(page.url).path


def invite(page: Page, assessment: str, email: str, role: str) -> None:
    """A lead invites somebody to an assessment."""
    page.goto(f"{assessment}/people")
    page.get_by_label("E-mail address").fill(email)
    page.locator(f'input[name="role"][value="{role}"]').check()
    press(page, "Send the invitation")
    expect(page.locator("#invited")).to_be_visible()


def evidence(page: Page) -> str:
    """What stands in the field for evidence."""
    return page.locator('textarea[name="evidence"]').input_value()


def saved(page: Page) -> None:
    """Waits until the page says that everything is saved."""
    expect(page.locator("#saving")).to_contain_text("Saved at")


@dataclass(frozen=True)
class Colleagues:
    """Lead and contributor: the keys of their sessions, and the address of the first criterion."""

    keys: tuple[str, str]
    here: str


def lead_of(name: str) -> str:
    """The address of the lead of a test."""
    return f"lead@{hashlib.sha256(name.encode()).hexdigest()[:12]}.example"


def colleagues(url: str, name: str) -> Colleagues:
    """Two people who assess together, made as the service makes them, without letters."""
    shelf = Shelf.load((ROOT / "standards",), schemas := load_schemas(ROOT / "standards"))
    nothing = cast(Any, None)
    with closing(connect(url)) as database:
        context = Context(shelf, schemas, nothing, date.today, database, lambda: datetime.now(UTC), "")
        at = stamp(context.now())
        with database.write() as c:
            place = add_organisation(c, name, "charity", "uk", at)
            people = []
            for called, address, role in (
                ("Lena Lead", lead_of(name), "lead"),
                ("Cora Contributor", f"c.{lead_of(name)}", "contributor"),
            ):
                people.append(new_id())
                c.run(
                    "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
                    id=people[-1],
                    email=address,
                    name=called,
                    at=at,
                )
                add_member(c, place, people[-1], role, at)
            keys = tuple(open_session(c, person, at, "test", "test") for person in people)
        lead, contributor = people
        made = start(
            context, place, lead, "pedri", "2025.1", SetUp(Scope("programme", "Registry", ""), "core")
        )
        add_person(context, made, contributor, lead)
    return Colleagues((keys[0], keys[1]), f"/assessments/{made}/criteria/{CORE[0]}")
