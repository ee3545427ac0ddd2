"""The resource hub as everyone sees it: searching it, and one resource at its permanent address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup, escape

from ..domain.errors import NotFound
from ..domain.languages import ENGLISH, to_translate
from ..domain.policies import ANYONE
from ..domain.resources import AUDIENCES, CRITERION, FORMATS, FRAMEWORK, LANGUAGES, NATIONS, STANDARD, Link
from ..domain.standards import Framework
from ..services.hub import Found, find, one_resource
from ..services.hub_copy import CHOICES, named
from .languages import gettext, spoken
from .protection import allow
from .resource_forms import numbered, shortened
from .site import site
from .texts import clean, whole_number

resources = Blueprint("resources", __name__, url_prefix="/resources")

LONGEST_SEARCH = 200  # characters
TITLES = {
    "standard": to_translate("Standard"),
    "criterion": to_translate("Criterion"),
    "audience": to_translate("For whom"),
    "format": to_translate("Format"),
    "language": to_translate("Language"),
    "nation": to_translate("Nation"),
}
AS_A_WHOLE = to_translate("%(title)s, as a whole")
LABELS = {"audience": AUDIENCES, "format": FORMATS, "language": LANGUAGES, "nation": NATIONS}


@dataclass(frozen=True)
class Choice:
    """One value of a filter: what it is called, how many resources it would leave, whether it is chosen."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One thing to choose by, with its values in groups (one without a name where there are none)."""

    name: str
    title: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True)
class Taken:
    """Something that a search asked for, and the address of the search without it."""

    title: str
    words: str
    without: str


@dataclass(frozen=True)
class About:
    """What a resource is about, in words, and where that can be read; empty for what is not here."""

    words: str
    address: str


@resources.get("")
@allow(ANYONE)
def search() -> str:
    """Resources that have the words and the values asked for, a page of them at a time."""
    words = clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    chosen = {name: clean(request.args.get(name, ""))[:LONGEST_SEARCH] for name in CHOICES}
    found = find(site().context, words, chosen, whole_number(request.args.get("page"), 1))
    return render_template(
        "resources/search.html",
        words=words,
        found=found,
        filters=list(_filters(found, chosen)),
        taken=list(_taken(words, chosen)),
        address=lambda **changed: _address(words, chosen, **changed),
        pages=lambda number: _address(words, chosen, page=number),
        labels=labels(),
    )


@resources.get("/<resource>")
@allow(ANYONE)
def one(resource: str) -> str:
    """One resource, listed or retired, at its permanent address."""
    found = one_resource(site().context, resource)
    return render_template(
        "resources/one.html",
        resource=found,
        about=[about_words(link) for link in found.said.links],
        labels=labels(),
    )


def about_words(link: Link) -> About:
    """What a link of a resource leads to: in the newest version that has it."""
    shelf = site().context.shelf
    try:
        versions = shelf.versions(link.framework)
    except NotFound:
        return About(_elsewhere(link), "")
    found = (_about(link, shelf.in_language(version, spoken().code)) for version in versions)
    return next((about for about in found if about is not None), About(link.target, ""))


def _elsewhere(link: Link) -> str:
    if not link.target:
        return gettext("All of %(framework)s", framework=link.framework)
    return gettext("%(id)s of %(framework)s", id=link.target, framework=link.framework)


def _about(link: Link, version: Framework) -> About | None:
    address = f"/standards/{version.framework}/{version.version}"
    if link.kind == FRAMEWORK:
        return About(gettext(AS_A_WHOLE, title=version.title), address)
    for standard in version.standards:
        if link.kind == STANDARD and standard.id == link.target:
            return About(gettext(AS_A_WHOLE, title=f"{standard.id}: {standard.title}"), address)
        for criterion in standard.criteria:
            if link.kind == CRITERION and criterion.id == link.target:
                words = numbered(criterion.id, criterion.statement)
                return About(words, f"{address}/{criterion.id}")
    return None


def labels() -> dict[str, dict[str, str]]:
    """What the values of each kind are called, in the language of the page."""
    return {kind: {value: gettext(words) for value, words in known.items()} for kind, known in LABELS.items()}


@resources.app_template_filter("looked")
def looked(words: str) -> Markup:
    """What came of a look at an address, as it was kept: in the page's language, or said to be English."""
    shown = gettext(words)
    if shown == words and spoken().code != ENGLISH:
        return Markup('<span lang="{}">{}</span>').format(ENGLISH, words)
    return escape(shown)


def _filters(found: Found, chosen: dict[str, str]) -> Iterator[Filter]:
    for name, title in TITLES.items():
        counts = found.counts.get(name, {})
        groups = []
        for heading, values in _values(name):
            choices = tuple(
                Choice(value, words, counts.get(value, 0), chosen[name] == value)
                for value, words in values
                if counts.get(value) or chosen[name] == value
            )
            if choices:
                groups.append((heading, choices))
        yield Filter(name, gettext(title), tuple(groups))


def _values(name: str) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """The values of a filter in the order in which they are shown, under their headings."""
    if name in LABELS:
        yield "", list(labels()[name].items())
        return
    for framework in _frameworks():
        if name == STANDARD:
            standards = [(named(framework.framework, one.id), one.title) for one in framework.standards]
            yield (framework.title if len(_frameworks()) > 1 else ""), standards
        else:
            for standard in framework.standards:
                criteria = [
                    (named(framework.framework, one.id), numbered(one.id, shortened(one.statement)))
                    for one in standard.criteria
                ]
                yield standard.title, criteria


def _frameworks() -> list[Framework]:
    shelf = site().context.shelf
    return [shelf.in_language(shelf.current(name), spoken().code) for name in shelf.frameworks()]


def _taken(words: str, chosen: dict[str, str]) -> Iterator[Taken]:
    if words:
        yield Taken(gettext("Words"), words, _address("", chosen))
    for name, value in chosen.items():
        if value:
            known = {key: label for _heading, values in _values(name) for key, label in values}
            yield Taken(gettext(TITLES[name]), known.get(value, value), _address(words, {**chosen, name: ""}))


def _address(words: str, chosen: dict[str, str], **changed: object) -> str:
    asked = {"q": words, **chosen, **changed}
    query = urlencode({name: str(value) for name, value in asked.items() if value})
    return f"{url_for('resources.search')}?{query}" if query else url_for("resources.search")
