"""Fields that are kept come out as if they were drawn anew, and nobody's words stay behind."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import RadioField, SelectChoice, StringField, TextAreaField

from pedri_assess.web import drawing
from pedri_assess.web.components import PlainForm

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
        assert f"one{separator.replace(chr(10), '&#10;')}two" in page
