"""Full text of the hub's resources: an index in memory, made with SQLite whichever engine keeps the rest."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database as Tables
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where that is there

MOST_WORDS = 20
COLUMNS = ("title", "publisher", "summary", "labels")
# Word forms of English are one word to it, and so are letters with and without marks, as in Welsh
TOKENS = "porter unicode61 remove_diacritics 2"
# A word in the title says most
_SEARCH = (
    "SELECT t.id, f.rank FROM text_fts f JOIN text t ON t.rowid = f.rowid"
    " WHERE text_fts MATCH :words AND rank MATCH 'bm25(8.0, 3.0, 3.0, 1.0)'"
)
_COUNT = "SELECT count(*) FROM text_fts WHERE text_fts MATCH :words"


class FullText:
    """The index of one process. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tables = _empty()

    def put(self, texts: Iterable[dict[str, str]], gone: Iterable[str]) -> None:
        """Takes in texts, each with an `id` and COLUMNS, in the place of those of the same id."""
        new = list(texts)
        with self._lock, self._tables.atomic():
            for name in {*gone, *(text["id"] for text in new)}:
                self._tables.execute("DELETE FROM text WHERE id = :id", {"id": name})
            self._tables.table("text").insert_all(new)

    def ranks(self, words: str) -> dict[str, float]:
        """The texts that have every word, or one that begins like it: a number for each, the nearest's least.

        Any text may be given: what is no word is left out, and without words nothing is found.
        """
        return dict(self._asked(_SEARCH, words))

    def count(self, words: str) -> int:
        """How many texts there are of that kind."""
        found = self._asked(_COUNT, words)
        return int(found[0][0]) if found else 0

    def _asked(self, sql: str, words: str) -> list[tuple[Any, ...]]:
        asked = query(words)
        if not asked:
            return []
        with self._lock:
            return list(self._tables.execute(sql, {"words": asked}).fetchall())


def words_in(text: str) -> list[str]:
    """The words that are looked for."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))[:MOST_WORDS]


def query(text: str) -> str:
    """What SQLite is asked: each word in quotes, so that no word is an operator to it."""
    return " ".join(f'"{word}"*' for word in words_in(text))


def _empty() -> Tables:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    tables = Tables(connection, execute_plugins=False)
    texts = tables.table("text").create({"id": str, **dict.fromkeys(COLUMNS, str)}, pk="id")
    texts.enable_fts(list(COLUMNS), create_triggers=True, tokenize=TOKENS)
    return tables
