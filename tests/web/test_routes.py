"""Every address: the list of them, who may use each, and what each does with the wrong method."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pedri_assess.config import Config, data_dir
from pedri_assess.domain import policies as rules
from pedri_assess.domain.policies import Policy
from pedri_assess.web.app import create_app

from .pages import KEY

NAMED = {rule for rule in vars(rules).values() if isinstance(rule, Policy)}

# Written by hand: an address that appears, disappears or takes another method is a decision
ROUTES = """
GET      /
GET      /about
GET      /accessibility
GET,POST /account
POST     /account/calendar
POST     /account/calendar/end
POST     /account/plan-letters
POST     /account/sign-out-everywhere
POST     /account/single-sign-on
GET      /assessments/<assessment>
GET,POST /assessments/<assessment>/again
POST     /assessments/<assessment>/archive
GET,POST /assessments/<assessment>/bring
GET      /assessments/<assessment>/bring/answers.csv
GET      /assessments/<assessment>/bring/answers.xlsx
POST     /assessments/<assessment>/bring/take
GET      /assessments/<assessment>/check
GET,POST /assessments/<assessment>/criteria/<criterion>
POST     /assessments/<assessment>/criteria/<criterion>/comments
POST     /assessments/<assessment>/criteria/<criterion>/comments/<comment>/remove
GET,POST /assessments/<assessment>/criteria/<criterion>/history
POST     /assessments/<assessment>/criteria/<criterion>/offered
POST     /assessments/<assessment>/criteria/<criterion>/opinion
POST     /assessments/<assessment>/criteria/<criterion>/owner
POST     /assessments/<assessment>/criteria/<criterion>/save
GET      /assessments/<assessment>/from-before
POST     /assessments/<assessment>/from-before/<criterion>/confirm
GET      /assessments/<assessment>/history
GET,POST /assessments/<assessment>/move
GET      /assessments/<assessment>/panels
GET      /assessments/<assessment>/panels/<panel>
GET,POST /assessments/<assessment>/panels/<panel>/change
POST     /assessments/<assessment>/panels/<panel>/close
POST     /assessments/<assessment>/panels/<panel>/comments/<comment>
GET,POST /assessments/<assessment>/panels/<panel>/links
GET,POST /assessments/<assessment>/panels/<panel>/meeting
POST     /assessments/<assessment>/panels/<panel>/meeting/end
POST     /assessments/<assessment>/panels/<panel>/meeting/go
POST     /assessments/<assessment>/panels/<panel>/meeting/hands
GET      /assessments/<assessment>/panels/<panel>/meeting/now
POST     /assessments/<assessment>/panels/<panel>/meeting/result
POST     /assessments/<assessment>/panels/<panel>/open
GET      /assessments/<assessment>/panels/<panel>/paper
POST     /assessments/<assessment>/panels/<panel>/paper/<int:batch>/take-back
GET      /assessments/<assessment>/panels/<panel>/paper/form.pdf
GET,POST /assessments/<assessment>/panels/<panel>/paper/sheets
POST     /assessments/<assessment>/panels/<panel>/response
GET,POST /assessments/<assessment>/panels/new
GET      /assessments/<assessment>/people
POST     /assessments/<assessment>/people/<account>/add
POST     /assessments/<assessment>/people/<account>/remove
POST     /assessments/<assessment>/people/invite
GET      /assessments/<assessment>/plan
GET,POST /assessments/<assessment>/plan/actions/<action>
POST     /assessments/<assessment>/plan/actions/<action>/put-back
POST     /assessments/<assessment>/plan/actions/<action>/remove
POST     /assessments/<assessment>/plan/actions/<action>/status
POST     /assessments/<assessment>/plan/agree
POST     /assessments/<assessment>/plan/merge
GET,POST /assessments/<assessment>/plan/new
GET      /assessments/<assessment>/plan/plan.csv
GET,POST /assessments/<assessment>/plan/proposals
GET      /assessments/<assessment>/rating
GET,POST /assessments/<assessment>/rating/<criterion>
POST     /assessments/<assessment>/rating/<criterion>/agree
POST     /assessments/<assessment>/rating/stage/close
POST     /assessments/<assessment>/rating/stage/open
POST     /assessments/<assessment>/reopen
GET      /assessments/<assessment>/result
GET      /assessments/<assessment>/result/<int:revision>
GET      /assessments/<assessment>/result/<int:revision>/answers.json
GET      /assessments/<assessment>/result/<int:revision>/easy-read
GET      /assessments/<assessment>/result/<int:revision>/easy-read.pdf
GET,POST /assessments/<assessment>/result/<int:revision>/progress/<kind>
GET      /assessments/<assessment>/result/<int:revision>/report.docx
GET      /assessments/<assessment>/result/<int:revision>/report.json
GET      /assessments/<assessment>/result/<int:revision>/report.pdf
GET      /assessments/<assessment>/result/<int:revision>/result.csv
GET      /assessments/<assessment>/result/<int:revision>/result.json
GET      /assessments/<assessment>/result/<int:revision>/result.xlsx
GET      /assessments/<assessment>/result/answers.json
GET      /assessments/<assessment>/result/easy-read
GET      /assessments/<assessment>/result/easy-read.pdf
GET      /assessments/<assessment>/result/report.docx
GET      /assessments/<assessment>/result/report.json
GET      /assessments/<assessment>/result/report.pdf
GET      /assessments/<assessment>/result/result.csv
GET      /assessments/<assessment>/result/result.json
GET      /assessments/<assessment>/result/result.xlsx
POST     /assessments/<assessment>/send-back
GET,POST /assessments/<assessment>/set-up
GET,POST /assessments/<assessment>/sign-off
POST     /assessments/<assessment>/submit
POST     /assessments/<assessment>/unarchive
GET,POST /assessments/<assessment>/what-if
GET      /calendar/<token>.ics
GET      /changes/<framework>/<old>/<new>
GET,POST /check-a-report
GET      /check-a-report/keys.json
GET,POST /demonstration
GET      /healthz
GET      /hub
GET,POST /hub/<resource>
GET,POST /hub/<resource>/history
POST     /hub/<resource>/state
POST     /hub/<resource>/undo
GET,POST /hub/new
GET,POST /invitation/<token>
POST     /invitation/<token>/sign-out
GET,POST /join
GET      /join/<code>
GET      /learning
GET      /learning/<framework>/<version>
GET      /learning/<framework>/<version>/counts.csv
GET      /learning/<framework>/<version>/texts.csv
GET,POST /letters/<token>
GET      /mail
GET      /my-work
GET      /network
GET      /network-view
GET      /network-view/<framework>/<version>
GET      /network-view/<framework>/<version>/criteria.csv
GET      /network-view/<framework>/<version>/metadata.json
GET      /network-view/<framework>/<version>/network.db
GET      /network-view/<framework>/organisations
GET      /network-view/results/<shared>/<int:revision>
GET      /network/<wave>
GET      /network/<wave>/data.csv
GET      /network/<wave>/release.json
GET      /opinions
GET      /organisations
GET      /organisations/<organisation>
GET,POST /organisations/<organisation>/assessments/new
GET      /organisations/<organisation>/benchmark
GET      /organisations/<organisation>/everything
GET,POST /organisations/<organisation>/everything/delete
GET      /organisations/<organisation>/everything/organisation.zip
GET,POST /organisations/<organisation>/first-lead
POST     /organisations/<organisation>/invitations/<invitation>/resend
POST     /organisations/<organisation>/invitations/<invitation>/withdraw
GET,POST /organisations/<organisation>/invitations/new
GET,POST /organisations/<organisation>/leave
GET,POST /organisations/<organisation>/members/<member>
POST     /organisations/<organisation>/members/<member>/end
GET,POST /organisations/<organisation>/report
GET,POST /organisations/<organisation>/report/logo
GET      /organisations/<organisation>/report/logo/picture
POST     /organisations/<organisation>/report/logo/remove
GET      /organisations/<organisation>/report/preview
GET      /organisations/<organisation>/report/preview.pdf
GET      /organisations/<organisation>/rounds/<round_id>
POST     /organisations/<organisation>/rounds/<round_id>/assessment
POST     /organisations/<organisation>/rounds/<round_id>/decline
POST     /organisations/<organisation>/rounds/<round_id>/take-part
GET,POST /organisations/<organisation>/sharing
POST     /organisations/<organisation>/sharing/size
GET,POST /organisations/new
GET,POST /panel/<token>
GET      /panel/<token>/end
GET,POST /panel/<token>/meeting
POST     /panel/<token>/meeting/answers
GET      /panel/<token>/meeting/now
POST     /panel/<token>/next-person
GET,POST /panel/<token>/questions/<int:number>
POST     /panel/<token>/withdraw
GET      /privacy
GET,POST /publishing
GET      /publishing/<draft>
GET      /publishing/<draft>/draft.json
GET      /publishing/<draft>/preview
GET      /publishing/<draft>/preview/<criterion>
POST     /publishing/<draft>/publish
POST     /publishing/<draft>/remove
GET,POST /quick-check
GET,POST /quick-check/<criterion>
POST     /quick-check/answers/answers.json
GET,POST /quick-check/answers/clear
GET,POST /quick-check/answers/easy-read
POST     /quick-check/answers/easy-read.pdf
POST     /quick-check/answers/report.docx
POST     /quick-check/answers/report.pdf
GET,POST /quick-check/answers/result
POST     /quick-check/answers/result.csv
POST     /quick-check/answers/result.json
POST     /quick-check/answers/result.xlsx
GET,POST /quick-check/answers/set-up
GET,POST /quick-check/answers/tasks
GET      /resources
GET      /resources/<resource>
GET,POST /resources/suggest
GET      /resources/suggested
POST     /resources/suggested/<resource>/withdraw
GET      /rounds
GET      /rounds/<round_id>
GET,POST /rounds/<round_id>/change
POST     /rounds/<round_id>/close
GET,POST /rounds/<round_id>/invite
GET,POST /rounds/<round_id>/list
POST     /rounds/<round_id>/list/take
POST     /rounds/<round_id>/open-again
GET,POST /rounds/<round_id>/places/<place>/extend
POST     /rounds/<round_id>/places/<place>/no-extension
POST     /rounds/<round_id>/places/<place>/withdraw
POST     /rounds/<round_id>/remind
GET      /rounds/<round_id>/standings.csv
GET,POST /rounds/new
GET,POST /sign-in
POST     /sign-in/code
GET,POST /sign-in/link/<token>
GET      /sign-in/sent
GET,POST /sign-in/single
GET      /sign-in/single/return
POST     /sign-out
GET      /signed-out
GET      /standards
GET      /standards/<framework>/<version>
GET      /standards/<framework>/<version>.json
GET      /standards/<framework>/<version>/<criterion>
POST     /standards/<framework>/<version>/<criterion>/opinion
GET,POST /standing-text
GET      /static/<path:filename>
GET      /waves
GET      /waves/<wave>
POST     /waves/<wave>/approve
POST     /waves/<wave>/discard
POST     /waves/<wave>/publish
GET,POST /waves/prepare
"""

ADDRESSES = [
    "/", "/about", "/accessibility", "/changes/pedri/2023.1/2025.1", "/check-a-report",
    "/check-a-report/keys.json", "/healthz", "/privacy", "/quick-check", "/quick-check/answers/clear",
    "/standards", "/standards/pedri/2025.1", "/standards/pedri/2025.1.json", "/standards/pedri/2025.1/EDI-1",
    "/static/css/app.css",
]  # fmt: skip


def test_the_list_of_addresses(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    found = "".join(f"{','.join(sorted(methods[rule])):9}{rule}\n" for rule in sorted(methods))
    assert "\n" + found == ROUTES


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    policies = {name: getattr(view, "policy", None) for name, view in app.view_functions.items()}
    assert {name for name, policy in policies.items() if not isinstance(policy, Policy)} == set()
    assert set(policies.values()) <= NAMED


def test_a_view_that_does_not_say_is_refused() -> None:
    app = create_app(Config(secret_key=KEY, standards_folders=(data_dir("standards"),)))
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    response = app.test_client().get("/forgotten")
    assert response.status_code == 403
    assert b"secret" not in response.data


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_answers_get_head_and_options_alike(client: FlaskClient, address: str) -> None:
    got, head, options = client.get(address), client.head(address), client.options(address)
    assert got.status_code == head.status_code == options.status_code == 200
    assert head.data == b""
    assert {"GET", "HEAD", "OPTIONS"} <= set(options.headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "QUERY"])
@pytest.mark.parametrize("address", [*ADDRESSES, "/quick-check/EDI-3", "/quick-check/answers/report.pdf"])
def test_other_methods_get_a_page_and_the_list_of_those_allowed(
    client: FlaskClient, address: str, method: str
) -> None:
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert "OPTIONS" in response.headers["Allow"]
    assert b"cannot be used like that" in response.data


def test_a_method_in_a_header_changes_nothing(client: FlaskClient) -> None:
    response = client.post("/", headers={"X-HTTP-Method-Override": "GET"})
    assert response.status_code == 405


@pytest.mark.parametrize(
    "address",
    [
        "/nothing", "/standards/", "/standards/pedri", "/standards/pedri/9", "/standards/nothing/2025.1",
        "/standards/pedri/2025.1/NO-1", "/standards/pedri/2025.1/EDI-1/x", "/standards/pedri/9.json",
        "/changes/pedri/2023.1/9", "/changes/pedri/2023.1", "/standards/../wsgi.py",
        "/standards/..%2f..%2fetc", "/static/", "/static/../wsgi.py", "/static/..%2fwsgi.py", "/static/css",
        "/.git/config", "/.env", "/console", "/metrics", "/wsgi.py", "/quick-check/answers/nothing",
        "/quick-check/EDI-3/x", "/%00", "/%ff", "/a%0d%0ab", "/standards/pedri/2025.1%00",
        "/quick-check/%3Cscript%3E",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert b"<script>alert" not in response.data
