"""The report's sections in order: each a pure function of the report, shown by the template of its name."""

from __future__ import annotations

from collections.abc import Callable

from ..report import Report
from .about import glossary, method, provenance, verify
from .base import Section
from .changed import changes
from .coming import coming
from .discussion import discussion
from .findings import findings, not_applicable, unanswered
from .front import cover, summary
from .last_time import last_time
from .optional import OPTIONAL, is_shown
from .own_words import introduction, standing_text
from .peers import peers
from .plan import plan
from .profile import profile
from .public import staff_and_public
from .signing_off import sign_off
from .standards import standards
from .work import order_of_work, quick_wins, rest_of_work

SECTIONS: tuple[Callable[[Report], Section | None], ...] = (
    cover,
    introduction,
    summary,
    profile,
    standards,
    staff_and_public,
    order_of_work,
    quick_wins,
    plan,
    last_time,
    peers,
    changes,
    findings,
    unanswered,
    not_applicable,
    coming,
    discussion,
    sign_off,
    standing_text,
    method,
    provenance,
    glossary,
    rest_of_work,
    verify,
)


def sections(report: Report) -> tuple[Section, ...]:
    """The sections that have something to say, in order, without those that the organisation leaves out."""
    made = (section for make in SECTIONS if (section := make(report)))
    return tuple(section for section in made if is_shown(section, report.edition))


__all__ = ["OPTIONAL", "SECTIONS", "Section", "sections"]
