"""Resources that help: what the hub says of each, what it must say, and which to show at a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from .errors import Told
from .languages import ENGLISH, to_translate

AUDIENCES = {
    "everyone": to_translate("Everyone"),
    "public": to_translate("Members of the public and patients"),
    "contributors": to_translate("Public contributors"),
    "involvement-leads": to_translate("Leads for involvement and engagement"),
    "researchers": to_translate("Researchers"),
    "data-teams": to_translate("Data teams"),
    "leaders": to_translate("Leaders"),
    "finance-hr": to_translate("Finance and HR"),
    "governance": to_translate("Information governance and data access"),
}
FORMATS = {
    "web-page": to_translate("Web page"),
    "news": to_translate("Blog or news"),
    "report": to_translate("Report"),
    "paper": to_translate("Research paper"),
    "guidance": to_translate("Guidance"),
    "tool": to_translate("Tool or checklist"),
    "self-assessment": to_translate("Self-assessment"),
    "standard": to_translate("Standard or specification"),
    "course": to_translate("Course"),
    "video": to_translate("Video or animation"),
    "glossary": to_translate("Glossary"),
    "list": to_translate("List of resources"),
    "case-study": to_translate("Case study"),
    "example": to_translate("Example to follow"),
}
LANGUAGES = {
    "en": to_translate("English"),
    "cy": to_translate("Welsh"),
    "bsl": to_translate("British Sign Language"),
    "easy-read": to_translate("Easy Read"),
    "other": to_translate("Another language"),
}
NATIONS = {
    "uk": to_translate("The whole UK"),
    "england": to_translate("England"),
    "northern-ireland": to_translate("Northern Ireland"),
    "scotland": to_translate("Scotland"),
    "wales": to_translate("Wales"),
    "international": to_translate("International"),
}
WRITTEN, OTHER = frozenset({"en", "cy"}), "other"  # languages with a code; one that we do not name
# Each field that says what kind of resource it is, with the values that it may have
KINDS = {"audiences": AUDIENCES, "formats": FORMATS, "languages": LANGUAGES, "nations": NATIONS}

SUGGESTED, LISTED, RETIRED, DECLINED, WITHDRAWN = "suggested", "listed", "retired", "declined", "withdrawn"

NEEDED = {
    "title": to_translate("Give the title"),
    "publisher": to_translate("Say who publishes it"),
    "address": to_translate("Give its whole web address, beginning with https://"),
}
LONGEST = {"title": 200, "publisher": 200, "address": 1_000, "summary": 1_000, "dated": 200, "licence": 200}
TOO_LONG = to_translate("Use %(most)s characters or fewer: %(over)s too many")
MOST_LINKS = 60
MOST_SHOWN = 3  # at one gap

FRAMEWORK, STANDARD, CRITERION = "framework", "standard", "criterion"


@dataclass(frozen=True, order=True)
class Link:
    """What a resource is about: a criterion, a standard as a whole, or a framework as a whole.

    `target` is the id of the criterion or standard, and empty for a framework.
    """

    framework: str
    kind: str
    target: str = ""


@dataclass(frozen=True)
class Described:
    """What the hub says of a resource. The values of audiences, formats, languages and nations are in KINDS.

    `dated` says in words how old it is, `licence` under which conditions it may be used.
    """

    title: str
    publisher: str
    address: str
    summary: str = ""
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    dated: str = ""
    licence: str = ""
    links: tuple[Link, ...] = ()

    @property
    def host(self) -> str:
        """The name of the site that the address leads to."""
        return host(self.address)

    @property
    def language(self) -> str:
        """The code of the language that its title is in; empty where we do not know."""
        written = [code for code in self.languages if code in WRITTEN]
        return written[0] if len(written) == 1 and OTHER not in self.languages else ""


@dataclass(frozen=True)
class Check:
    """What came of looking at an address: when, one of OUTCOMES, in words, how many times in a row not found.

    `moved_to` is the address that it leads to now, empty where it is the same.
    """

    at: str
    outcome: str
    words: str
    times: int = 0
    moved_to: str = ""

    @property
    def dead(self) -> bool:
        """Whether people should not be sent there: it is gone, or was not found twice in a row."""
        return self.outcome == GONE or self.times >= TWICE


FOUND, MOVED, CLOSED, GONE, SILENT = "found", "moved", "closed", "gone", "silent"
OUTCOMES = {
    FOUND: "Found",
    MOVED: "Moved",
    CLOSED: "Answers, but not to programs",
    GONE: "Gone",
    SILENT: "Does not answer",
}
TROUBLE = frozenset({GONE, SILENT})
TWICE = 2


@dataclass(frozen=True)
class Resource:
    """A resource of the hub.

    `revision` counts its texts, `change` orders the changes of the whole hub; `reason` says why it was
    retired or declined. `suggested_by` and `changed_by` are accounts, or None where it came from a starter
    set; `changer` is what the one who changed it last is called.
    """

    id: str
    said: Described
    state: str
    revision: int
    change: int
    added_at: str
    changed_at: str
    reason: str = ""
    suggested_by: str | None = None
    changed_by: str | None = None
    changer: str = ""
    check: Check | None = None

    @property
    def language(self) -> str:
        """The code of the language that is said in what it is; empty where somebody wrote it in their own."""
        return ENGLISH if self.changed_by is None else ""

    @property
    def dead(self) -> bool:
        """Whether its address no longer leads to it."""
        return self.check is not None and self.check.dead


@dataclass(frozen=True)
class Pointer:
    """What a report says of a resource, so that it can be printed again when the hub has changed."""

    title: str
    publisher: str
    address: str


def host(address: str) -> str:
    """The site that a https address leads to; empty where it is no address that people may be sent to."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and "@" not in parts.netloc and parts.port != 0
        named = parts.hostname or ""
    except ValueError:
        return ""
    unsafe = any(letter.isspace() or letter in "<>\"'`\\^{|}" or ord(letter) < 33 for letter in address)
    return named if plain and "." in named and not unsafe else ""


def faults(said: Described) -> Iterator[tuple[str, Told]]:
    """What is missing or wrong in what is said of a resource: the field, and what to do."""
    yield from ((name, Told(what)) for name, what in NEEDED.items() if not getattr(said, name))
    if said.address and not host(said.address):
        yield "address", Told(NEEDED["address"])
    for name, most in LONGEST.items():
        if (over := len(getattr(said, name)) - most) > 0:
            yield name, Told(TOO_LONG, most=f"{most:,}", over=f"{over:,}")
    for name, known in KINDS.items():
        if not set(getattr(said, name)) <= set(known):
            yield name, Told(to_translate("Choose from this list"))
    if len(said.links) > MOST_LINKS:
        yield "links", Told(to_translate("Choose at most %(most)s standards and criteria"), most=MOST_LINKS)


def tidy(said: Described) -> Described:
    """The same, each list once and in the order in which it is kept: so equal texts are equal."""
    kinds: dict[str, Any] = {
        name: tuple(sorted(set(getattr(said, name)), key=lambda value: (place.get(value, len(place)), value)))
        for name, known in KINDS.items()
        if (place := {value: number for number, value in enumerate(known)})
    }
    return replace(said, **kinds, links=tuple(sorted(set(said.links))))


def at_gap(about_it: Iterable[Resource], about_the_standard: Iterable[Resource]) -> tuple[Resource, ...]:
    """Which resources to show at a gap in a criterion, at most three.

    Those about the criterion come before those about its standard as a whole; among each, those about the
    fewest things first, then by title. Addresses that lead nowhere are left out.
    """
    chosen: dict[str, Resource] = {}
    for group in (about_it, about_the_standard):
        alive = (resource for resource in group if resource.state == LISTED and not resource.dead)
        for resource in sorted(alive, key=_most_particular):
            chosen.setdefault(resource.id, resource)
    return tuple(chosen.values())[:MOST_SHOWN]


def _most_particular(resource: Resource) -> tuple[int, str, str]:
    return len(resource.said.links), resource.said.title.casefold(), resource.id


def pointer(resource: Resource) -> Pointer:
    """What a report keeps of a resource."""
    said = resource.said
    return Pointer(said.title, said.publisher, said.address)


def said_document(said: Described) -> dict[str, Any]:
    """What is said of a resource as plain JSON values; `said_from` reads it."""
    kinds = {name: list(getattr(said, name)) for name in KINDS}
    return {**vars(said), **kinds, "links": [dict(vars(link)) for link in said.links]}


def said_from(document: dict[str, Any]) -> Described:
    """What `said_document` wrote down."""
    kinds = {name: tuple(document[name]) for name in KINDS}
    return Described(**{**document, **kinds, "links": tuple(Link(**link) for link in document["links"])})
