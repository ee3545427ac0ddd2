"""Publishing standards without a developer, on both engines: faults first, then for ever, known to all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pedri_assess.catalogue import Shelf, load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.errors import Incomplete, InvalidDocument, NotFound, WrongState
from pedri_assess.services import Context
from pedri_assess.services.checking import all_faults, start_faults
from pedri_assess.services.publishing import draft_framework, looked_at, overview, publish, remove, upload
from pedri_assess.store import Database

from .drafts import as_file, next_version
from .people import World

SCHEMAS = load_schemas(data_dir("standards"))


class House(World):
    """A database, and server processes with shelves of their own."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.staff = self.account("staff@example.org", "Sam", staff=True).account_id
        self.here = self.process()

    def process(self) -> Context:
        """Another server process."""
        shelf = Shelf.load([data_dir("standards")], SCHEMAS)
        return replace(self.context, shelf=shelf, schemas=SCHEMAS)

    def bring(self, **more: Any) -> str:
        return upload(self.here, self.staff, as_file(next_version(**more)), "the file")


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


def versions(context: Context) -> list[str]:
    return [framework.version for framework in context.shelf.versions("pedri")]


def test_a_draft_is_published_for_ever_and_every_process_gets_to_know_it(house: House) -> None:
    there = house.process()
    draft = house.bring()
    assert versions(house.here) == ["2025.1", "2023.1"]
    made = publish(house.here, house.staff, draft, " 2026.1 ")
    assert versions(house.here) == ["2026.1", "2025.1", "2023.1"]
    assert house.here.shelf.current("pedri").version == "2026.1"
    document = json.loads(house.here.shelf.document("pedri", "2026.1"))
    assert (document["status"], document["released"]) == ("released", house.here.today().isoformat())
    expected = next_version(status="released", released=document["released"])
    assert document == expected
    there.shelving.look(house.database)
    assert versions(there) == versions(house.here)
    assert made.whole
    later = house.process()
    assert start_faults(later) == []
    assert versions(later) == versions(house.here)
    assert [event["kind"] for event in house.events()] == ["standards-draft-added", "standards-published"]


def test_a_version_that_is_asked_for_is_looked_for_at_once(house: House) -> None:
    publish(house.here, house.staff, house.bring(), "2026.1")
    busy = house.process()
    busy.shelving.look(house.database)
    publish(house.here, house.staff, house.bring(version="2027.1"), "2027.1")
    busy.shelving.look(house.database, ("pedri", "2026.1"))
    assert "2027.1" not in versions(busy)  # it looked a moment ago, and what is wanted is here
    busy.shelving.look(house.database, ("pedri", "2027.1"))
    assert "2027.1" in versions(busy)


def test_what_was_published_cannot_be_changed_by_the_database_itself(house: House) -> None:
    publish(house.here, house.staff, house.bring(), "2026.1")
    for sql in ("UPDATE released_version SET content = ''", "DELETE FROM released_version"):
        with pytest.raises(Exception, match=r"never changed|only added to"), house.database.write() as c:
            c.run(sql)


def test_a_file_with_faults_names_them_all_and_nothing_is_kept(house: House) -> None:
    faulty = next_version(efforts=[])
    faulty["standards"][0]["criteria"][1]["id"] = faulty["standards"][0]["criteria"][0]["id"]
    faulty["standards"][1]["criteria"][0]["from"] = [{"version": "2025.1", "id": "NO-1", "link": "split"}]
    faulty["standards"][2]["criteria"][0]["statment"] = "x"
    with pytest.raises(InvalidDocument) as shape:
        upload(house.here, house.staff, as_file(faulty), "the file")
    assert "did you mean" in "\n".join(shape.value.lines())
    del faulty["standards"][2]["criteria"][0]["statment"]
    with pytest.raises(InvalidDocument) as ids:
        upload(house.here, house.staff, as_file(faulty), "the file")
    assert "is there twice" in "\n".join(ids.value.lines())
    faulty = next_version()
    faulty["standards"][1]["criteria"][0]["from"] = [{"version": "2025.1", "id": "NO-1", "link": "split"}]
    faulty["standards"][1]["criteria"][1]["from"] = [{"version": "1999", "id": "X", "link": "split"}]
    with pytest.raises(InvalidDocument) as mapping:
        upload(house.here, house.staff, as_file(faulty), "the file")
    assert len(mapping.value.lines()) == 2
    for content in (b"", b"{", b"\xff", b"[]", b"null"):
        with pytest.raises(InvalidDocument):
            upload(house.here, house.staff, content, "the file")
    assert overview(house.here) == ([], [])


def test_a_number_is_used_once(house: House) -> None:
    shipped = house.here.shelf.document("pedri", "2025.1")
    with pytest.raises(InvalidDocument, match="there already"):
        upload(house.here, house.staff, shipped, "the file")
    first, second = house.bring(), house.bring(notice="Another text")
    publish(house.here, house.staff, first, "2026.1")
    assert "there already" in looked_at(house.here, second).faults[0]
    with pytest.raises(WrongState):
        publish(house.here, house.staff, second, "2026.1")
    with pytest.raises(WrongState):
        publish(house.here, house.staff, first, "2026.1")
    there = house.process()  # which has not looked yet
    with pytest.raises(WrongState, match="just now"):
        publish(there, house.staff, second, "2026.1")


def test_whoever_publishes_types_the_number(house: House) -> None:
    draft = house.bring()
    for typed in ("", "2026", "yes"):
        with pytest.raises(Incomplete):
            publish(house.here, house.staff, draft, typed)
    assert overview(house.here)[1] == []


def test_differences_effects_and_whose_words_are_there_to_look_at(house: House) -> None:
    looked = looked_at(house.here, house.bring())
    assert looked.faults == ()
    effect = looked.effects[0]
    assert effect.older.version == "2025.1"
    assert effect.comparison.counts()["reworded"] == 1
    assert effect.to_do == {"confirm": 41, "check-wording": 1, "answer": 0}
    assert effect.left_behind == 0
    assert looked.origins is not None
    assert sum(looked.origins.values()) == 42
    assert looked.advice


def test_a_draft_can_be_taken_away_and_previewed(house: House) -> None:
    draft = house.bring()
    assert draft_framework(house.here, draft)[1].version == "2026.1"
    remove(house.here, house.staff, draft)
    for use in (looked_at, draft_framework):
        with pytest.raises(NotFound):
            use(house.here, draft)
    assert overview(house.here) == ([], [])


def test_the_first_version_of_another_framework_can_be_published(house: House) -> None:
    other = next_version(framework="other", version="1")
    for standard in other["standards"]:
        for criterion in standard["criteria"]:
            del criterion["from"]
    draft = upload(house.here, house.staff, as_file(other), "the file")
    assert looked_at(house.here, draft).effects == ()
    publish(house.here, house.staff, draft, "1")
    assert house.here.shelf.frameworks() == ("other", "pedri")


def test_a_published_text_that_was_damaged_stops_the_start_and_is_found_by_the_check(house: House) -> None:
    publish(house.here, house.staff, house.bring(), "2026.1")
    with house.database.write() as c:
        if house.database.engine == "sqlite":
            c.run("DROP TRIGGER released_version_no_update")
        else:
            c.run("ALTER TABLE released_version DISABLE TRIGGER released_version_append_only")
        c.run("UPDATE released_version SET content = content || ' '")
    for faults in (start_faults(house.process()), list(all_faults(house.process()))):
        assert any("its text is not what was published" in fault for fault in faults), faults
    left = house.process()
    left.shelving.look(house.database)
    assert versions(left) == ["2025.1", "2023.1"]
