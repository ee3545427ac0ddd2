"""Where the organisation stands beside its peers: what the section says, and that its document holds."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

from pedri_assess.config import data_dir
from pedri_assess.domain import shape
from pedri_assess.domain.edition import Edition, edition_faults
from pedri_assess.domain.peers import PeerFigure, peers_document, peers_from
from pedri_assess.services.reports import improvement_report

from .material import peers, renderer, some_answers, tiny
from .test_editions import page, words
from .test_verifying import outcomes, verified


def test_it_says_what_is_shown_what_is_hidden_and_where_the_organisation_is() -> None:
    told = words(page(Edition(peers=peers())), "r-peers")
    assert (
        "The wave “2026” of benchmarks, published on 24 November 2026, counts at least 15 organisations"
        in told
    )
    assert "1 criterion is hidden: nearly all organisations chose the same level" in told
    for item in peers().figures[:3]:
        level = some_answers().answer(item.criterion).level
        own = "No level" if level is None else tiny().scale[level].label
        assert f"{item.words} {own}" in told
    assert "r-peers" not in page(Edition())


def test_who_is_behind_and_who_is_ahead() -> None:
    name, level = next(
        (name, answer.level)
        for name, answer in some_answers().answers.items()
        if answer.level and answer.level < tiny().top
    )
    most = PeerFigure(name, Fraction(1, 2), Fraction(1), "At least half.")
    behind = replace(peers(), level=level + 1, figures=(most,))
    assert f"and you are not: {name}" in words(page(Edition(peers=behind)), "r-peers")
    ahead = replace(peers(), level=level, figures=(replace(most, low=Fraction(0), high=Fraction(1, 2)),))
    assert f"where it is not shown that half are: {name}" in words(page(Edition(peers=ahead)), "r-peers")


def test_it_travels_with_the_report_and_is_printed_again() -> None:
    pdf = improvement_report(renderer(), tiny(), some_answers(), Edition(peers=peers()))
    assert outcomes(verified(pdf))["Pages"] == "agrees"


def test_its_document_comes_back_and_faults_are_found() -> None:
    schema = json.loads((data_dir("standards") / "report.schema.json").read_text("utf-8"))
    told = json.loads(json.dumps(peers_document(peers())))
    whole = {"format": "pedri-assess/report/1", "release": "0.1.0", "peers": told}
    assert shape.faults(whole, schema) == []
    assert peers_from(told) == peers()
    assert edition_faults({"peers": told}, tiny(), some_answers()) == []
    first = {**told["figures"][0], "criterion": "Z-9", "low": None}
    wrong = {**told, "day": "2026-02-30", "level": 9, "figures": [first]}
    paths = [str(fault).split(": ")[0] for fault in edition_faults({"peers": wrong}, tiny(), some_answers())]
    figure = "$.peers.figures[0]"
    assert paths == ["$.peers.day", "$.peers.level", f"{figure}.criterion", f"{figure}.low"]
