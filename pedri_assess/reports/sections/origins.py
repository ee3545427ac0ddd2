"""What the kinds of provenance are called, and what each means."""

from __future__ import annotations

KINDS = {
    "published": (
        "from published text",
        "The publisher has said this, in these words or close to them.",
    ),
    "summary": (
        "from a published summary",
        "The publisher has published a short summary; the words here rest on it.",
    ),
    "drafted": (
        "drafted for this file",
        "The makers of the file wrote this. It is not the publisher's text.",
    ),
    "reconstructed": (
        "reconstructed",
        "The original text was not seen. The makers of the file put this together from what is known of it.",
    ),
}


def origin(kind: str) -> str:
    """A few words for a kind of provenance; nothing where the file does not say."""
    return KINDS[kind][0] if kind in KINDS else ""
