"""The network as staff see it, on both engines: only what is shared, each look noted and told."""

from __future__ import annotations

from typing import Any, cast

import pytest
from sqlite_utils import Database as Tables
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from pedri_assess.domain.errors import NotFound
from pedri_assess.domain.sharing import STAFF
from pedri_assess.reports.tabular import table_csv
from pedri_assess.services.answers import save_answer
from pedri_assess.services.handing_in import check, send_back, submit
from pedri_assess.services.network_export import criteria_rows, metadata, network_file
from pedri_assess.services.network_view import look_at, network, shared_with_staff
from pedri_assess.services.set_up import start
from pedri_assess.services.sharing import share, sharing_of
from pedri_assess.store import Database
from tests.unit.frameworks import a_criterion, a_framework

from .assessing import AT, FRAMEWORK, SET_UP, Place, said

HOSTILE = '=HYPERLINK("http://x")'


class Network(Place):
    """Several organisations, each with a lead of its own; ann's is the first."""

    def more(self, name: str) -> str:
        with self.database.write() as c:
            c.run(
                "INSERT INTO organisation (id, name, kind, nation, created_at)"
                " VALUES (:id, :id, 'nhs', 'wales', :at)",
                id=name,
                at=AT,
            )
        return name

    def handed_in(self, place: str, level: int) -> str:
        made = start(self.context, place, "ann", "tiny", "1", SET_UP)
        for name in ("A", "B", "C"):
            save_answer(self.context, made, name, "ann", said(level, reason="x", note="for us"), 0)
        submit(self.context, made, "ann", 1, check(self.context, made).seal, leave=True)
        return made

    def share(self, place: str, *, agrees: bool = True) -> None:
        given, nothing = frozenset({STAFF}), frozenset[str]()
        share(self.context, "ann", place, *((nothing, given) if agrees else (given, nothing)))


@pytest.fixture
def shared(database: Database) -> Network:
    found = Network(database)
    for level, place in enumerate(("o", found.more("p"), found.more("q"))):
        found.handed_in(place, level)
        found.share(place)
    return found


def test_only_what_is_shared_and_handed_in_is_summed_up(shared: Network) -> None:
    private = shared.more("private")
    shared.handed_in(private, 3)
    view = network(shared.context, FRAMEWORK).view
    assert (view.organisations, [item.counts for item in view.criteria]) == (3, [(1, 1, 1, 0)] * 3)
    shared.later(minutes=1)
    back = shared.handed_in("o", 3)
    assert network(shared.context, FRAMEWORK).view.criteria[0].counts == (0, 1, 1, 1)  # the newer one speaks
    send_back(shared.context, back, "cat", 1, "Look again")
    assert network(shared.context, FRAMEWORK).view.criteria[0].counts == (1, 1, 1, 0)
    shared.share("q", agrees=False)
    assert (network(shared.context, FRAMEWORK).view.organisations, view.hidden) == (2, ())
    assert network(shared.context, FRAMEWORK).view.criteria == ()
    assert [place[0].organisation_id for place in shared_with_staff(shared.context, "tiny")] == ["o", "p"]


def test_a_look_is_noted_with_what_is_seen_and_told_to_the_organisation(shared: Network) -> None:
    mine = next(
        place[0] for place in shared_with_staff(shared.context, "tiny") if place[0].organisation_id == "o"
    )
    found = look_at(shared.context, "dee", mine.assessment_id, 1)
    assert found.report.assessment.answer("A").reason == "x"
    assert found.report.assessment.answer("A").note == ""
    (look,) = sharing_of(shared.context, "o").looks
    assert (look.called, look.what["scope"], look.what["revision"]) == ("Dee", "Linked data", 1)
    assert sharing_of(shared.context, "p").looks == []
    assert shared.events()[-1] == "result-looked-at"


def test_what_is_not_shared_is_not_there_and_nothing_is_noted(shared: Network) -> None:
    hidden = shared.handed_in(shared.more("private"), 1)
    draft = start(shared.context, "o", "ann", "tiny", "1", SET_UP)
    back = shared.handed_in("o", 1)
    send_back(shared.context, back, "cat", 1, "Again")
    before = len(shared.events())
    for key, revision in ((hidden, 1), (draft, 1), (back, 1), ("nothing", 1)):
        with pytest.raises(NotFound):
            look_at(shared.context, "dee", key, revision)
    shared.share("o", agrees=False)
    mine = next(item for item in shared.events()[before:])
    assert mine == "sharing-ended"


def test_years_are_those_that_have_results(shared: Network) -> None:
    shared.later(days=400)
    for level, place in enumerate(("o", "p", "q")):
        shared.handed_in(place, level + (place == "p"))
    found = network(shared.context, FRAMEWORK)
    assert found.choices == (("2026", "2027"),)
    assert found.cohort
    assert [(item.of, item.up, item.same, item.down) for item in found.cohort.criteria] == [(3, 1, 2, 0)] * 3
    with pytest.raises(NotFound):
        network(shared.context, FRAMEWORK, ("2020", "2021"))


def test_the_file_explains_itself_and_opens_again(shared: Network, tmp_path: Any) -> None:
    path = tmp_path / "network.db"
    path.write_bytes(network_file(shared.context, FRAMEWORK))
    opened = Tables(sqlite3.connect(path), execute_plugins=False)
    assert opened["criterion"].count == 3
    assert [
        row["organisations"] for row in opened.query("SELECT * FROM criterion_level WHERE level < 3")
    ] == [1] * 9
    assert opened["standard"].detect_fts() == "standard_fts"
    assert [row["criterion"] for row in cast(Any, opened["criterion"]).search("statements")] == [
        "A",
        "B",
        "C",
    ]
    assert {key.other_table for key in opened["criterion_level"].foreign_keys} == {"criterion", "level"}
    assert {tuple(index.columns) for index in opened["criterion_gap"].indexes} >= {("criterion",)}
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    described = {(row["table"], row["name"]) for row in opened["about_column"].rows}
    real = [name for name in opened.table_names() if "_fts" not in name and not name.startswith("sqlite_")]
    assert described == {(name, column.name) for name in real for column in opened[name].columns}
    told = {row["name"]: row["words"] for row in opened["about"].rows}
    assert told["license"]
    tables = metadata(shared.context, FRAMEWORK, "network")["databases"]["network"]["tables"]
    assert set(tables) == set(real) - {"about", "about_table", "about_column"}
    assert b"Linked data" not in path.read_bytes()  # nothing of one organisation
    opened.close()


def test_few_are_hidden_in_files_too_and_no_cell_is_a_formula(database: Database) -> None:
    place = Network(
        database, a_framework([a_criterion("A", statement=HOSTILE), a_criterion("B"), a_criterion("C")])
    )
    place.handed_in("o", 2)
    place.share("o")
    rows = list(criteria_rows(network(place.context, place.framework).view))
    assert b",\"'=HYPERLINK(" in table_csv(rows)
    assert [row[3:-1] for row in rows[1:]] == [(None,) * 14] * 3
    assert rows[1][-1] == "hidden: fewer than 3 organisations"
