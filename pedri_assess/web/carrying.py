"""The quick check that came with a request, and the page that carries it on."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

from flask import Response, g, make_response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound, RequestEntityTooLarge

from ..domain import errors
from ..domain.said import Said
from ..domain.standards import Framework
from ..services.quick_check import Journey, merge
from .cookies import forget_cookies, keep_in_cookies, token_in_cookies
from .headers import ASK_AGAIN_PRIVATE
from .languages import gettext, spoken
from .site import site
from .tokens import BadToken, TooLarge


class Damaged(BadRequest):
    """What the page carried is not what we put there."""


class NothingCarried(NotFound):
    """The request has no quick check with it: it lives in the browser, and this one sent none."""


class StandardsChanged(Exception):
    """The standards that were answered are gone, or are no longer what they were."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self.journey = journey


@dataclass(frozen=True)
class Carried:
    """The quick check of a request: everything known of it, and `shown`, what its page was made from."""

    journey: Journey
    shown: Journey
    framework: Framework


def carried() -> Carried:
    """The quick check of this request: the page's copy, and what other tabs of this browser have added.

    Raises Damaged, NothingCarried, StandardsChanged.
    """
    shown, journey = _merged()
    return Carried(journey, shown, framework_of(journey))


def carried_journey() -> Journey:
    """The same without its standards, which need not be there any more. Raises Damaged, NothingCarried."""
    return _merged()[1]


def _merged() -> tuple[Journey, Journey]:
    token = request.form.get("token", "")
    page = _opened(token)
    if token and page is None:
        raise Damaged
    found = [page, *copies(token)] if page else copies()
    if not found:
        raise NothingCarried if request.method in ("GET", "HEAD") else Damaged
    journey = found[0]
    for copy in found[1:]:
        if copy.is_copy_of(journey):
            journey = merge(journey, copy)
    return found[0], journey


def copies(besides: str = "") -> list[Journey]:
    """What this browser keeps besides the page: in its storage, sent by the page's script, and in cookies."""
    tokens = dict.fromkeys((request.form.get("kept", ""), token_in_cookies()))
    opened = (_opened(token) for token in tokens if token != besides)
    return [journey for journey in opened if journey]


def _opened(token: str) -> Journey | None:
    try:
        journey = site().seal.open(token) if token else None
    except BadToken:
        return None
    if journey:
        _texts()[id(journey)] = (journey, token)
    return journey


def _sealed(journey: Journey) -> str:
    """The quick check as text; the very text that it came as, where nothing was changed. Raises TooLarge."""
    texts = _texts()
    if id(journey) not in texts:
        texts[id(journey)] = (journey, site().seal.seal(journey))
    return texts[id(journey)][1]


def _texts() -> dict[int, tuple[Journey, str]]:
    """The quick checks of this request whose text is known: sealing is dear, and looking changes nothing."""
    texts: dict[int, tuple[Journey, str]] = g.setdefault("sealed_texts", {})
    return texts


def framework_of(journey: Journey) -> Framework:
    """The standards that a quick check answers, in the language of the page. Raises StandardsChanged."""
    context, named = site().context, (journey.set_up.framework, journey.set_up.version)
    context.shelving.look(context.database, named)
    try:
        framework = context.shelf.get(*named)
    except errors.NotFound:
        raise StandardsChanged(journey) from None
    if not journey.fits(framework):
        raise StandardsChanged(journey)
    return in_page_language(framework)


def in_page_language(framework: Framework) -> Framework:
    """The same standards with the texts that have been translated into the language of the page."""
    return site().context.shelf.in_language(framework, spoken().code)


def now() -> int:
    """When a page is made, in milliseconds: its script must know whether answers were cleared since."""
    return time.time_ns() // 1_000_000


def new_id() -> str:
    """An id for a quick check, which nobody can guess."""
    return secrets.token_urlsafe(12)


def fits(journey: Journey) -> bool:
    """Whether the quick check can still travel in a page."""
    try:
        _sealed(journey)
    except TooLarge:
        return False
    return True


def page(template: str, journey: Journey, status: int = 200, **shown: Any) -> Response:
    """A page that carries the quick check on, and puts a copy into the browser's cookies."""
    try:
        token = _sealed(journey)
    except TooLarge:
        raise RequestEntityTooLarge from None
    body = render_template(template, token=token, journey=journey, made=now(), **shown)
    response = make_response(body, status)
    keep_in_cookies(response, token, secure=site().config.secure_cookies)
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response


def forgotten(template: str, **shown: Any) -> Response:
    """A page that carries nothing, and takes the copy out of the browser's cookies and cache."""
    response = make_response(render_template(template, made=now(), **shown))
    forget_cookies(response, secure=site().config.secure_cookies)
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def lost_words(said: Said | None) -> list[tuple[str, str]]:
    """What an answer said, as names and words to show; nothing for none."""
    if said is None:
        return []
    answer = said.answer
    words = [
        (gettext("Evidence"), answer.evidence),
        (gettext("Why it is not applicable"), answer.not_applicable or said.typed.get("not_applicable", "")),
        (gettext("Reason"), answer.reason),
        (gettext("Links"), said.typed.get("links", "\n".join(link.line for link in answer.links))),
        (gettext("Note"), answer.note),
    ]
    return [(name, text) for name, text in words if text]
