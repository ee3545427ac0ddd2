"""Fields that are kept come out as if they were drawn anew, and nobody's words stay behind."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)

from pedri_assess.web import drawing
from pedri_assess.web.components import PlainForm

from .conftest import Walk
from .pages import an_app

APP = an_app()

# The library's own indenting would break lines at separators that are no line ends to HTML
typed = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")) | st.just("\n"), max_size=40
)


class AForm(PlainForm):
    text = TextAreaField("Text")
    line = StringField("Line")
    choice = RadioField("Choice", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])


def anew(app: Flask, form: AForm, name: str, **options: object) -> str:
    """The field as the library's macros draw it."""
    macro = app.jinja_env.get_template("macros/form.html").module.field  # type: ignore[attr-defined]
    return squeezed(macro(form[name], **options))


def squeezed(html: str) -> str:
    """HTML without its indentation. What people typed has no line ends in it: they are written as &#10;."""
    return re.sub(r"\n[ \n]*", "\n", html).strip()


@given(typed, st.sampled_from(["text", "line"]))
def test_a_kept_field_is_what_would_be_drawn(words: str, name: str) -> None:
    with APP.app_context():
        form = AForm(data={name: words})
        expected = anew(APP, form, name, hint="H")
        assert squeezed(drawing.field(form[name], hint="H")) == expected
        assert squeezed(drawing.field(form[name], hint="H")) == expected


@given(typed, st.sampled_from(["a", "b", None]))
def test_so_is_a_choice_that_reveals_words(words: str, chosen: str | None) -> None:
    with APP.app_context():
        form = AForm(data={"text": words, "choice": chosen})
        inner = drawing.field(form.text)
        options = {"conditional": {"b": inner}, "hints": {"a": "H"}}
        assert squeezed(drawing.field(form.choice, **options)) == anew(APP, form, "choice", **options)


@pytest.mark.parametrize("name", ["text", "line"])
def test_what_people_type_is_not_kept(name: str) -> None:
    with APP.app_context():
        drawing._kept.cache_clear()
        for number in range(5):
            form = AForm(data={name: f"typed {number}", "choice": "a"})
            drawing.field(form[name])
            drawing.field(form.choice, conditional={"b": drawing.field(form[name])})
        assert drawing._kept.cache_info().currsize == 2
        form.text.errors = ["“typed 5” is not a link"]
        drawing.field(form.text)
        assert drawing._kept.cache_info().currsize == 2


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\n"])
def test_separators_in_what_was_typed_stay_where_they_are(separator: str) -> None:
    with APP.app_context():
        form = AForm(data={"text": f"one{separator}two", "choice": "b"})
        inner = drawing.field(form.text)
        page = drawing.field(form.choice, conditional={"b": inner})
        assert f"one{separator}two" in unescape(page)


BOTH = [SelectChoice("a", "A"), SelectChoice("b", "B")]


class EveryKind(PlainForm):
    """A field of every kind that pages use."""

    text = TextAreaField("Text")
    line = StringField("Line")
    number = IntegerField("Number")
    unseen = HiddenField()
    yes = BooleanField("Yes")
    one = RadioField("One", choices=BOTH)
    some = SelectMultipleField("Some", choices=BOTH)
    folded = SelectField("Folded", choices=BOTH)
    file = FileField("File")
    send = SubmitField("Send")


# Empty, falsy where it is a number, broken out of quotes, an old choice, a choice there never was
POSTED = ["", "0", " ", '"><b>', "a", "b", "none of these", "\\1 \\g<0> {0} %s"]


@given(st.dictionaries(st.sampled_from(sorted(EveryKind()._fields)), st.sampled_from(POSTED)))
def test_every_kind_of_field_shows_what_was_posted(posted: dict[str, str]) -> None:
    """Also with errors, and also what is checked."""
    with APP.app_context():
        form = EveryKind(MultiDict(posted))
        form.validate()
        for name in form._fields:
            assert squeezed(drawing.field(form[name])) == anew(APP, form, name), name


def test_a_button_says_whose_it_is() -> None:
    with APP.app_context():
        button = EveryKind().send
        for value in ("one", "other", "0"):
            assert f'value="{value}"' in drawing.field(button, value=value)


def test_words_that_look_like_a_mark_stay_words() -> None:
    """Nobody can know the mark; if somebody did, they would see it and no words of another field."""
    mark = f"{drawing._MARK}-1-"
    with APP.app_context():
        form = AForm(data={"text": mark, "line": "the other's words"})
        reveals = {"a": drawing.field(form.text), "b": drawing.field(form.line)}
        html = drawing.field(form.choice, conditional=reveals)
        assert html.count("the other&#39;s words") == 1
        assert f">{mark}</textarea>" in html


def test_fields_drawn_at_once_do_not_mix() -> None:
    def draw(number: int) -> bool:
        with APP.app_context():
            form = AForm(data={"text": f"person {number}", "choice": "b" if number % 2 else "a"})
            html = drawing.field(form.choice, conditional={"b": drawing.field(form.text)})
        checked = re.findall(r'value="([ab])" checked', html)
        return re.findall(r"person \d+", html) == [f"person {number}"] and checked == [form.choice.data]

    drawing._kept.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(draw, range(200)))


def test_a_whole_quick_check_leaves_nobodys_words_behind(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is typed, and wherever: in names, answers, links that are none, and what is sent twice."""
    kept: list[str] = []

    def keeping(name: str, parameters: drawing._Parameters) -> str:
        html = drawing._drawn(name, parameters.params)
        kept.extend((parameters._text, html))
        return html

    monkeypatch.setattr(drawing, "_kept", keeping)
    secret = "xyzzy"
    named = dict.fromkeys(("organisation", "scope_name", "about"), secret)
    walk.start("all", **named)
    typed_in = dict.fromkeys(("evidence", "reason", "note", "not_applicable", "links"), secret)
    criterion = next(iter(walk.states()))
    for choice in ("0", "3", "not-applicable", "dont-know", secret, ""):
        walk.answer(criterion, choice=choice, **typed_in)
        walk.go(criterion)
        assert walk.page is not None
        assert secret in walk.page.text
    assert secret in walk.go("answers/set-up").text
    assert len(kept) > 50
    assert not [piece for piece in kept if secret in piece or walk.token in piece]
