"""What moves a database knows every table, and what tells its rows apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from pedri_assess.store import connect
from pedri_assess.store.moving import KEYS
from pedri_assess.store.schema import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_read_in_the_order_of_its_key(migrated: Path, table: str) -> None:
    database = connect(f"sqlite://{migrated}")
    with database.read() as c:
        rows = c.rows("SELECT name FROM pragma_table_info(:t) WHERE pk > 0 ORDER BY pk", t=table)
    database.close()
    assert KEYS.get(table, ("id",)) == tuple(row["name"] for row in rows)


def test_no_key_is_that_of_a_table_that_is_gone() -> None:
    assert KEYS.keys() <= set(TABLES)
