"""Looking whether an address on the web still leads somewhere: politely, and never into a private network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .. import __version__
from ..domain.languages import to_translate
from ..domain.resources import CLOSED, FOUND, GONE, MOVED, SILENT

SECONDS = 10.0  # for one answer, from the connection to the last header
MOST_REDIRECTS = 5
USUAL_PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_EVER = frozenset({301, 308})
# What some sites say to HEAD although they would answer GET
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
NOT_FOR_PROGRAMS = frozenset({401, 402, 403, 405, 406, 407, 418, 429, 451, 999})
NO_ADDRESS = to_translate("it leads to something that is no web address")
SAFE = "/%:=&?~#+!$,;'@()*[]"  # what stands for itself in an address


@dataclass(frozen=True)
class Look:
    """What came of looking at an address: one of domain.resources.OUTCOMES, in words, and where it is now.

    `answered` says that some site answered, whatever it said.
    """

    outcome: str
    words: str
    moved_to: str = ""
    answered: bool = True


def is_public(address: str, port: int) -> bool:
    """Whether an IP address with its port is one of the public web."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inside = (found.ipv4_mapped, found.sixtofour, (found.teredo or (None, None))[1])
        hidden = [str(one) for one in inside if one is not None]
        if found in ipaddress.ip_network("64:ff9b::/96"):  # a gateway to the IPv4 address in its last 32 bits
            hidden.append(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if not all(is_public(one, port) for one in hidden):
            return False
    return found.is_global and not found.is_multicast and port in USUAL_PORTS.values()


@dataclass(frozen=True)
class Rules:
    """What may be asked, and how long it may take. Tests may allow a server of their own."""

    may_reach: Callable[[str, int], bool] = is_public
    seconds: float = SECONDS
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    from_whom: str = ""


class NotReached(Exception):
    """No answer came; the message says why, in words."""


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str


def look(address: str, rules: Rules) -> Look:
    """Asks for an address, follows where it leads, and judges the end. Never raises for what the web does."""
    here, for_ever = address, True
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _ask("HEAD", here, rules)
            if answer.status in ASK_AGAIN:
                answer = _ask("GET", here, rules)
            if answer.status not in REDIRECTS or not answer.location:
                return _judged(answer.status, here if for_ever and _elsewhere(address, here) else "")
            here, for_ever = _next(here, answer.location), for_ever and answer.status in FOR_EVER
    except NotReached as error:
        return Look(SILENT, str(error), answered=here != address)
    return Look(SILENT, f"it leads on more than {MOST_REDIRECTS} times")


def _next(here: str, location: str) -> str:
    try:
        return urljoin(here, location)
    except ValueError:
        raise NotReached(NO_ADDRESS) from None


def _judged(status: int, moved_to: str) -> Look:
    if 200 <= status < 300:
        return (
            Look(MOVED, to_translate("it has a new address"), moved_to)
            if moved_to
            else Look(FOUND, to_translate("found"))
        )
    if status in (404, 410):
        return Look(GONE, f"the site says that it is not there (status {status})")
    if status in NOT_FOR_PROGRAMS:
        return Look(CLOSED, f"the site does not answer programs (status {status}); look at it yourself")
    return Look(SILENT, f"the site answers with an error (status {status})")


def _elsewhere(address: str, here: str) -> bool:
    """Whether two addresses differ in more than how they are written."""

    def plain(one: str) -> tuple[str, str, str]:
        parts = urlsplit(one)
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query

    return plain(address) != plain(here)


def _ask(method: str, address: str, rules: Rules) -> _Answer:
    """What a site says about an address. Raises NotReached."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or USUAL_PORTS.get(parts.scheme, 0)
    except ValueError:
        raise NotReached(NO_ADDRESS) from None
    if parts.scheme not in USUAL_PORTS or not host:
        raise NotReached(NO_ADDRESS)
    try:
        return _exchange(method, parts, _place(host, port, rules), port, rules)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached(_words(error, rules)) from None


def _place(host: str, port: int, rules: Rules) -> str:
    """The IP address to ask: looked up once, so that nobody can change it after it was judged."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(rules.may_reach(one.partition("%")[0], port) for one in found):
        raise NotReached(
            to_translate("it leads into a private network, or to an unusual port; that is not looked at")
        )
    return found[0]


def _exchange(method: str, parts: SplitResult, place: str, port: int, rules: Rules) -> _Answer:
    plain = socket.create_connection((place, port), timeout=rules.seconds)
    # A site that sends a letter every few seconds would hold us for hours: the clock ends the connection
    ended = threading.Event()
    end = threading.Timer(rules.seconds, _shut, [plain, ended])
    end.start()
    try:
        host = parts.hostname or ""
        connection = http.client.HTTPConnection(host, port, timeout=rules.seconds)
        secure = parts.scheme == "https"
        connection.sock = rules.trusted.wrap_socket(plain, server_hostname=host) if secure else plain
        target = quote(parts.path or "/", safe=SAFE) + (
            f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
        )
        name = parts.netloc.rpartition("@")[2] if parts.netloc.isascii() else host.encode("idna").decode()
        agent = f"PEDRI-Assess/{__version__} (link check; {rules.from_whom})"
        headers = {"Host": name, "User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        return _Answer(response.status, response.headers.get("Location", ""))
    except (OSError, http.client.HTTPException):
        if ended.is_set():
            raise TimeoutError from None
        raise
    finally:
        end.cancel()
        plain.close()


def _shut(connection: socket.socket, ended: threading.Event) -> None:
    ended.set()  # first: whoever waits on the connection wakes with the next line and asks why
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _words(error: Exception, rules: Rules) -> str:
    if isinstance(error, socket.gaierror):
        return to_translate("there is no site of that name")
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return f"the site did not answer in {rules.seconds:g} seconds"
    if isinstance(error, ConnectionRefusedError):
        return to_translate("the site refuses the connection")
    return to_translate("the connection broke, or what came was no answer of a web server")
