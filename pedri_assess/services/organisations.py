"""Organisations and their members: who belongs, in which role, and how one leaves. There is always a lead."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.errors import Duplicate, NotFound, WrongState
from ..domain.languages import to_translate
from ..domain.policies import LEAD, ROLES
from ..domain.times import stamp
from ..store import Connection
from ..store.events import Event, add_event
from ..store.invitations import Invitation, pending_invitations
from ..store.organisations import (
    Member,
    Organisation,
    Overview,
    Standing,
    add_organisation,
    count_leads,
    end_membership,
    every_organisation,
    member,
    member_by_account,
    members,
    organisation,
    organisation_named,
    organisations_of,
    set_role,
)
from . import Context
from .invitations import invite_in

KINDS = {
    "nhs": to_translate("NHS organisation"),
    "university": to_translate("University or research institute"),
    "charity": to_translate("Charity"),
    "government": to_translate("Government or public body"),
    "company": to_translate("Company"),
    "other": to_translate("Another kind"),
}
NATIONS = {
    "england": to_translate("England"),
    "northern-ireland": to_translate("Northern Ireland"),
    "scotland": to_translate("Scotland"),
    "wales": to_translate("Wales"),
    "uk": to_translate("More than one nation of the UK"),
    "elsewhere": to_translate("Outside the UK"),
}
SIZES = {
    "small": to_translate("Fewer than 250 people"),
    "medium": to_translate("250 to 4,999 people"),
    "large": to_translate("5,000 people or more"),
}
LAST_LEAD = to_translate("An organisation needs a lead. Make somebody else a lead first")


@dataclass(frozen=True)
class People:
    """What the page of an organisation shows: who belongs to it, and who has been invited."""

    organisation: Organisation
    members: list[Member]
    invitations: list[Invitation]


def mine(context: Context, account_id: str) -> list[Standing]:
    """The organisations that somebody belongs to, with their role."""
    with context.database.read() as c:
        return organisations_of(c, account_id)


def overview(context: Context) -> list[Overview]:
    """All organisations, for PEDRI staff: names and numbers."""
    with context.database.read() as c:
        return every_organisation(c)


def people(context: Context, organisation_id: str) -> People:
    """The people of an organisation. Raises NotFound."""
    with context.database.read() as c:
        return People(
            organisation(c, organisation_id),
            members(c, organisation_id),
            pending_invitations(c, organisation_id),
        )


def organisation_without_people(context: Context, organisation_id: str) -> Organisation:
    """The organisation itself. Raises NotFound."""
    with context.database.read() as c:
        return organisation(c, organisation_id)


def one_member(context: Context, organisation_id: str, membership_id: str) -> tuple[Organisation, Member]:
    """A member, and the organisation. Raises NotFound."""
    with context.database.read() as c:
        return organisation(c, organisation_id), member(c, organisation_id, membership_id)


def create(context: Context, by: str, name: str, kind: str, nation: str, lead_email: str) -> str:
    """A new organisation, whose first lead gets an invitation; its id. Raises Duplicate for a name in use."""
    at = stamp(context.now())
    with context.database.write() as c:
        if organisation_named(c, name) is not None:
            raise Duplicate(name)
        made = add_organisation(c, name, kind, nation, at)
        after = {"name": name, "kind": kind, "nation": nation}
        add_event(c, Event("organisation-created", at, by, made, subject=made, after=after))
        invite_in(c, context, by, organisation(c, made), lead_email, LEAD)
    return made


def invite_first_lead(context: Context, by: str, organisation_id: str, email: str) -> None:
    """Invites a lead to an organisation that has none, instead of any lead invited before.

    Raises NotFound, and WrongState where there is a lead, who invites the others.
    """
    with context.database.write() as c:
        found = organisation(c, organisation_id)
        if found.closed_at is not None:
            raise NotFound("organisation")
        if count_leads(c, organisation_id):
            raise WrongState(to_translate("This organisation has a lead, who can invite others"))
        invite_in(c, context, by, found, email, LEAD)


def change_role(context: Context, by: str, organisation_id: str, membership_id: str, role: str) -> None:
    """Gives a member another role. Raises NotFound, and WrongState for the last lead."""
    if role not in ROLES:
        raise ValueError(role)
    at = stamp(context.now())
    with context.database.write() as c:
        who = member(c, organisation_id, membership_id)
        if who.role == role:
            return
        _keep_a_lead(c, who)
        set_role(c, membership_id, role)
        before, after = _document(who), _document(who) | {"role": role}
        add_event(c, Event("role-changed", at, by, organisation_id, None, who.id, before, after))


def end(context: Context, by: str, organisation_id: str, membership_id: str) -> Member:
    """Ends a membership; whose it was. Raises NotFound, and WrongState for the last lead."""
    at = stamp(context.now())
    with context.database.write() as c:
        who = member(c, organisation_id, membership_id)
        _end(c, who, by, at)
    return who


def leave(context: Context, by: str, organisation_id: str) -> None:
    """Ends somebody's own membership. Raises NotFound, and WrongState for the last lead."""
    at = stamp(context.now())
    with context.database.write() as c:
        who = member_by_account(c, organisation_id, by)
        if who is None:
            raise NotFound("member")
        _end(c, who, by, at)


def _end(c: Connection, who: Member, by: str, at: str) -> None:
    _keep_a_lead(c, who)
    end_membership(c, who, at)
    add_event(c, Event("membership-ended", at, by, who.organisation_id, None, who.id, before=_document(who)))


def _keep_a_lead(c: Connection, who: Member) -> None:
    """Raises WrongState where nobody would be left to lead. Asked in the transaction that changes it."""
    if who.role == LEAD and who.disabled_at is None and count_leads(c, who.organisation_id) == 1:
        raise WrongState(LAST_LEAD)


def _document(who: Member) -> dict[str, str]:
    return {"account": who.account_id, "role": who.role}
