"""The adapter from WTForms fields to the component library: escaping, hostile posts, messages, errors."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
import wtforms
from flask import Flask, render_template_string
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import SelectChoice
from wtforms.fields import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from pedri_assess.config import data_dir
from pedri_assess.web.components import MESSAGES, PlainForm, component, error_list
from pedri_assess.web.templating import prepare_templates
from pedri_assess.web.texts import clean

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>&amp;{{ 7*7 }}"

PAGE = """<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>
{% from "macros/form.html" import field, error_summary %}{{ error_summary(form) }}
<form method="post">
{% for bound in form %}{{ field(bound, **options.get(bound.name, {})) }}{% endfor %}
</form>
</body></html>"""

CHOICES = [SelectChoice("0", "None"), SelectChoice("1", "Some"), SelectChoice("na", "Not applicable")]


class EveryKind(PlainForm):
    """One field of each kind that a page may use."""

    name = StringField("Name", [DataRequired("Write a name"), Length(max=20)], description="As on a letter")
    many = IntegerField("How many", [Optional(), NumberRange(0, 9)])
    words = TextAreaField("Words")
    counted = TextAreaField("Counted", [Length(max=30)])
    level = RadioField("Level", [InputRequired("Choose a level")], choices=CHOICES)
    why = TextAreaField("Why", [Length(max=30)])
    who = SelectMultipleField("Who", choices=CHOICES)
    scope = SelectField("Scope", choices=CHOICES)
    agreed = BooleanField("Agreed")
    file = FileField("File")
    state = HiddenField()
    save = SubmitField("Save")


NAMES = [field.name for field in EveryKind()]


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("test", static_folder=None)
    prepare_templates(app, data_dir("templates"), data_dir("static"))
    return app


def rendered(app: Flask, form: PlainForm, **options: dict[str, Any]) -> Any:
    """The form on a page, parsed by a parser that takes no fault."""
    with app.test_request_context():
        html = render_template_string(PAGE, form=form, options=options)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(html)


def by_id(page: Any, identity: str) -> Any:
    found = page.findall(f".//*[@id='{identity}']")
    assert len(found) == 1, f"{len(found)} elements have the id {identity}"
    return found[0]


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_kind_has_its_label_control_and_name(app: Flask) -> None:
    page = rendered(app, EveryKind())
    for name in ("name", "many", "words", "counted", "scope", "file"):
        assert by_id(page, name).get("name") == name
        assert page.find(f".//label[@for='{name}']") is not None
    assert [item.get("value") for item in page.findall(".//input[@name='level']")] == ["0", "1", "na"]
    assert [item.get("type") for item in page.findall(".//input[@name='who']")] == ["checkbox"] * 3
    assert page.find(".//input[@name='agreed']").get("value") == "yes"
    assert page.find(".//input[@name='state']").get("type") == "hidden"
    assert page.find(".//button").get("value") == "yes"


def test_a_kind_that_no_page_uses_is_refused() -> None:
    class Odd(PlainForm):
        day = DateField("Day")

    with pytest.raises(TypeError, match="no component for the field day, a DateField"):
        component(Odd().day)


def test_what_was_given_is_shown_again(app: Flask) -> None:
    values = {"name": "Ŵyn", "many": "5", "words": "a\nb", "level": "0", "who": ["1", "na"], "agreed": "yes"}
    page = rendered(app, EveryKind(MultiDict([(k, v) for k in values for v in _list(values[k])])))
    assert by_id(page, "name").get("value") == "Ŵyn"
    assert by_id(page, "many").get("value") == "5"
    assert by_id(page, "words").text == "a\nb"
    checked = [item.get("value") for item in page.findall(".//input[@checked]")]
    assert checked == ["0", "1", "na", "yes"]


def _list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def test_a_level_of_nought_stays_chosen(app: Flask) -> None:
    assert by_id(rendered(app, EveryKind(level="0")), "level").get("checked") is not None


@given(text=st.text())
@example(text="\n\n two lines before, and an indent\n    of four")
@example(text="a line\u2028and a paragraph\u2029of their own kind")
@example(text="</textarea><img src=x>\r\n&#10;&lt;")
def test_typed_text_comes_back_unchanged_however_deep_it_is_nested(app: Flask, text: str) -> None:
    form = EveryKind(MultiDict({"words": text, "why": text}))
    with app.test_request_context():
        inner = app.jinja_env.get_template("macros/form.html").module.field(form.why)  # type: ignore[attr-defined]
    page = rendered(app, form, level={"conditional": {"na": inner}}, why={"label": "Not this one"})
    areas = [area.text or "" for area in page.findall(".//textarea") if area.get("name") in ("words", "why")]
    assert areas == [clean(text)] * 3


def test_line_ends_at_the_start_of_kept_text_are_not_lost(app: Flask) -> None:
    assert by_id(rendered(app, EveryKind(words="\n\nlate")), "words").text == "\n\nlate"


def hostile_form() -> PlainForm:
    choices = [SelectChoice(HOSTILE, HOSTILE), SelectChoice("b", HOSTILE)]

    class Hostile(PlainForm):
        name = StringField(HOSTILE, description=HOSTILE, render_kw={"placeholder": HOSTILE})
        words = TextAreaField(HOSTILE, [Length(max=9)], description=HOSTILE)
        level = RadioField(HOSTILE, choices=choices, description=HOSTILE)
        who = SelectMultipleField(HOSTILE, choices=choices, description=HOSTILE)
        scope = SelectField(HOSTILE, choices=choices, description=HOSTILE)
        agreed = BooleanField(HOSTILE, description=HOSTILE)
        file = FileField(HOSTILE, description=HOSTILE)
        state = HiddenField()
        save = SubmitField(HOSTILE)

    values = MultiDict(dict.fromkeys(("name", "words", "level", "who", "scope", "state"), HOSTILE))
    form = Hostile(values)
    for field in form:
        field.errors = [HOSTILE]
    form.form_errors.append(HOSTILE)
    return form


def test_hostile_words_in_every_slot_stay_words(app: Flask) -> None:
    by_value = {"hints": {HOSTILE: HOSTILE}, "divider": {"b": HOSTILE}, "conditional": {"b": HOSTILE}}
    options = {
        "level": by_value | {"label": HOSTILE, "hint": HOSTILE},
        "who": by_value,
        "save": {"value": HOSTILE},
    }
    page = rendered(app, hostile_form(), **options)
    assert page.findall(".//img") == page.findall(".//script") == []
    assert not [name for item in page.iter() for name in item.attrib if name.startswith("on")]
    assert text_of(page).count("{{ 7*7 }}") > 20
    assert by_id(page, "name").get("value") == by_id(page, "name").get("placeholder") == HOSTILE
    assert by_id(page, "words").text == HOSTILE
    assert by_id(page, "level").get("value") == HOSTILE


def upload(name: str = "a.json") -> FileStorage:
    return FileStorage(io.BytesIO(b"{}"), filename=name)


ODD_VALUES: list[list[Any]] = [
    [],
    [""],
    ["x"],
    ["0", "1"],
    ["na"] * 50,
    ["9" * 5000],
    ["-1"],
    ["1.5"],
    ["１"],
    ["\x00\ud800\ufffe\r\n"],
    [HOSTILE, HOSTILE],
    [upload()],
    [upload(""), "x"],
    ["%(value)s %d %", "{0}"],
]


@pytest.mark.parametrize("values", ODD_VALUES, ids=lambda values: f"{len(values)} like {values[:1]!r:.20}")
@pytest.mark.parametrize("name", NAMES)
def test_no_post_can_break_a_field(app: Flask, name: str, values: list[Any]) -> None:
    form = EveryKind(MultiDict([(name, value) for value in values]))
    form.validate()
    page = rendered(app, form)
    assert len(page.findall(".//*[@class='govuk-error-summary']")) == 1


def test_a_file_is_taken_only_by_a_file_field_and_text_only_by_the_others() -> None:
    form = EveryKind(
        MultiDict([("name", upload()), ("file", "text"), ("file", upload("")), ("file", upload())])
    )
    assert form.name.data is None
    assert form.file.data.filename == "a.json"


def test_an_empty_form_that_was_sent_is_not_one_that_was_not() -> None:
    assert not EveryKind(MultiDict()).validate()
    assert EveryKind(name="x", level="1", many=1).level.data == "1"


def test_the_summary_links_each_error_to_a_control_that_can_be_reached(app: Flask) -> None:
    form = EveryKind(MultiDict({"many": "x", "counted": "x" * 31, "who": "?", "scope": "?"}))
    assert not form.validate()
    page = rendered(app, form, level={"divider": {"0": "or"}})
    links = page.findall(".//*[@class='govuk-error-summary']//a")
    assert [link.get("href") for link in links] == ["#name", "#many", "#counted", "#level", "#who", "#scope"]
    for link in links:
        control = by_id(page, link.get("href")[1:])
        assert control.tag in ("input", "textarea", "select")
        assert control.get("type") != "hidden"


def test_an_error_of_the_whole_form_stands_first_and_links_nowhere(app: Flask) -> None:
    form = EveryKind(MultiDict({"level": "0"}))
    form.validate()
    form.form_errors.append("Somebody else changed this")
    assert form.errors[""] == ["Somebody else changed this"]
    assert error_list(form) == [
        {"text": "Somebody else changed this"},
        {"text": "Write a name", "href": "#name"},
        {"text": "Choose one of the answers on this page", "href": "#scope"},
    ]
    items = rendered(app, form).findall(".//*[@class='govuk-list govuk-error-summary__list']/li")
    assert [item.find("a") is None for item in items] == [True, False, False]


def test_an_error_of_a_hidden_field_has_no_link() -> None:
    form = EveryKind()
    form.state.errors = ["Start again"]
    assert error_list(form) == [{"text": "Start again"}]


def test_a_form_without_errors_has_no_summary(app: Flask) -> None:
    assert rendered(app, EveryKind()).find(".//*[@class='govuk-error-summary']") is None


def test_controls_are_described_by_their_hint_count_and_error(app: Flask) -> None:
    form = EveryKind(MultiDict({"counted": "x" * 31}))
    form.validate()
    page = rendered(app, form, level={"hint": "One only"}, agreed={"hint": "Both of you"})
    for element in page.findall(".//*[@aria-describedby]"):
        for identity in element.get("aria-describedby").split():
            by_id(page, identity)
    assert by_id(page, "name").get("aria-describedby") == "name-hint name-error"
    assert by_id(page, "counted").get("aria-describedby") == "counted-info counted-error"
    assert page.find(".//fieldset[@aria-describedby='level-hint level-error']") is not None
    assert by_id(page, "agreed").get("aria-describedby") == "agreed-hint"
    assert text_of(by_id(page, "name-error")) == "Error: Write a name"


def test_a_limit_comes_from_the_length_rule_or_the_option(app: Flask) -> None:
    page = rendered(app, EveryKind(), words={"limit": 7})
    counted = page.findall(".//*[@data-module='govuk-character-count']")
    assert [item.get("data-maxlength") for item in counted] == ["7", "30", "30"]


def test_options_set_headings_hints_and_what_is_revealed(app: Flask) -> None:
    options = {
        "level": {"heading": "l", "page_heading": True, "hints": {"1": "A few"}, "divider": {"na": "or"}},
        "name": {"heading": "s", "hint": "", "attributes": {"autocomplete": "organization"}},
    }
    page = rendered(app, EveryKind(), **options)
    assert text_of(page.find(".//legend/h1")) == "Level"
    assert by_id(page, "level-2").get("aria-describedby") == "level-2-item-hint"
    assert text_of(by_id(page, "level-2-item-hint")) == "A few"
    assert text_of(page.find(".//*[@class='govuk-radios__divider']")) == "or"
    assert by_id(page, "name").get("autocomplete") == "organization"
    assert by_id(page, "name").get("aria-describedby") is None


def messages_of_wtforms() -> Iterator[str]:
    """Every literal that WTForms' own code passes to gettext or ngettext."""
    for path in sorted(Path(wtforms.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("gettext", "ngettext"):
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_message_of_the_library_is_in_plain_words() -> None:
    for_programmers = {"Choices cannot be None."}
    theirs = set(messages_of_wtforms()) - for_programmers
    assert len(theirs) > 30
    assert theirs == set(MESSAGES)


def test_plain_words_keep_the_places_for_numbers() -> None:
    form = EveryKind(MultiDict({"name": "x" * 21, "many": "10", "level": "0", "scope": "0"}))
    form.validate()
    assert form.errors == {
        "name": ["Write 20 characters at most"],
        "many": ["Give a number from 0 to 9"],
    }
