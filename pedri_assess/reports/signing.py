"""Who issued a report: an Ed25519 signature over every byte of the PDF, in a comment that readers skip.

The comment is one line before the last `startxref`, where it moves nothing that the file refers to:
`%pedri-assess-signature ed25519 PUBLIC-KEY ISSUER SIGNATURE`, keys and signature in hexadecimal, the issuer a
web address. Signed are the issuer and the SHA-256 of the file without that line. Ed25519 (RFC 8032) has no
randomness: the same report signed with the same key is the same file.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_LINE = re.compile(
    rb"%pedri-assess-signature ed25519 ([0-9a-f]{64}) ([!-~]{1,500}) ([0-9a-f]{128})\n(?=startxref\s)"
)
_START = b"startxref"


@dataclass(frozen=True)
class Issuer:
    """This installation as the issuer of reports: a secret key of 32 bytes, and its web address."""

    key: bytes
    address: str

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.key)

    @cached_property
    def public(self) -> str:
        """The public key, in hexadecimal."""
        return self._private.public_key().public_bytes_raw().hex()

    def signed(self, pdf: bytes) -> bytes:
        """The report with its signature."""
        signature = self._private.sign(_message(self.address, pdf)).hex()
        line = f"%pedri-assess-signature ed25519 {self.public} {self.address} {signature}\n"
        place = pdf.rindex(_START)
        return pdf[:place] + line.encode() + pdf[place:]


@dataclass(frozen=True)
class Signature:
    """What a signature claims: a public key in hexadecimal, whose it says it is, and whether it fits."""

    key: str
    address: str
    fits: bool


def unsigned(pdf: bytes) -> tuple[bytes, Signature | None]:
    """The report without its signature, and the signature; None where there is none."""
    lines = list(_LINE.finditer(pdf))
    if not lines:
        return pdf, None
    line = lines[-1]
    rest = pdf[: line.start()] + pdf[line.end() :]
    key, address, signature = line[1].decode(), line[2].decode(), bytes.fromhex(line[3].decode())
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, _message(address, rest))
    except (InvalidSignature, ValueError):
        return rest, Signature(key, address, fits=False)
    return rest, Signature(key, address, fits=True)


def _message(address: str, pdf: bytes) -> bytes:
    return b"pedri-assess report\n" + address.encode() + b"\n" + hashlib.sha256(pdf).digest()
