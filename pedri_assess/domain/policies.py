"""Who may do what. Every route names one of these rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .languages import to_translate

LEAD, CONTRIBUTOR, APPROVER, VIEWER = "lead", "contributor", "approver", "viewer"
ROLE_NAMES = {
    LEAD: to_translate("Lead"),
    CONTRIBUTOR: to_translate("Contributor"),
    APPROVER: to_translate("Approver"),
    VIEWER: to_translate("Viewer"),
}
ROLE_MEANINGS = {
    LEAD: to_translate("Everything of the organisation"),
    CONTRIBUTOR: to_translate("Answers in the assessments they take part in"),
    APPROVER: to_translate("Signs off, or sends back with a reason"),
    VIEWER: to_translate("Reads results"),
}
# In letters, which are in English
ROLES = {
    role: f"{name}: {ROLE_MEANINGS[role][:1].lower()}{ROLE_MEANINGS[role][1:]}"
    for role, name in ROLE_NAMES.items()
}
# Those who see every assessment of their organisation; a contributor sees those they take part in
SEE_ALL = frozenset({LEAD, APPROVER, VIEWER})

Area = Literal["anyone", "signed-in", "organisation", "assessment", "staff"]


@dataclass(frozen=True)
class Actor:
    """The person who asks."""

    account_id: str
    email: str
    name: str
    staff: bool = False


@dataclass(frozen=True)
class Access:
    """How a person stands to the organisation, and to the assessment, that an address names.

    `role` is None for somebody who is not a member.
    """

    organisation_id: str
    role: str | None = None
    assessment_id: str | None = None
    takes_part: bool = False

    @property
    def sees(self) -> bool:
        """Whether it exists for this person at all: where it does not, the answer is 404, not 403."""
        if self.role is None:
            return False
        return self.assessment_id is None or self.role in SEE_ALL or self.takes_part


@dataclass(frozen=True)
class Policy:
    """A rule with a name, one sentence on who it lets in, where it looks, and the roles that pass."""

    name: str
    who: str
    area: Area
    roles: frozenset[str] = frozenset()

    def allows(self, actor: Actor | None, access: Access | None = None) -> bool:
        """Whether this person may. What they may not even see is refused too: ask `Access.sees` first."""
        if self.area == "anyone":
            return True
        if actor is None:
            return False
        if self.area == "staff":
            return actor.staff
        if self.area == "signed-in":
            return True
        return access is not None and access.sees and access.role in self.roles


def _policy(name: str, area: Area, who: str, *roles: str) -> Policy:
    return Policy(name, who, area, frozenset(roles))


ANYONE = _policy("anyone", "anyone", "Everyone, without signing in: nothing of anyone's is shown or kept.")
PANEL = _policy(
    "panel",
    "anyone",
    "Whoever has the link of a panel: it says nothing of who that is, and keeps nothing of it.",
)
SIGNED_IN = _policy("signed-in", "signed-in", "Everyone who has signed in, about themselves.")
STAFF = _policy("staff", "staff", "PEDRI staff.")

MEMBER = _policy("member", "organisation", "Every member of the organisation.", *ROLES)
LEADS = _policy("leads", "organisation", "The organisation's leads.", LEAD)

READS = _policy(
    "reads",
    "assessment",
    "Members who see every assessment of the organisation, and contributors who take part in this one.",
    *ROLES,
)
ANSWERS = _policy("answers", "assessment", "Leads, and contributors who take part.", LEAD, CONTRIBUTOR)
COMMENTS = _policy(
    "comments", "assessment", "Leads, approvers, and contributors who take part.", LEAD, APPROVER, CONTRIBUTOR
)
RUNS = _policy("runs", "assessment", "The organisation's leads.", LEAD)
SIGNS_OFF = _policy("signs-off", "assessment", "The organisation's approvers.", APPROVER)
