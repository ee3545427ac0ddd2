"""A real SMTP server for tests, which can be told to misbehave."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

GOOD, BUSY, UNKNOWN, REFUSED_TEXT, NO_SENDER, SLOW, HANGS_UP = (
    "good", "421", "550 recipient", "554 text", "553 sender", "slow", "hangs up"
)  # fmt: skip


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Sink:
    """What a server does with each letter: its mode says how."""

    def __init__(self) -> None:
        self.mode = GOOD
        self.letters: list[Message[Any, Any]] = []
        self.envelopes: list[tuple[str, tuple[str, ...]]] = []
        self.users: list[str] = []

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.mode == NO_SENDER:
            return "553 We do not take mail from you"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.mode == BUSY:
            return "451 Greylisted: come back later"
        if self.mode == UNKNOWN:
            return f"550 5.1.1 <{address}> is unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.mode == SLOW:
            await asyncio.sleep(30)
        if self.mode == HANGS_UP:
            server.transport.close()
            return ""
        if self.mode == REFUSED_TEXT:
            return "554 Looks like advertising"
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.envelopes.append((envelope.mail_from, tuple(envelope.rcpt_tos)))
        return "250 OK"

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _kind: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.users.append(given.login.decode())
        return AuthResult(success=given.password == b"right", handled=False)


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[Sink, int]]:
    """A server on a free port of this machine."""
    sink, port = Sink(), free_port()

    class Server(Controller):
        def factory(self) -> SMTP:
            return SMTP(sink, enable_SMTPUTF8=True, authenticator=sink.authenticate, **options)

    server = Server(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield sink, port
    finally:
        server.stop()
