"""Invitations: a letter with a link that lets one address join one organisation, in one role."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from ..domain.errors import Duplicate, NotFound, WrongState
from ..domain.policies import ROLES, Actor
from ..domain.times import moment, stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.invitations import (
    Invitation,
    Invited,
    accept_invitation,
    account_by_email,
    add_account,
    add_invitation,
    has_assessment,
    invitation,
    invitation_by_token,
    join_assessment,
    pending_invitations,
    renew_invitation,
    withdraw_invitation,
)
from ..store.mail import queue_mail
from ..store.organisations import Organisation, add_member, member_by_account, members, organisation
from . import Context
from .limits import hold_to
from .sessions import open_session

LASTS = timedelta(days=7)
MOST_LETTERS, IN_SECONDS = 60, 3_600  # of one organisation: enough for a whole board, too few for a flood
LETTER = """\
Hello,

{inviter} invites you to join {organisation} in PEDRI Assess.
With it, organisations find out how well they involve and engage the public in their work with data.

Your role would be {role}.

Read more, and accept, here:

{link}

The link works once, for {days} days, and only for this address.
Nothing happens before you press the button there.
If you did not expect this letter, you need do nothing.
"""


class Standing(Enum):
    """How whoever follows a link stands to its invitation."""

    NEW = "new"  # nobody has an account of this address yet: accepting makes one
    SIGN_IN = "sign-in"  # there is an account: a link of a week is no way into it
    READY = "ready"  # signed in as the person it is for
    SOMEBODY_ELSE = "somebody-else"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Look:
    """An invitation as whoever follows its link finds it."""

    invitation: Invitation
    standing: Standing


@dataclass(frozen=True)
class Accepted:
    """What came of accepting: where to go, and the key of a session where somebody new was signed in."""

    organisation_id: str
    assessment_id: str | None
    session: str | None


class CannotAccept(Exception):
    """The invitation cannot be accepted now, or not by this person; `look` says how it stands."""

    def __init__(self, look: Look) -> None:
        self.look = look
        super().__init__(look.standing.value)


def invite(
    context: Context, by: str, organisation_id: str, email: str, role: str, assessment_id: str | None = None
) -> None:
    """Invites an address to an organisation, and to take part in one of its assessments where one is given.

    An earlier invitation of the same address is withdrawn. Raises Duplicate for somebody who is a member, and
    NotFound for an assessment of another organisation, and limits.TooMany.
    """
    if role not in ROLES:
        raise ValueError(role)
    with context.database.write() as c:
        if any(who.email.lower() == email.lower() for who in members(c, organisation_id)):
            raise Duplicate(email)
        if assessment_id is not None and not has_assessment(c, organisation_id, assessment_id):
            raise NotFound("assessment")
        invite_in(c, context, by, organisation(c, organisation_id), email, role, assessment_id)


def invite_in(
    c: Connection,
    context: Context,
    by: str,
    to: Organisation,
    email: str,
    role: str,
    assessment_id: str | None = None,
) -> None:
    """The same, in a transaction that is under way and has checked who may be invited."""
    now = context.now()
    at, token = stamp(now), secrets.token_urlsafe(32)
    for earlier in pending_invitations(c, to.id):
        if earlier.email.lower() == email.lower():
            _withdraw(c, earlier, by, at)
    ends = stamp(now + LASTS)
    made = add_invitation(c, to.id, assessment_id, email, role, token_hash(token), by, at, ends)
    found = invitation(c, to.id, made)
    add_event(c, Event("invited", at, by, to.id, assessment_id, made, after=found.document()))
    _write(c, context, found, token, at)


def resend(context: Context, by: str, organisation_id: str, invitation_id: str) -> Invitation:
    """Sends an invitation again, for another week, with a new link: the old one no longer works.

    Raises NotFound, and WrongState for one that was accepted or withdrawn.
    """
    now = context.now()
    at, token = stamp(now), secrets.token_urlsafe(32)
    with context.database.write() as c:
        before = _pending(c, organisation_id, invitation_id)
        renew_invitation(c, invitation_id, token_hash(token), stamp(now + LASTS))
        after = invitation(c, organisation_id, invitation_id)
        documents = (before.document(), after.document())
        about = (organisation_id, before.assessment_id, before.id)
        add_event(c, Event("invitation-resent", at, by, *about, *documents))
        _write(c, context, after, token, at)
    return after


def withdraw(context: Context, by: str, organisation_id: str, invitation_id: str) -> Invitation:
    """Takes an invitation back. Raises NotFound, and WrongState for one that was accepted or withdrawn."""
    with context.database.write() as c:
        found = _pending(c, organisation_id, invitation_id)
        _withdraw(c, found, by, stamp(context.now()))
    return found


def look(context: Context, token: str, actor: Actor | None) -> Look:
    """What a link leads to, for this person. Raises NotFound where it leads to nothing."""
    with context.database.read() as c:
        return _look(c, token, actor, stamp(context.now()))


def accept(context: Context, token: str, actor: Actor | None, name: str, browser: str) -> Accepted:
    """Makes somebody a member, with an account where they have none, who is then signed in.

    `name` is what a new person wants to be called, `browser` is for their log. Raises NotFound,
    and CannotAccept.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        found = _look(c, token, actor, at)
        if found.standing is Standing.NEW:
            account = _new_account(c, found.invitation, name, at)
            _join(c, found.invitation, account.id, at)
            session = open_session(c, account.id, at, "invitation", browser)
        elif found.standing is Standing.READY and actor is not None:
            _join(c, found.invitation, actor.account_id, at)
            session = None
        else:
            raise CannotAccept(found)
    return Accepted(found.invitation.organisation_id, found.invitation.assessment_id, session)


def token_hash(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _look(c: Connection, token: str, actor: Actor | None, at: str) -> Look:
    found = invitation_by_token(c, token_hash(token))
    return Look(found, _ended(found, at) or _person(account_by_email(c, found.email), actor))


def _ended(found: Invitation, at: str) -> Standing | None:
    if found.accepted_at is not None:
        return Standing.USED
    if found.withdrawn_at or found.closed_at or found.inviter_disabled_at:
        return Standing.WITHDRAWN
    return Standing.EXPIRED if moment(found.expires_at) <= moment(at) else None


def _person(account: Invited | None, actor: Actor | None) -> Standing:
    if account is not None and account.disabled_at is not None:
        return Standing.WITHDRAWN
    if actor is not None:
        mine = account is not None and account.id == actor.account_id
        return Standing.READY if mine else Standing.SOMEBODY_ELSE
    return Standing.NEW if account is None else Standing.SIGN_IN


def _new_account(c: Connection, found: Invitation, name: str, at: str) -> Invited:
    account = add_account(c, found.email, name, at)
    after = {"email": found.email, "name": name}
    add_event(c, Event("account-created", at, account.id, None, None, account.id, after=after))
    return account


def _join(c: Connection, found: Invitation, account_id: str, at: str) -> None:
    """Somebody who has become a member in the meantime keeps the role that they have."""
    accept_invitation(c, found.id, account_id, at)
    place = found.organisation_id
    add_event(
        c,
        Event("invitation-accepted", at, account_id, place, found.assessment_id, found.id, found.document()),
    )
    if member_by_account(c, place, account_id) is None:
        membership = add_member(c, place, account_id, found.role, at)
        after = {"account": account_id, "role": found.role}
        add_event(c, Event("joined", at, account_id, place, None, membership, after=after))
    if found.assessment_id is not None:
        join_assessment(c, found, account_id, at)


def _pending(c: Connection, organisation_id: str, invitation_id: str) -> Invitation:
    found = invitation(c, organisation_id, invitation_id)
    if found.accepted_at or found.withdrawn_at:
        raise WrongState("This invitation was accepted or withdrawn in the meantime")
    return found


def _withdraw(c: Connection, found: Invitation, by: str, at: str) -> None:
    withdraw_invitation(c, found.id, at)
    about = (found.organisation_id, found.assessment_id, found.id)
    add_event(c, Event("invitation-withdrawn", at, by, *about, found.document()))


def _write(c: Connection, context: Context, found: Invitation, token: str, at: str) -> None:
    hold_to(c, f"invitations:{found.organisation_id}", at, MOST_LETTERS, IN_SECONDS)
    name = found.organisation_name
    queue_mail(
        c,
        found.email,
        f"Join {name} in PEDRI Assess",
        LETTER.format(
            inviter=found.inviter,
            organisation=name,
            role=ROLES[found.role],
            link=f"{context.base_url}/invitation/{token}",
            days=LASTS.days,
        ),
        at,
    )
