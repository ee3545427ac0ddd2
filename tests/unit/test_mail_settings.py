"""The settings of the mail server."""

from pathlib import Path

import pytest

from pedri_assess.config import Config, ConfigError, mail_server

KEY = "b3f1c09e7d5a42868c1e0f9b7a6d5c4e3f2a1b0c9d8e7f60"
FROM = "PEDRI Assess <assess@example.org>"


def environ(**settings: str) -> dict[str, str]:
    return {f"PEDRI_ASSESS_{name}": value for name, value in settings.items()}


def faults(**settings: str) -> str:
    with pytest.raises(ConfigError) as caught:
        mail_server(environ(**settings))
    (fault,) = caught.value.faults
    return fault


def test_no_mail_server_is_no_fault() -> None:
    assert mail_server({}) is None
    assert Config.from_environ(environ(SECRET_KEY=KEY)).mail_server is None


def test_a_host_and_a_sender_are_enough() -> None:
    server = Config.from_environ(
        environ(SECRET_KEY=KEY, SMTP_HOST="mail.example.org", MAIL_FROM=FROM)
    ).mail_server
    assert server is not None
    assert (server.host, server.port, server.security, server.sender) == (
        "mail.example.org",
        587,
        "starttls",
        FROM,
    )
    assert (server.user, server.password) == ("", "")


@pytest.mark.parametrize(("security", "port"), [("none", 25), ("starttls", 587), ("TLS", 465)])
def test_the_usual_port_follows_the_security(security: str, port: int) -> None:
    server = mail_server(environ(SMTP_HOST="localhost", MAIL_FROM=FROM, SMTP_SECURITY=security))
    assert server is not None
    assert (server.port, server.security) == (port, security.lower())


def test_everything_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("s3cret\n")
    settings = environ(
        SMTP_HOST="mail",
        SMTP_PORT="2525",
        SMTP_USER="assess",
        SMTP_PASSWORD_FILE=str(file),
        MAIL_FROM="a@b.org",
    )
    server = mail_server(settings)
    assert server is not None
    assert (server.port, server.user, server.password) == (2525, "assess", "s3cret")
    assert "s3cret" not in repr(server)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SMTP_USER": "x"}, "SMTP_USER is set, but PEDRI_ASSESS_SMTP_HOST is not"),
        ({"MAIL_FROM": FROM}, "MAIL_FROM is set, but"),
        ({"SMTP_HOST": "mail:25", "MAIL_FROM": FROM}, "not the name of a host"),
        ({"SMTP_HOST": "mail"}, "MAIL_FROM is not set"),
        ({"SMTP_HOST": "mail", "MAIL_FROM": "assess"}, 'MAIL_FROM is "assess"'),
        ({"SMTP_HOST": "mail", "MAIL_FROM": "a@b.org\nBcc: c@d.org"}, "MAIL_FROM is"),
        ({"SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_PORT": "70000"}, "from 1 to 65535"),
        ({"SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_SECURITY": "ssl"}, "say one of none, starttls, tls"),
        ({"SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_USER": "x"}, "belong together"),
        ({"SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_PASSWORD": "x"}, "belong together"),
        (
            {"SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_USER": "x", "SMTP_PASSWORD_FILE": "/nothing"},
            "SMTP_PASSWORD_FILE cannot be read",
        ),
        (
            {
                "SMTP_HOST": "mail", "MAIL_FROM": FROM, "SMTP_USER": "x", "SMTP_PASSWORD": "y",
                "SMTP_PASSWORD_FILE": "/nothing",
            },
            "keep one of them",
        ),
    ],
)  # fmt: skip
def test_what_cannot_work_is_said(settings: dict[str, str], said: str) -> None:
    assert said in faults(**settings)


def test_letters_are_shown_only_where_nobody_else_can_reach_the_page() -> None:
    hosts = "assess.example.org"
    assert Config.from_environ(environ(SECRET_KEY=KEY)).shows_mail
    assert not Config.from_environ(environ(SECRET_KEY=KEY, TRUSTED_HOSTS=hosts)).shows_mail
    assert not Config.from_environ(environ(SECRET_KEY=KEY, SMTP_HOST="mail", MAIL_FROM=FROM)).shows_mail
