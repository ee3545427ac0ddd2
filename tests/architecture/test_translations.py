"""The catalogues are what source and translators say, and no translation loses a part of its message."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from .tree import ROOT

FOLDER = ROOT / "translations"
LANGUAGES = json.loads((FOLDER / "languages.json").read_text("utf-8"))
CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))
# Words that only people who have signed in see, a line each: a language that is not whole may lack them.
# It has all others
SIGNED_IN = (
    "pedri_assess/domain/actions.py",
    "pedri_assess/domain/agreement.py",
    "pedri_assess/domain/alone.py",
    "pedri_assess/domain/invitation_list.py",
    "pedri_assess/domain/moderation.py",
    "pedri_assess/domain/moved.py",
    "pedri_assess/domain/network_view.py",
    "pedri_assess/domain/opinions.py",
    "pedri_assess/domain/panels.py",
    "pedri_assess/domain/paper.py",
    "pedri_assess/domain/plain_language.py",
    "pedri_assess/domain/policies.py",
    "pedri_assess/domain/rounds.py",
    "pedri_assess/domain/sharing.py",
    "pedri_assess/domain/taking.py",
    "pedri_assess/domain/workflow.py",
    "pedri_assess/reports/pictures.py",
    "pedri_assess/reports/picturing.py",
    "pedri_assess/reports/sections/about.py",
    "pedri_assess/reports/sections/changed.py",
    "pedri_assess/reports/sections/peers.py",
    "pedri_assess/reports/sections/profile.py",
    "pedri_assess/reports/sections/signing_off.py",
    "pedri_assess/reports/sections/standards.py",
    "pedri_assess/reports/vector.py",
    "pedri_assess/services/assessments.py",
    "pedri_assess/services/bringing.py",
    "pedri_assess/services/comments.py",
    "pedri_assess/services/history.py",
    "pedri_assess/services/meetings.py",
    "pedri_assess/services/new_version.py",
    "pedri_assess/services/panel_paper.py",
    "pedri_assess/services/panels.py",
    "pedri_assess/services/plans.py",
    "pedri_assess/services/publishing.py",
    "pedri_assess/services/rating.py",
    "pedri_assess/services/round_invitations.py",
    "pedri_assess/services/round_places.py",
    "pedri_assess/services/rounds.py",
    "pedri_assess/services/waves.py",
    "pedri_assess/services/workflow.py",
    "pedri_assess/web/account.py",
    "pedri_assess/web/answering.py",
    "pedri_assess/web/assessing.py",
    "pedri_assess/web/assessments.py",
    "pedri_assess/web/bringing.py",
    "pedri_assess/web/discussing.py",
    "pedri_assess/web/everything.py",
    "pedri_assess/web/handing_in.py",
    "pedri_assess/web/history.py",
    "pedri_assess/web/hub.py",
    "pedri_assess/web/invitations.py",
    "pedri_assess/web/kept_reports.py",
    "pedri_assess/web/meetings.py",
    "pedri_assess/web/merging.py",
    "pedri_assess/web/network_view.py",
    "pedri_assess/web/opinions.py",
    "pedri_assess/web/organisations.py",
    "pedri_assess/web/panel_forms.py",
    "pedri_assess/web/panel_paper.py",
    "pedri_assess/web/panel_response.py",
    "pedri_assess/web/panels.py",
    "pedri_assess/web/plan_forms.py",
    "pedri_assess/web/plans.py",
    "pedri_assess/web/publishing.py",
    "pedri_assess/web/rating.py",
    "pedri_assess/web/resource_forms.py",
    "pedri_assess/web/round_forms.py",
    "pedri_assess/web/round_invitations.py",
    "pedri_assess/web/round_part.py",
    "pedri_assess/web/rounds.py",
    "pedri_assess/web/sharing.py",
    "pedri_assess/web/standing_text.py",
    "pedri_assess/web/starting_again.py",
    "pedri_assess/web/suggesting.py",
    "pedri_assess/web/waves.py",
    "pedri_assess/web/whatif.py",
    "pedri_assess/web/whatif_words.py",
    "pedri_assess/web/your_report.py",
    "templates/accounts/account.html",
    "templates/accounts/calendar.html",
    "templates/accounts/prove.html",
    "templates/assessments/",
    "templates/benchmarks/own.html",
    "templates/hub/",
    "templates/macros/assessment.html",
    "templates/macros/bringing.html",
    "templates/macros/carrying.html",
    "templates/network/",
    "templates/opinions/",
    "templates/organisations/",
    "templates/panels/",
    "templates/plan/",
    "templates/publishing/",
    "templates/resources/suggest.html",
    "templates/resources/suggested.html",
    "templates/rounds/",
    "templates/waves/",
)
# Files in these folders that nobody signs in for
OPEN = ("templates/organisations/invitation.html", "templates/organisations/no_invitation.html")
PARTS = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|</?\w+[^>]*>")


def messages(path: Path) -> list[Any]:
    """The messages of a catalogue."""
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def texts(message: Any) -> list[tuple[str, str]]:
    """Each translation of a message with what it translates: all forms but the first with the plural."""
    if isinstance(message.string, str):
        return [(message.id, message.string)]
    return [(message.id[1 if place else 0], text) for place, text in enumerate(message.string)]


def test_the_catalogues_are_in_step_with_the_source() -> None:
    command = [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nrun: make translations"


def test_every_language_on_offer_has_its_catalogue_and_its_state() -> None:
    assert sorted(LANGUAGES) == [path.parent.parent.name for path in CATALOGUES] != []
    assert all(item.keys() == {"name", "draft", "whole"} for item in LANGUAGES.values())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_translation_keeps_every_place_and_element_of_its_message(path: Path) -> None:
    wrong = [
        (original, text)
        for message in messages(path)
        for original, text in texts(message)
        if text and not _same_parts(original, text, plural=not isinstance(message.string, str))
    ]
    assert wrong == []


def _same_parts(original: str, text: str, *, plural: bool) -> bool:
    wanted, found = sorted(PARTS.findall(original)), sorted(PARTS.findall(text))
    # A form for one number may say it in a word: one question
    return found == wanted or (plural and found == [part for part in wanted if part != "%(num)s"])


def is_open(places: list[tuple[str, int]]) -> bool:
    """Whether a message that stands in these files is read without signing in."""
    return not all(place.startswith(SIGNED_IN) and not place.startswith(OPEN) for place, _line in places)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_language_has_all_words_that_are_open_to_all(path: Path) -> None:
    whole = LANGUAGES[path.parent.parent.name]["whole"]
    missing = [
        message.id
        for message in messages(path)
        if (whole or is_open(message.locations))
        and (message.fuzzy or not all(text for _original, text in texts(message)))
    ]
    assert missing == [], "translate these in the catalogue, then run make translations"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_a_draft_says_so_in_its_head(path: Path) -> None:
    head = path.read_text("utf-8").partition("\n#:")[0]
    assert ("DRAFT" in head) == LANGUAGES[path.parent.parent.name]["draft"]


def test_templates_translate_words_of_others_as_text() -> None:
    """What `gettext` is given in a template is taken for HTML; `said` is for what a variable holds."""
    templates = sorted((ROOT / "templates").rglob("*.html"))
    calls = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in templates
        for found in re.findall(r"gettext\((?!\").{0,40}", path.read_text("utf-8"))
    ]
    assert len(templates) > 150
    assert calls == []
