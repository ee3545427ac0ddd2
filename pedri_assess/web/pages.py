"""The pages that say what this is, and whether it runs."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template

from ..domain.policies import ANYONE
from ..domain.standards import Framework
from .protection import allow
from .site import site

pages = Blueprint("pages", __name__)


def newest() -> list[Framework]:
    """The current version of every framework, those on offer first where several are."""
    shelf = site().context.shelf
    return [shelf.current(name) for name in shelf.frameworks()]


@pages.get("/")
@allow(ANYONE)
def home() -> str:
    """What this is, for whom, and where to begin."""
    return render_template("pages/home.html", frameworks=newest())


@pages.get("/about")
@allow(ANYONE)
def about() -> str:
    """Who is behind this, whose words it shows, and what it does not do."""
    return render_template("pages/about.html", frameworks=newest())


@pages.get("/accessibility")
@allow(ANYONE)
def accessibility() -> str:
    """What was done and tested so that everyone can use this, and what was not."""
    return render_template("pages/accessibility.html")


@pages.get("/privacy")
@allow(ANYONE)
def privacy() -> str:
    """What is kept, where, and how to remove it."""
    return render_template("pages/privacy.html")


@pages.get("/healthz")
@allow(ANYONE)
def healthz() -> Response:
    """Whether the service can answer, for machines."""
    response = jsonify(status="ok", standards=sum(1 for _ in newest()))
    response.headers["Cache-Control"] = "no-store"
    return response
