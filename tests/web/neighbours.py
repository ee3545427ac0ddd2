"""Two organisations that both have everything, and people who stand in every way to the first of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]
from werkzeug.test import TestResponse

from pedri_assess.domain.assessment import Answer, Scope
from pedri_assess.domain.resources import Described
from pedri_assess.domain.said import Said
from pedri_assess.services import Context
from pedri_assess.services.answers import save_answer
from pedri_assess.services.comments import comment
from pedri_assess.services.handing_in import check, sign_off, submit
from pedri_assess.services.invitations import invite
from pedri_assess.services.kept_reports import KINDS
from pedri_assess.services.kept_reports import asked as ask_for
from pedri_assess.services.own_words import set_logo, set_words
from pedri_assess.services.panels import Plan as PanelPlan
from pedri_assess.services.panels import open_panel, plan_panel
from pedri_assess.services.plans import add
from pedri_assess.services.printing import print_due
from pedri_assess.services.publishing import upload
from pedri_assess.services.round_invitations import invite_all
from pedri_assess.services.rounds import Plan, board, plan_round
from pedri_assess.services.set_up import SetUp, start
from pedri_assess.services.starting_again import start_again
from pedri_assess.services.suggesting import suggest
from pedri_assess.services.taking_part import add_person
from pedri_assess.services.waves import prepare as prepare_wave
from pedri_assess.store.organisations import add_member
from pedri_assess.store.panel_responses import set_responses
from pedri_assess.store.plans import PlanAction
from pedri_assess.store.schema import TABLES
from tests.services.drafts import as_file, next_version

from ..reports.pictures import png
from .people import csrf_token, town_in

# Who asks, in the order of the columns: nobody, then people of the first organisation (`outsider` is a
# contributor who takes part in nothing), then PEDRI staff, and the lead of the second
EVERYONE = ("nobody", "lead", "contributor", "outsider", "approver", "viewer", "staff", "stranger")
MEMBERS = {"lead", "contributor", "outsider", "approver", "viewer"}
SECRET = "zanzibar"  # a word that only the second organisation has written
FIXED = {
    "framework": "pedri", "version": "2025.1", "old": "2023.1", "new": "2025.1", "criterion": "EDI-3",
    "revision": "1", "number": "1", "kind": "report", "filename": "css/app.css", "token": "no-such-token",
    "shared": "not-shared", "batch": "1",
}  # fmt: skip
# What changes when somebody only looks: when a session was last used, what somebody has seen, and reports
# that are printed because somebody wants to read them
LOOKING = frozenset({"session", "visit", "mention", "kept_report"})

Ids = dict[str, str]


class Neighbours:
    """The two organisations, a browser for everyone, and a way back to how it all was."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        self.town = town_in(folder / "assess.db", migrated)
        self.context: Context = self.town.app.extensions["pedri-assess"].context
        self._more_people()
        who = {name: person.account_id for name, person in self.town.people.items()}
        self.first = self._fill(self.town.place, who["lead"], who["approver"], "quokka")
        self.second = self._fill(self.town.other_place, who["stranger"], who["their-approver"], SECRET)
        for kind in ("assessment", "waiting", "done", "again", "older"):
            add_person(self.context, self.first[kind], who["contributor"], who["lead"])
        self.first |= {"member": self.town.membership("viewer"), "account": who["outsider"]}
        self.second |= {"member": self.town.membership("their-approver"), "account": who["their-approver"]}
        self._print()
        draft = {"draft": self._draft(), "wave": self._wave()}
        self.first, self.second = self.first | draft, self.second | draft
        self._keys = {name: self._key(name) for name in EVERYONE}
        self.tokens = {name: csrf_token(self.browser(name)) for name in EVERYONE}
        self._file, self._kept = folder / "assess.db", folder / "kept.db"
        self._copy(self._file, self._kept)

    def reset(self) -> None:
        """Everything as it was."""
        self._copy(self._kept, self._file)

    def ask(self, who: str, method: str, address: str, /, **fields: str) -> TestResponse:
        """What somebody gets who opens an address or sends a form to it, as a page of theirs would."""
        sent = {"csrf_token": self.tokens[who], **fields} if method == "POST" else None
        return self.browser(who).open(address, method=method, data=sent)

    def browser(self, who: str) -> FlaskClient:
        """A browser with somebody's session."""
        browser = self.town.app.test_client()
        if self._keys[who]:
            browser.set_cookie("session", self._keys[who])
        return browser

    def address(self, rule: str, ids: Ids) -> str:
        """The address of a route, with these ids in it."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: {**FIXED, **ids}[found[1]], rule)

    def content(self, without: frozenset[str] = frozenset({"session", "rate"})) -> str:
        """All that is kept."""
        with self.town.database.read() as c:
            rows = {name: c.rows(f"SELECT * FROM {name}") for name in TABLES if name not in without}
        return json.dumps(rows, sort_keys=True, default=bytes.hex)

    def _more_people(self) -> None:
        town = self.town
        for name, place, role in (
            ("outsider", town.place, "contributor"),
            ("their-approver", town.other_place, "approver"),
        ):
            town.people[name] = town.account(f"{name}@example.org", f"{name.capitalize()} Person")
            with town.database.write() as c:
                add_member(c, place, town.people[name].account_id, role, "2026-11-24T09:00:00.000000Z")

    def _print(self) -> None:
        """The reports of what is done are there when somebody asks for them."""
        for ids in (self.first, self.second):
            for kind in KINDS:
                ask_for(self.context, ids["done"], 1, kind)
        print_due(self.context)

    def _fill(self, place: str, lead: str, approver: str, word: str) -> Ids:
        """A draft, one that waits for sign-off, and one that has it, with an answer and a comment in each."""
        ids = {"organisation": place}
        set_words(self.context, place, lead, 0, f"{word}, an introduction", (), comments=True)
        set_logo(self.context, place, lead, 1, png(), f"{word}, a logo")
        for kind in ("assessment", "waiting", "done"):
            chosen = SetUp(Scope("programme", f"{word} {kind}", word), "core")
            ids[kind] = made = start(self.context, place, lead, "pedri", "2025.1", chosen)
            save_answer(self.context, made, "EDI-3", lead, Said(Answer(level=1, evidence=word)), 0)
            said = comment(self.context, made, "EDI-3", lead, f"{word}, a comment")
            ids.setdefault("comment", said)
            if kind != "assessment":
                seal = check(self.context, made).seal
                submit(self.context, made, lead, 1, seal, leave=True)
            if kind == "done":
                sign_off(self.context, made, approver, 1)
        chosen = SetUp(Scope("programme", f"{word} again", word), "core")
        ids["again"] = start_again(self.context, ids["done"], 1, lead, "2025.1", chosen)
        ids["older"] = start(self.context, place, lead, "pedri", "2023.1", replace(chosen, depth="all"))
        save_answer(self.context, ids["older"], "EQ-4", lead, Said(Answer(level=1, evidence=word)), 0)
        invite(self.context, lead, place, f"{word}@example.org", "viewer")
        with self.town.database.read() as c:
            rows = c.rows("SELECT id FROM invitation WHERE organisation_id = :place ORDER BY id", place=place)
        new = PlanAction("", "", ("EDI-3",), word, owner_id=lead)
        planned = add(self.context, lead, ids["done"], new)
        asked = PanelPlan(f"{word} panel", word, "", "", ("EDI-3",), 3, self.context.today().isoformat())
        panel = plan_panel(self.context, lead, ids["assessment"], "group", asked)
        open_panel(self.context, lead, ids["assessment"], panel)
        with self.town.database.write() as c:
            set_responses(c, panel, {"EDI-3": word})
        mine = {"invitation": rows[0]["id"], "action": planned, "panel": panel}
        return ids | mine | self._round(place) | self._suggestion(lead, word)

    def _draft(self) -> str:
        """A draft of standards that staff brought in."""
        staff = self.town.people["staff"].account_id
        return upload(self.context, staff, as_file(next_version()), "the file")

    def _wave(self) -> str:
        """A wave of benchmarks that is being prepared, in which nobody is counted."""
        staff, framework = self.town.people["staff"].account_id, self.context.shelf.get("pedri", "2025.1")
        return prepare_wave(self.context, staff, framework, "A wave", self.context.today().isoformat())

    def _suggestion(self, lead: str, word: str) -> Ids:
        """A resource that a lead suggested."""
        who = next(person for person in self.town.people.values() if person.account_id == lead)
        said = Described(f"{word}, a guide", word, f"https://{word}.example/", summary=word)
        return {"resource": suggest(self.context, who, said)}

    def _round(self, place: str) -> Ids:
        """A round to which the organisation is invited."""
        staff = self.town.people["staff"].account_id
        today = self.context.today().isoformat()
        name = "First round" if place == self.town.place else "Second round"
        made = plan_round(self.context, staff, "pedri", "2025.1", Plan(name, "", today, today))
        invite_all(self.context, staff, made, [place])
        return {"round_id": made, "place": board(self.context, made).standings[0].place.id}

    def _key(self, who: str) -> str:
        cookie = self.town.client(who).get_cookie("session") if who != "nobody" else None
        return cookie.value if cookie else ""

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        # With the library that the service uses: two of them in one process do not see each other's locks
        reading, writing = sqlite3.connect(source), sqlite3.connect(target)
        with writing:
            reading.backup(writing)
        reading.close()
        writing.close()
