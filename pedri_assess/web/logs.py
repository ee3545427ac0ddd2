"""The log: one JSON line an event, without anything that people typed or who they are."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

NAME = "pedri_assess"
log = logging.getLogger(NAME)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; line breaks and control characters inside are escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname.lower(), "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line |= _what_happened(record.exc_info)
        return json.dumps(line, default=str)


def _what_happened(exc_info: Any) -> dict[str, str]:
    # Kind and place, not the message: it may quote what somebody typed.
    kind, _, trace = exc_info
    return {"kind": kind.__name__ if kind else "", "trace": "".join(traceback.format_tb(trace))}


def write_json_lines() -> None:
    """Sends the log to standard error, unless somebody has already said where it goes."""
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        log.addHandler(handler)
        log.setLevel(logging.INFO)


def add_request_log(app: Flask) -> None:
    """Writes one line a request: the route's rule, never the address, which could hold what people typed."""

    def begin() -> None:
        g.began = perf_counter()

    def end(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else None
        took = round((perf_counter() - g.began) * 1000, 1) if "began" in g else None
        fields = {"method": request.method, "route": rule, "status": response.status_code, "ms": took}
        log.info("request", extra={"fields": fields})
        return response

    app.before_request(begin)
    app.after_request(end)
