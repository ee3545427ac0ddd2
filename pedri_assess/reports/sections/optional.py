"""Which sections an organisation may leave out of its reports.

Never what would make the result look better by not being there: what was found, what is open or not
applicable, what the public see, what to do; nor how all of it was worked out, and whose words it has.
"""

from __future__ import annotations

from ...domain.edition import Edition
from .about import Glossary
from .base import Section
from .changed import Changes
from .peers import BesidePeers
from .profile import Profile
from .signing_off import SignOff
from .standards import Standards

OPTIONAL: tuple[type[Section], ...] = (
    Profile,
    Standards,
    BesidePeers,
    Changes,
    SignOff,
    Glossary,
)


def is_shown(section: Section, edition: Edition) -> bool:
    """Whether a section stays: those that are not optional always do."""
    return section.name not in edition.left_out or not isinstance(section, OPTIONAL)


def left_out(edition: Edition) -> list[str]:
    """The titles of the sections that an edition leaves out."""
    return [section.title for section in OPTIONAL if section.name in edition.left_out]
