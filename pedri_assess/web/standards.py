"""The standards to read: versions, criteria at permanent addresses, what changed, and the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, Response, make_response, render_template, request

from ..domain.comparison import Comparison, compare
from ..domain.policies import ANYONE
from ..domain.search import search
from ..domain.standards import Criterion, Framework
from ..services.hub import help_with
from ..services.opinions import own_opinion
from .gate import actor_or_none
from .protection import allow
from .site import site
from .texts import clean

standards = Blueprint("standards", __name__, url_prefix="/standards")
changes = Blueprint("changes", __name__, url_prefix="/changes")

LONGEST_SEARCH = 200  # characters


@standards.get("")
@allow(ANYONE)
def every_version() -> str:
    """Every framework with its versions, newest first."""
    shelf = site().context.shelf
    return render_template(
        "standards/every_version.html", frameworks=[shelf.versions(name) for name in shelf.frameworks()]
    )


@standards.get("/<framework>/<version>.json")
@allow(ANYONE)
def file(framework: str, version: str) -> Response:
    """The file of a version, byte for byte."""
    response = make_response(site().context.shelf.document(framework, version))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = f'attachment; filename="{framework}-{version}.json"'
    return response


@standards.get("/<framework>/<version>")
@allow(ANYONE)
def one_version(framework: str, version: str) -> str:
    """One version: its notice, its standards and criteria, or those that a search finds."""
    shown = site().context.shelf.get(framework, version)
    words = clean(request.args.get("q", ""))[:LONGEST_SEARCH]
    return render_template(
        "standards/one_version.html",
        framework=shown,
        versions=site().context.shelf.versions(framework),
        searched="q" in request.args,
        words=words,
        hits=search(shown, words),
    )


def in_groups(criteria: Iterable[Criterion]) -> list[tuple[str, list[Criterion]]]:
    """Criteria under their group headings, as they follow each other in the file."""
    return [(name, list(items)) for name, items in groupby(criteria, key=lambda item: item.group)]


@standards.get("/<framework>/<version>/<criterion>")
@allow(ANYONE)
def one_criterion(framework: str, version: str, criterion: str) -> Response:
    """One criterion with all that its version says about it, and where it comes from and went to."""
    return criterion_page(framework, version, criterion)


def criterion_page(
    framework: str,
    version: str,
    criterion: str,
    said: Mapping[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """The page of a criterion; to members with what they say of it, also where `said` cannot be kept."""
    shown = site().context.shelf.get(framework, version)
    item = shown.criterion(criterion)
    place, who = shown.criteria.index(item), actor_or_none()
    opinion = own_opinion(site().context, who, framework, version, criterion) if who else None
    page = render_template(
        "standards/one_criterion.html",
        framework=shown,
        standard=shown.standard_of(criterion),
        criterion=item,
        origins=_origins(item, shown),
        successors=_successors(item, shown),
        resources=help_with(site().context, framework, criterion),
        opinion=replace(opinion, **said) if opinion and said else opinion,
        problem=problem,
        in_error=bool(problem),
        is_only_version=len(site().context.shelf.versions(framework)) == 1,
        before=shown.criteria[place - 1] if place else None,
        after=shown.criteria[place + 1] if place + 1 < len(shown.criteria) else None,
    )
    return make_response(page, status)


def _origins(criterion: Criterion, framework: Framework) -> list[tuple[str, Framework | None, str, str, str]]:
    """What a criterion comes from: kind of link, the version if it is on the shelf, its name, id, a note."""
    on_shelf = {other.version: other for other in site().context.shelf.versions(framework.framework)}
    return [
        (link.kind, on_shelf.get(link.version), link.version, link.id, link.note) for link in criterion.links
    ]


def _successors(
    criterion: Criterion, framework: Framework
) -> list[tuple[Framework, str, list[Criterion], str]]:
    """What became of a criterion in each version that knows it: version, kind, what it went into, why."""
    found: list[tuple[Framework, str, list[Criterion], str]] = []
    for other in site().context.shelf.versions(framework.framework):
        links = [
            (target, link)
            for target in other.criteria
            for link in target.links
            if (link.version, link.id) == (framework.version, criterion.id)
        ]
        if links:
            found.append((other, links[0][1].kind, [target for target, _ in links], ""))
        for item in other.retired:
            if (item.version, item.id) == (framework.version, criterion.id):
                found.append((other, "retired", [], item.why))
    return found


@changes.get("/<framework>/<old>/<new>")
@allow(ANYONE)
def between(framework: str, old: str, new: str) -> str:
    """What changed from one version to another, side by side."""
    shelf = site().context.shelf
    older, newer = shelf.get(framework, old), shelf.get(framework, new)
    comparison = compare(older, newer)
    return render_template(
        "standards/changes.html",
        comparison=comparison,
        versions=shelf.versions(framework),
        reverse=compare(newer, older).linked() and not comparison.linked(),
        groups=_groups(comparison),
    )


def _groups(comparison: Comparison) -> list[tuple[str, list[object]]]:
    return [(kind, list(comparison.of_kind(kind))) for kind, count in comparison.counts().items() if count]
