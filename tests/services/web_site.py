"""A real site on this machine, which answers in every way that sites do."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Site(BaseHTTPRequestHandler):
    """`/200` answers 200, `/to/PATH` leads to PATH, `/slow` sends a letter a time, and so on."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers.get("Host", "")))
        first, _, rest = self.path.lstrip("/").partition("/")
        if first == "slow":
            self._drip()
        elif first == "get-only":
            self._say(200 if self.command == "GET" else 405)
        elif first == "to":
            self._say(301, rest)
        elif first == "for-now":
            self._say(302, rest)
        elif first == "round":
            self._say(302, self.path)
        elif first == "nonsense":
            self.wfile.write(b"\x00\x01\x02 not http at all\r\n\r\n")
            self.close_connection = True
        elif first == "break":
            self.close_connection = True
        else:
            self._say(int(first.partition("?")[0]))

    def _say(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def _drip(self) -> None:
        try:
            for letter in "HTTP/1.1 200 OK\r\nX-Endless: " + "x" * 200:
                self.wfile.write(letter.encode())
                time.sleep(0.05)
        except OSError:
            self.close_connection = True


@contextmanager
def site(secure: Path | None = None) -> Iterator[tuple[str, int, list[tuple[str, str, str]]]]:
    """Its address, its port, and what it was asked: method, path, host. With a folder, over TLS with a
    certificate that nobody knows."""
    asked: list[tuple[str, str, str]] = []
    handler = type("ThisSite", (Site,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if secure is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(secure))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    port = server.server_address[1]
    try:
        yield f"{'https' if secure else 'http'}://127.0.0.1:{port}", port, asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path) -> Path:
    """A certificate of its own making for this machine, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1)).add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "site.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
