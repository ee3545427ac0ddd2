"""The page on which PEDRI staff set what every report says."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import HiddenField, TextAreaField

from ..domain.errors import Stale
from ..domain.languages import to_translate
from ..domain.own_words import LONGEST_STANDING, StandingText
from ..domain.policies import STAFF
from ..services.own_words import every_standing_text, set_standing_text
from .components import PlainForm
from .gate import actor
from .languages import gettext
from .protection import allow
from .site import site
from .texts import whole_number

standing_text = Blueprint("standing_text", __name__, url_prefix="/standing-text")

CHANGED = to_translate(
    "Somebody set another text since you opened the page. It is below; what you wrote is kept here"
)
TOO_LONG = to_translate("The text must be %(most)s characters or fewer")


class StandingForm(PlainForm):
    """The text; `number` is that of the text that it was made from."""

    text = TextAreaField(to_translate("What every report says"))
    number = HiddenField()


@standing_text.get("")
@allow(STAFF)
def show() -> Response:
    """What every report says, to change, and what it said."""
    every = every_standing_text(site().context)
    body, number = (every[0].body, every[0].number) if every else ("", 0)
    return _page(every, StandingForm(data={"text": body, "number": number}))


@standing_text.post("")
@allow(STAFF)
def save() -> Response:
    """Sets what every report says."""
    context, form = site().context, StandingForm(formdata=request.form)
    text, number = form.text.data or "", whole_number(form.number.data)
    if len(text) > LONGEST_STANDING:
        form.text.errors = [gettext(TOO_LONG, most=f"{LONGEST_STANDING:,}")]
        return _page(every_standing_text(context), form, 422)
    try:
        set_standing_text(context, actor().account_id, number, text)
    except Stale:
        every = every_standing_text(context)
        form.number.data = every[0].number if every else 0
        form.form_errors.append(CHANGED)
        return _page(every, form, 409)
    return make_response(redirect(url_for("standing_text.show"), 303))


def _page(every: list[StandingText], form: StandingForm, status: int = 200) -> Response:
    page = render_template(
        "organisations/standing_text.html",
        every=every,
        form=form,
        limit=LONGEST_STANDING,
        in_error=bool(form.errors or form.form_errors),
    )
    return make_response(page, status)
