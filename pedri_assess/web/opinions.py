"""Saying whether a criterion is clear and relevant; what PEDRI staff learn, on a page and in tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from ..domain.errors import TooLong
from ..domain.opinions import (
    ANSWERS,
    LEAST_PEOPLE,
    LEAST_PLACES,
    QUESTIONS,
    TEXTS,
    TOO_FEW,
    TOO_FEW_PLACES,
)
from ..domain.policies import SIGNED_IN, STAFF
from ..domain.standards import Framework
from ..reports.tabular import Value, table_csv
from ..services import opinions as use
from .gate import PRIVATE, actor
from .languages import gettext, spoken, told
from .protection import allow
from .result import download
from .site import site
from .standards import criterion_page
from .texts import clean

opinions = Blueprint("opinions", __name__)

UNUSABLE = 422
NAMES = {"questions": QUESTIONS, "answers": ANSWERS, "texts": TEXTS}


@opinions.app_template_global("opinion_words")
def names() -> dict[str, dict[str, str]]:
    """What questions, answers and texts are called, in the language of the page."""
    return {name: {key: gettext(words) for key, words in known.items()} for name, known in NAMES.items()}


@opinions.post("/standards/<framework>/<version>/<criterion>/opinion")
@allow(SIGNED_IN)
def say(framework: str, version: str, criterion: str) -> Response:
    """Keeps what somebody says of a criterion, or takes it back."""
    where = (framework, version, criterion)
    if request.form.get("withdraw"):
        use.withdraw(site().context, actor(), *where)
    else:
        said = tapped(request.form.get("tap"))
        said |= {name: clean(request.form[name]) for name in TEXTS if name in request.form}
        try:
            use.say(site().context, actor(), *where, said)
        except TooLong as error:
            return criterion_page(*where, said, told(error), UNUSABLE)
    if request.form.get("back") == "mine":
        return make_response(redirect(url_for("opinions.mine"), 303))
    address = url_for("standards.one_criterion", framework=framework, version=version, criterion=criterion)
    return make_response(redirect(address + "#opinion", 303))


@opinions.get("/opinions")
@allow(SIGNED_IN)
def mine() -> str:
    """Everything that somebody says of criteria, to look at and to take back."""
    said = use.own_opinions(site().context, actor().account_id)
    return render_template("opinions/mine.html", said=said, **names())


@opinions.get("/learning")
@allow(STAFF)
def every() -> str:
    """The versions that people can say something of."""
    shelf = site().context.shelf
    versions = [[_in_our_language(one) for one in shelf.versions(name)] for name in shelf.frameworks()]
    return render_template("opinions/every.html", frameworks=versions)


@opinions.get("/learning/<framework>/<version>")
@allow(STAFF)
def learn(framework: str, version: str) -> str:
    """What many say of the criteria of a version."""
    shown = _in_our_language(site().context.shelf.get(framework, version))
    by_standard = [
        (standard, list(items))
        for standard, items in groupby(use.learnt(site().context, shown), key=lambda item: item.standard)
    ]
    return render_template("opinions/learn.html", framework=shown, learnt=by_standard, why=_why(), **names())


@opinions.get("/learning/<framework>/<version>/counts.csv")
@allow(STAFF)
def counts_file(framework: str, version: str) -> Response:
    """The counts as a table."""
    shown = site().context.shelf.get(framework, version)
    columns = [f"{question} {answer}" for question in QUESTIONS.values() for answer in ANSWERS.values()]
    head = ("Standard", "Criterion", "Statement", "People, to the nearest 5", *columns, "Hidden")
    return _file(table_csv([head, *_counts(shown)]), f"{framework}-{version}-what-people-say.csv")


@opinions.get("/learning/<framework>/<version>/texts.csv")
@allow(STAFF)
def texts_file(framework: str, version: str) -> Response:
    """The texts as a table."""
    shown = site().context.shelf.get(framework, version)
    rows: list[tuple[Value, ...]] = [("Standard", "Criterion", "Question", "Text")]
    for item in use.learnt(site().context, shown):
        for name, question in TEXTS.items():
            rows += [(item.standard.id, item.criterion.id, question, text) for text in item.texts[name]]
    return _file(table_csv(rows), f"{framework}-{version}-what-people-write.csv")


def tapped(value: str | None) -> dict[str, str]:
    """What a button says: a question and its answer. Nothing where it is none of ours."""
    question, _, answer = (value or "").partition(":")
    return {question: answer} if question in QUESTIONS and answer in ANSWERS else {}


def _in_our_language(framework: Framework) -> Framework:
    return site().context.shelf.in_language(framework, spoken().code)


def _why() -> dict[str, tuple[str, str]]:
    """Why something is hidden, in a sentence; the second is of texts."""
    people, places = {"people": LEAST_PEOPLE}, {"places": LEAST_PLACES}
    return {
        TOO_FEW: (
            gettext("Hidden: fewer than %(people)s people.", **people),
            gettext("Texts hidden: fewer than %(people)s people.", **people),
        ),
        TOO_FEW_PLACES: (
            gettext("Hidden: from fewer than %(places)s organisations.", **places),
            gettext("Texts hidden: from fewer than %(places)s organisations.", **places),
        ),
    }


def _counts(framework: Framework) -> Iterator[tuple[Value, ...]]:
    for item in use.learnt(site().context, framework):
        seen = item.shown
        numbers = [seen.counts.get(question, {}).get(answer) for question in QUESTIONS for answer in ANSWERS]
        hidden = "; ".join(f"{QUESTIONS[question]} {why}" for question, why in seen.hidden.items())
        yield (item.standard.id, item.criterion.id, item.criterion.statement, seen.people, *numbers, hidden)


def _file(content: bytes, name: str) -> Response:
    response = download(content, "text/csv", name)
    response.headers["Cache-Control"] = PRIVATE
    return response
