"""What of every table belongs to an organisation, and whether it travels, goes or stays with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .schema.deleting import DELETED


@dataclass(frozen=True)
class Part:
    """The rows `where` belong to the organisation `:organisation`: they travel, and go when it is deleted.

    `without` names columns that do not travel: secrets, and what belongs to this place. A value is what an
    arriving row gets instead; NEW_SECRET is one that nobody knows.
    """

    where: str
    without: Mapping[str, str | None] = field(default_factory=dict)


NEW_SECRET = "new secret"  # noqa: S105 - a mark, no secret

_ASSESSMENTS = "SELECT id FROM assessment WHERE organisation_id = :organisation"
_OF_ASSESSMENT = f"assessment_id IN ({_ASSESSMENTS})"
_COMMENTS = f"SELECT id FROM comment WHERE {_OF_ASSESSMENT}"  # noqa: S608
_ACTIONS = f"SELECT id FROM plan_action WHERE {_OF_ASSESSMENT}"  # noqa: S608
_PANELS = f"SELECT id FROM panel WHERE {_OF_ASSESSMENT}"  # noqa: S608
_MEETINGS = f"SELECT id FROM panel_meeting WHERE panel_id IN ({_PANELS})"  # noqa: S608
_OWN = "organisation_id = :organisation"
# Letters to its people that name it, or what is in it: `:word`. Sent ones have only their subject left
_ITS_PEOPLE = (
    f"SELECT lower(a.email) FROM membership m JOIN account a ON a.id = m.account_id WHERE m.{_OWN} "  # noqa: S608
    f"UNION SELECT lower(email) FROM invitation WHERE {_OWN}"
)
_LETTERS = (
    f"lower(to_address) IN ({_ITS_PEOPLE}) AND (body LIKE :word ESCAPE '!' OR subject LIKE :word ESCAPE '!')"
)
_COUNTED = "content LIKE '%' || CAST(:organisation AS TEXT) || '%'"
# An organisation that was deleted and brought back has only the events since
_LAST_TIME = f"SELECT coalesce(max(number), 0) FROM event WHERE kind = '{DELETED}' AND {_OWN}"  # noqa: S608

TRAVELS: Mapping[str, Part] = {
    "organisation": Part("id = :organisation"),
    "membership": Part(_OWN),
    "assessment": Part(_OWN),
    "participation": Part(_OF_ASSESSMENT),
    "answer": Part(_OF_ASSESSMENT),
    "assignment": Part(_OF_ASSESSMENT),
    "comment": Part(_OF_ASSESSMENT),
    "mention": Part(f"comment_id IN ({_COMMENTS})"),
    "visit": Part(_OF_ASSESSMENT),
    "result": Part(_OF_ASSESSMENT),
    "sharing": Part(_OWN),
    "plan_action": Part(_OF_ASSESSMENT),
    "plan_note": Part(f"action_id IN ({_ACTIONS})"),
    "plan_agreement": Part(_OF_ASSESSMENT),
    "own_words": Part(_OWN),
    "predecessor": Part(_OF_ASSESSMENT),
    "carried": Part(_OF_ASSESSMENT),
    "version_before": Part(_OF_ASSESSMENT),
    "rating_alone": Part(_OF_ASSESSMENT),
    "agreement": Part(_OF_ASSESSMENT),
    "panel": Part(_OF_ASSESSMENT, {"token": NEW_SECRET}),
    "panel_rating": Part(f"panel_id IN ({_PANELS})", {"sheet": ""}),
    "panel_meeting": Part(f"panel_id IN ({_PANELS})", {"code": NEW_SECRET}),
    "panel_hands": Part(f"panel_id IN ({_PANELS})"),
    "panel_shown": Part(f"panel_id IN ({_PANELS})"),
    "panel_paper": Part(f"panel_id IN ({_PANELS})"),
    "panel_response": Part(f"panel_id IN ({_PANELS})"),
}

# The people whom those rows name come along as a name and an address; they stay when it is deleted
PEOPLE = ("id", "email", "name", "disabled_at", "created_at")

# The log comes along without its numbers and seals, which are those of one place. When the organisation is
# deleted its events stay, without words (store/events.py)
EVENTS = f"{_OWN} AND number > ({_LAST_TIME})"

# What belongs to an organisation but does not travel, by which rows and why; it goes when it is deleted
LEFT: Mapping[str, tuple[str, str]] = {
    "invitation": (_OWN, "the link of an invitation is a secret, and leads to this place"),
    "round_place": (_OWN, "rounds are run by PEDRI in this place"),
    "kept_report": (_OWN, "reports are printed again from what they say"),
    "panel_link": (f"panel_id IN ({_PANELS})", "the links of public contributors are secrets"),
    "panel_place": (f"meeting_id IN ({_MEETINGS})", "the places of a meeting are secrets"),
    "rating": (_OF_ASSESSMENT, "what somebody rated alone stays theirs; agreements and results come along"),
    "outgoing_mail": (_LETTERS, "letters were for whoever got them"),
    "wave_draft": (_COUNTED, "a wave being prepared is PEDRI's, and is prepared again without it"),
}

# What belongs to no organisation, and stays, by table and why
OTHERS: Mapping[str, str] = {
    "account": "people can belong to other organisations, or to PEDRI staff; name and address are theirs",
    "identity": "how somebody signs in is theirs",
    "sign_in_link": "it is somebody's, and ends within the hour",
    "session": "it is somebody's, and a secret",
    "single_sign_on": "it is somebody's, and a secret",
    "sign_in": "when somebody signed in is theirs",
    "rate": "it counts attempts, and says nothing of an organisation",
    "calendar": "its address is somebody's, and a secret",
    "plan_letter": "whether somebody wants letters is theirs",
    "opinion": "what somebody says of the standards is theirs, and about no organisation",
    "event": "what happened stays, without its words: who, when, and what kind",
    "round": "rounds are run by PEDRI",
    "resource": "the resource hub is everybody's",
    "resource_link": "the resource hub is everybody's",
    "resource_check": "the resource hub is everybody's",
    "standing_text": "it is PEDRI's",
    "standards_draft": "standards are PEDRI's",
    "released_version": "standards are PEDRI's",
    "published_wave": "levels stay under an opaque id: nothing else can protect the others in the next wave",
}
