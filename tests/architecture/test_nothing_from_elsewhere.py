"""Pages ask nobody but us for anything, and show nothing that belongs to GOV.UK."""

import re
from pathlib import Path

import pytest

from .tree import files, name

# What makes a browser or a printer fetch something, as opposed to a link that a person may follow
FETCHES = {
    ".css": r"url\(\s*[\"']?(https?:)?//[^)]*\)|@import[^;]*",
    ".html": r"<(script|img|iframe|object|embed|source|video|audio|use|image|form)\b[^>]*"
    r"\b(src|srcset|data|href|action|poster)\s*=\s*[\"']?(https?:)?//[^>]*"
    r"|<link\b[^>]*href\s*=\s*[\"']?(https?:)?//[^>]*"
    r"|url\(\s*[\"']?(https?:)?//[^)]*",
    ".js": r"[\"'`](https?:)?//[a-z0-9][^\"'`]*",
    ".svg": r"(href|src)\s*=\s*[\"'](https?:)?//[^>]*",
}
# Names of markup languages look like addresses; nothing is fetched from them
NAMESPACE = re.compile(r"https?://www\.w3\.org/(2000/svg|1999/xhtml|1999/xlink)")

# Branding that only GOV.UK may use
NOT_OURS = re.compile(
    r"gds[ -]?transport|govuk-crest|govuk-crown|govuk-logotype|royal.?arms|\bcrown\b", re.IGNORECASE
)
GOVUK_FRAME = re.compile(r"\bgovuk(Header|Footer|CookieBanner)\b")

CODE = [*files("templates"), *files("static", ".css", ".js", ".svg", ".html")]


def fetches(kind: str, text: str) -> list[str]:
    found = re.finditer(FETCHES[kind], NAMESPACE.sub("", text), re.IGNORECASE)
    return [match.group() for match in found]


@pytest.mark.parametrize("path", [path for path in CODE if path.suffix in FETCHES], ids=name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert fetches(path.suffix, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (".css", "a { background: url(https://fonts.example/a.woff2) }"),
        (".css", "@import 'more.css';"),
        (".html", '<script src="//cdn.example/a.js"></script>'),
        (".html", '<link rel="stylesheet" href="https://cdn.example/a.css">'),
        (".html", '<img alt="" src="https://pixel.example/">'),
        (".js", 'fetch("https://statistics.example/")'),
        (".svg", '<image href="https://pixel.example/"/>'),
    ],
)
def test_a_fetch_from_elsewhere_would_be_found(kind: str, text: str) -> None:
    assert fetches(kind, text)


def test_a_link_to_elsewhere_is_not_a_fetch() -> None:
    assert fetches(".html", '<a href="https://www.example.org/">a source</a>') == []


def test_there_is_something_to_look_at() -> None:
    assert {".css", ".js", ".html"} <= {path.suffix for path in CODE}
    assert len(files("static")) > 5


def test_no_page_uses_the_frame_or_the_brand_of_gov_uk() -> None:
    pages = {name(path): path.read_text("utf-8") for path in files("templates")}
    assert [page for page, text in pages.items() if GOVUK_FRAME.search(text) or NOT_OURS.search(text)] == []


def test_no_file_of_the_brand_is_shipped() -> None:
    shipped = [*files("static"), *files("templates")]
    assert [name(path) for path in shipped if NOT_OURS.search(path.name)] == []
