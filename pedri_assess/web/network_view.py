"""The network for PEDRI staff: sums over all that is shared, the same as files, and looks at one result."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request

from ..domain.agreement import LEAST_CRITERIA, LEAST_RATERS
from ..domain.errors import NotFound
from ..domain.network_view import HIDDEN, LEAST, NetworkView
from ..domain.opinions import CLEAR, NO, PARTLY, Shown
from ..domain.policies import STAFF
from ..domain.standards import Framework
from ..reports import sections
from ..reports.charts import Counted, level_class, profile_bar, profile_words
from ..reports.sections.profile import Key
from ..reports.tabular import table_csv
from ..services import network_view as use
from ..services.network_export import criteria_rows, metadata, network_file
from ..services.opinions import learnt
from ..services.organisations import KINDS, NATIONS
from .gate import PRIVATE, actor
from .languages import gettext, ngettext
from .protection import allow
from .result import download
from .setting_up import KINDS as SCOPES
from .site import site

network_pages = Blueprint("network", __name__, url_prefix="/network-view")

SQLITE = "application/vnd.sqlite3"
# Where the answers of one organisation come from is shown; how to check a report is for who holds one
NOT_FOR_STAFF = frozenset({"verify"})
RULES = {
    "LEAST": LEAST,
    "HIDDEN": HIDDEN,
    "LEAST_RATERS": LEAST_RATERS,
    "LEAST_CRITERIA": LEAST_CRITERIA,
}


@network_pages.get("")
@allow(STAFF)
def every() -> str:
    """The versions to look at."""
    shelf = site().context.shelf
    return render_template(
        "network/every.html", frameworks=[shelf.versions(name) for name in shelf.frameworks()], **RULES
    )


@network_pages.get("/<framework>/<version>")
@allow(STAFF)
def show(framework: str, version: str) -> str:
    """The sums about one version."""
    context = site().context
    shown = context.shelf.get(framework, version)
    found = use.network(context, shown, _years())
    listing = context.hub.now(context.database)
    said = {item.criterion.id: item.shown for item in learnt(context, shown)}
    return render_template(
        "network/one.html",
        framework=shown,
        versions=context.shelf.versions(framework),
        network=found,
        view=found.view,
        key=_key(found.view),
        strip=lambda item, title: profile_bar(item, shown.scale, title),
        in_words=lambda item: profile_words(item, shown.scale),
        by_how_much=by_how_much,
        unclear=lambda criterion: unclear(said[criterion]),
        resources=lambda criterion: len(context.hub.for_gap(listing, framework, criterion)),
        **RULES,
    )


@network_pages.get("/<framework>/<version>/criteria.csv")
@allow(STAFF)
def criteria_file(framework: str, version: str) -> Response:
    """The sums by criterion as a table."""
    shown = site().context.shelf.get(framework, version)
    content = table_csv(criteria_rows(use.network(site().context, shown).view))
    return _file(content, "text/csv", f"{framework}-{version}-network.csv")


@network_pages.get("/<framework>/<version>/network.db")
@allow(STAFF)
def data_file(framework: str, version: str) -> Response:
    """The sums as a SQLite file, to be opened with Datasette or sqlite-utils."""
    shown = site().context.shelf.get(framework, version)
    content = network_file(site().context, shown)
    return _file(content, SQLITE, f"{_name(shown)}.db")


@network_pages.get("/<framework>/<version>/metadata.json")
@allow(STAFF)
def metadata_file(framework: str, version: str) -> Response:
    """What Datasette wants to know of that file."""
    shown = site().context.shelf.get(framework, version)
    found = metadata(site().context, shown, _name(shown))
    content = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _file(content.encode(), "application/json", f"{_name(shown)}-metadata.json")


@network_pages.get("/<framework>/organisations")
@allow(STAFF)
def organisations(framework: str) -> str:
    """Who shares which results."""
    versions = site().context.shelf.versions(framework)
    return render_template(
        "network/organisations.html",
        framework=versions[0],
        versions={item.content_hash: item.version for item in versions},
        sharing=use.shared_with_staff(site().context, framework),
        called={name: gettext(words) for name, words in (KINDS | NATIONS).items()},
        scopes={name: gettext(words).lower() for name, words in SCOPES.items()},
    )


@network_pages.get("/results/<shared>/<int:revision>")
@allow(STAFF)
def result(shared: str, revision: int) -> str:
    """The result of one organisation; the look is noted."""
    found = use.look_at(site().context, actor().account_id, shared, revision)
    shown = [section for section in sections(found.report) if section.name not in NOT_FOR_STAFF]
    return render_template(
        "network/result.html",
        result=found.result,
        framework=found.framework,
        report=found.report,
        sections=shown,
        medium="web",
    )


def by_how_much(gaps: Sequence[int]) -> str:
    """By how many levels targets are missed, in words: 5 by 1 level, 3 by 2 levels."""
    return ", ".join(_by(size, many) for size, many in enumerate(gaps, start=1) if many)


def _by(size: int, many: int) -> str:
    return ngettext(
        "%(places)s by %(num)s level", "%(places)s by %(num)s levels", size, places=many, num=size
    )


def unclear(said: Shown) -> str:
    """How many members say that a criterion is not clear, or partly, in words; all numbers are rounded."""
    if counts := said.counts.get(CLEAR):
        some, all_ = counts[NO] + counts[PARTLY], sum(counts.values())
        return gettext("About %(some)s of %(all)s", some=some, all=all_)
    return gettext(said.hidden[CLEAR])


def _name(framework: Framework) -> str:
    """What the file, and so its database in Datasette, is called: dots would be odd in addresses."""
    return f"{framework.framework}-{framework.version}-network".replace(".", "-")


def _years() -> use.Years | None:
    asked = request.args.get("years", "")
    if not asked:
        return None
    before, _, after = asked.partition("-")
    if not (before and after):
        raise NotFound("years")
    return before, after


def _key(view: NetworkView) -> Key:
    framework = view.framework
    every: list[Counted] = [*view.standards, *view.criteria]
    return Key(
        tuple((level, level_class(level, framework.top)) for level in framework.scale),
        any(item.unanswered for item in every),
        any(item.not_applicable for item in every),
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    response = download(content, kind, name)
    response.headers["Cache-Control"] = PRIVATE
    return response
