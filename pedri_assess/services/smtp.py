"""Hands one letter to a mail server, and says in words why it could not."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from typing import Protocol

from ..domain.times import moment
from ..store.mail import Mail

NONE, STARTTLS, TLS = "none", "starttls", "tls"
PORTS = {NONE: 25, STARTTLS: 587, TLS: 465}
SECONDS = 10  # for each step of the conversation
PERMANENT = 500  # reply codes from here on mean: do not try again


class NotSent(Exception):
    """A letter was not accepted. `for_good` says that it never will be."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        self.for_good = for_good
        super().__init__(problem)


class Post(Protocol):
    """Whatever carries letters."""

    def send(self, mail: Mail) -> None:
        """Hands a letter over. Raises NotSent."""


@dataclass(frozen=True)
class MailServer:
    """How to reach a mail server, and in whose name to write: an address, or `Name <address>`."""

    host: str
    sender: str
    port: int = PORTS[STARTTLS]
    security: str = STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = SECONDS

    def send(self, mail: Mail) -> None:
        """Hands a letter over, to its one recipient. Raises NotSent."""
        message = letter(mail, self.sender)
        try:
            with self._connected() as server:
                if self.user:
                    server.login(self.user, self.password)
                sender = parseaddr(self.sender)[1]
                server.send_message(message, sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise NotSent(_reply(code, said), for_good=code >= PERMANENT) from None
        except smtplib.SMTPDataError as error:
            for_good = error.smtp_code >= PERMANENT
            raise NotSent(_reply(error.smtp_code, error.smtp_error), for_good=for_good) from None
        except smtplib.SMTPNotSupportedError:
            raise NotSent(f"the mail server {self.host} cannot do what the settings ask for") from None
        except smtplib.SMTPResponseException as error:
            # Its sender or its password is refused: a setting that somebody can put right within the day
            raise NotSent(_reply(error.smtp_code, error.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"the mail server {self.host} cannot be reached: {_why(error)}") from None

    def _connected(self) -> smtplib.SMTP:
        if self.security == TLS:
            checked = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=checked)
        server = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            if self.security == STARTTLS:
                server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
        return server


def letter(mail: Mail, sender: str) -> EmailMessage:
    """The letter as a message. The library refuses line ends in headers; a second try keeps its id."""
    message = EmailMessage(policy=SMTP if mail.to.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(moment(mail.created_at))
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # nobody's holiday notice should come back
    message.set_content(mail.body)
    return message


def _reply(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"the mail server answered {code} {' '.join(words.split())}"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it did not answer in time"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)) or "it hung up"
