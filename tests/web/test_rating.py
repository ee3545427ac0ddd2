"""Rating alone in the pages: nothing of another's rating anywhere while it lasts, then agreeing."""

from __future__ import annotations

import re

from pedri_assess.services.kept_reports import KINDS
from pedri_assess.services.rating import open_rating, rate
from pedri_assess.store.rating import Rated

from .pages import parsed
from .people import Town, csrf_token

HIDDEN = "mauve-elephant"
CRITERION = "EDI-3"


def post(town: Town, by: str, address: str, /, **fields: object) -> int:
    client = town.client(by)
    token = csrf_token(client)
    return client.post(address, data={"csrf_token": token, **fields}).status_code


def test_no_page_shows_the_rating_of_another_while_it_lasts(town: Town) -> None:
    key = town.assessment()
    context, lead = town.app.extensions["pedri-assess"].context, town.people["lead"].account_id
    open_rating(context, key, lead)
    rate(context, key, Rated(CRITERION, lead, "", 3, HIDDEN, HIDDEN), 0)
    ids = {"assessment": key, "criterion": CRITERION, "revision": "1", "kind": next(iter(KINDS))}
    rules = [
        rule
        for rule in town.app.url_map.iter_rules()
        if rule.rule.startswith("/assessments/<assessment>") and "GET" in (rule.methods or set())
    ]
    seen = 0
    for who in ("contributor", "approver", "viewer", "lead"):
        browser = town.client(who)
        for rule in rules:
            if rule.arguments - ids.keys():
                continue
            asked = {name: ids[name] for name in rule.arguments}
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found, at=asked: at[found[1]], rule.rule)
            answer = browser.get(address)
            seen += answer.status_code == 200
            own = who == "lead" and address.endswith(f"/rating/{CRITERION}")
            assert (HIDDEN.encode() in answer.data) is own, (who, address)
    assert seen > 30
    page = parsed(town.client("contributor").get(f"/assessments/{key}/rating/{CRITERION}").text)
    assert [item for item in page.iter("input") if item.get("type") == "radio"]
    assert not [item for item in page.iter("input") if "checked" in item.attrib]
    for name in ("/my-work", f"/organisations/{town.place}"):
        assert HIDDEN not in town.client("contributor").get(name).text


def test_two_rate_a_lead_ends_it_and_wide_ratings_are_discussed_first(town: Town) -> None:
    key = town.assessment()
    home = f"/assessments/{key}/rating"
    assert post(town, "lead", f"{home}/stage/open") == 303
    assert (
        post(town, "contributor", f"/assessments/{key}/criteria/{CRITERION}/save", changes=0, choice="1")
        == 409
    )
    assert post(town, "lead", f"{home}/{CRITERION}", level="9") == 422
    assert post(town, "lead", f"{home}/{CRITERION}", level="3", changes=0) == 422  # needs a reason
    assert post(town, "lead", f"{home}/{CRITERION}", level="3", reason="<b>all</b>", changes=0) == 303
    assert post(town, "lead", f"{home}/{CRITERION}", level="2", reason="less", changes=0) == 409
    assert post(town, "contributor", f"{home}/{CRITERION}", level="0", changes=0) == 303
    assert post(town, "contributor", f"{home}/{CRITERION}/agree", level="1") == 409
    assert post(town, "contributor", f"{home}/stage/close") == 403
    assert post(town, "lead", f"{home}/stage/close") == 303
    page = town.client("contributor").get(f"{home}/{CRITERION}").text
    assert "&lt;b&gt;all&lt;/b&gt;" in page
    who = town.people["lead"].account_id
    assert post(town, "contributor", f"{home}/{CRITERION}/agree", level="1", who=who) == 422  # no discussion
    agreed = {"level": "1", "discussion": "We met", "minority": "One sees more"}
    assert post(town, "contributor", f"{home}/{CRITERION}/agree", **agreed) == 422  # nobody agreed
    assert post(town, "contributor", f"{home}/{CRITERION}/agree", who=who, **agreed) == 303
    shown = town.client("viewer").get(f"{home}/{CRITERION}").text
    assert "One sees more" in shown
    assert "Answered" in town.client("viewer").get(f"/assessments/{key}").text
