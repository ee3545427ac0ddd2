"""The mail server, from the environment."""

from __future__ import annotations

import re
from email.utils import parseaddr
from pathlib import Path

from ..services.smtp import PORTS, STARTTLS, MailServer
from .reading import HOST, Reading

NAMES = frozenset(
    f"SMTP_{name}" for name in ("HOST", "PORT", "SECURITY", "USER", "PASSWORD", "PASSWORD_FILE")
) | {"MAIL_FROM"}

ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


def mail_server(reading: Reading) -> MailServer | None:
    """The mail server that is set, or None; what is wrong with it becomes a fault of `reading`."""
    host = reading.value("SMTP_HOST")
    if not host:
        _refuse_the_rest(reading)
        return None
    if not HOST.fullmatch(host):
        reading.fault(
            "SMTP_HOST", f'is "{host}", which is not the name of a host', "give one name, without a port"
        )
    security = _security(reading)
    return MailServer(
        host=host,
        sender=_sender(reading),
        port=reading.number("smtp_port", PORTS[security], 1, 65_535),
        security=security,
        user=reading.value("SMTP_USER"),
        password=_password(reading),
    )


def _refuse_the_rest(reading: Reading) -> None:
    for name in sorted(NAMES):
        if reading.value(name):
            reading.fault(
                name, "is set, but PEDRI_ASSESS_SMTP_HOST is not", "name the mail server, or leave it out"
            )


def _security(reading: Reading) -> str:
    said = reading.value("SMTP_SECURITY").lower() or STARTTLS
    if said not in PORTS:
        reading.fault("SMTP_SECURITY", f'is "{said}"', f"say one of {', '.join(PORTS)}")
        return STARTTLS
    return said


def _sender(reading: Reading) -> str:
    said = reading.value("MAIL_FROM")
    _, address = parseaddr(said)
    if not ADDRESS.fullmatch(address) or not said.isprintable():
        wrong = f'is "{said}"' if said else "is not set"
        reading.fault("MAIL_FROM", wrong, "give an address such as PEDRI Assess <assess@example.org>")
    return said


def _password(reading: Reading) -> str:
    password, file = reading.value("SMTP_PASSWORD"), reading.value("SMTP_PASSWORD_FILE")
    if file and password:
        reading.fault("SMTP_PASSWORD", "and SMTP_PASSWORD_FILE are both set", "keep one of them")
    elif file:
        try:
            password = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeError):
            reading.fault(
                "SMTP_PASSWORD_FILE", f"cannot be read ({file})", "name a file with the password in it"
            )
    if bool(password) != bool(reading.value("SMTP_USER")) and not (file and not password):
        reading.fault("SMTP_USER", "and SMTP_PASSWORD belong together", "set both, or neither")
    return password
