"""Signing in with the account that a person has at their organisation, by OpenID Connect.

Who a person is there (issuer and subject) decides whose account it is; an e-mail address only the first time,
and only where the provider says that it is theirs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.invitations import account_by_email
from ..store.single_sign_on import (
    Known,
    Start,
    add_identity,
    add_start,
    has_identity,
    known,
    remove_identities,
    use_start,
)
from . import Context
from .limits import hold_to
from .openid import Client
from .sessions import hashed, open_session
from .sign_in import MOST_FOR_PLACE, STRETCH, SignedIn, own_path

if TYPE_CHECKING:
    from .id_tokens import Claims

LASTS = timedelta(minutes=10)
RETURN = "/sign-in/single/return"
HOW = "single sign-on"


class Refused(Exception):
    """Nobody is signed in. `why` is for the log; `email` is an address that has no account, where it is known
    to be that of the person who asks."""

    def __init__(self, why: str, email: str = "") -> None:
        self.why, self.email = why, email
        super().__init__(why)


@dataclass(frozen=True)
class Reply:
    """What the provider sent the browser back with."""

    state: str
    code: str
    issuer: str
    error: str


def begin(
    context: Context,
    client: Client,
    next_path: str,
    browser_key: str,
    place: str,
    account_id: str | None = None,
) -> str:
    """Where to send the browser. With `account_id`, to connect the provider to this account.

    Raises limits.TooMany, openid.ProviderUnavailable, StoreUnavailable.
    """
    from .id_tokens import address_to_ask  # Authlib is there only where single sign-on is

    description, now = client.description(), context.now()
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with context.database.write() as c:
        hold_to(c, f"single-sign-on-place {place}", stamp(now), MOST_FOR_PLACE, STRETCH)
        start = Start(nonce, verifier, own_path(next_path), account_id)
        add_start(c, hashed(state), hashed(browser_key), start, stamp(now), stamp(now - LASTS))
    return address_to_ask(
        str(description["authorization_endpoint"]),
        client.provider.client_id,
        context.base_url + RETURN,
        verifier,
        state=state,
        nonce=nonce,
    )


def finish(
    context: Context,
    client: Client,
    reply: Reply,
    browser_key: str,
    browser: str,
    account_id: str | None = None,
) -> SignedIn:
    """Signs in whoever comes back from the provider. `account_id` is who is signed in already, if anybody.

    Raises Refused, openid.ProviderUnavailable, StoreUnavailable.
    """
    now = context.now()
    with context.database.write() as c:
        start = use_start(c, hashed(reply.state), hashed(browser_key), stamp(now), stamp(now - LASTS))
    if start is None:
        raise Refused("state")
    if start.account_id not in (None, account_id):
        raise Refused("another account")
    claims = _ask(context, client, reply, start)
    with context.database.write() as c:
        at, issuer = stamp(context.now()), client.provider.issuer
        account = _whose(c, issuer, claims, start.account_id, at)
        if account is not None and not account.disabled:
            proved = _moment(claims.proved_at, at)
            token = open_session(c, account.account_id, at, HOW, browser, proved_at=proved)
            return SignedIn(token, start.next_path)
        if account is not None:
            add_event(c, Event("sign-in-refused", at, account.account_id, after={"how": HOW}))
    raise Refused("disabled" if account else "no account", claims.email if claims.email_verified else "")


def disconnect(context: Context, account_id: str) -> None:
    """From now on nobody comes into this account by single sign-on."""
    at = stamp(context.now())
    with context.database.write() as c:
        if gone := remove_identities(c, account_id):
            add_event(c, Event("single-sign-on-disconnected", at, account_id, before=gone))


def is_connected(context: Context, account_id: str) -> bool:
    """Whether somebody comes into this account by single sign-on."""
    with context.database.read() as c:
        return has_identity(c, account_id)


def _ask(context: Context, client: Client, reply: Reply, start: Start) -> Claims:
    from .id_tokens import BadToken, UnknownKey, checked

    provider = client.provider
    if reply.error or not reply.code:
        raise Refused("the provider refuses")
    if reply.issuer not in ("", provider.issuer):  # somebody mixes two providers up
        raise Refused("iss of the reply")
    tokens = client.exchange(reply.code, start.verifier, context.base_url + RETURN)
    if "error" in tokens:
        raise Refused("code")
    for newer in (False, True):  # a provider may have begun to use another key
        try:
            return checked(
                tokens,
                client.keys(newer=newer),
                issuer=provider.issuer,
                client_id=provider.client_id,
                nonce=start.nonce,
                now=int(context.now().timestamp()),
            )
        except UnknownKey:
            continue
        except BadToken as error:
            raise Refused(str(error)) from None
    raise Refused("key")


def _whose(c: Connection, issuer: str, claims: Claims, connect_to: str | None, at: str) -> Known | None:
    """The account of this person: known by issuer and subject, or connected to them now."""
    found = known(c, issuer, claims.subject)
    if found is not None:
        if connect_to not in (None, found.account_id):
            raise Refused("connected to another account")
        return found
    if connect_to is None:
        account = account_by_email(c, claims.email) if claims.email and claims.email_verified else None
        if account is None or account.disabled_at is not None:
            return Known(account.id, disabled=True) if account else None
        connect_to = account.id
    if has_identity(c, connect_to):  # an address can pass from one person to another
        raise Refused("somebody else at the provider")
    add_identity(c, issuer, claims.subject, connect_to, at)
    add_event(c, Event("single-sign-on-connected", at, connect_to, after={"issuer": issuer}))
    return Known(connect_to, disabled=False)


def _moment(proved_at: int | None, at: str) -> str | None:
    """When the provider last asked the person to show who they are; never later than now."""
    return min(at, stamp(datetime.fromtimestamp(proved_at, UTC))) if proved_at else None
