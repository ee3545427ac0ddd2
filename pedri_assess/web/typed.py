"""What was typed into a form that could not be taken: shown again, and ready to be sent again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException

from .protection import SAFE_METHODS
from .texts import clean

# What our own pages put into forms: nobody typed it, and it is made anew
OURS = frozenset({"csrf_token", "token", "kept"})


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: where to, every field, and the texts among them that somebody wrote."""

    address: str
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


def typed() -> Typed | None:
    """The form of this request; None where there is none."""
    if request.method in SAFE_METHODS or request.mimetype != "application/x-www-form-urlencoded":
        return None
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # too large to read: that is why this page is made
        return None
    fields = tuple((name, value) for name, value in sent if name not in OURS)
    return Typed(request.full_path.rstrip("?"), fields, tuple(_texts(fields)))


def _texts(fields: tuple[tuple[str, str], ...]) -> list[str]:
    # A choice is one short word; what has a blank in it, or is long, was written by hand
    cleaned = (clean(value) for _name, value in fields)
    return [text for text in cleaned if " " in text or len(text) > 30]
