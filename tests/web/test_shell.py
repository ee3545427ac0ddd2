"""The page shell, the shared macros and the error pages, without the rest of the application."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from jinja2 import UndefinedError

from pedri_assess import __version__
from pedri_assess.config import data_dir
from pedri_assess.domain.standards import Level, Provenance, Text
from pedri_assess.web.templating import StaticFiles, prepare_templates

TEMPLATES = data_dir("templates")
ERRORS = (400, 403, 404, 405, 413, 429, 500, 503)
MACROS = '{% from "macros/page.html" import page_heading, provenance_line, provenance_tag, level_tag %}'


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("test", static_folder=None)
    prepare_templates(app, TEMPLATES, data_dir("static"))
    return app


def rendered(app: Flask, source: str, **values: Any) -> str:
    """A template as a page, outside any request."""
    return app.jinja_env.from_string(source).render(**values)


def parsed(html: str) -> Any:
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_page_names_itself_its_language_and_its_parts(app: Flask) -> None:
    source = '{% extends "base.html" %}{% block page_title %}A < B{% endblock %}'
    page = parsed(rendered(app, source))
    assert page.get("lang") == "en"
    assert page.find(".//title").text == "A < B – PEDRI Assess"
    assert page.find(".//body/a").get("href") == "#main-content"
    assert page.find(".//main").get("id") == "main-content"
    assert [item.tag for item in page.find("body") if item.tag in ("header", "footer")] == [
        "header",
        "footer",
    ]
    assert __version__ in text_of(page.find(".//footer"))
    assert "not endorsed by PEDRI" in text_of(page.find(".//footer"))


def test_a_page_with_errors_says_so_first(app: Flask) -> None:
    source = '{% extends "base.html" %}{% set in_error = true %}{% block page_title %}Q{% endblock %}'
    assert parsed(rendered(app, source)).find(".//title").text == "Error: Q – PEDRI Assess"


@pytest.mark.parametrize(
    ("section", "address"), [("home", "/"), ("standards", "/standards"), ("about", "/about")]
)
def test_the_navigation_marks_where_we_are(app: Flask, section: str, address: str) -> None:
    page = parsed(rendered(app, '{% extends "base.html" %}{% set section = "' + section + '" %}'))
    assert [item.get("href") for item in page.findall(".//nav//a[@aria-current]")] == [address]


def test_no_place_is_marked_where_no_section_is_named(app: Flask) -> None:
    assert not parsed(rendered(app, '{% extends "base.html" %}')).findall(".//a[@aria-current]")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_stands_alone_in_plain_words_with_a_way_on(app: Flask, code: int) -> None:
    # No request, no context processor, no variable: nothing that may itself be what failed
    page = parsed(app.jinja_env.get_template(f"errors/{code}.html").render())
    main = page.find(".//main")
    assert text_of(main.find("h1")) in page.find(".//title").text
    assert main.find(".//a[@href='/']") is not None
    assert len(text_of(main)) > 120
    assert not re.search(rf"{code}|HTTP|server|error|invalid|forbidden", text_of(main), re.IGNORECASE)


def test_the_page_for_our_own_fault_shows_its_reference(app: Flask) -> None:
    html = app.jinja_env.get_template("errors/500.html").render(reference="<b>7f3a")
    assert "the reference <strong>&lt;b&gt;7f3a</strong>" in html


def test_a_misspelt_name_in_our_templates_is_an_error_and_not_a_blank(app: Flask) -> None:
    for source in ("{{ nmae }}", "{{ level.lable }}", "{{ given.lable }}", "{% if nmae %}{% endif %}"):
        with pytest.raises(UndefinedError):
            rendered(app, source, level=Level(0, Text("x"), Text(), Text()), given={"label": 1})


def test_the_library_may_leave_names_out(app: Flask) -> None:
    macro = '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}'
    assert 'class="govuk-button"' in rendered(app, macro + '{{ govukButton({"text": "Go"}) }}')


def test_templates_escape_what_they_show(app: Flask) -> None:
    call = '{{ page_heading(hostile, hostile, "l", hostile) }}{{ provenance_line(provenance) }}'
    hostile = "<img src=x>"
    provenance = Provenance(
        "drafted", sources=("javascript:alert(1)", f"https://x/{hostile}"), note=Text(hostile)
    )
    html = rendered(app, MACROS + call, hostile=hostile, provenance=provenance)
    assert "<img" not in html
    links = re.findall(r'href="([^"]*)"', html)
    assert links == ["https://x/&lt;img src=x&gt;"]


def test_whose_words_a_text_is_stands_in_words(app: Flask) -> None:
    html = rendered(app, MACROS + "{{ provenance_tag(kind) }}", kind="reconstructed")
    assert "Reconstructed by this project" in html
    assert not rendered(app, MACROS + "{{ provenance_tag(kind) }}", kind="").strip()
    assert not rendered(app, MACROS + "{{ provenance_line(unknown) }}", unknown=Provenance()).strip()


def test_a_level_has_its_value_its_label_and_its_place_on_the_ramp(app: Flask) -> None:
    call = MACROS + "{{ level_tag(level, 3) }}"
    html = rendered(app, call, level=Level(3, Text("Most & best"), Text(), Text()))
    assert '<span class="level__swatch level-9 on-level-9">3</span> Most &amp; best' in html


def test_the_address_of_a_static_file_changes_with_its_content(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    file = tmp_path / "css" / "a.css"
    file.write_text("a")
    before = StaticFiles(tmp_path).url("css/a.css")
    assert re.fullmatch(r"/static/css/a\.css\?v=[0-9a-f]{12}", before)
    assert StaticFiles(tmp_path).url("css/a.css") == before
    file.write_text("b")
    assert StaticFiles(tmp_path).url("css/a.css") != before


def test_a_static_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        StaticFiles(tmp_path).url("css/app.css")
