"""Publishing a version of the standards: bringing a file, looking at it, and publishing it for ever."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import FileField

from ..domain.errors import Incomplete, InvalidDocument, WrongState
from ..domain.languages import to_translate
from ..domain.policies import STAFF
from ..domain.said import Said
from ..services import publishing as use
from .components import PlainForm
from .forms import question_form
from .gate import PRIVATE, actor
from .languages import gettext, told
from .protection import allow, lately
from .result import download
from .site import site

publishing = Blueprint("publishing", __name__, url_prefix="/publishing")

UNUSABLE, CONFLICT = 422, 409
NAME = "the file"  # a file's own name is not ours to repeat: it can be long, and say things
MOST_SHOWN = 100


class DraftForm(PlainForm):
    """A file to bring."""

    file = FileField(to_translate("File of the version (JSON)"))


def take_new_versions() -> None:
    """Takes what another process published onto this one's shelf, before a page is made."""
    if request.endpoint != "static":
        site().context.shelving.look(site().context.database, _asked())


def _asked() -> tuple[str, str] | None:
    """The version that an address names."""
    named = request.view_args or {}
    if {"framework", "version"} <= named.keys():
        return named["framework"], named["version"]
    framework, _, version = request.args.get("standards", "").partition("/")
    return (framework, version) if version else None


@publishing.route("", methods=["GET", "POST"])
@allow(STAFF)
def every() -> Response:
    """The drafts, and bringing another one."""
    form, faults = DraftForm(), []
    file = request.files.get("file")
    if request.method == "POST":
        if not file or not file.filename:
            form.file.errors = [to_translate("Choose a file")]
        else:
            try:
                made = use.upload(site().context, actor().account_id, file.read(), NAME)
                return _to(made)
            except InvalidDocument as error:
                faults = [line.removeprefix(f"{NAME}: ") for line in error.lines()]
    drafts, published = use.overview(site().context)
    wrong = bool(faults or form.errors)
    page = render_template(
        "publishing/every.html",
        drafts=drafts,
        published=published,
        form=form,
        faults=faults[:MOST_SHOWN],
        more=max(0, len(faults) - MOST_SHOWN),
        in_error=wrong,
    )
    return make_response(page, UNUSABLE if wrong else 200)


@publishing.get("/<draft>")
@allow(STAFF)
def one(draft: str) -> Response:
    """One draft: faults, differences, effects, advice, and publishing it."""
    return _page(draft)


@publishing.get("/<draft>/draft.json")
@allow(STAFF)
def file(draft: str) -> Response:
    """The file as it was brought."""
    found = use.looked_at(site().context, draft).draft
    name = f"{found.framework}-{found.version}-draft.json"
    response = download(found.content.encode(), "application/json", name)
    response.headers["Cache-Control"] = PRIVATE
    return response


@publishing.get("/<draft>/preview")
@allow(STAFF)
def preview(draft: str) -> str:
    """The questions of a draft, by standard."""
    found, framework = use.draft_framework(site().context, draft)
    return render_template("publishing/preview.html", draft=found, framework=framework)


@publishing.get("/<draft>/preview/<criterion>")
@allow(STAFF)
def question(draft: str, criterion: str) -> str:
    """One question of a draft, as people would see it; nothing of it is kept."""
    found, framework = use.draft_framework(site().context, draft)
    item = framework.criterion(criterion)
    place = framework.criteria.index(item)
    return render_template(
        "publishing/question.html",
        draft=found,
        framework=framework,
        standard=framework.standard_of(criterion),
        criterion=item,
        resources=(),
        preview=True,
        form=question_form(item, framework, site().context.schemas, Said()),
        number=place + 1,
        before=framework.criteria[place - 1] if place else None,
        after=framework.criteria[place + 1] if place + 1 < len(framework.criteria) else None,
    )


@publishing.post("/<draft>/publish")
@allow(STAFF)
@lately
def publish(draft: str) -> Response:
    """Publishes a draft, for ever."""
    try:
        made = use.publish(site().context, actor().account_id, draft, request.form.get("version", ""))
    except Incomplete as error:
        return _page(draft, gettext(error.missing[0]), UNUSABLE)
    except WrongState as error:
        return _page(draft, told(error), CONFLICT)
    address = url_for("standards.one_version", framework=made.framework, version=made.version)
    return make_response(redirect(address, 303))


@publishing.post("/<draft>/remove")
@allow(STAFF)
def remove(draft: str) -> Response:
    """Takes a draft away."""
    use.remove(site().context, actor().account_id, draft)
    return make_response(redirect(url_for("publishing.every"), 303))


def _page(draft: str, problem: str = "", status: int = 200) -> Response:
    looked = use.looked_at(site().context, draft)
    page = render_template(
        "publishing/one.html", looked=looked, draft=looked.draft, problem=problem, in_error=bool(problem)
    )
    return make_response(page, status)


def _to(draft: str) -> Response:
    return make_response(redirect(url_for("publishing.one", draft=draft), 303))
