"""Mail of a running service: the sender in the background, and a page with letters that are not sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Blueprint, Flask, abort, render_template
from markupsafe import Markup, escape

from ..domain.policies import ANYONE
from ..services.mail import Sender, letters
from .protection import allow
from .site import Site, site

mail_pages = Blueprint("mail", __name__)

SENDER = "pedri-assess-sender"
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def add_sender(app: Flask, served: Site) -> None:
    """Makes each server process send mail, where there is a mail server.

    It begins with the first request that a process serves, not here: this may run before the process is
    forked, and threads do not come along. gunicorn.conf.py begins it at once, for letters that wait.
    """
    server = served.config.mail_server
    if server is None:
        return
    sender = Sender(served.context.database, server, served.context.now)
    app.extensions[SENDER] = sender
    app.before_request(sender.start)


def start_sender(app: Flask) -> None:
    """Begins to send mail in this process, where there is a mail server."""
    if SENDER in app.extensions:
        app.extensions[SENDER].start()


@mail_pages.get("/mail")
@allow(ANYONE)
def waiting() -> str:
    """The letters that would have been sent. Only on a machine that nobody else can reach."""
    if not site().config.shows_mail:
        abort(404)
    shown = [(letter, linked(letter.body)) for letter in letters(site().context.database)]
    return render_template("accounts/mail.html", letters=shown)


def linked(text: str) -> Markup:
    """A letter's text as HTML with its line ends; addresses of this service are links to follow."""
    return Markup("<br>").join(Markup("").join(_pieces(line)) for line in text.strip().split("\n"))


def _pieces(text: str) -> Iterator[Markup]:
    done, base = 0, site().config.base_url
    for found in ADDRESS.finditer(text):
        yield escape(text[done : found.start()])
        address = found[0]
        ours = address.startswith(f"{base}/")
        # Without its host it leads to this service under whatever name it was reached by
        link = Markup('<a class="govuk-link" href="{}">{}</a>')
        yield link.format(address.removeprefix(base), address) if ours else escape(address)
        done = found.end()
    yield escape(text[done:])
