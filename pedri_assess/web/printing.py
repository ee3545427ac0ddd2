"""The printer in the background of a server process."""

from __future__ import annotations

from flask import Flask, current_app

from ..services.printing import Printer
from .site import Site

PRINTER = "pedri-assess-printer"


def add_printer(app: Flask, served: Site) -> None:
    """Makes each server process print the reports that are kept, unless another machine does.

    It begins with the first report that this process is asked for, not here: this may run before the process
    is forked, and threads do not come along. gunicorn.conf.py begins it at once, for reports that wait.
    """
    if served.config.report_printer:
        app.extensions[PRINTER] = Printer(served.context)


def start_printer(app: Flask) -> None:
    """Begins to print in this process, where it does."""
    if PRINTER in app.extensions:
        app.extensions[PRINTER].start()


def stop_printer(app: Flask) -> None:
    """Ends printing in this process, which is about to end: what is under way is given back."""
    if PRINTER in app.extensions:
        app.extensions[PRINTER].stop()


def print_soon() -> None:
    """Says that a report waits, so that it is printed without a pause."""
    start_printer(current_app)
    if PRINTER in current_app.extensions:
        current_app.extensions[PRINTER].look()
