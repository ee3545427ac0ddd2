"""Looking at addresses: every way in which a real site answers, and no way into a private network."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pedri_assess.domain.resources import CLOSED, FOUND, GONE, MOVED, SILENT
from pedri_assess.services.reaching import Rules, is_public, look

from .web_site import certificate, site

Asked = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def here() -> Iterator[tuple[str, int, Asked]]:
    with site() as running:
        yield running


def rules(port: int, seconds: float = 10) -> Rules:
    """Lets this one server be asked, which is not public."""
    return Rules(may_reach=lambda address, asked: (address, asked) == ("127.0.0.1", port), seconds=seconds)


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/200", FOUND),
        ("/204", FOUND),
        ("/get-only", FOUND),
        ("/404", GONE),
        ("/410", GONE),
        ("/401", CLOSED),
        ("/403", CLOSED),
        ("/429", CLOSED),
        ("/500", SILENT),
        ("/503", SILENT),
        ("/to//200", MOVED),
        ("/to//to//200", MOVED),
        ("/for-now//200", FOUND),
        ("/to//for-now//200", FOUND),
        ("/to//404", GONE),
        ("/round", SILENT),
        ("/nonsense", SILENT),
        ("/break", SILENT),
        ("/301", SILENT),
        ("/400", SILENT),
        ("/to/ftp://example.org/", SILENT),
        ("/to/file:///etc/passwd", SILENT),
        ("/to/http://[::1", SILENT),
        ("/to/javascript:alert(1)", SILENT),
        ("/200?a=b c&d=é#e", FOUND),
        ("/200/é", FOUND),
    ],
)
def test_what_a_site_says_is_what_is_noted(here: tuple[str, int, Asked], path: str, outcome: str) -> None:
    address, port, _asked = here
    found = look(address + path, rules(port))
    assert found.outcome == outcome, found
    assert found.words
    assert (found.moved_to == f"{address}/200") == (outcome == MOVED)


def test_what_is_moved_only_in_its_writing_is_not_moved(here: tuple[str, int, Asked]) -> None:
    address, port, _asked = here
    assert look(f"{address}/200/", rules(port)).outcome == FOUND
    assert look(f"{address}/to/{address}/to/{address}/200", rules(port)).outcome == MOVED


def test_a_site_is_asked_briefly_and_by_its_name(here: tuple[str, int, Asked]) -> None:
    address, port, asked = here
    asked.clear()
    look(f"{address}/get-only", rules(port))
    assert asked == [(method, "/get-only", f"127.0.0.1:{port}") for method in ("HEAD", "GET")]
    asked.clear()
    look(f"{address}/round", rules(port))
    assert len(asked) == 6


def test_a_site_that_answers_a_letter_at_a_time_does_not_hold_us(here: tuple[str, int, Asked]) -> None:
    address, port, _asked = here
    began = time.monotonic()
    found = look(f"{address}/slow", rules(port, seconds=0.5))
    assert (found.outcome, found.words) == (SILENT, "the site did not answer in 0.5 seconds")
    assert time.monotonic() - began < 5


def test_a_certificate_must_be_one_that_can_be_trusted(tmp_path: Path) -> None:
    with site(secure=tmp_path) as (address, port, _asked):
        found = look(f"{address}/200", rules(port))
        assert found.outcome == SILENT
        assert "certificate cannot be trusted" in found.words
        trusted = ssl.create_default_context(cafile=str(tmp_path / "site.pem"))
        allowed = Rules(may_reach=lambda *_: True, trusted=trusted)
        assert look(f"{address}/200", allowed).outcome == FOUND
    other = tmp_path / "other"
    other.mkdir()
    assert certificate(other).is_file()


def test_nothing_answers_where_nothing_is() -> None:
    found = look("http://no-such-name.invalid/", Rules())
    assert (found.outcome, found.answered) == (SILENT, False)
    refused = look("http://127.0.0.1:9/", Rules(may_reach=lambda *_: True))
    assert (refused.words, refused.answered) == ("the site refuses the connection", False)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "2130706433",
        "0x7f000001",
        "127.1",
        "0177.0.0.1",
    ],
)
def test_no_private_network_is_asked(here: tuple[str, int, Asked], address: str) -> None:
    _address, port, asked = here
    asked.clear()
    for found in (look(f"https://{address}/200", Rules()), look(f"http://{address}:{port}/200", Rules())):
        assert found.outcome == SILENT
        assert "certificate" not in found.words
    assert asked == []


def test_no_private_network_is_asked_by_way_of_a_redirect(here: tuple[str, int, Asked]) -> None:
    address, port, asked = here
    asked.clear()
    # localhost is the same machine under a name that the rules of this test do not allow
    other = Rules(may_reach=lambda _address, asked_port: asked_port == port and not asked)
    found = look(f"{address}/to/http://localhost:{port}/200", other)
    assert found.outcome == SILENT
    assert "private network" in found.words
    assert [path for _method, path, _host in asked] == [f"/to/http://localhost:{port}/200"]


@pytest.mark.parametrize(
    ("address", "port", "public"),
    [
        ("93.184.215.14", 443, True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", 80, True),
        ("93.184.215.14", 22, False),
        ("127.0.0.1", 443, False),
        ("::ffff:10.0.0.1", 443, False),
        ("2002:a00:1::", 443, False),
        ("64:ff9b::a00:1", 443, False),
        ("224.0.0.1", 80, False),
        ("100.64.0.1", 80, False),
        ("::", 80, False),
    ],
)
def test_which_addresses_are_public(address: str, port: int, public: bool) -> None:
    assert is_public(address, port) == public
