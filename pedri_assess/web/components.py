"""WTForms fields as the parameters of the component library's macros, and forms that speak plain English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from markupsafe import Markup, escape
from wtforms import Field, FileField, Form, SelectChoice
from wtforms.fields import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Length

from ..domain.languages import to_translate
from .languages import counted_characters, gettext, said, spoken
from .texts import clean

Params = dict[str, Any]

# What a library says in its own voice, in ours. A test finds every message that WTForms can give.
MESSAGES = {
    "This field is required.": to_translate("Give an answer"),
    "This field is disabled and cannot have a value.": to_translate("This cannot be answered here"),
    "This field cannot be edited.": to_translate("This cannot be changed"),
    "Not a valid choice.": to_translate("Choose one of the answers on this page"),
    "Invalid Choice: could not coerce.": to_translate("Choose one of the answers on this page"),
    "Invalid choice(s): one or more data inputs could not be coerced.": to_translate(
        "Choose answers from this page"
    ),
    "'%(value)s' is not a valid choice for this field.": to_translate("Choose answers from this page"),
    "'%(value)s' are not valid choices for this field.": to_translate("Choose answers from this page"),
    "Invalid field name '%s'.": to_translate("Another answer that belongs with this one (%s) is missing"),
    "Field must be equal to %(other_name)s.": to_translate("This must be the same as %(other_name)s"),
    "Field must be at least %(min)d character long.": to_translate("Write at least %(min)d character"),
    "Field must be at least %(min)d characters long.": to_translate("Write at least %(min)d characters"),
    "Field cannot be longer than %(max)d character.": to_translate("Write %(max)d character at most"),
    "Field cannot be longer than %(max)d characters.": to_translate("Write %(max)d characters at most"),
    "Field must be exactly %(max)d character long.": to_translate("Write exactly %(max)d character"),
    "Field must be exactly %(max)d characters long.": to_translate("Write exactly %(max)d characters"),
    "Field must be between %(min)d and %(max)d characters long.": to_translate(
        "Write %(min)d to %(max)d characters"
    ),
    "Number must be at least %(min)s.": to_translate("Give a number of %(min)s or more"),
    "Number must be at most %(max)s.": to_translate("Give a number of %(max)s or less"),
    "Number must be between %(min)s and %(max)s.": to_translate("Give a number from %(min)s to %(max)s"),
    "Date must be at least %(min)s.": to_translate("Give a date of %(min)s or later"),
    "Date must be at most %(max)s.": to_translate("Give a date of %(max)s or earlier"),
    "Date must be between %(min)s and %(max)s.": to_translate("Give a date from %(min)s to %(max)s"),
    "Invalid input.": to_translate("Write this in the form that the question asks for"),
    "Invalid email address.": to_translate("Write an e-mail address, like name@example.org"),
    "Invalid IP address.": to_translate("Write an IP address"),
    "Invalid Mac address.": to_translate("Write a MAC address"),
    "Invalid URL.": to_translate("Write a web address that begins with https://"),
    "Invalid UUID.": to_translate("Write the whole identifier"),
    "Invalid value, must be one of: %(values)s.": to_translate("Use one of these: %(values)s"),
    "Invalid value, can't be any of: %(values)s.": to_translate("Use something other than %(values)s"),
    "Not a valid integer value.": to_translate("Write a whole number in figures, like 3"),
    "Not a valid decimal value.": to_translate("Write a number in figures, like 2.5"),
    "Not a valid float value.": to_translate("Write a number in figures, like 2.5"),
    "Not a valid datetime value.": to_translate("Write a date and time, like 2026-11-23 14:30"),
    "Not a valid date value.": to_translate("Write a date, like 2026-11-23"),
    "Not a valid time value.": to_translate("Write a time, like 14:30"),
    "Not a valid week value.": to_translate("Write a week, like 2026-W48"),
    "Invalid CSRF Token.": to_translate("This page is too old to send. Send it again"),
    "CSRF token missing.": to_translate("This page is too old to send. Send it again"),
    "CSRF failed.": to_translate("This page is too old to send. Send it again"),
    "CSRF token expired.": to_translate("This page is too old to send. Send it again"),
}

_LINE_ENDS = "\n\u2028\u2029"  # what the macros take for the end of a line


class Lists(Protocol):
    """Names with lists of values, as Flask gives what was posted."""

    def getlist(self, key: str) -> list[Any]: ...
    def __iter__(self) -> Iterator[str]: ...


class Posted:
    """What was posted, each value only where its kind belongs: files in file fields, clean text elsewhere."""

    def __init__(self, form: Form, values: Lists) -> None:
        self._values = values
        self._file_fields = {field.name for field in form if isinstance(field, FileField)}

    def getlist(self, name: str) -> list[Any]:
        """All values of a name, in order; an empty file field has none."""
        values = self._values.getlist(name)
        if name in self._file_fields:
            return [value for value in values if getattr(value, "filename", None)]
        return [clean(value) for value in values if isinstance(value, str)]

    def __contains__(self, name: str) -> bool:
        return bool(self.getlist(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)


class PlainWords:
    """WTForms' messages in plain words, in the language of the page."""

    def gettext(self, text: str) -> str:
        return gettext(MESSAGES.get(text, text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)


class PlainForm(Form):  # type: ignore[misc]  # WTForms has no types
    """The form that all of ours are made from: clean input whatever was posted, messages in plain English."""

    class Meta:
        """How WTForms asks for what a form may change."""

        def get_translations(self, _form: Form) -> PlainWords:
            return PlainWords()

        def wrap_formdata(self, form: Form, formdata: Lists | None) -> Posted | None:
            return None if formdata is None else Posted(form, formdata)


def component(field: Field, **options: Any) -> tuple[str, Params]:
    """The name of the macro for a field, and its parameters.

    Options: `label` and `hint`, other words than the field's own; `heading`, one of xl, l, m, s, the size of
    the label or legend; `page_heading`, true where it is the page's h1; `hints`, `conditional` and `divider`,
    each by the value of a choice: words under it, HTML that it reveals, and words above it; `limit`, the most
    characters, where the field has no Length rule; `value`, what a button posts; `attributes`. Anything else
    goes to the macro as it is. Words are escaped unless they are Markup. Raises TypeError for a kind of field
    that no page uses.
    """
    for kind, name, fill in _KINDS:
        if isinstance(field, kind):
            params: Params = {"name": field.name}
            if words := options.pop("hint", field.description):
                params["hint"] = _words(said(words))
            if field.errors:
                params["errorMessage"] = {"text": _first(field), "visuallyHiddenText": gettext("Error")}
            own = fill(field, params, options)
            return own or name, params | options
    raise TypeError(f"no component for the field {field.name}, a {type(field).__name__}")


def error_list(form: Form) -> list[Params]:
    """The form's errors for the summary: its own first, then one for each field, linked to its control."""
    errors: list[Params] = [{"text": str(said(message))} for message in form.form_errors]
    for field in form:
        if field.errors:
            unseen = isinstance(field, HiddenField)
            errors.append({"text": _first(field)} | ({} if unseen else {"href": f"#{field.id}"}))
    return errors


def _first(field: Field) -> str:
    """One message at a time: the next can wait until this one is put right."""
    return str(said(field.errors[0]))


def _words(words: str) -> Params:
    """Words as the macros take them: HTML only where somebody made it on purpose."""
    return {"html": words} if isinstance(words, Markup) else {"text": str(words)}


def _title(field: Field, options: Params, component_class: str) -> Params:
    """A label or legend in the size asked for."""
    title = _words(options.pop("label", "") or said(field.label.text))
    if size := options.pop("heading", ""):
        title["classes"] = f"{component_class}--{size}"
    if options.pop("page_heading", False):
        title["isPageHeading"] = True
    return title


def _labelled(field: Field, params: Params, options: Params) -> None:
    params["id"] = field.id
    params["label"] = _title(field, options, "govuk-label")
    attributes = (field.render_kw or {}) | options.pop("attributes", {})
    if attributes:
        params["attributes"] = attributes


def _input(field: Field, params: Params, options: Params) -> None:
    _labelled(field, params, options)
    params["value"] = field._value()


def _whole_number(field: Field, params: Params, options: Params) -> None:
    _input(field, params, options)
    params["inputmode"] = "numeric"


def _textarea(field: Field, params: Params, options: Params) -> str:
    _labelled(field, params, options)
    # The macros indent what they nest, and browsers drop a line end at the start: both would change what was
    # typed. As character references, line ends are safe from the one, and for the other there is one more.
    text = field._value()
    params["value"] = _with_line_ends_kept(("\n" if text.startswith("\n") else "") + text)
    limit = options.pop("limit", _limit(field))
    if limit:
        params |= {"maxlength": limit, **counted_characters()}
    return "character-count" if limit else ""


def _with_line_ends_kept(text: str) -> Markup:
    kept = escape(text)
    for mark in _LINE_ENDS:
        kept = kept.replace(mark, Markup(f"&#{ord(mark)};"))  # noqa: S704 - a number
    return kept


def _limit(field: Field) -> int | None:
    lengths = [rule.max for rule in field.validators if isinstance(rule, Length) and rule.max > 0]
    return min(lengths, default=None)


def _items(field: Field, options: Params) -> Iterator[Params]:
    hints: Mapping[str, str] = options.pop("hints", {})
    reveals: Mapping[str, str] = options.pop("conditional", {})
    dividers: Mapping[str, str] = options.pop("divider", {})
    for number, choice in enumerate(field.iter_choices()):
        if choice.value in dividers:
            yield {"divider": dividers[choice.value]}
        # The first has the field's own id, which the error summary links to
        item: Params = {"id": f"{field.id}-{number + 1}" if number else field.id}
        item |= {"value": choice.value, "checked": choice.selected, **_words(said(choice.label))}
        if hints.get(choice.value):
            item["hint"] = _words(hints[choice.value])
        if reveals.get(choice.value):
            item["conditional"] = {"html": escape(reveals[choice.value])}
        yield item


def _choices(field: Field, params: Params, options: Params) -> None:
    params["idPrefix"] = field.id
    params["fieldset"] = {"legend": _title(field, options, "govuk-fieldset__legend")}
    params["items"] = list(_items(field, options))


def _checkbox(field: Field, params: Params, options: Params) -> None:
    params["idPrefix"] = field.id
    label = _words(options.pop("label", "") or said(field.label.text))
    params["items"] = [{"value": "yes", "checked": bool(field.data), **label}]


def _select(field: Field, params: Params, options: Params) -> None:
    _labelled(field, params, options)
    params["items"] = [
        {"value": choice.value, "text": str(said(choice.label)), "selected": choice.selected}
        | _attributes(choice)
        for choice in field.iter_choices()
    ]


def _attributes(choice: SelectChoice) -> Params:
    """What else a choice says of itself: its own attributes, and the language of words of a framework."""
    language = getattr(choice.label, "language", spoken().code)
    more = {"lang": language} if language != spoken().code else {}
    return {"attributes": more | (choice.render_kw or {})}


def _hidden(field: Field, params: Params, _options: Params) -> None:
    params["value"] = field._value()


def _button(field: Field, params: Params, options: Params) -> None:
    params.update(_words(options.pop("label", "") or said(field.label.text)))
    params |= {"value": options.pop("value", "yes"), "preventDoubleClick": True}


Fill = Callable[[Field, Params, Params], str | None]

# The first that fits: the special kinds stand before the ones they are made from.
_KINDS: tuple[tuple[type[Field], str, Fill], ...] = (
    (SubmitField, "button", _button),
    (BooleanField, "checkboxes", _checkbox),
    (RadioField, "radios", _choices),
    (SelectMultipleField, "checkboxes", _choices),
    (SelectField, "select", _select),
    (FileField, "file-upload", _labelled),
    (HiddenField, "hidden", _hidden),
    (TextAreaField, "textarea", _textarea),
    (IntegerField, "input", _whole_number),
    (StringField, "input", _input),
)
