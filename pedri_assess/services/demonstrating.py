"""Three invented organisations to try the service with, and signing in as their people where that is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ..domain.assessment import Scope
from ..domain.errors import NotFound
from ..domain.ids import new_id
from ..domain.policies import APPROVER, CONTRIBUTOR, LEAD, VIEWER
from ..domain.said import Said
from ..domain.standards import Framework
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.organisations import add_member, add_organisation
from . import Context
from .answers import question, save_answer, set_owner_of
from .comments import comment
from .demonstrating_answers import EVIDENCE, ago, answer_all
from .demonstrating_hub import opinions, suggestion
from .demonstrating_network import network
from .demonstrating_waves import wave
from .demonstrating_years import years
from .handing_in import check, send_back, sign_off, submit
from .own_words import set_logo, set_words
from .sessions import open_session
from .set_up import ALL, CORE, SetUp, start
from .taking_part import add_person

DOMAIN = "demonstration.example"  # reserved: nobody gets mail there
STAFF = (("Pat Staff", "pedri.staff"), ("Quinn Staff", "quinn.staff"))
# Name, kind, nation, and people with their roles
PLACES = (
    ("Northfield Hospitals (invented)", "nhs", "england", (
        ("Asha Lead", LEAD), ("Ben Contributor", CONTRIBUTOR), ("Carys Approver", APPROVER),
        ("Dev Viewer", VIEWER),
    )),
    ("Harbour Data Trust (invented)", "university", "scotland", (
        ("Eilidh Lead", LEAD), ("Farid Contributor", CONTRIBUTOR), ("Greta Approver", APPROVER),
    )),
    ("Open Fields (invented)", "charity", "wales", (("Hanna Lead", LEAD),)),
)  # fmt: skip
INTRODUCTION = (
    "We looked at all our research with patient data for the first time, together with our public panel.\n\n"
    "This report is for the panel and for our board. Tell us what you think: panel@northfield.example"
)
LOGO_WORDS = "Northfield Hospitals: a star over a field"
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 96">
<path fill="#2b5d8c" d="M48 6l9 29 29 9-29 9-9 29-9-29-29-9 29-9z"/>
<path fill="#5f8f3c" d="M110 82c30-22 80-22 120 0z"/>
<path fill="#8fb85f" d="M110 58c30-18 80-18 120 0v8c-40-16-90-16-120 0z"/>
</svg>"""


@dataclass(frozen=True)
class Invented:
    """Somebody to sign in as."""

    account_id: str
    name: str
    role: str
    organisation: str


def fill(context: Context) -> bool:
    """Makes the invented organisations, in a database without any; whether it did."""
    with context.database.write() as c:
        if c.rows("SELECT id FROM organisation LIMIT 1"):
            return False
        at = stamp(context.now() - timedelta(days=60))
        staff = [_account(c, name, local, at) for name, local in STAFF]
        c.run(
            "UPDATE account SET staff_at = :at WHERE id IN (:one, :other)",
            at=at,
            one=staff[0],
            other=staff[1],
        )
        places = [_place(c, name, kind, nation, members, at) for name, kind, nation, members in PLACES]
    framework = context.shelf.current(context.shelf.frameworks()[0])
    _finished(context, framework, *places[0])
    _waiting(context, framework, *places[0])
    _half_done(context, framework, *places[1])
    years(context, framework, *places[1])
    network(context, framework, places)
    place, (lead, *_others) = places[0]
    wave(context, framework, place, lead, *staff)
    suggestion(context, framework, places[1][1][1])
    opinions(context, framework, [person for _place, members in places for person in members])
    return True


def people(context: Context) -> list[Invented]:
    """Who can be signed in as, by organisation; those without one last."""
    with context.database.read() as c:
        rows = c.rows(
            "SELECT a.id, a.name, coalesce(m.role, '') AS role, coalesce(o.name, '') AS place FROM account a"
            " LEFT JOIN membership m ON m.account_id = a.id AND m.ended_at IS NULL"
            " LEFT JOIN organisation o ON o.id = m.organisation_id"
            " WHERE a.email LIKE :like AND a.disabled_at IS NULL ORDER BY a.name, a.id",
            like=f"%@{DOMAIN}",
        )
    found = [Invented(row["id"], row["name"], row["role"], row["place"]) for row in rows]
    return sorted(found, key=lambda who: (not who.organisation, who.name))


def sign_in_as(context: Context, account_id: str, browser: str) -> str:
    """Opens a session of an invented person; gives its key. Raises NotFound for anybody else."""
    if account_id not in {person.account_id for person in people(context)}:
        raise NotFound("person")
    with context.database.write() as c:
        return open_session(c, account_id, stamp(context.now()), "demonstration", browser)


def _place(
    c: Connection, name: str, kind: str, nation: str, members: Sequence[tuple[str, str]], at: str
) -> tuple[str, list[str]]:
    place = add_organisation(c, name, kind, nation, at)
    add_event(c, Event("organisation-created", at, None, place, subject=place, after={"name": name}))
    accounts = []
    for person, role in members:
        accounts.append(_account(c, person, person.lower().replace(" ", "."), at))
        add_member(c, place, accounts[-1], role, at)
    return place, accounts


def _account(c: Connection, name: str, local: str, at: str) -> str:
    made = new_id()
    c.run(
        "INSERT INTO account (id, email, name, created_at) VALUES (:id, :email, :name, :at)",
        id=made,
        email=f"{local}@{DOMAIN}",
        name=name,
        at=at,
    )
    add_event(c, Event("account-created", at, made, subject=made))
    return made


def _finished(context: Context, framework: Framework, place: str, people: Sequence[str]) -> None:
    """A whole assessment, sent back once and signed off a week ago, its report with a logo and comments."""
    lead, contributor, approver, _viewer = people
    then = ago(context, days=40)
    set_words(then, place, lead, 0, INTRODUCTION, (), comments=True)
    set_logo(then, place, lead, 1, LOGO, LOGO_WORDS)
    set_up = SetUp(Scope("organisation", "Research with patient data, 2026", "All teams that use it"), ALL)
    made = start(then, place, lead, framework.framework, framework.version, set_up)
    add_person(then, made, contributor, lead)
    for number, criterion in enumerate(framework.criteria[::2]):
        set_owner_of(then, made, criterion.id, (lead, contributor)[number % 2], lead)
    answer_all(ago(context, days=30), made, framework.criteria, (lead, contributor), framework)
    first, second, *_rest = framework.criteria
    comment(ago(context, days=16), made, first.id, approver, "Is this so at both sites?")
    comment(
        ago(context, days=15), made, first.id, contributor, "At the larger one. The other starts in June."
    )
    then = ago(context, days=14)
    submit(then, made, lead, 1, check(then, made).seal, leave=True)
    send_back(
        ago(context, days=12), made, approver, 1, "Say what the survey led to, and look at the first again."
    )
    for criterion in (first, second):
        before = question(context, made, criterion.id, lead).saved
        answer = replace(before.said.answer, level=1, evidence=EVIDENCE[2], reason="", confidence=1)
        save_answer(ago(context, days=11), made, criterion.id, lead, Said(answer), before.changes)
    then = ago(context, days=10)
    submit(then, made, lead, 2, check(then, made).seal, leave=True)
    sign_off(ago(context, days=7), made, approver, 2)


def _waiting(context: Context, framework: Framework, place: str, people: Sequence[str]) -> None:
    """The core criteria of a project, submitted yesterday."""
    lead, contributor, *_others = people
    then = ago(context, days=4)
    set_up = SetUp(Scope("project", "Asthma and air quality", "Together with two schools"), CORE)
    made = start(then, place, lead, framework.framework, framework.version, set_up)
    add_person(then, made, contributor, lead)
    core = framework.core_criteria or framework.criteria
    answer_all(ago(context, days=2), made, core, (contributor, lead), framework)
    then = ago(context, days=1)
    submit(then, made, lead, 1, check(then, made).seal, leave=True)


def _half_done(context: Context, framework: Framework, place: str, people: Sequence[str]) -> None:
    """The core criteria, half of them answered, with owners and a question between colleagues."""
    lead, contributor, _approver = people
    then = ago(context, days=5)
    until = (context.today() + timedelta(days=21)).isoformat()
    set_up = SetUp(Scope("programme", "Linked records programme", "Five projects"), CORE, finish_by=until)
    made = start(then, place, lead, framework.framework, framework.version, set_up)
    add_person(then, made, contributor, lead)
    core = framework.core_criteria or framework.criteria
    half = len(core) // 2
    answer_all(ago(context, days=3), made, core[:half], (lead, contributor), framework)
    for criterion in core[half:]:
        set_owner_of(ago(context, days=2), made, criterion.id, contributor, lead)
    comment(
        ago(context, days=1), made, core[half].id, lead, "Do you have the minutes for this?", [contributor]
    )
