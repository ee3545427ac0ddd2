"""What is refused before any page is made: views without a rule, other sites' forms, endless forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from werkzeug.exceptions import BadRequest

from ..domain.policies import Policy

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
MOST_FIELDS = 5_000  # far above the largest form: a target for each of 1,000 standards, and a tick


class CrossSite(BadRequest):
    """A form was sent from another site's page."""


class NoToken(BadRequest):
    """A form of a signed-in person came without its token, or with that of an earlier session."""


def allow(policy: Policy) -> Callable[[View], View]:
    """Names the rule that says who may use a view. A view without one is refused to everyone."""

    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]
        return view

    return mark


def lately(view: View) -> View:
    """Marks a view that changes who may do what: whoever sends its form must have signed in lately."""
    view.lately = True  # type: ignore[attr-defined]
    return view


def at_most(size: int) -> Callable[[View], View]:
    """Marks a view that takes a file: more than `size` bytes are refused before any of them is read."""

    def mark(view: View) -> View:
        view.most_bytes = size  # type: ignore[attr-defined]
        return view

    return mark


def add_protection(app: Flask) -> None:
    """Makes the application refuse what no page should see."""
    app.before_request(refuse_without_policy)
    app.before_request(hold_to_size)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_endless_forms)


def refuse_without_policy() -> None:
    """Denies by default: only a view that says who may use it can be used."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not isinstance(getattr(view, "policy", None), Policy):
        abort(403)


def hold_to_size() -> None:
    """Holds a view that takes a file to its own size; one that says how large it is is refused at once."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is not None:
        request.max_content_length = most
        if (request.content_length or 0) > most:
            abort(413)


def refuse_other_sites() -> None:
    """Refuses a form that a page of another site sent in this person's name.

    Browsers say where a form comes from; what says nothing is not a browser, and carries no cookies of ours.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise CrossSite
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise CrossSite


def refuse_endless_forms() -> None:
    """Refuses an unreasonable number of fields before they are unpacked.

    Werkzeug counts the parts of multipart forms only.
    """
    if request.method in SAFE_METHODS or request.mimetype != "application/x-www-form-urlencoded":
        return
    if request.get_data().count(b"&") >= MOST_FIELDS:
        abort(413)
