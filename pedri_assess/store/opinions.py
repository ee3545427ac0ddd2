"""What people say of criteria, as it is kept: one opinion for each account and criterion of a version."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.opinions import ANSWERS, NOTHING, QUESTIONS, Counted, Opinion
from . import Connection, Row, one

# Of somebody in several organisations one is counted, always the same: there may be more, never fewer
_PLACES = "SELECT x.account_id, min(x.organisation_id) AS place FROM membership x GROUP BY x.account_id"
_OF_VERSION = (
    f" FROM opinion o JOIN ({_PLACES}) m ON m.account_id = o.account_id"
    " WHERE o.framework = :framework AND o.version = :version AND o.said_at < :before"
)
_SUMS = ", ".join(
    f"sum(CASE WHEN o.{question} = '{answer}' THEN 1 ELSE 0 END) AS {question}_{answer}"
    for question in QUESTIONS
    for answer in ANSWERS
)
_WHICH = (
    " WHERE account_id = :account AND framework = :framework AND version = :version"
    " AND criterion = :criterion"
)


@dataclass(frozen=True)
class Mine:
    """An opinion of one's own, with the criterion that it is about."""

    framework: str
    version: str
    criterion: str
    opinion: Opinion
    said_at: str


@dataclass(frozen=True)
class Texts:
    """What one person wrote about a criterion; nobody can see who."""

    criterion: str
    hinders: str
    helps: str


def opinion(c: Connection, account_id: str, framework: str, version: str, criterion: str) -> Opinion:
    """What somebody says of a criterion; an empty one where they say nothing."""
    row = one(
        c,
        f"SELECT clear, relevant, hinders, helps FROM opinion{_WHICH}",  # noqa: S608
        account=account_id,
        framework=framework,
        version=version,
        criterion=criterion,
    )
    return Opinion(**row) if row else NOTHING


def opinions_of(c: Connection, account_id: str) -> list[Mine]:
    """Everything that somebody says, by framework, version and criterion."""
    rows = c.rows(
        "SELECT framework, version, criterion, clear, relevant, hinders, helps, said_at FROM opinion"
        " WHERE account_id = :account ORDER BY framework, version, criterion",
        account=account_id,
    )
    return [
        Mine(row["framework"], row["version"], row["criterion"], _opinion(row), row["said_at"])
        for row in rows
    ]


def put_opinion(
    c: Connection, account_id: str, framework: str, version: str, criterion: str, said: Opinion, at: str
) -> None:
    """Keeps what somebody says, in the place of what they said before; nothing of it where it is empty."""
    which = {"account": account_id, "framework": framework, "version": version, "criterion": criterion}
    if said.empty:
        c.run(f"DELETE FROM opinion{_WHICH}", **which)  # noqa: S608
        return
    c.run(
        "INSERT INTO opinion (account_id, framework, version, criterion, clear, relevant, hinders, helps,"
        " said_at) VALUES (:account, :framework, :version, :criterion, :clear, :relevant, :hinders, :helps,"
        " :at) ON CONFLICT (framework, version, criterion, account_id) DO UPDATE SET clear = excluded.clear,"
        " relevant = excluded.relevant, hinders = excluded.hinders, helps = excluded.helps,"
        " said_at = excluded.said_at",
        **which,
        clear=said.clear,
        relevant=said.relevant,
        hinders=said.hinders,
        helps=said.helps,
        at=at,
    )


def counted(c: Connection, framework: str, version: str, before: str) -> dict[str, Counted]:
    """What was said of each criterion of a version before a moment, exactly; by criterion."""
    rows = c.rows(
        f"SELECT o.criterion, count(*) AS people, count(DISTINCT m.place) AS places, {_SUMS}"
        f"{_OF_VERSION} GROUP BY o.criterion ORDER BY o.criterion",
        framework=framework,
        version=version,
        before=before,
    )
    return {row["criterion"]: _counted(row) for row in rows}


def texts(c: Connection, framework: str, version: str, before: str) -> list[Texts]:
    """What was written about the criteria of a version before a moment, by criterion and then by its words.

    The order says nothing about who wrote it, or when.
    """
    rows = c.rows(
        f"SELECT o.criterion, o.hinders, o.helps{_OF_VERSION} AND (o.hinders <> '' OR o.helps <> '')"
        " ORDER BY o.criterion, o.hinders, o.helps",
        framework=framework,
        version=version,
        before=before,
    )
    return [Texts(**row) for row in rows]


def _opinion(row: Row) -> Opinion:
    return Opinion(row["clear"], row["relevant"], row["hinders"], row["helps"])


def _counted(row: Row) -> Counted:
    counts = {
        question: {answer: int(row[f"{question}_{answer}"]) for answer in ANSWERS} for question in QUESTIONS
    }
    return Counted(row["criterion"], int(row["people"]), int(row["places"]), counts)
