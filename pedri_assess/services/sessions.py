"""Sessions: opened by signing in, ended by time, by signing out, or with the account."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from ..domain.ids import new_id
from ..domain.policies import Access, Actor
from ..domain.times import moment, stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.sessions import (
    Session,
    access_to_assessment,
    access_to_organisation,
    add_session,
    end_session,
    end_sessions,
    find_session,
    sessions_of,
    touch_session,
)
from . import Context

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
LATELY = timedelta(minutes=15)
NOTED_EVERY = timedelta(minutes=1)  # a session in use is not written with every request
MOST_BROWSER = 200  # characters of what a browser says it is


@dataclass(frozen=True)
class Entry:
    """Who came, how they stand to what the address names, and when they last showed who they are."""

    actor: Actor | None = None
    access: Access | None = None
    proved_at: str = ""


def hashed(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(
    c: Connection, account_id: str, at: str, how: str, browser: str, *, proved_at: str | None = ""
) -> str:
    """Signs an account in, in a transaction that is under way; gives the session's key.

    `proved_at` is when the person last showed who they are: just now, unless said; None where nobody knows.
    """
    token = secrets.token_urlsafe(32)
    add_session(c, hashed(token), account_id, at, at if proved_at == "" else proved_at)
    c.run(
        "INSERT INTO sign_in (id, account_id, how, browser, at) VALUES (:id, :account, :how, :browser, :at)",
        id=new_id(),
        account=account_id,
        how=how,
        browser=browser[:MOST_BROWSER],
        at=at,
    )
    add_event(c, Event("signed-in", at, account_id, after={"how": how}))
    return token


def enter(
    context: Context, token: str, organisation: str | None, assessment: str | None, *, by_hand: bool
) -> Entry:
    """Who has this session key, and how they stand to an organisation or an assessment.

    Two statements at most, and one write a minute. `by_hand` is False for what a page sends by itself: that
    does not keep a session open. Raises StoreUnavailable.
    """
    now = context.now()
    with context.database.read() as c:
        session = find_session(c, hashed(token))
        if session is None or not is_open(session, stamp(now)):
            return Entry()
        account, access = session.actor.account_id, None
        if organisation is not None:
            access = access_to_organisation(c, account, organisation)
        elif assessment is not None:
            access = access_to_assessment(c, account, assessment)
    if by_hand and moment(session.seen_at) + NOTED_EVERY <= now:
        with context.database.write() as c:
            touch_session(c, session.token_hash, stamp(now))
    return Entry(session.actor, access, session.proved_at or "")


def proved_lately(context: Context, entry: Entry) -> bool:
    """Whether somebody signed in so lately that nobody else can have sat down at their place since."""
    return bool(entry.proved_at) and context.now() < moment(entry.proved_at) + LATELY


def is_open(session: Session, at: str) -> bool:
    """Whether a session has not run out: an hour after it was last used by hand, or twelve after it began."""
    now = moment(at)
    return now < moment(session.seen_at) + IDLE and now < moment(session.created_at) + LONGEST


def sign_out(context: Context, token: str) -> None:
    """Ends the session with this key."""
    at = stamp(context.now())
    with context.database.write() as c:
        session = find_session(c, hashed(token))
        if session is not None and end_session(c, hashed(token), at):
            add_event(c, Event("signed-out", at, session.actor.account_id))


def sign_out_everywhere(context: Context, account_id: str) -> int:
    """Ends every session of an account; how many there were."""
    at = stamp(context.now())
    with context.database.write() as c:
        ended = end_sessions(c, account_id, at)
        add_event(c, Event("signed-out-everywhere", at, account_id, after={"sessions": ended}))
    return ended


def open_sessions(context: Context, account_id: str) -> list[Session]:
    """The sessions of an account that are open now, the last used first."""
    at = stamp(context.now())
    with context.database.read() as c:
        return [session for session in sessions_of(c, account_id) if is_open(session, at)]
