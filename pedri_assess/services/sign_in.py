"""Signing in with a letter: a link that works once, or the code beside it.

What a page says never depends on whether an address has an account: only the letter does.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.invitations import account_by_email
from ..store.mail import queue_mail
from ..store.sign_in_links import Link, add_link, try_code, use_link
from . import Context
from .limits import hold_to
from .sessions import hashed, open_session

LASTS = timedelta(minutes=10)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without those that look alike
CODE_LENGTH = 8
TRIES = 5  # of a code, until its link is used up
STRETCH = 15 * 60  # seconds in which the limits hold
MOST_FOR_ADDRESS, MOST_FOR_PLACE = 5, 60  # letters asked for, by address and by where from

# A path on this service, and nothing that a browser could read as another host
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
HOME = "/my-work"
LETTER = """\
Hello,

with this link you sign in to PEDRI Assess:

{link}

Or type this code into the page where you asked for this letter:

{code}

Link and code work once, for {minutes} minutes. If you did not ask for this letter, you need do
nothing: nobody can sign in without it.
"""


@dataclass(frozen=True)
class SignedIn:
    """The key of a new session, and where to go with it."""

    token: str
    next_path: str


def own_path(path: str) -> str:
    """The path, where it leads to a page of this service; otherwise the first page after signing in."""
    return path if OWN_PATH.fullmatch(path) and not path.startswith("/sign-in") else HOME


def ask(context: Context, email: str, next_path: str, browser_key: str, place: str) -> None:
    """Sends a letter with a link, if the address has an account. Raises TooMany, StoreUnavailable."""
    now = context.now()
    at, token, code = stamp(now), secrets.token_urlsafe(32), new_code()
    with context.database.write() as c:
        hold_to(c, f"sign-in-address {email.lower()}", at, MOST_FOR_ADDRESS, STRETCH)
        hold_to(c, f"sign-in-place {place}", at, MOST_FOR_PLACE, STRETCH)
        _write_letter(c, context, email, token, code, at)
        add_link(
            c,
            token_hash=hashed(token),
            code_hash=hashed(browser_key + code),
            email=email,
            next_path=own_path(next_path),
            browser_hash=hashed(browser_key),
            at=at,
            until=stamp(now + LASTS),
        )


def _write_letter(c: Connection, context: Context, email: str, token: str, code: str, at: str) -> None:
    account = account_by_email(c, email)
    if account is None or account.disabled_at is not None:
        return
    link = f"{context.base_url}/sign-in/link/{token}"
    minutes = int(LASTS.total_seconds() // 60)
    text = LETTER.format(link=link, code=f"{code[:4]} {code[4:]}", minutes=minutes)
    queue_mail(c, email, "Sign in to PEDRI Assess", text, at)


def new_code() -> str:
    """A code to type: 8 characters from 31, some 40 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def follow(context: Context, token: str, browser: str) -> SignedIn | None:
    """Signs in with a link; None where it was used, is too old, or is none. Raises StoreUnavailable."""
    with context.database.write() as c:
        at = stamp(context.now())
        return _opened(c, use_link(c, hashed(token), at), at, "link", browser)


def type_code(context: Context, code: str, browser_key: str, browser: str) -> SignedIn | None:
    """Signs in with a code, in the browser that asked. After five wrong ones only the link works."""
    typed = re.sub(r"[\s-]", "", code).upper()
    with context.database.write() as c:
        at = stamp(context.now())
        link = try_code(c, hashed(browser_key), hashed(browser_key + typed), at, TRIES)
        return _opened(c, link, at, "code", browser)


def _opened(c: Connection, link: Link | None, at: str, how: str, browser: str) -> SignedIn | None:
    account = account_by_email(c, link.email) if link else None
    if link is None:  # anyone can try: no event, or the table would be theirs to fill
        return None
    if account is None or account.disabled_at is not None:
        add_event(c, Event("sign-in-refused", at, account.id if account else None, after={"how": how}))
        return None
    return SignedIn(open_session(c, account.id, at, how, browser), link.next_path)
