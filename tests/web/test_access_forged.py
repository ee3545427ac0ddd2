"""Forged addresses and forms, and rights that have just been taken away. Numbers as in docs/security.md."""

from __future__ import annotations

import json
import re

import pytest

from pedri_assess.store.schema import STEPS

from .neighbours import SECRET, Ids, Neighbours
from .test_access import LINES, Line, ids_of, rule_of

OWNED = ("invitation", "member", "account", "comment")
WITH_TWO = [line for line in LINES if any(f"<{name}>" in rule_of(line) for name in OWNED)]
FORMS = [line for line in LINES if line[0] == "POST"]


@pytest.fixture
def street(neighbours: Neighbours) -> Neighbours:
    neighbours.reset()
    return neighbours


def named(line: Line) -> str:
    return f"{line[0]} {rule_of(line)}"


@pytest.mark.parametrize("line", WITH_TWO, ids=named)
def test_an_id_of_others_within_ones_own_address_is_not_there(street: Neighbours, line: Line) -> None:  # R04
    before = street.content()
    for name in OWNED:
        if f"<{name}>" in rule_of(line):
            mixed = street.address(rule_of(line), ids_of(line, street.first | {name: street.second[name]}))
            # Ending a part that nobody has is no news
            done = 303 if rule_of(line).endswith("/<account>/remove") else 404
            assert street.ask("lead", line[0], mixed).status_code == done
    assert street.content() == before


@pytest.mark.parametrize("line", FORMS, ids=named)
def test_more_fields_than_a_form_has_do_nothing(street: Neighbours, line: Line) -> None:  # R07 R08
    before = kept_for_good(street)
    columns = set(re.findall(r"(\w+) (?:TEXT|\{number\})", "".join("".join(s.statements) for s in STEPS)))
    assert {"staff_at", "organisation_id", "status", "created_by", "revision"} <= columns
    usual = {"criterion", "role", "name", "email"}  # fields that forms do have
    extra = {name: wish(name, street.second) for name in columns - usual}
    street.ask("lead", line[0], street.address(rule_of(line), ids_of(line, street.first)), **extra)
    assert kept_for_good(street) == before


def wish(column: str, theirs: Ids) -> str:
    """What an attacker would like to have in a column."""
    wishes = {"organisation_id": theirs["organisation"], "assessment_id": theirs["assessment"]}
    if column.endswith(("_by", "account_id")):
        return theirs["account"]
    return wishes.get(column, "signed-off" if column == "status" else "2026-11-24T09:00:00.000000Z")


def kept_for_good(street: Neighbours) -> str:
    """What no form of a lead may change: whose things are, who is staff, all of the other organisation."""
    theirs = street.second
    asked = (
        "SELECT id, staff_at, disabled_at, email FROM account ORDER BY id",
        "SELECT id, organisation_id, framework, version, created_by FROM assessment ORDER BY id",
        "SELECT * FROM result ORDER BY assessment_id, revision",
        "SELECT * FROM identity ORDER BY issuer, subject",
        "SELECT * FROM membership WHERE organisation_id = :organisation ORDER BY id",
        "SELECT * FROM invitation WHERE organisation_id = :organisation ORDER BY id",
        "SELECT * FROM assessment WHERE organisation_id = :organisation ORDER BY id",
        "SELECT * FROM participation WHERE account_id = :account ORDER BY assessment_id",
        "SELECT * FROM answer WHERE assessment_id = :assessment ORDER BY criterion",
        "SELECT * FROM comment WHERE assessment_id = :assessment ORDER BY id",
    )
    with street.town.database.read() as c:
        rows = [c.rows(sql, **{name: theirs[name] for name in re.findall(r":(\w+)", sql)}) for sql in asked]
    return json.dumps(rows, sort_keys=True)


@pytest.mark.parametrize("change", ["role", "membership", "part", "closed", "disabled", "session"])
def test_what_was_taken_away_is_gone_with_the_next_request(
    street: Neighbours, change: str
) -> None:  # R06 R25
    who, here = {"role": "lead", "part": "contributor"}.get(change, "viewer"), street.first["assessment"]
    address = f"/assessments/{here}/set-up" if change == "role" else f"/assessments/{here}"
    assert street.ask(who, "GET", address).status_code == 200
    sql = {
        "role": "UPDATE membership SET role = 'viewer' WHERE account_id = :who",
        "membership": "UPDATE membership SET ended_at = created_at WHERE account_id = :who",
        "part": "DELETE FROM participation WHERE account_id = :who",
        "closed": "UPDATE organisation SET closed_at = created_at WHERE :who <> ''",
        "disabled": "UPDATE account SET disabled_at = created_at WHERE id = :who",
        "session": "UPDATE session SET revoked_at = created_at WHERE account_id = :who",
    }
    with street.town.database.write() as c:
        c.run(sql[change], who=street.town.people[who].account_id)
    gone = {"role": 403, "disabled": 303, "session": 303}.get(change, 404)
    assert street.ask(who, "GET", address).status_code == gone


def test_staff_see_names_and_numbers_and_nothing_that_people_wrote(street: Neighbours) -> None:  # R12
    for line in LINES:
        # What members suggest for the hub they say to the staff
        if line[0] == "GET" and not rule_of(line).startswith("/hub"):
            for ids in (street.first, street.second):
                page = street.ask("staff", "GET", street.address(rule_of(line), ids_of(line, ids)))
                for words in (SECRET, "quokka", "stranger@", "viewer@"):
                    assert words.encode() not in page.data, (rule_of(line), words)


def test_a_form_cannot_be_sent_by_opening_its_address(street: Neighbours) -> None:  # R13
    pages = {rule_of(line) for line in LINES if line[0] == "GET"}
    before = street.content()
    for line in FORMS:
        if rule_of(line) not in pages:
            address = street.address(rule_of(line), ids_of(line, street.first))
            for method in ("GET", "HEAD"):
                headers = {"X-HTTP-Method-Override": "POST", "X-CSRF-Token": street.tokens["lead"]}
                answer = street.browser("lead").open(address, method=method, headers=headers)
                assert answer.status_code == 405, (method, address)
    assert street.content() == before
