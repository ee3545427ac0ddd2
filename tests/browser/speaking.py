"""The application with the pseudo-language beside its own languages."""

from __future__ import annotations

from flask import Flask

from pedri_assess.web.app import create_app
from pedri_assess.web.languages import EXTENSION

from ..pseudo_language import CODE, PSEUDO


def make() -> Flask:
    """The application, for a server."""
    app = create_app()
    app.extensions[EXTENSION][CODE] = PSEUDO
    return app
