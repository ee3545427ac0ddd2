"""What a page asks of the database does not grow with criteria, colleagues or years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from pedri_assess.domain.assessment import Scope
from pedri_assess.services.answers import question, save_answer
from pedri_assess.services.assessments import overview
from pedri_assess.services.comments import comment
from pedri_assess.services.from_before import befores
from pedri_assess.services.handing_in import check
from pedri_assess.services.my_work import my_work
from pedri_assess.services.set_up import SetUp
from pedri_assess.services.starting_again import start_again
from pedri_assess.store import Connection, Database

from .assessing import Place, said
from .versions import FIRST, SECOND, place, submitted


class Counting:
    """A database that counts the statements that read."""

    def __init__(self, database: Database) -> None:
        self.database, self.asked = database, 0

    @contextmanager
    def read(self) -> Iterator[Any]:
        with self.database.read() as c:
            self.connection: Connection = c
            yield self

    def rows(self, sql: str, /, **values: Any) -> Any:
        self.asked += 1
        return self.connection.rows(sql, **values)


def test_last_year_in_view_costs_no_statement(database: Database) -> None:
    made = place(database, FIRST, SECOND)
    old = submitted(made, {"A": 1, "B": 1})
    key = start_again(made.context, old, 1, "ann", "2", SetUp(Scope("programme", "Again")))
    counting: Any = Counting(database)
    context = replace(made.context, database=counting)
    asked = question(context, key, "R", "ann")
    found = befores(context, asked.assessment, asked.carried)
    assert [item.earlier.criterion for item in found] == ["B"]
    assert counting.asked <= 4
    counting.asked = 0
    assert overview(context, key, "ann").tasks[0].carried
    assert counting.asked <= 3


@pytest.mark.parametrize(
    ("page", "most"),
    [
        (lambda context, key: overview(context, key, "ann"), 3),
        (lambda context, key: question(context, key, "A", "ann"), 4),
        (lambda context, key: check(context, key), 4),
        (lambda context, key: my_work(context, "ann"), 3),
    ],
)
def test_a_page_asks_few_statements(database: Database, page: Callable[..., Any], most: int) -> None:
    place = Place(database)
    key = place.start()
    for name in "ABC":
        save_answer(place.context, key, name, "ann", said(), 0)
        comment(place.context, key, name, "ann", "Hello @Cat")
    counting: Any = Counting(database)
    page(replace(place.context, database=counting), key)
    assert 0 < counting.asked <= most
