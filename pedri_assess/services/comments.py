"""Comments on a criterion, and telling those who are mentioned in them."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..domain.errors import Incomplete, NotAllowed, NotFound
from ..domain.languages import to_translate
from ..domain.policies import CONTRIBUTOR, VIEWER
from ..domain.times import stamp
from ..store.assessments import Person, assessment, people
from ..store.comments import add_comment, add_mention, comment_of, remove_comment, see
from . import Context
from .assessments import check_in_scope, event, framework_of

NOTHING_WRITTEN = to_translate("Write a comment")


def comment(
    context: Context,
    assessment_id: str,
    criterion: str,
    account_id: str,
    body: str,
    mentioned: Collection[str] = (),
) -> str:
    """A new comment; its id. Mentions those chosen (account ids) and those named in it as @name.

    Who does not see the assessment is not mentioned. Raises NotFound, WrongState in the archive, Incomplete
    where nothing is written.
    """
    if not body.strip():
        raise Incomplete([NOTHING_WRITTEN])
    at = stamp(context.now())
    with context.database.write() as c:
        kept = assessment(c, assessment_id)
        kept.state.check_kept()
        check_in_scope(kept, framework_of(context, kept), criterion)
        made = add_comment(c, assessment_id, criterion, account_id, body, at)
        meant = named(body, may_be_mentioned(people(c, assessment_id)), mentioned) - {account_id}
        for person in sorted(meant):
            add_mention(c, made, person)
        after = {"comment": made, "mentions": sorted(meant)}
        event(c, kept, "comment-added", account_id, at, criterion, after=after)
    return made


def remove(context: Context, assessment_id: str, comment_id: str, account_id: str) -> None:
    """Takes away one's own comment. Raises NotFound, NotAllowed for somebody else's, WrongState."""
    at = stamp(context.now())
    with context.database.write() as c:
        kept, found = assessment(c, assessment_id), comment_of(c, assessment_id, comment_id)
        kept.state.check_kept()
        if found is None:
            raise NotFound("comment")
        if found["account_id"] != account_id:
            raise NotAllowed("comment")
        remove_comment(c, comment_id, at)
        event(c, kept, "comment-removed", account_id, at, found["criterion"], {"comment": comment_id})


def seen(context: Context, assessment_id: str, criterion: str, account_id: str) -> None:
    """Notes that somebody saw the comments on a criterion that mention them; no event, nothing changes."""
    with context.database.write() as c:
        see(c, assessment_id, criterion, account_id, stamp(context.now()))


def may_be_mentioned(everyone: list[Person]) -> list[Person]:
    """Those who can read the comments and answer them."""
    return [
        person
        for person in everyone
        if person.role != VIEWER and (person.role != CONTRIBUTOR or person.takes_part)
    ]


def named(body: str, able: list[Person], mentioned: Collection[str] = ()) -> set[str]:
    """The account ids of those chosen, and of those whose whole name stands after an @."""
    return {
        person.account_id
        for person in able
        if person.account_id in mentioned
        or re.search(rf"(?<!\w)@{re.escape(person.called)}(?!\w)", body, re.IGNORECASE)
    }
