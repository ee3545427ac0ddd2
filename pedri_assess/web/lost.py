"""Pages for when a quick check cannot go on: damaged, not here, or its standards have changed."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request

from .carrying import Damaged, NothingCarried, StandardsChanged, copies
from .forms import TEXTS
from .headers import ASK_AGAIN_PRIVATE
from .languages import gettext
from .setting_up import NAMES
from .site import site
from .texts import clean


def add_lost_pages(app: Flask) -> None:
    """Gives the application a page for each way in which a quick check cannot go on."""
    app.register_error_handler(Damaged, damaged)
    app.register_error_handler(NothingCarried, nothing_carried)
    app.register_error_handler(StandardsChanged, standards_changed)


def damaged(_error: Damaged) -> Response:
    """Shows what was typed, to copy, and offers the copy that the browser keeps."""
    names = {**TEXTS, **NAMES}
    sent = [(gettext(words), clean(request.form.get(name))) for name, words in names.items()]
    kept = copies()
    return _private(
        "quick_check/damaged.html",
        400,
        typed=[(words, text) for words, text in sent if text],
        tried=bool(request.form.get("kept")) and not kept,
        kept=site().seal.seal(kept[0]) if kept else "",
    )


def nothing_carried(_error: NothingCarried) -> Response:
    """Says where answers live; the page's script brings them from the browser's storage."""
    return _private("quick_check/not_here.html", 404, address=request.path)


def standards_changed(error: StandardsChanged) -> Response:
    """Hands the answers back as a file."""
    token = site().seal.seal(error.journey)
    return _private("quick_check/standards_changed.html", 409, token=token, journey=error.journey)


def _private(template: str, status: int, **shown: object) -> Response:
    response = make_response(render_template(template, **shown), status)
    response.headers["Cache-Control"] = ASK_AGAIN_PRIVATE
    return response
