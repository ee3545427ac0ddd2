"""The form of a panel: every word of ours in the language of the sheet, and what is not ours as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import html5lib

from pedri_assess.config import data_dir
from pedri_assess.domain.languages import IN_ENGLISH
from pedri_assess.reports.paper_form import PaperForm, paper_html

from ..pseudo_language import PSEUDO, untranslated
from .gallery import welsh_panel


def page(form: PaperForm) -> Any:
    html = paper_html(form, data_dir("templates"))
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)


def words(form: PaperForm) -> str:
    return " ".join("".join(page(form).find("body").itertext()).split())


def test_every_word_of_ours_can_be_translated() -> None:
    for large in (False, True):
        form = replace(welsh_panel(), voice=PSEUDO, large=large)
        said = (form.organisation, form.name, *form.intro.split("\n"), form.payment, form.contact, form.link)
        assert page(form).get("lang") == PSEUDO.code
        assert untranslated(page(form), *said) == []


def test_a_draft_says_so_on_the_sheet_and_english_does_not() -> None:
    form = welsh_panel()
    assert "Cyfieithiad drafft yw hwn" in words(form)
    assert "draft" not in words(replace(form, voice=IN_ENGLISH))
    whole = replace(form.voice, draft=False)
    assert "Cyfieithiad drafft" not in words(replace(form, voice=whole))


def test_what_is_in_another_language_says_so_either_way() -> None:
    def marked(form: PaperForm) -> list[str]:
        return ["".join(each.itertext()) for each in page(form).find("body").iter() if each.get("lang")]

    form = welsh_panel()
    assert marked(form)[: 1 + len(form.scale)] == [*form.scale, form.questions[1]]
    assert marked(replace(form, voice=IN_ENGLISH)) == [form.questions[0]]


def test_the_foot_of_each_page_is_in_the_language_of_the_sheet() -> None:
    body = page(welsh_panel()).find("body")
    assert [body.get(f"data-{name}") for name in ("before", "between", "after")] == ["Tudalen ", " o ", ""]
