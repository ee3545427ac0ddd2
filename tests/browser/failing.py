"""The application with addresses at which it goes wrong: what no address of ours brings about by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from flask import Flask
from werkzeug.exceptions import Forbidden, TooManyRequests

from pedri_assess.domain.policies import ANYONE
from pedri_assess.store import StoreUnavailable
from pedri_assess.web.app import create_app
from pedri_assess.web.protection import allow

WRONGS: dict[str, Callable[[], Exception]] = {
    "403": Forbidden,
    "429": lambda: TooManyRequests(retry_after=60),
    "500": lambda: RuntimeError("a fault of ours, for a test"),
    "503": lambda: StoreUnavailable("The database cannot be used: for a test"),
}


def make() -> Flask:
    """The application, for a server."""
    app = create_app()
    for name, wrong in WRONGS.items():
        view = allow(ANYONE)(_raising(wrong))
        app.add_url_rule(f"/fails/{name}", name, view, methods=["GET", "POST"])
    return app


def _raising(wrong: Callable[[], Exception]) -> Callable[[], NoReturn]:
    def view() -> NoReturn:
        raise wrong()

    return view
