"""Who is invited to a round: chosen one by one, or from a list that is looked through before it is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..domain.invitation_list import InvitationList, Line, LineFault, read_list
from ..domain.languages import to_translate
from ..domain.policies import LEAD
from ..domain.times import stamp
from ..reports.wording import day
from ..store import Connection
from ..store.events import Event, add_event
from ..store.mail import queue_mail
from ..store.organisations import (
    Organisation,
    Overview,
    add_organisation,
    count_leads,
    every_organisation,
    members,
    organisation,
    organisation_named,
)
from ..store.rounds import Round, add_place, places, round_of
from . import Context
from .invitations import invite_in
from .organisations import KINDS, NATIONS

LETTER = """\
Hello,

PEDRI invites {organisation} to the round “{round}”.

It is open from {opens} to {closes}. You assess yourselves against
{framework}, version {version}, and choose which assessment to hand in.

Read more, and take part or say that you do not, here:

{link}

PEDRI sees how far you are (not started, started, submitted), and nothing of your answers
unless you agree to share your submitted results.
"""

NEEDED = to_translate("there is no organisation of this name yet, and to add it this is needed")

What = Literal["new organisation", "invite", "invite and its first lead", "invited already"]


@dataclass(frozen=True)
class Entry:
    """A line of a list, and what taking it would do."""

    line: Line
    what: What


@dataclass(frozen=True)
class Preview:
    """What a list would do, and what is wrong with it: then it does nothing at all."""

    entries: tuple[Entry, ...]
    faults: tuple[LineFault, ...]


class FaultyList(ValueError):
    """A list that cannot be taken; `preview` says why."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__(f"{len(preview.faults)} faults")


def not_invited(context: Context, round_id: str) -> list[Overview]:
    """The organisations that are not invited to a round, by name. Raises NotFound."""
    with context.database.read() as c:
        there = {found.organisation_id for found in places(c, round_of(c, round_id).id)}
        return [each for each in every_organisation(c) if each.organisation.id not in there]


def invite_all(context: Context, by: str, round_id: str, organisation_ids: Iterable[str]) -> int:
    """Invites organisations, with a letter to each of their leads; how many. Raises NotFound.

    One that is invited already is left as it is.
    """
    with context.database.write() as c:
        item = round_of(c, round_id)
        there = {found.organisation_id for found in places(c, round_id)}
        chosen = [organisation(c, each) for each in dict.fromkeys(organisation_ids) if each not in there]
        for each in chosen:
            _invite(c, context, by, item, each)
    return len(chosen)


def preview_list(context: Context, round_id: str, text: str) -> Preview:
    """What a list would do. Raises NotFound."""
    with context.database.read() as c:
        return _preview(c, round_of(c, round_id), read_list(text, KINDS, NATIONS))


def take_list(context: Context, by: str, round_id: str, text: str) -> int:
    """Does what a list says, wholly or not at all; how many organisations are invited now.

    Raises NotFound, FaultyList, limits.TooMany.
    """
    with context.database.write() as c:
        item = round_of(c, round_id)
        preview = _preview(c, item, read_list(text, KINDS, NATIONS))
        if preview.faults:
            raise FaultyList(preview)
        wanted = [entry for entry in preview.entries if entry.what != "invited already"]
        for entry in wanted:
            found = organisation_named(c, entry.line.organisation) or _added(c, context, by, entry.line)
            if entry.line.lead and not count_leads(c, found.id):
                invite_in(c, context, by, found, entry.line.lead, LEAD)
            _invite(c, context, by, item, found)
    return len(wanted)


def _preview(c: Connection, item: Round, read: InvitationList) -> Preview:
    there = {found.organisation_id for found in places(c, item.id)}
    entries, faults = [], list(read.faults)
    for line in read.lines:
        found = organisation_named(c, line.organisation)
        if found is None:
            faults += _missing(line)
            entries.append(Entry(line, "new organisation"))
        elif found.id in there:
            entries.append(Entry(line, "invited already"))
        elif line.lead and not count_leads(c, found.id):
            entries.append(Entry(line, "invite and its first lead"))
        else:
            entries.append(Entry(line, "invite"))
    return Preview(tuple(entries), tuple(sorted(faults, key=lambda fault: fault.number)))


def _missing(line: Line) -> list[LineFault]:
    return [
        LineFault(line.number, name, NEEDED) for name in ("kind", "nation", "lead") if not getattr(line, name)
    ]


def _added(c: Connection, context: Context, by: str, line: Line) -> Organisation:
    at = stamp(context.now())
    made = add_organisation(c, line.organisation, line.kind, line.nation, at)
    after = {"name": line.organisation, "kind": line.kind, "nation": line.nation}
    add_event(c, Event("organisation-created", at, by, made, subject=made, after=after))
    return organisation(c, made)


def _invite(c: Connection, context: Context, by: str, item: Round, to: Organisation) -> None:
    at = stamp(context.now())
    add_place(c, item.id, to.id, by, at)
    add_event(c, Event("invited-to-round", at, by, to.id, None, item.id))
    words = LETTER.format(
        organisation=to.name,
        round=item.name,
        opens=day(item.opens_on),
        closes=day(item.closes_on),
        framework=context.shelf.get(item.framework, item.version).title,
        version=item.version,
        link=round_link(context, to.id, item.id),
    )
    for address in lead_addresses(c, to.id):
        queue_mail(c, address, f"Round “{item.name}” for {to.name}", words, at)


def lead_addresses(c: Connection, organisation_id: str) -> list[str]:
    """Where letters to an organisation's leads go."""
    found = members(c, organisation_id)
    return [who.email for who in found if who.role == LEAD and who.disabled_at is None]


def round_link(context: Context, organisation_id: str, round_id: str) -> str:
    """The address of an organisation's page of a round."""
    return f"{context.base_url}/organisations/{organisation_id}/rounds/{round_id}"
