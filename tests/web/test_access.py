"""Who gets what from every address that is not open to all, in the own and in the other organisation."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from pedri_assess.domain.policies import Policy

from .neighbours import EVERYONE, LOOKING, MEMBERS, SECRET, Ids, Neighbours

# Every address that is not open to all, and what each of EVERYONE gets for those of the first organisation.
# 303 is "sign in first" for nobody and "done" for others, 401 gives what was typed back, 404 does not say
# that there is anything, 403 says that a role is missing, 409 and 422 come from those who may. The last word
# is the kind of assessment that is asked for, where it is not the one in progress.
#    nobody lead contributor outsider approver viewer staff stranger
TABLE = """
GET  303 200 200 200 200 200 200 200  /account
POST 401 422 422 422 422 422 422 422  /account
POST 401 200 200 200 200 200 200 200  /account/calendar
POST 401 303 303 303 303 303 303 303  /account/calendar/end
POST 401 303 303 303 303 303 303 303  /account/plan-letters
POST 401 303 303 303 303 303 303 303  /account/sign-out-everywhere
POST 401 404 404 404 404 404 404 404  /account/single-sign-on
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/again done
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/again done
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/archive
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/bring
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/bring
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/bring/answers.csv
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/bring/answers.xlsx
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/bring/take
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/check
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/criteria/<criterion>
POST 401 303 303 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>
POST 401 422 422 404 422 403 404 404  /assessments/<assessment>/criteria/<criterion>/comments
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>/comments/<comment>/remove
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/criteria/<criterion>/history
POST 401 404 404 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>/history
POST 401 404 404 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>/offered
POST 401 303 303 404 303 303 404 404  /assessments/<assessment>/criteria/<criterion>/opinion
POST 401 303 303 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>/owner
POST 401 409 409 404 403 403 404 404  /assessments/<assessment>/criteria/<criterion>/save
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/from-before again
POST 401 409 409 404 403 403 404 404  /assessments/<assessment>/from-before/<criterion>/confirm again
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/history
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/move older
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/move older
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/panels
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/panels/<panel>
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/change
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/change
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/close
POST 401 404 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/comments/<comment>
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/links
POST 401 404 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/links
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting/end
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting/go
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting/hands
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting/now
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/meeting/result
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/open
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/paper
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/paper/<int:batch>/take-back
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/paper/form.pdf
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/paper/sheets
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/paper/sheets
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/panels/<panel>/response
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/panels/new
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/panels/new
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/people
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/people/<account>/add
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/people/<account>/remove
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/people/invite
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/plan done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/plan/actions/<action> done
POST 401 422 422 404 403 403 404 404  /assessments/<assessment>/plan/actions/<action> done
POST 401 404 403 404 403 403 404 404  /assessments/<assessment>/plan/actions/<action>/put-back done
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/plan/actions/<action>/remove done
POST 401 422 422 404 403 403 404 404  /assessments/<assessment>/plan/actions/<action>/status done
POST 401 403 403 404 409 403 404 404  /assessments/<assessment>/plan/agree done
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/plan/merge done
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/plan/new done
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/plan/new done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/plan/plan.csv done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/plan/proposals done
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/plan/proposals done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/rating
GET  303 404 404 404 404 404 404 404  /assessments/<assessment>/rating/<criterion>
POST 401 404 404 404 403 403 404 404  /assessments/<assessment>/rating/<criterion>
POST 401 404 404 404 403 403 404 404  /assessments/<assessment>/rating/<criterion>/agree
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/rating/stage/close
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/rating/stage/open
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/reopen done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision> done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/answers.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/easy-read done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/easy-read.pdf done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/progress/<kind> done
POST 401 303 303 404 303 303 404 404  /assessments/<assessment>/result/<int:revision>/progress/<kind> done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/report.docx done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/report.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/report.pdf done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/result.csv done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/result.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/<int:revision>/result.xlsx done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/answers.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/easy-read done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/easy-read.pdf done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/report.docx done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/report.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/report.pdf done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/result.csv done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/result.json done
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/result/result.xlsx done
POST 401 403 403 404 422 403 404 404  /assessments/<assessment>/send-back waiting
GET  303 200 403 404 403 403 404 404  /assessments/<assessment>/set-up
POST 401 422 403 404 403 403 404 404  /assessments/<assessment>/set-up
GET  303 403 403 404 200 403 404 404  /assessments/<assessment>/sign-off waiting
POST 401 403 403 404 409 403 404 404  /assessments/<assessment>/sign-off waiting
POST 401 409 403 404 403 403 404 404  /assessments/<assessment>/submit
POST 401 303 403 404 403 403 404 404  /assessments/<assessment>/unarchive
GET  303 200 200 404 200 200 404 404  /assessments/<assessment>/what-if
POST 401 200 200 404 200 200 404 404  /assessments/<assessment>/what-if
GET  303 403 403 403 403 403 200 403  /hub
GET  303 403 403 403 403 403 200 403  /hub/<resource>
POST 401 403 403 403 403 403 422 403  /hub/<resource>
GET  303 403 403 403 403 403 200 403  /hub/<resource>/history
POST 401 403 403 403 403 403 404 403  /hub/<resource>/history
POST 401 403 403 403 403 403 404 403  /hub/<resource>/state
POST 401 403 403 403 403 403 404 403  /hub/<resource>/undo
GET  303 403 403 403 403 403 200 403  /hub/new
POST 401 403 403 403 403 403 422 403  /hub/new
POST 401 303 303 303 303 303 303 303  /invitation/<token>/sign-out
GET  303 403 403 403 403 403 200 403  /learning
GET  303 403 403 403 403 403 200 403  /learning/<framework>/<version>
GET  303 403 403 403 403 403 200 403  /learning/<framework>/<version>/counts.csv
GET  303 403 403 403 403 403 200 403  /learning/<framework>/<version>/texts.csv
GET  303 200 200 200 200 200 200 200  /my-work
GET  303 403 403 403 403 403 200 403  /network-view
GET  303 403 403 403 403 403 200 403  /network-view/<framework>/<version>
GET  303 403 403 403 403 403 200 403  /network-view/<framework>/<version>/criteria.csv
GET  303 403 403 403 403 403 200 403  /network-view/<framework>/<version>/metadata.json
GET  303 403 403 403 403 403 200 403  /network-view/<framework>/<version>/network.db
GET  303 403 403 403 403 403 200 403  /network-view/<framework>/organisations
GET  303 403 403 403 403 403 404 403  /network-view/results/<shared>/<int:revision>
GET  303 200 200 200 200 200 200 200  /opinions
GET  303 200 200 200 200 200 200 200  /organisations
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/assessments/new
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/assessments/new
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>/benchmark
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/everything
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/everything/delete
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/everything/delete
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/everything/organisation.zip
GET  303 403 403 403 403 403 200 403  /organisations/<organisation>/first-lead
POST 401 403 403 403 403 403 422 403  /organisations/<organisation>/first-lead
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/invitations/<invitation>/resend
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/invitations/<invitation>/withdraw
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/invitations/new
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/invitations/new
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>/leave
POST 401 422 303 303 303 303 404 404  /organisations/<organisation>/leave
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/members/<member>
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/members/<member>
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/members/<member>/end
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/report
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/report
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/report/logo
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/report/logo
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>/report/logo/picture
POST 401 409 403 403 403 403 404 404  /organisations/<organisation>/report/logo/remove
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/report/preview
GET  303 200 403 403 403 403 404 404  /organisations/<organisation>/report/preview.pdf
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>/rounds/<round_id>
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/rounds/<round_id>/assessment
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/rounds/<round_id>/decline
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/rounds/<round_id>/take-part
GET  303 200 200 200 200 200 404 404  /organisations/<organisation>/sharing
POST 401 303 403 403 403 403 404 404  /organisations/<organisation>/sharing
POST 401 422 403 403 403 403 404 404  /organisations/<organisation>/sharing/size
GET  303 403 403 403 403 403 200 403  /organisations/new
POST 401 403 403 403 403 403 422 403  /organisations/new
GET  303 403 403 403 403 403 200 403  /publishing
POST 401 403 403 403 403 403 422 403  /publishing
GET  303 403 403 403 403 403 200 403  /publishing/<draft>
GET  303 403 403 403 403 403 200 403  /publishing/<draft>/draft.json
GET  303 403 403 403 403 403 200 403  /publishing/<draft>/preview
GET  303 403 403 403 403 403 200 403  /publishing/<draft>/preview/<criterion>
POST 401 403 403 403 403 403 422 403  /publishing/<draft>/publish
POST 401 403 403 403 403 403 303 403  /publishing/<draft>/remove
GET  303 200 200 200 200 200 200 200  /resources/suggest
POST 401 422 422 422 422 422 422 422  /resources/suggest
GET  303 200 200 200 200 200 200 200  /resources/suggested
POST 401 303 404 404 404 404 404 404  /resources/suggested/<resource>/withdraw
GET  303 403 403 403 403 403 200 403  /rounds
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>/change
POST 401 403 403 403 403 403 422 403  /rounds/<round_id>/change
POST 401 403 403 403 403 403 409 403  /rounds/<round_id>/close
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>/invite
POST 401 403 403 403 403 403 422 403  /rounds/<round_id>/invite
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>/list
POST 401 403 403 403 403 403 422 403  /rounds/<round_id>/list
POST 401 403 403 403 403 403 422 403  /rounds/<round_id>/list/take
POST 401 403 403 403 403 403 303 403  /rounds/<round_id>/open-again
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>/places/<place>/extend
POST 401 403 403 403 403 403 422 403  /rounds/<round_id>/places/<place>/extend
POST 401 403 403 403 403 403 303 403  /rounds/<round_id>/places/<place>/no-extension
POST 401 403 403 403 403 403 303 403  /rounds/<round_id>/places/<place>/withdraw
POST 401 403 403 403 403 403 200 403  /rounds/<round_id>/remind
GET  303 403 403 403 403 403 200 403  /rounds/<round_id>/standings.csv
GET  303 403 403 403 403 403 200 403  /rounds/new
POST 401 403 403 403 403 403 422 403  /rounds/new
POST 401 303 303 303 303 303 403 303  /standards/<framework>/<version>/<criterion>/opinion
GET  303 403 403 403 403 403 200 403  /standing-text
POST 401 403 403 403 403 403 303 403  /standing-text
GET  303 403 403 403 403 403 200 403  /waves
GET  303 403 403 403 403 403 200 403  /waves/<wave>
POST 401 403 403 403 403 403 409 403  /waves/<wave>/approve
POST 401 403 403 403 403 403 409 403  /waves/<wave>/discard
POST 401 403 403 403 403 403 409 403  /waves/<wave>/publish
GET  303 403 403 403 403 403 200 403  /waves/prepare
POST 401 403 403 403 403 403 422 403  /waves/prepare
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]
Line = list[str]


def rule_of(line: Line) -> str:
    return line[1 + len(EVERYONE)]


def ids_of(line: Line, ids: Ids) -> Ids:
    """The ids for a line, with the assessment of its kind."""
    kind = (line[2 + len(EVERYONE) :] or ["assessment"])[0]
    return {**ids, "assessment": ids[kind]}


def private_routes(neighbours: Neighbours) -> Iterator[tuple[str, str]]:
    app = neighbours.town.app
    for rule in app.url_map.iter_rules():
        policy: Policy = app.view_functions[rule.endpoint].policy  # type: ignore[attr-defined]
        if policy.area != "anyone":
            yield from ((method, rule.rule) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_private_address_is_in_the_table(neighbours: Neighbours) -> None:
    assert sorted((line[0], rule_of(line)) for line in LINES) == sorted(private_routes(neighbours))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {rule_of(line)}")
def test_everyone_gets_what_the_table_says(neighbours: Neighbours, line: Line) -> None:  # R01 R02 R05
    method = line[0]
    for who, status in zip(EVERYONE, line[1:], strict=False):
        before = neighbours.content()
        answer = neighbours.ask(
            who, method, neighbours.address(rule_of(line), ids_of(line, neighbours.first))
        )
        assert str(answer.status_code) == status, who
        if answer.status_code in (401, 403, 404):
            assert neighbours.content() == before, f"{who} was refused, and something changed"
        if method == "POST":
            neighbours.reset()


@pytest.mark.parametrize(
    "line", [line for line in LINES if "<organisation>" in rule_of(line) or "<assessment>" in rule_of(line)],
    ids=lambda line: f"{line[0]} {rule_of(line)}",
)  # fmt: skip
def test_what_belongs_to_others_is_as_if_it_were_not_there(neighbours: Neighbours, line: Line) -> None:  # R01
    if rule_of(line).endswith("/first-lead"):
        return  # for PEDRI staff alone: 403 for everybody else, whatever the organisation
    theirs = ids_of(line, neighbours.second)
    nothing = dict.fromkeys(theirs, secrets.token_urlsafe(16))
    before = neighbours.content()
    for who in sorted(MEMBERS | {"staff"}):
        addresses = [neighbours.address(rule_of(line), ids) for ids in (theirs, nothing)]
        answers = [neighbours.ask(who, line[0], address) for address in addresses]
        assert [answer.status_code for answer in answers] == [404, 404], who
        # The page leads to itself in other languages: by the address that was asked for, and nothing else
        said = [unquote(answer.text).replace(to, "…") for answer, to in zip(answers, addresses, strict=True)]
        assert said[0] == said[1]
        assert SECRET.encode() not in answers[0].data
    assert neighbours.content() == before


@pytest.mark.parametrize(
    "part", ["criteria/EDI-3/comments/{comment}/remove", "people/{account}/add", "people/{account}/remove"]
)
def test_ids_of_others_in_ones_own_address_are_not_found(neighbours: Neighbours, part: str) -> None:  # R02
    before = neighbours.content()
    address = f"/assessments/{neighbours.first['assessment']}/{part.format(**neighbours.second)}"
    answer = neighbours.ask("lead", "POST", address)
    assert answer.status_code == 404 or neighbours.content() == before
    neighbours.reset()


def test_no_page_of_ones_own_has_a_word_of_others(neighbours: Neighbours) -> None:  # R09
    for line in LINES:
        if line[0] == "GET":
            for who in sorted(MEMBERS):
                address = neighbours.address(rule_of(line), ids_of(line, neighbours.first))
                assert SECRET.encode() not in neighbours.ask(who, "GET", address).data, (who, address)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"])
def test_other_methods_do_nothing(neighbours: Neighbours, method: str) -> None:  # R13
    before = neighbours.content()
    for line in LINES:
        address = neighbours.address(rule_of(line), ids_of(line, neighbours.first))
        answer = neighbours.browser("lead").open(address, method=method)
        assert answer.status_code in ((200, 403) if method == "OPTIONS" else (405,)), address
    assert neighbours.content() == before


def test_a_result_is_gone_with_the_membership(neighbours: Neighbours) -> None:  # R10
    done = f"/assessments/{neighbours.first['done']}/result/1"
    assert neighbours.ask("viewer", "GET", f"{done}/report.pdf").status_code == 200
    neighbours.ask("viewer", "POST", f"/organisations/{neighbours.town.place}/leave")
    files = (
        "report.pdf",
        "report.docx",
        "easy-read",
        "easy-read.pdf",
        "result.json",
        "answers.json",
        "result.csv",
        "result.xlsx",
        "report.json",
    )
    for address in (done, *(f"{done}/{file}" for file in files)):
        assert neighbours.ask("viewer", "GET", address).status_code == 404
    neighbours.reset()


def test_the_lead_of_the_other_organisation_sees_their_own(neighbours: Neighbours) -> None:
    for line in LINES:
        if line[0] == "GET" and "<assessment>" in rule_of(line):
            address = neighbours.address(rule_of(line), ids_of(line, neighbours.second))
            assert str(neighbours.ask("stranger", "GET", address).status_code) == line[2], address


def test_looking_changes_nothing(neighbours: Neighbours) -> None:  # R13
    without = LOOKING | {"rate"}
    before = neighbours.content(without)
    for line in LINES:
        if line[0] == "GET":
            for who in EVERYONE:
                address = neighbours.address(rule_of(line), ids_of(line, neighbours.first))
                neighbours.ask(who, "GET", address)
    assert neighbours.content(without) == before


def test_a_form_without_the_token_of_the_session_changes_nothing(neighbours: Neighbours) -> None:  # R56
    before = neighbours.content()
    for line in LINES:
        if line[0] == "POST":
            address = neighbours.address(rule_of(line), ids_of(line, neighbours.first))
            for token in ("", "x" * 64, neighbours.tokens["approver"]):
                answer = neighbours.ask("lead", "POST", address, csrf_token=token)
                assert answer.status_code == 400, address
    assert neighbours.content() == before
