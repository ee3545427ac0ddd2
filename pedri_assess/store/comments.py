"""Comments on criteria, and who is mentioned in them."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import new_id
from . import Connection, Row, one


@dataclass(frozen=True)
class Mention:
    """A comment that mentions somebody who has not seen it yet."""

    comment_id: str
    assessment_id: str
    criterion: str
    body: str
    at: str
    called: str


def add_comment(
    c: Connection, assessment_id: str, criterion: str, account_id: str, body: str, at: str
) -> str:
    """A new comment; its id."""
    comment = new_id()
    c.run(
        "INSERT INTO comment (id, assessment_id, criterion, account_id, body, created_at)"
        " VALUES (:id, :assessment, :criterion, :account, :body, :at)",
        id=comment,
        assessment=assessment_id,
        criterion=criterion,
        account=account_id,
        body=body,
        at=at,
    )
    return comment


def add_mention(c: Connection, comment_id: str, account_id: str) -> None:
    """Notes that a comment mentions somebody."""
    c.run(
        "INSERT INTO mention (comment_id, account_id) VALUES (:comment, :account)"
        " ON CONFLICT (comment_id, account_id) DO NOTHING",
        comment=comment_id,
        account=account_id,
    )


def comment_of(c: Connection, assessment_id: str, comment_id: str) -> Row | None:
    """The criterion and the author of a comment that is still there."""
    return one(
        c,
        "SELECT criterion, account_id FROM comment"
        " WHERE id = :id AND assessment_id = :assessment AND removed_at IS NULL",
        id=comment_id,
        assessment=assessment_id,
    )


def remove_comment(c: Connection, comment_id: str, at: str) -> None:
    """Takes a comment away."""
    c.run("UPDATE comment SET removed_at = :at WHERE id = :id AND removed_at IS NULL", at=at, id=comment_id)


def discussion(c: Connection, assessment_id: str, since: str, until: str) -> list[Row]:
    """The comments of an assessment that are still there, from one moment to another, the oldest first.

    Each has `criterion`, `at`, `account_id` and `body`.
    """
    return c.rows(
        "SELECT criterion, created_at AS at, account_id, body FROM comment WHERE assessment_id = :assessment"
        " AND removed_at IS NULL AND created_at >= :since AND created_at <= :until ORDER BY created_at, id",
        assessment=assessment_id,
        since=since,
        until=until,
    )


def see(c: Connection, assessment_id: str, criterion: str, account_id: str, at: str) -> int:
    """Notes that somebody saw the comments that mention them on a criterion; how many were new."""
    return c.run(
        "UPDATE mention SET seen_at = :at WHERE account_id = :account AND seen_at IS NULL AND comment_id IN"
        " (SELECT id FROM comment WHERE assessment_id = :assessment AND criterion = :criterion)",
        at=at,
        account=account_id,
        assessment=assessment_id,
        criterion=criterion,
    )


def unseen(c: Connection, account_id: str) -> list[Mention]:
    """The comments that mention somebody and that they have not seen, the newest first."""
    rows = c.rows(
        "SELECT k.id, k.assessment_id, k.criterion, k.body, k.created_at, b.name, b.email FROM mention x"
        " JOIN comment k ON k.id = x.comment_id AND k.removed_at IS NULL"
        " JOIN account b ON b.id = k.account_id WHERE x.account_id = :account AND x.seen_at IS NULL"
        " ORDER BY k.created_at DESC, k.id",
        account=account_id,
    )
    return [
        Mention(
            row["id"],
            row["assessment_id"],
            row["criterion"],
            row["body"],
            row["created_at"],
            row["name"] or row["email"],
        )
        for row in rows
    ]
