"""The resource hub as PEDRI staff look after it."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import Duplicate, Incomplete, NotFound, Stale, TooLong, WrongState
from ..domain.languages import to_translate
from ..domain.moderation import MOVES, WITHDRAW, moves_from
from ..domain.policies import STAFF
from ..domain.resources import DECLINED, LISTED, RETIRED, SUGGESTED, WITHDRAWN, Described, Resource
from ..services import hub_keeping as use
from ..services.hub import without_help
from .gate import actor
from .languages import gettext, said, told
from .protection import allow
from .resource_forms import ResourceForm, differences, form_of, posted_form
from .resources import about_words, labels
from .site import site
from .suggesting import CONFLICT, UNUSABLE
from .texts import clean, whole_number

hub = Blueprint("hub", __name__, url_prefix="/hub")

ON_A_PAGE = 50
WAITING, DEAD, MISSING = "waiting", "dead", "missing"
SHOWN = {
    WAITING: to_translate("Waiting"),
    DEAD: to_translate("Dead links"),
    LISTED: to_translate("Listed"),
    RETIRED: to_translate("Retired"),
    DECLINED: to_translate("Declined"),
    MISSING: to_translate("Missing"),
}
ANOTHER = to_translate("“%(title)s” has this address already")


@hub.get("")
@allow(STAFF)
def every() -> str:
    """All resources, by how they stand; and the criteria that none is about."""
    everything = use.everything(site().context)
    groups = {name: [one for one in everything if _belongs(one, name)] for name in SHOWN}
    asked = request.args.get("show", "")
    shown = asked if asked in SHOWN else (WAITING if groups[WAITING] else LISTED)
    words = clean(request.args.get("q", ""))[:200]
    found = [one for one in groups[shown] if _has(one, words)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(whole_number(request.args.get("page"), 1), 1), pages)
    missing = without_help(site().context)
    return render_template(
        "hub/every.html",
        found=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        total=len(found),
        page=page,
        pages=pages,
        words=words,
        shown=shown,
        tabs={**{name: (gettext(title), len(groups[name])) for name, title in SHOWN.items()},
              MISSING: (gettext(SHOWN[MISSING]), sum(len(criteria) for _framework, criteria in missing))},
        missing=missing,
        pages_to=lambda number: url_for("hub.every", show=shown, q=words or None, page=number),
    )  # fmt: skip


@hub.route("/new", methods=["GET", "POST"])
@allow(STAFF)
def new() -> Response:
    """A new resource, listed at once."""
    shelf = site().context.shelf
    if request.method == "GET":
        return _new(form_of(shelf, Described("", "", "", languages=("en",)), 0))
    form = posted_form(shelf, request.form)
    if form.complete():
        try:
            return _to(use.add(site().context, actor().account_id, form.said()))
        except Duplicate as error:
            _same_address(form, error)
    return _new(form, UNUSABLE)


@hub.route("/<resource>", methods=["GET", "POST"])
@allow(STAFF)
def one(resource: str) -> Response:
    """One resource to edit, with what else can be done with it."""
    context = site().context
    current = use.kept(context, resource)
    if request.method == "GET":
        return _page(current, form_of(context.shelf, current.said, current.revision))
    form = posted_form(context.shelf, request.form)
    if not form.complete():
        return _page(current, form, UNUSABLE)
    try:
        expected = whole_number(form.revision.data)
        use.edit(context, actor().account_id, resource, form.said(), expected)
    except Duplicate as error:
        _same_address(form, error)
        return _page(current, form, UNUSABLE)
    except Stale as error:
        return _conflict(form, cast(Resource, error.current))
    return _to(resource)


@hub.post("/<resource>/state")
@allow(STAFF)
def state(resource: str) -> Response:
    """Lists, declines or retires a resource, or brings it back."""
    context, name, reason = site().context, request.form.get("move", ""), clean(request.form.get("reason"))
    current = use.kept(context, resource)
    if name not in MOVES or name == WITHDRAW:
        raise NotFound("move")
    try:
        use.move(context, actor().account_id, resource, name, reason)
    except (WrongState, Incomplete) as error:
        form = form_of(context.shelf, current.said, current.revision)
        status = UNUSABLE if isinstance(error, Incomplete) else CONFLICT
        return _page(current, form, status, problem=_problem(error), reason=reason)
    return _to(resource)


@hub.post("/<resource>/undo")
@allow(STAFF)
def undo(resource: str) -> Response:
    """Puts the text before the last one back."""
    context = site().context
    try:
        use.undo(context, actor().account_id, resource, whole_number(request.form.get("revision")))
    except (Stale, Duplicate) as error:
        return _not_undone(resource, error)
    return _to(resource)


@hub.route("/<resource>/history", methods=["GET", "POST"])
@allow(STAFF)
def history(resource: str) -> Response:
    """What happened to a resource; sending it takes an earlier text back."""
    context = site().context
    if request.method == "POST":
        number, expected = (whole_number(request.form.get(name)) for name in ("number", "revision"))
        try:
            use.take_back(context, actor().account_id, resource, number, expected)
        except (Stale, Duplicate) as error:
            return _not_undone(resource, error)
        return _to(resource)
    current = use.kept(context, resource)
    lines = use.history(context, resource)
    page = render_template(
        "hub/history.html", resource=current, lines=lines, labels=labels(), about=about_words
    )
    return make_response(page)


def _problem(error: WrongState | Incomplete) -> str:
    return told(error) if isinstance(error, WrongState | TooLong) else said(error.missing[0])


def _belongs(resource: Resource, name: str) -> bool:
    if name == DEAD:
        return resource.state == LISTED and resource.dead
    states = {WAITING: {SUGGESTED}, DECLINED: {DECLINED, WITHDRAWN}}.get(name, {name})
    return resource.state in states


def _has(resource: Resource, words: str) -> bool:
    text = f"{resource.said.title} {resource.said.publisher} {resource.said.address}".casefold()
    return all(word in text for word in words.casefold().split())


def _same_address(form: ResourceForm, error: Duplicate) -> None:
    form.address.errors = [gettext(ANOTHER, title=use.kept(site().context, str(error)).said.title)]


def _new(form: ResourceForm, status: int = 200) -> Response:
    return make_response(render_template("hub/new.html", form=form, in_error=status != 200), status)


def _page(
    current: Resource, form: ResourceForm, status: int = 200, problem: str = "", reason: str = ""
) -> Response:
    page = render_template(
        "hub/one.html",
        resource=current,
        form=form,
        moves=moves_from(current.state),
        differences=[],
        problem=problem,
        reason=reason,
        in_error=status != 200,
    )
    return make_response(page, status)


def _conflict(form: ResourceForm, theirs: Resource) -> Response:
    """Both texts side by side, and the form with one's own, made from the text of now."""
    found = differences(form, form.said(), theirs.said)
    form.revision.data = str(theirs.revision)
    page = render_template(
        "hub/one.html",
        resource=theirs,
        form=form,
        moves=(),
        differences=found,
        problem="",
        reason="",
        in_error=True,
    )
    return make_response(page, CONFLICT)


def _not_undone(resource: str, error: Stale | Duplicate) -> Response:
    current = use.kept(site().context, resource)
    problem = (
        gettext("Somebody changed the text after you opened the page; look at it again")
        if isinstance(error, Stale)
        else gettext(ANOTHER, title=use.kept(site().context, str(error)).said.title)
    )
    form = form_of(site().context.shelf, current.said, current.revision)
    return _page(current, form, CONFLICT, problem=problem)


def _to(resource: str) -> Response:
    return make_response(redirect(url_for("hub.one", resource=resource), 303))
