"""A quick check as one signed text, which can travel in a page or a cookie and come back unchanged."""

from __future__ import annotations

import binascii
import hashlib
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from itsdangerous import BadSignature, Signer

from ..services.quick_check import Journey, journey_document, journey_from

MOST_INFLATED = 12_000_000  # bytes of JSON; compression reaches 1000:1, so the sealed size is no limit


class BadToken(ValueError):
    """A text that we did not seal, or that changed on its way."""


class TooLarge(ValueError):
    """More was said than can travel in a page."""


class Seal:
    """Seals quick checks and opens what it sealed.

    `keys` are all that may have sealed, the newest first; `most` is the longest text that can travel.
    """

    def __init__(self, keys: Sequence[str], most: int) -> None:
        self._signer = Signer(
            list(reversed(keys)), salt="quick-check-1", key_derivation="hmac", digest_method=hashlib.sha256
        )
        self._most = most

    def seal(self, journey: Journey) -> str:
        """The quick check as text of letters, digits, `-`, `_` and `.`. Raises TooLarge."""
        content = json.dumps(journey_document(journey), separators=(",", ":"), ensure_ascii=False).encode()
        if len(content) > MOST_INFLATED:
            raise TooLarge
        token = self._signer.sign(urlsafe_b64encode(zlib.compress(content)).rstrip(b"=")).decode()
        if len(token) > self._most:
            raise TooLarge
        return token

    def open(self, token: str) -> Journey:
        """The quick check that was sealed. Raises BadToken."""
        try:
            packed = self._signer.unsign(token.encode("ascii"))
            content = _inflated(urlsafe_b64decode(packed + b"=" * (-len(packed) % 4)))
            return journey_from(json.loads(content))
        except (BadSignature, UnicodeError, binascii.Error, zlib.error, ValueError, LookupError, TypeError):
            raise BadToken from None


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    content = inflater.decompress(packed, MOST_INFLATED)
    if not inflater.eof or inflater.unused_data:
        raise BadToken
    return content
