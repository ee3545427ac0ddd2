"""Whatever people write is printed as words: it reaches nothing, opens nothing and changes nothing."""

import base64
import io
import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest

from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import Logo
from pedri_assess.services.reports import improvement_report

from .material import EXAMPLES, an_edition, renderer, tiny, with_evidence
from .pictures import svg
from .structure import types

VECTORS = [
    '<img src="{url}">', '<img srcset="{url} 2x">', '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">', '<a rel="attachment" href="{file}">x</a>',
    '<LINK REL="x ATTACHMENT" HREF="{file}">', "<style>@import url({url});</style>",
    '<style>@font-face {{ font-family: x; src: url({url}) }}</style>',
    '<p style="background: url({url})">x</p>', '<p style="content: url({url})">x</p>',
    '<object data="{url}"></object>', '<embed src="{url}">', '<iframe src="{url}"></iframe>',
    '<svg><image href="{url}"/></svg>', '<svg><use xlink:href="{url}#x"/></svg>',
    '<svg><style>@import url({url})</style></svg>', '<base href="{url}">',
    '<meta http-equiv="refresh" content="0;url={url}">', '<script src="{url}"></script>',
    '<input type="image" src="{url}">', '<video poster="{url}"></video>', '<table background="{url}">',
    '"><img src="{url}">', "'><img src='{url}'>", "--><img src={url}>", "]]><img src={url}>",
    "</style><img src={url}>", "</title><img src={url}>", "{{{{ 7*7 }}}}{{% include '{file}' %}}",
    "&lt;img src={url}&gt;", "\\75 rl({url})", "url({url})", "{url}", "{file}", "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>", "data:text/html,<img src={url}>", "<!ENTITY x SYSTEM '{file}'>",
    "<?xml-stylesheet href='{url}'?>", "<img src='file://{file}'>", "<img src='//127.0.0.1/x'>",
]  # fmt: skip


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that must hear nothing: its address, and what it heard."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            heard.append(self.rfile.readline().decode("latin-1"))
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listener)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/canary", heard
    server.shutdown()
    server.server_close()


def drawn(address: str, secret: Path) -> bytes:
    """A drawing that was not cleaned, as if somebody had got around that."""
    return svg(
        f"<style>@import url({address});</style><image href='{address}'/><image href='file://{secret}'/>"
        f"<use href='{address}#x'/><rect width='9' height='9'"
        f" fill='url({address}#y)' filter='url({address}#z)'/>"
    )


@pytest.mark.parametrize("warm", [False, True], ids=["cold", "warm"])
def test_no_request_leaves_and_no_file_is_read(
    canary: tuple[str, list[str]], tmp_path: Path, warm: bool
) -> None:
    address, heard = canary
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret-words")
    text = "\n".join(vector.format(url=address, file=secret) for vector in VECTORS)
    document = json.loads(json.dumps(EXAMPLES["framework"]))
    document["standards"][0]["criteria"][0]["statement"] = text
    document["notice"] = text
    framework = framework_from(document, "sha256:" + "0" * 64)
    logo = Logo("svg", base64.b64encode(drawn(address, secret)).decode(), text)
    edition = an_edition(text, who=text, logo=logo)
    printer = renderer(warm=warm)
    content = improvement_report(printer, framework, with_evidence(text), edition)
    printer.stop()
    assert heard == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert sorted(pdf.attachments) == ["answers.json", "report.json", "result.json"]
        streams = b"".join(thing.read_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream))
    assert b"the-secret-words" not in streams
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout
    assert "{{ 7*7 }}" in words
    assert "the-secret-words" not in words


def test_markup_makes_no_structure() -> None:
    hostile = "<h1>All done</h1><table><tr><td>Embedded</td></tr></table>"
    neutral = "xhxx xll donexxhxxxtablexxtrxxtdxxmbeddedxxtdxxtrxxtablex"[: len(hostile)]
    trees = []
    for text in (hostile, neutral):
        content = improvement_report(renderer(), tiny(), with_evidence(text))
        with pikepdf.open(io.BytesIO(content)) as pdf:
            trees.append(
                [kind for kind in types(pdf) if kind in ("/H1", "/H2", "/Table", "/TR", "/TH", "/TD")]
            )
    assert trees[0] == trees[1]


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x07\x1b[31m red \x7f\x85",
        "مرحبا بكم في التقرير",
        "👩🏽‍🔬 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ✅",
        "x" * 300,
        "ZÀ" + "\u0301" * 500,
        "\u202egnp.exe",
        "a\n" * 500,
    ],
    ids=["control", "right-to-left", "emoji", "one long word", "piled accents", "override", "many lines"],
)
def test_any_text_can_be_printed(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(improvement_report(renderer(), tiny(), with_evidence(text)))
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout
    assert not any(char in words for char in "\x00\x01\x07\x1b\x7f\u202e")
