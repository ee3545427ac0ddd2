"""Checking a report that somebody has: the page, and the keys that sign ours."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from wtforms import FileField

from ..domain.errors import NotFound
from ..domain.languages import to_translate
from ..domain.policies import ANYONE
from ..domain.standards import Framework
from ..reports import NotAReport
from ..services.editions import CHECK_PAGE
from ..services.verifying import Verdict, verify
from .components import PlainForm
from .languages import gettext, told
from .protection import allow
from .site import Site, site

verifying = Blueprint("verifying", __name__, url_prefix=CHECK_PAGE)


class ReportForm(PlainForm):
    """A report to check."""

    file = FileField(to_translate("Improvement report"))


@verifying.get("")
@allow(ANYONE)
def ask() -> Response:
    """Where a report can be chosen."""
    return _page(ReportForm(), None)


@verifying.post("")
@allow(ANYONE)
def check() -> Response:
    """What came of checking it; the file is forgotten."""
    form, verdict = ReportForm(), None
    file = request.files.get("file")
    if not file or not file.filename:
        form.file.errors = [gettext("Choose the report to check")]
    else:
        try:
            verdict = _verified(file.read())
        except NotAReport as error:
            form.file.errors = [gettext("This is not a report that can be checked: %(why)s", why=told(error))]
        except NotFound as error:
            form.file.errors = [
                gettext("The report is about standards that are not here: %(which)s", which=error)
            ]
    return _page(form, verdict, 422 if form.errors else 200)


@verifying.get("/keys.json")
@allow(ANYONE)
def published() -> Response:
    """The public keys that sign the reports of this service, the one in use first."""
    return jsonify(format="pedri-assess/keys/1", issuer=site().context.base_url, ed25519=list(keys(site())))


def keys(served: Site) -> tuple[str, ...]:
    """The public keys of this service, in hexadecimal, the one in use first."""
    issuer = served.context.issuer
    return (*([issuer.public] if issuer else []), *served.config.report_keys_before)


def _verified(content: bytes) -> Verdict:
    context = site().context
    return verify(content, context.schemas, _framework, context.renderer, keys(site()))


def _framework(framework: str, version: str) -> Framework:
    return site().context.shelf.get(framework, version)


def _page(form: ReportForm, verdict: Verdict | None, status: int = 200) -> Response:
    page = render_template("pages/check_a_report.html", form=form, verdict=verdict, keys=keys(site()))
    return make_response(page, status)
