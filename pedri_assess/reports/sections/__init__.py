"""The report's sections in order: each a pure function of the report, shown by the template of its name."""

from __future__ import annotations

from collections.abc import Callable

from ..report import Report
from .about import glossary, method, provenance, verify
from .base import Section
from .findings import findings, not_applicable, unanswered
from .front import cover, summary
from .profile import profile
from .public import staff_and_public
from .standards import standards
from .work import order_of_work, quick_wins, rest_of_work

SECTIONS: tuple[Callable[[Report], Section | None], ...] = (
    cover,
    summary,
    profile,
    standards,
    staff_and_public,
    order_of_work,
    quick_wins,
    findings,
    unanswered,
    not_applicable,
    method,
    provenance,
    glossary,
    rest_of_work,
    verify,
)


def sections(report: Report) -> tuple[Section, ...]:
    """The sections that have something to say, in order."""
    return tuple(section for make in SECTIONS if (section := make(report)))


__all__ = ["SECTIONS", "Section", "sections"]
