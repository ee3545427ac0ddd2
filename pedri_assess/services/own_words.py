"""Setting what reports say in an organisation's own words, and what the staff say in every report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from ..domain.assessment import Assessment
from ..domain.edition import Edition, Logo
from ..domain.errors import NotFound, Stale, WrongState
from ..domain.own_words import OwnWords, StandingText
from ..domain.standards import Framework
from ..domain.times import stamp
from ..reports import OPTIONAL, read_logo
from ..store.events import Event, add_event
from ..store.organisations import Organisation, organisation
from ..store.own_words import (
    add_standing_text,
    own_words,
    save_own_words,
    standing_texts,
)
from ..store.results import newest_result
from . import Context
from .editions import edition_of, plain_edition
from .results import result_of

TITLES = {section.name: section.title for section in OPTIONAL}
MOST_TOLD = 50  # standing texts of earlier times that the page lists


@dataclass(frozen=True)
class YourReport:
    """An organisation, and what it says in its reports."""

    organisation: Organisation
    said: OwnWords


def your_report(context: Context, organisation_id: str) -> YourReport:
    """What an organisation says in its reports. Raises NotFound."""
    with context.database.read() as c:
        return YourReport(organisation(c, organisation_id), own_words(c, organisation_id))


def set_words(
    context: Context,
    organisation_id: str,
    by: str,
    expected: int,
    introduction: str,
    left_out: Collection[str],
    *,
    comments: bool,
) -> None:
    """Sets introduction, the sections to leave out, and whether comments are shown, made from `expected`.

    Comments are shown from the moment on at which an organisation chooses it: what people wrote before that
    they wrote for colleagues. Raises NotFound, ValueError for a section that always stays, and Stale with the
    OwnWords of now.
    """
    if not set(left_out) <= TITLES.keys():
        raise ValueError(f"not optional: {sorted(left_out)}")
    kept = tuple(name for name in TITLES if name in left_out)

    def change(before: OwnWords, at: str) -> OwnWords:
        since = (before.comments_since or at) if comments else None
        return replace(before, introduction=introduction, left_out=kept, comments_since=since)

    _change(context, organisation_id, by, expected, "report-words-set", change)


def set_logo(
    context: Context, organisation_id: str, by: str, expected: int, content: bytes | None, words: str
) -> None:
    """Sets the logo, or with no content only its words. Raises NotFound, NotAPicture, Stale as above."""
    made = read_logo(content, words) if content is not None else None

    def change(before: OwnWords, _at: str) -> OwnWords:
        if made is None and before.logo is None:
            raise NotFound("logo")
        return replace(before, logo=made or replace(before.logo, words=words))  # type: ignore[type-var]

    _change(context, organisation_id, by, expected, "report-logo-set", change)


def remove_logo(context: Context, organisation_id: str, by: str, expected: int) -> None:
    """Takes the logo away; where there is none, nothing happens. Raises NotFound, Stale."""
    _change(
        context,
        organisation_id,
        by,
        expected,
        "report-logo-removed",
        lambda said, _: replace(said, logo=None),
    )


def picture(context: Context, organisation_id: str) -> tuple[str, bytes]:
    """The kind of the logo (png, jpeg or svg) and its bytes. Raises NotFound where there is none."""
    logo = your_report(context, organisation_id).said.logo
    if logo is None:
        raise NotFound("logo")
    return logo.kind, base64.b64decode(logo.content)


@dataclass(frozen=True)
class Preview:
    """What a report looks like now: that of the newest result, or of an example without answers."""

    framework: Framework
    answered: Assessment
    edition: Edition
    example: bool


def preview(context: Context, organisation_id: str) -> Preview:
    """A report with the words of now. Raises NotFound."""
    with context.database.read() as c:
        place, said = organisation(c, organisation_id), own_words(c, organisation_id)
        newest = newest_result(c, organisation_id)
    if newest:
        with suppress(NotFound, WrongState):  # its standards may not be here any more
            found = result_of(context, *newest)
            return Preview(found.framework, found.answered, edition_of(context, found), example=False)
    framework = context.shelf.current(context.shelf.frameworks()[0])
    blank = Assessment(framework.framework, framework.version, place.name, date=context.today().isoformat())
    told = {"introduction": said.introduction, "left_out": said.left_out, "logo": said.logo}
    edition = replace(plain_edition(context, framework, blank), **told)  # type: ignore[arg-type]
    return Preview(framework, blank, edition, example=True)


def every_standing_text(context: Context) -> list[StandingText]:
    """What the staff say in every report, and said, the newest first."""
    with context.database.read() as c:
        return standing_texts(c, MOST_TOLD)


def set_standing_text(context: Context, by: str, expected: int, body: str) -> None:
    """Sets what every report says, made from that of this number (0: there was none); empty for nothing.

    Raises Stale with the StandingText of now where somebody set another.
    """
    at = stamp(context.now())
    with context.database.write() as c:
        now = next(iter(standing_texts(c, 1)), None)
        number, before = (now.number, now.body) if now else (0, "")
        if before == body:
            return
        if number != expected:
            raise Stale(now)
        add_standing_text(c, number + 1, body, by, at)
        add_event(c, Event("standing-text-set", at, by, before={"text": before}, after={"text": body}))


def _change(
    context: Context,
    organisation_id: str,
    by: str,
    expected: int,
    kind: str,
    change: Callable[[OwnWords, str], OwnWords],
) -> None:
    at = stamp(context.now())
    with context.database.write() as c:
        before = own_words(c, organisation(c, organisation_id).id)
        after = change(before, at)
        if after == before:
            return
        if before.changes != expected or not save_own_words(c, organisation_id, after, by, at):
            raise Stale(before)
        told = (_document(before) if before.changes else None, _document(after))
        add_event(c, Event(kind, at, by, organisation_id, before=told[0], after=told[1]))


def _document(said: OwnWords) -> dict[str, Any]:
    """For the event: all of it, and of the picture what names it."""
    return {
        "introduction": said.introduction,
        "left_out": list(said.left_out),
        "comments_since": said.comments_since,
        "logo": _named(said.logo) if said.logo else None,
    }


def _named(logo: Logo) -> dict[str, str]:
    name = hashlib.sha256(base64.b64decode(logo.content)).hexdigest()
    return {"kind": logo.kind, "words": logo.words, "sha256": name}
