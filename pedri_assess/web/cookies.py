"""A copy of the answers in cookies, so that Back and a reload lose nothing where JavaScript is off.

Two cookies, not more: gunicorn and nginx refuse a Cookie header of more than 8 kB, with every request, and
the person could not get out again. Larger answers live in the page and in the browser's own storage only.
"""

from __future__ import annotations

from flask import Response, request

NAMES = ("quick-check-0", "quick-check-1")
PIECE = 3_800  # characters; a browser keeps 4,096 bytes of name, value and attributes
PATH = "/quick-check"


def token_in_cookies() -> str:
    """The sealed text that this browser's cookies hold; empty where there is none."""
    return "".join(request.cookies.get(name, "") for name in NAMES)


def keep_in_cookies(response: Response, token: str, *, secure: bool) -> None:
    """Puts the sealed text into the browser's cookies, or takes the old ones away where it does not fit."""
    pieces = [token[start : start + PIECE] for start in range(0, len(token), PIECE)]
    if len(pieces) > len(NAMES):
        forget_cookies(response, secure=secure)
        return
    for name, piece in zip(NAMES, pieces, strict=False):
        response.set_cookie(name, piece, path=PATH, httponly=True, secure=secure, samesite="Lax")
    _delete(response, NAMES[len(pieces) :], secure=secure)


def forget_cookies(response: Response, *, secure: bool) -> None:
    """Takes the copy out of the browser's cookies."""
    _delete(response, NAMES, secure=secure)


def _delete(response: Response, names: tuple[str, ...], *, secure: bool) -> None:
    for name in names:
        if name in request.cookies:
            response.delete_cookie(name, path=PATH, httponly=True, secure=secure, samesite="Lax")
