"""The tables, as ordered steps. A step that has been released never changes: another one follows it.

Text ids made by us, moments as text (domain.times), no booleans: a moment says that something was done.
No deletes that spread. `{number}` is a whole number of 64 bits, `{bytes}` any bytes, `{strict}` what makes
SQLite keep to types.
"""

from __future__ import annotations

from .assessments import ASSESSMENTS
from .carrying import CARRYING
from .deleting import GUARDS_OF_POSTGRESQL, GUARDS_OF_SQLITE
from .events import (
    APPEND_ONLY,
    EVENTS,
    GUARD,
    PUBLISHED,
    WAVE_PUBLISHED,
    guards_of_postgresql,
    guards_of_sqlite,
)
from .hub import HUB
from .meetings import MEETINGS
from .network import ROUNDS, SHARING
from .opinions import OPINIONS
from .own_words import OWN_WORDS
from .panels import PANELS, RESPONSES
from .people import PEOPLE, SIGNING_IN, SIZES
from .plans import PLANS
from .rating import RATING
from .reports import KEPT_REPORTS
from .standards import PUBLISHING
from .step import Step
from .waves import WAVES

STEPS = (
    Step("people", PEOPLE),
    Step("signing in", SIGNING_IN),
    Step("assessments", ASSESSMENTS),
    Step("events", EVENTS, guards_of_sqlite(), (GUARD, *guards_of_postgresql())),
    Step("sharing", SHARING),
    Step("rounds", ROUNDS),
    Step("kept reports", KEPT_REPORTS),
    Step("resource hub", HUB),
    Step("plans", PLANS),
    Step("own words", OWN_WORDS),
    Step("carrying over", CARRYING),
    Step("panels", PANELS),
    Step("opinions", OPINIONS),
    Step("publishing", PUBLISHING, guards_of_sqlite(PUBLISHED), guards_of_postgresql(PUBLISHED)),
    Step("meetings", MEETINGS),
    Step("waves", WAVES, guards_of_sqlite(WAVE_PUBLISHED), guards_of_postgresql(WAVE_PUBLISHED)),
    Step("deleting", (), GUARDS_OF_SQLITE, GUARDS_OF_POSTGRESQL),
    Step("rating alone", RATING),
    Step("sizes", SIZES),
    Step("responses by question", RESPONSES),
)

# In the order in which rows can be put in: each after those it refers to
TABLES = (
    *("organisation", "account", "identity", "membership"),
    *("sign_in_link", "session", "single_sign_on", "sign_in", "outgoing_mail", "rate"),
    *("assessment", "invitation", "participation", "answer", "assignment", "comment", "mention"),
    *("visit", "result", "event"),
    *("sharing", "round", "round_place"),
    "kept_report",
    *("resource", "resource_link", "resource_check"),
    *("plan_action", "plan_note", "plan_agreement", "calendar", "plan_letter"),
    *("own_words", "standing_text"),
    *("predecessor", "carried", "version_before"),
    *("panel", "panel_link", "panel_rating"),
    *("panel_meeting", "panel_place", "panel_hands", "panel_shown", "panel_paper"),
    "panel_response",
    "opinion",
    *("standards_draft", "released_version"),
    *("wave_draft", "published_wave"),
    *("rating_alone", "rating", "agreement"),
)

__all__ = ["APPEND_ONLY", "STEPS", "TABLES", "Step"]
