"""Names for things: opaque, not to be guessed, never used twice."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """22 characters that are safe in an address, from 128 random bits."""
    return secrets.token_urlsafe(16)
