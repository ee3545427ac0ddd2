"""Every address, for everyone: who is let in, and that others' things are not there. Numbers as in docs/security.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pedri_assess.domain.ids import new_id
from pedri_assess.store.schema import STEPS

from .neighbours import EVERYONE, LOOKING, MEMBERS, SECRET, Ids, Neighbours

TABLE = Path(__file__).with_name("access.txt")
REFUSED = {401, 403, 404}
# What an address names that belongs to an organisation
OWNED = ("organisation", "assessment", "waiting", "done", "invitation", "member", "account", "comment")


@dataclass(frozen=True)
class Line:
    """One line of the table: a method, an address, and the status for each of EVERYONE."""

    method: str
    rule: str
    statuses: tuple[int, ...]

    @property
    def names(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.rule)

    @property
    def owned(self) -> list[str]:
        """What in the address belongs to an organisation."""
        return [name for name in self.names if name in OWNED]

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def lines() -> list[Line]:
    read = [line.split() for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [
        Line(method, rule, tuple(int(status) for status in statuses) * (8 if len(statuses) == 1 else 1))
        for method, rule, *statuses in read
    ]


LINES = lines()
ABOUT_THINGS = [line for line in LINES if line.owned and "first-lead" not in line.rule]
FORMS = [line for line in LINES if line.method == "POST"]
every_line = pytest.mark.parametrize("line", LINES, ids=str)
about_things = pytest.mark.parametrize("line", ABOUT_THINGS, ids=str)


@pytest.fixture(scope="module")
def built(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    return Neighbours(tmp_path_factory.mktemp("neighbours"), migrated)


@pytest.fixture
def street(built: Neighbours) -> Iterator[Neighbours]:
    yield built
    built.reset()


def test_the_table_has_every_route_and_no_other(built: Neighbours) -> None:  # R01
    found = {
        (method, rule.rule)
        for rule in built.town.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    listed = [(line.method, re.sub("<(waiting|done)>", "<assessment>", line.rule)) for line in LINES]
    assert set(listed) == found, "a line for every route belongs in tests/web/access.txt"
    assert len(listed) == len(set(listed))
    assert all(len(line.statuses) == len(EVERYONE) for line in LINES)


@every_line
def test_everyone_gets_what_the_table_says(street: Neighbours, line: Line) -> None:  # R05
    address, before = street.address(line.rule, street.first), street.content()
    for who, status in zip(EVERYONE, line.statuses, strict=True):
        response = street.ask(who, line.method, address)
        assert response.status_code == status, who
        if status in REFUSED:
            assert street.content() == before, f"{who} was refused, and something changed"
        elif line.method == "POST":
            street.reset()
        else:
            before = street.content()
    assert [line.statuses[0]] != [200] or "signed-in" not in line.rule


@about_things
def test_what_belongs_to_others_is_as_if_it_were_not_there(
    street: Neighbours, line: Line
) -> None:  # R02, R03
    before = street.content()
    nothing = street.address(line.rule, {name: new_id() for name in OWNED})
    theirs = street.address(line.rule, street.second)
    for who in (*sorted(MEMBERS), "staff"):
        expected, found = street.ask(who, line.method, nothing), street.ask(who, line.method, theirs)
        assert found.status_code == expected.status_code == 404, who
        assert found.data == expected.data, who
        assert sorted(found.headers) == sorted(expected.headers), who
    assert street.content() == before


@pytest.mark.parametrize("line", [line for line in ABOUT_THINGS if len(line.owned) > 1], ids=str)
def test_an_address_of_ours_with_something_of_theirs_in_it(street: Neighbours, line: Line) -> None:  # R04
    for name in line.owned[1:]:
        mixed = street.address(line.rule, street.first | {name: street.second[name]})
        before = street.content()
        assert street.ask("lead", line.method, mixed).status_code == 404, name
        assert street.content() == before


@pytest.mark.parametrize("line", FORMS, ids=str)
def test_a_form_gives_nothing_but_what_it_is_for(street: Neighbours, line: Line) -> None:  # R07, R08
    before = kept_for_good(street)
    columns = set(re.findall(r"^\s*(\w+) (?:TEXT|\{number\})|, (\w+) TEXT", schema(), re.MULTILINE))
    extra = {name: value_of(name, street.second) for pair in columns for name in pair if name}
    assert {"staff_at", "organisation_id", "account_id", "status", "created_by"} <= extra.keys()
    street.ask("lead", line.method, street.address(line.rule, street.first), **extra)
    assert kept_for_good(street) == before


def value_of(column: str, theirs: Ids) -> str:
    """What an attacker would like to have in a column."""
    wishes = {
        "organisation_id": theirs["organisation"],
        "assessment_id": theirs["assessment"],
        "status": "signed-off",
        "staff_at": "2026-11-24T09:00:00.000000Z",
    }
    return wishes.get(column, theirs["account"] if column.endswith(("_by", "account_id")) else "")


def kept_for_good(street: Neighbours) -> str:
    """What no form of a lead may change: whose things are, who is staff, and all of the other organisation."""
    theirs = street.second
    asked = {
        "SELECT id, staff_at, disabled_at, email FROM account ORDER BY id": {},
        "SELECT id, organisation_id, framework, version, content_hash, created_by, signed_off_by, submitted_by "
        "FROM assessment ORDER BY id": {},
        "SELECT * FROM result ORDER BY assessment_id, revision": {},
        "SELECT * FROM membership WHERE organisation_id = :place ORDER BY id": {
            "place": theirs["organisation"]
        },
        "SELECT * FROM invitation WHERE organisation_id = :place ORDER BY id": {
            "place": theirs["organisation"]
        },
        "SELECT * FROM assessment WHERE organisation_id = :place ORDER BY id": {
            "place": theirs["organisation"]
        },
        "SELECT * FROM participation WHERE account_id = :who ORDER BY assessment_id": {
            "who": theirs["account"]
        },
        "SELECT * FROM answer WHERE assessment_id = :one ORDER BY criterion": {"one": theirs["assessment"]},
        "SELECT * FROM comment WHERE assessment_id = :one ORDER BY id": {"one": theirs["assessment"]},
    }
    with street.town.database.read() as c:
        return json.dumps([c.rows(sql, **given) for sql, given in asked.items()], sort_keys=True)


def schema() -> str:
    return "\n".join(statement for step in STEPS for statement in step.statements)


@pytest.mark.parametrize("who", EVERYONE)
def test_looking_changes_nothing_and_shows_nothing_of_others(
    street: Neighbours, who: str
) -> None:  # R09, R13
    before = street.content(LOOKING | {"rate"})
    for line in LINES:
        if line.method != "GET" or line.rule.endswith("report.pdf"):
            continue
        for method in ("GET", "HEAD", "OPTIONS"):
            for ids in (street.first, street.second):
                response = street.ask(who, method, street.address(line.rule, ids))
                assert response.status_code < 500
                if who not in ("stranger", "staff"):
                    assert SECRET.encode() not in response.data, line
                    assert b"Second trust" not in response.data, line
    assert street.content(LOOKING | {"rate"}) == before


def test_staff_see_names_and_numbers_and_nothing_that_others_wrote(street: Neighbours) -> None:  # R12
    for line in LINES:
        if line.method == "GET" and not line.rule.endswith("report.pdf") and line.rule != "/mail":
            for ids in (street.first, street.second):
                page = street.ask("staff", "GET", street.address(line.rule, ids))
                assert SECRET.encode() not in page.data, line
                assert b"stranger@" not in page.data, line


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "GET", "POST"])
def test_other_methods_are_refused_everywhere(street: Neighbours, method: str) -> None:  # R13
    known = {(line.method, line.rule) for line in LINES}
    same_address = {rule.replace("<waiting>", "<assessment>") for _, rule in known}
    before = street.content()
    for rule in sorted(same_address):
        if (method, rule) not in known and "sign-off" not in rule and "send-back" not in rule:
            address = street.address(rule, street.first)
            headers = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE"}
            response = street.browser("lead").open(address, method=method, headers=headers)
            assert response.status_code == 405, (method, rule)
    assert street.content() == before


@pytest.mark.parametrize("change", ["role", "membership", "part", "closed", "disabled"])
def test_what_was_taken_away_is_gone_with_the_next_request(
    street: Neighbours, change: str
) -> None:  # R06, R25
    who, ids = {"role": "lead", "part": "contributor"}.get(change, "viewer"), street.first
    here = f"/assessments/{ids['assessment']}"
    address = f"{here}/set-up" if change == "role" else here
    assert street.ask(who, "GET", address).status_code == 200
    sql = {
        "role": "UPDATE membership SET role = 'viewer' WHERE account_id = :who",
        "membership": "UPDATE membership SET ended_at = created_at WHERE account_id = :who",
        "part": "DELETE FROM participation WHERE account_id = :who",
        "closed": "UPDATE organisation SET closed_at = created_at WHERE :who <> ''",
        "disabled": "UPDATE account SET disabled_at = created_at WHERE id = :who",
    }
    with street.town.database.write() as c:
        c.run(sql[change], who=street.town.people[who].account_id)
    gone = {"role": 403, "disabled": 303}.get(change, 404)
    assert street.ask(who, "GET", address).status_code == gone


def test_a_report_cannot_be_fetched_by_an_old_link(street: Neighbours) -> None:  # R10
    for name in ("report.pdf", "result.json", "result.csv", "answers.json"):
        link = f"/assessments/{street.first['done']}/result/1/{name}"
        assert street.ask("viewer", "GET", link).status_code == 200
    with street.town.database.write() as c:
        who = street.town.people["viewer"].account_id
        c.run("UPDATE membership SET ended_at = created_at WHERE account_id = :who", who=who)
    for name in ("report.pdf", "result.json", "result.csv", "answers.json"):
        link = f"/assessments/{street.first['done']}/result/1/{name}"
        for other in ("viewer", "stranger", "staff", "outsider"):
            assert street.ask(other, "GET", link).status_code == 404
        assert street.ask("nobody", "GET", link).status_code == 303
