"""The page of what an organisation shares with PEDRI, with partners, and with everyone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField

from ..domain.errors import Stale
from ..domain.languages import to_translate
from ..domain.policies import LEAD, LEADS, MEMBER
from ..domain.sharing import CHOICES
from ..services.organisations import SIZES
from ..services.sharing import Sharing, say_size, share, sharing_of
from .components import PlainForm
from .gate import access, actor
from .languages import gettext
from .protection import allow, lately
from .site import site
from .texts import clean

sharing_pages = Blueprint("sharing", __name__, url_prefix="/organisations/<organisation>/sharing")

CHANGED = to_translate("Somebody else changed this in the meantime. Here is what holds now: choose again")
CHOOSE = to_translate("Choose from what is on this page")


class SharingForm(PlainForm):
    """What is shared; `expected` is what was shared when the page was made."""

    chosen = SelectMultipleField(to_translate("What do you agree to?"), validate_choice=False)
    expected = HiddenField(filters=[clean])

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.chosen.choices = [SelectChoice(name, choice.title) for name, choice in CHOICES.items()]

    @property
    def hints(self) -> dict[str, str]:
        """The words under each choice."""
        return {name: f"{gettext(choice.means)} {gettext(choice.never)}" for name, choice in CHOICES.items()}


class SizeForm(PlainForm):
    """How large the organisation is."""

    size = SelectField(
        to_translate("How many people work for your organisation?"),
        choices=[
            SelectChoice("", to_translate("We do not say")),
            *(SelectChoice(*item) for item in SIZES.items()),
        ],
        validate_choice=False,
    )


@sharing_pages.get("")
@allow(MEMBER)
def show(organisation: str) -> Response:
    """What is shared, since when and by whom; leads can change it."""
    found = sharing_of(site().context, organisation)
    return _page(found, _filled(found))


@sharing_pages.post("")
@allow(LEADS)
@lately
def save(organisation: str) -> Response:
    """Agrees to what was chosen, and to nothing else."""
    context, form = site().context, SharingForm(formdata=request.form)
    chosen, expected = frozenset(form.chosen.data), frozenset(form.expected.data.split())
    if not chosen | expected <= CHOICES.keys():
        form.chosen.errors = [CHOOSE]
        return _page(sharing_of(context, organisation), form)
    try:
        share(context, actor().account_id, organisation, expected, chosen)
    except Stale:
        found = sharing_of(context, organisation)
        form = _filled(found)
        form.form_errors.append(CHANGED)
        return _page(found, form, 409)
    return make_response(redirect(url_for("sharing.show", organisation=organisation), 303))


@sharing_pages.post("/size")
@allow(LEADS)
def size(organisation: str) -> Response:
    """Says how large the organisation is: one of the groups that benchmarks show."""
    form = SizeForm(formdata=request.form)
    if form.size.data not in ("", *SIZES):
        form.size.errors = [CHOOSE]
        found = sharing_of(site().context, organisation)
        return _page(found, _filled(found), sized=form)
    say_size(site().context, actor().account_id, organisation, form.size.data)
    return make_response(redirect(url_for("sharing.show", organisation=organisation) + "#how-large", 303))


def _filled(found: Sharing) -> SharingForm:
    return SharingForm(data={"chosen": list(found.now), "expected": " ".join(found.now)})


def _page(found: Sharing, form: SharingForm, status: int = 422, sized: SizeForm | None = None) -> Response:
    wrong = bool(form.errors or form.form_errors or sized)
    page = render_template(
        "organisations/sharing.html",
        found=found,
        form=form,
        sized=sized or SizeForm(data={"size": found.organisation.size}),
        sizes=SIZES,
        choices=CHOICES,
        leads=access().role == LEAD,
        in_error=wrong,
    )
    return make_response(page, status if wrong else 200)
