"""What an organisation says in its reports in its own words: its logo, an introduction, which sections."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from wtforms import FileField, HiddenField, RadioField, SelectChoice, SelectMultipleField, TextAreaField

from ..domain.edition import MEDIA_TYPES
from ..domain.errors import NotFound, Stale
from ..domain.languages import to_translate
from ..domain.own_words import LONGEST_INTRODUCTION, LONGEST_LOGO_WORDS, OwnWords
from ..domain.policies import LEADS, MEMBER
from ..reports import LARGEST_LOGO, NotAPicture, ReportBusy, ReportFailed, sections
from ..services import own_words as use
from ..services.own_words import TITLES, YourReport
from ..services.reports import file_name, improvement_report, report_for
from .components import PlainForm
from .gate import PRIVATE, actor
from .languages import gettext, told
from .protection import allow, at_most
from .result import TRY_AGAIN_IN, download
from .site import site
from .texts import whole_number

your_report = Blueprint("your_report", __name__, url_prefix="/organisations/<organisation>/report")

CHANGED = to_translate(
    "Somebody changed this since you opened the page. What holds now is below; what you wrote is kept here"
)
CHANGED_LOGO = to_translate("Somebody changed the report since you opened the page. Choose again")
LONG_INTRODUCTION = to_translate("The introduction must be %(most)s characters or fewer: %(over)s too many")
LONG_WORDS = to_translate("The words must be %(most)s characters or fewer")
HINTS = {
    "profile": to_translate("The bars of all standards. The summary has them too."),
    "standards": to_translate("Every criterion with its answer, evidence and level: the longest part."),
    "changes": to_translate("What differs from the revision before."),
    "sign_off": to_translate(
        "Who handed in, sent back and signed off. The cover says how the revision stands."
    ),
    "glossary": to_translate("What the words mean."),
}
AROUND = 64 * 1024  # bytes of the form around a file


class WordsForm(PlainForm):
    """Introduction, sections and comments; `changes` is the number that the page was made from."""

    introduction = TextAreaField(to_translate("Introduction"))
    left_out = SelectMultipleField(to_translate("Leave out"), validate_choice=False)
    comments = RadioField(to_translate("Show comments?"), validate_choice=False)
    changes = HiddenField()

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        self.left_out.choices = [SelectChoice(name, title) for name, title in TITLES.items()]
        self.comments.choices = [
            SelectChoice("no", to_translate("No")),
            SelectChoice("yes", to_translate("Yes, from now on")),
        ]

    def complete(self) -> bool:
        """Whether the form can be used; fields that cannot then have an error."""
        over = len(self.introduction.data or "") - LONGEST_INTRODUCTION
        if over > 0:
            values = {"most": f"{LONGEST_INTRODUCTION:,}", "over": f"{over:,}"}
            self.introduction.errors = [gettext(LONG_INTRODUCTION, **values)]
        if not set(self.left_out.data or ()) <= TITLES.keys():
            self.left_out.errors = [to_translate("Choose from this list")]
        if self.comments.data not in ("no", "yes"):
            self.comments.errors = [to_translate("Choose whether reports show comments")]
        return not self.errors


class LogoForm(PlainForm):
    """A picture, and words for people who cannot see it."""

    picture = FileField(to_translate("Picture"))
    words = TextAreaField(to_translate("What does it show?"))
    changes = HiddenField()

    def complete(self, *, needed: bool) -> bool:
        """Whether the form can be used; `needed` says that there is no picture yet."""
        if needed and not self.picture.data:
            self.picture.errors = [to_translate("Choose a picture")]
        if not self.words.data:
            self.words.errors = [to_translate("Say what the picture shows, for people who cannot see it")]
        elif len(self.words.data) > LONGEST_LOGO_WORDS:
            self.words.errors = [gettext(LONG_WORDS, most=LONGEST_LOGO_WORDS)]
        return not self.errors


@your_report.get("")
@allow(LEADS)
def show(organisation: str) -> Response:
    """What the reports say, to change."""
    found = use.your_report(site().context, organisation)
    return _page(found, _filled(found.said))


@your_report.post("")
@allow(LEADS)
def save(organisation: str) -> Response:
    """Keeps introduction, sections and comments."""
    context, form = site().context, WordsForm(formdata=request.form)
    if not form.complete():
        return _page(use.your_report(context, organisation), form, 422)
    expected, comments = whole_number(form.changes.data), form.comments.data == "yes"
    said = (form.introduction.data or "", form.left_out.data or ())
    try:
        use.set_words(context, organisation, actor().account_id, expected, *said, comments=comments)
    except Stale:
        found = use.your_report(context, organisation)
        form.changes.data = found.said.changes
        form.form_errors.append(CHANGED)
        return _page(found, form, 409, stale=True)
    return _to("your_report.preview", organisation)


@your_report.route("/logo", methods=["GET", "POST"])
@allow(LEADS)
@at_most(LARGEST_LOGO + AROUND)
def logo(organisation: str) -> Response:
    """A picture to choose, with its words."""
    context = site().context
    found = use.your_report(context, organisation)
    now = found.said.logo
    if request.method != "POST":
        words = now.words if now else ""
        return _logo_page(found, LogoForm(data={"words": words, "changes": found.said.changes}))
    form = LogoForm(formdata=request.form)
    form.picture.data = next((file for file in request.files.getlist("picture") if file.filename), None)
    if not form.complete(needed=now is None):
        return _logo_page(found, form, 422)
    content = form.picture.data.read() if form.picture.data else None
    expected = whole_number(form.changes.data)
    try:
        use.set_logo(context, organisation, actor().account_id, expected, content, form.words.data)
    except NotAPicture as error:
        form.picture.errors = [told(error)]
        return _logo_page(found, form, 422)
    except (NotFound, Stale):
        return _logo_changed(organisation, form)
    return _to("your_report.preview", organisation)


@your_report.post("/logo/remove")
@allow(LEADS)
def remove_logo(organisation: str) -> Response:
    """Takes the logo away."""
    context, expected = site().context, whole_number(request.form.get("changes"))
    try:
        use.remove_logo(context, organisation, actor().account_id, expected)
    except Stale:
        return _logo_changed(organisation, LogoForm())
    return _to("your_report.show", organisation)


@your_report.get("/logo/picture")
@allow(MEMBER)
def picture(organisation: str) -> Response:
    """The logo itself, for the pages that show it."""
    kind, content = use.picture(site().context, organisation)
    response = download(content, MEDIA_TYPES[kind], f"logo.{kind}")
    response.headers["Cache-Control"] = PRIVATE
    return response


@your_report.get("/preview")
@allow(LEADS)
def preview(organisation: str) -> Response:
    """What a report looks like with the words of now."""
    return _preview_page(organisation)


@your_report.get("/preview.pdf")
@allow(LEADS)
def preview_pdf(organisation: str) -> Response:
    """The same on paper; the page with the reason where it cannot be made just now."""
    context = site().context
    shown = use.preview(context, organisation)
    try:
        content = improvement_report(context.renderer, shown.framework, shown.answered, shown.edition)
    except (ReportBusy, ReportFailed) as error:
        response = _preview_page(organisation, told(error).rstrip("."), 503)
        response.headers["Retry-After"] = str(TRY_AGAIN_IN)
        return response
    response = download(content, "application/pdf", f"preview-of-{file_name(shown.answered, 'pdf')}")
    response.headers["Cache-Control"] = PRIVATE
    return response


def logo_address(organisation_id: str) -> str:
    """Where the logo of an organisation is, for its members."""
    return url_for("your_report.picture", organisation=organisation_id)


def _filled(said: OwnWords) -> WordsForm:
    return WordsForm(
        data={
            "introduction": said.introduction,
            "left_out": list(said.left_out),
            "comments": "yes" if said.comments_since else "no",
            "changes": said.changes,
        }
    )


def _page(found: YourReport, form: WordsForm, status: int = 200, *, stale: bool = False) -> Response:
    page = render_template(
        "organisations/your_report.html",
        found=found,
        form=form,
        hints={name: gettext(words) for name, words in HINTS.items()},
        limit=LONGEST_INTRODUCTION,
        titles=TITLES,
        stale=stale,
        in_error=bool(form.errors or form.form_errors),
        logo_address=logo_address(found.organisation.id),
    )
    return make_response(page, status)


def _logo_page(found: YourReport, form: LogoForm, status: int = 200) -> Response:
    page = render_template(
        "organisations/logo.html",
        found=found,
        form=form,
        limit=LONGEST_LOGO_WORDS,
        in_error=bool(form.errors or form.form_errors),
        logo_address=logo_address(found.organisation.id),
    )
    return make_response(page, status)


def _logo_changed(organisation: str, form: LogoForm) -> Response:
    found = use.your_report(site().context, organisation)
    form.changes.data = found.said.changes
    form.form_errors.append(CHANGED_LOGO)
    return _logo_page(found, form, 409)


def _preview_page(organisation: str, problem: str = "", status: int = 200) -> Response:
    context = site().context
    found, shown = use.your_report(context, organisation), use.preview(context, organisation)
    report = report_for(shown.framework, shown.answered, shown.edition)
    page = render_template(
        "organisations/preview.html",
        found=found,
        example=shown.example,
        report=report,
        sections=sections(report),
        framework=shown.framework,
        medium="web",
        problem=problem,
        in_error=bool(problem),
        logo_address=logo_address(organisation),
    )
    return make_response(page, status)


def _to(endpoint: str, organisation: str) -> Response:
    return make_response(redirect(url_for(endpoint, organisation=organisation), 303))
