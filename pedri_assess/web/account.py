"""The page of a person's own account: name, open sessions, and how they signed in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request
from wtforms import StringField

from ..domain.languages import to_translate
from ..domain.policies import SIGNED_IN
from ..services.accounts import rename, signed_in_lately
from ..services.calendars import since
from ..services.plan_letters import wants
from ..services.sessions import hashed, open_sessions, sign_out_everywhere
from ..services.single_sign_on import is_connected
from .components import PlainForm
from .gate import actor, forget_session, session_token
from .languages import gettext
from .protection import allow
from .site import site
from .texts import clean

account = Blueprint("account", __name__, url_prefix="/account")

MOST_NAME = 100
HOWS = {
    "link": to_translate("Link in a letter"),
    "code": to_translate("Code from a letter"),
    "invitation": to_translate("Invitation"),
    "single sign-on": to_translate("Single sign-on"),
    "demonstration": to_translate("Demonstration"),
}


class NameForm(PlainForm):
    """What colleagues call a person."""

    name = StringField(to_translate("Your name"), filters=[clean])

    def complete(self) -> bool:
        """Whether it is a name."""
        name = self.name.data
        if not name or len(name) > MOST_NAME or "\n" in name:
            self.name.errors = [gettext("Enter your name, in %(most)s characters or fewer", most=MOST_NAME)]
        return not self.name.errors


@account.get("")
@allow(SIGNED_IN)
def show() -> Response:
    """The page."""
    return _page(NameForm(data={"name": actor().name}))


@account.post("")
@allow(SIGNED_IN)
def change() -> Response:
    """Another name."""
    form = NameForm(formdata=request.form)
    if not form.complete():
        return _page(form, 422)
    rename(site().context, actor().account_id, form.name.data)
    return make_response(redirect("/account", 303))


@account.post("/sign-out-everywhere")
@allow(SIGNED_IN)
def everywhere() -> Response:
    """Ends every session of this person, this one too."""
    sign_out_everywhere(site().context, actor().account_id)
    return forget_session(make_response(redirect("/signed-out", 303)))


def _page(form: NameForm, status: int = 200) -> Response:
    context, me = site().context, actor()
    page = render_template(
        "accounts/account.html",
        form=form,
        in_error=status != 200,
        me=me,
        sessions=open_sessions(context, me.account_id),
        this=hashed(session_token()),
        log=signed_in_lately(context, me.account_id),
        hows={name: gettext(words) for name, words in HOWS.items()},
        provider=site().config.single_sign_on,
        calendar=since(context, me.account_id),
        letters=wants(context, me.account_id),
        connected=site().provider and is_connected(context, me.account_id),
    )
    return make_response(page, status)
