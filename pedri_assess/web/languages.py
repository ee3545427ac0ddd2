"""The language of a page: asked for by a link, kept in a cookie that says nothing else, spoken by gettext.

A language has the words of the pages that are open to all, or of all pages. A page that it lacks is whole
in English, so that none mixes languages without saying so (0026).
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_app_context, request

from ..domain.errors import Told
from ..domain.languages import ENGLISH, Marked, Voice
from ..domain.policies import Policy
from ..reports import wording
from .site import site

EXTENSION = "languages"
ASKED = "lang"  # in an address
COOKIE = "language"
KEPT_FOR = 365 * 24 * 3_600  # seconds
COUNTS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 100}  # by plural category, an example


@dataclass(frozen=True)
class Spoken(Voice):
    """A language, and whether it is whole: has the words of every page, not only of those that are open to
    all."""

    whole: bool = False


Languages = Mapping[str, Spoken]
ORIGINAL = Spoken(ENGLISH, "English", NullTranslations(), whole=True)


class LanguagesFault(Exception):
    """The languages of a folder cannot be read."""


def add_languages(app: Flask, folder: Path) -> None:
    """Gives the application the languages of the folder's languages.json. Raises LanguagesFault."""
    source = folder / "languages.json"
    try:
        told = json.loads(source.read_text("utf-8"))
        others = {code: _spoken(folder, code, **item) for code, item in told.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise LanguagesFault(f"{source}: {error}") from None
    app.extensions[EXTENSION] = {ENGLISH: ORIGINAL} | others
    app.after_request(_keep)


def _spoken(folder: Path, code: str, name: str, *, draft: bool, whole: bool) -> Spoken:
    path = folder / code / "LC_MESSAGES" / "messages.mo"
    try:
        with path.open("rb") as file:
            return Spoken(code, name, GNUTranslations(file), draft, whole)
    except (OSError, ValueError, struct.error) as error:
        raise LanguagesFault(f"{path}: {error}") from None


def spoken() -> Spoken:
    """The language of the page that is made: English unless the page speaks others and one was chosen."""
    try:
        return cast(Spoken, g.get(EXTENSION, ORIGINAL))
    except RuntimeError:  # nobody has asked for a page
        return ORIGINAL


def speak() -> None:
    """Has the page speak the chosen language, where it has the words. Before anything of the page is made."""
    chosen = _known()[_chosen()]
    setattr(g, EXTENSION, chosen if chosen.whole or _is_open_to_all() else ORIGINAL)


def _is_open_to_all() -> bool:
    """Whether the page is one that nobody signs in for; an error page is one too."""
    policy: Policy | None = g.get("policy")
    return policy is None or policy.area == "anyone"


def gettext(words: str, **values: object) -> str:
    """The words in the language of the page, with `%(name)s` filled in where values are given."""
    found = spoken().words.gettext(words) if words else ""
    return found % values if values else found


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The words for a number of things, in the form that the language has for it."""
    found = spoken().words.ngettext(one, many, number)
    return found % values if values else found


def said(words: str, **values: object) -> str:
    """Our own words in the language of the page; others, which somebody wrote, as they are.

    For words that a variable holds: what a template gives `gettext` is taken for HTML, so it gives it only
    what it says itself.
    """
    return gettext(words, **values) if isinstance(words, Marked) else words


def told(error: Exception) -> str:
    """What an error says to a person, in the language of the page."""
    return gettext(error.words, **error.values) if isinstance(error, Told) else gettext(str(error))


def day(iso: str) -> str:
    """23 November 2026 in the language of the page. Raises ValueError for what is no day."""
    return wording.day(iso, [gettext(month) for month in wording.MONTHS])


def other_languages() -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each other language; none where the page speaks English only.

    None either where the page answers a form: a link would lose what was typed.
    """
    if not has_app_context() or EXTENSION not in g or request.method != "GET":
        return []
    rest = [(name, value) for name, value in request.args.items(multi=True) if name != ASKED]
    return [
        (code, language.name, f"{quote(request.path)}?{urlencode([*rest, (ASKED, code)])}")
        for code, language in _known().items()
        if code != spoken().code and (language.whole or _is_open_to_all())
    ]


def counted_characters() -> dict[str, object]:
    """What the component that counts characters says, where the page is not in English, which it speaks."""
    if spoken().code == ENGLISH:
        return {}
    under, over = (
        {name: form(number) % {"num": "%{count}"} for name, number in COUNTS.items()}
        for form in (_characters_left, _characters_over)
    )
    return {
        "charactersUnderLimitText": under,
        "charactersOverLimitText": over,
        "charactersAtLimitText": gettext("You have 0 characters remaining"),
        "textareaDescriptionText": gettext("You can enter up to %(num)s characters", num="%{count}"),
    }


def _characters_left(number: int) -> str:
    return ngettext("You have %(num)s character remaining", "You have %(num)s characters remaining", number)


def _characters_over(number: int) -> str:
    return ngettext("You have %(num)s character too many", "You have %(num)s characters too many", number)


def languages() -> Languages:
    """Every language that there is, by its code; English first."""
    return _known()


def _known() -> Languages:
    return cast(Languages, current_app.extensions[EXTENSION])


def _chosen() -> str:
    """By the address, else by the cookie, else, as long as nothing was chosen, by the browser's settings."""
    known = _known()
    for said in (request.args.get(ASKED), request.cookies.get(COOKIE)):
        if said is not None and said in known:
            return said
    return request.accept_languages.best_match(known, ENGLISH)


def _keep(response: Response) -> Response:
    """Keeps a choice that the address made, and tells caches and browsers what the page depends on.

    Files, and what scripts read, are the same in whatever language the page is that leads to them.
    """
    if EXTENSION not in g or response.mimetype != "text/html":
        return response
    response.content_language.add(spoken().code)
    response.vary.add("Accept-Language")
    if not response.cache_control.private:
        # Not where only a browser keeps it: a quick check changes its cookies with each page, and then the
        # way back would lead to a page that is not there any more
        response.vary.add("Cookie")
    asked = request.args.get(ASKED)
    if asked == spoken().code and asked != request.cookies.get(COOKIE):
        secure = site().config.secure_cookies
        response.set_cookie(
            *(COOKIE, asked, KEPT_FOR), path="/", httponly=True, secure=secure, samesite="Lax"
        )
    return response
