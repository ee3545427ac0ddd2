"""What a what-if says in sentences, in the language of the page; the command says the same in English."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.smallest import Smallest
from ..domain.whatif import WhatIf, comes_to_target, gap_in, plain
from .languages import gettext, ngettext


def smallest_words(found: Smallest) -> str:
    """One sentence on what would do."""
    if found.actions is None:
        return gettext("None of these actions would bring it to its target, not even all of them together.")
    if not found.actions:
        return gettext("It is at its target.")
    names = [action.criterion for action in found.actions]
    if len(names) == 1:
        return gettext("%(criterion)s alone would do.", criterion=names[0])
    return gettext("%(criteria)s together would do; no fewer would.", criteria=_listed(names))


def best_words(found: WhatIf) -> str:
    """One sentence on what the best actions would do."""
    number, gap = len(found.best.actions), gap_in(found.now)
    if not number:
        return gettext("No action within these limits would close a gap or bring a standard to its target.")
    values = {"closed": gap - gap_in(found.best_then), "gap": gap, "effort": plain(found.best.cost)}
    arrived = comes_to_target(found.now, found.best_then)
    if not arrived:
        return ngettext(
            "This one action would close %(closed)s of %(gap)s levels of gap, for an effort of %(effort)s.",
            "These %(num)s actions would close %(closed)s of %(gap)s levels of gap,"
            " for an effort of %(effort)s.",
            number,
            num=number,
            **values,
        )
    return ngettext(
        "This one action would close %(closed)s of %(gap)s levels of gap and bring %(standards)s,"
        " for an effort of %(effort)s.",
        "These %(num)s actions would close %(closed)s of %(gap)s levels of gap and bring %(standards)s,"
        " for an effort of %(effort)s.",
        number,
        num=number,
        standards=_at_target(arrived),
        **values,
    )


def _at_target(names: Sequence[str]) -> str:
    return ngettext(
        "%(standards)s to its target", "%(standards)s to their targets", len(names), standards=_listed(names)
    )


def _listed(names: Sequence[str]) -> str:
    *some, last = names
    return gettext("%(some)s and %(other)s", some=", ".join(some), other=last) if some else last
