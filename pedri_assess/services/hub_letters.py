"""The letter to whoever suggested a resource: what became of it, and why where it was declined."""

from __future__ import annotations

from ..domain.resources import LISTED, SUGGESTED, Resource
from ..store import Connection
from ..store.mail import queue_mail
from ..store.resources import suggester
from . import Context

SUBJECT = "What became of your suggestion in PEDRI Assess"
TAKEN = """\
Hello,

thank you: what you suggested is in the resource hub now, where everyone finds it.

  {title}
  {link}

PEDRI staff may have changed its words. This is the only letter about it.
"""
DECLINED = """\
Hello,

thank you for your suggestion. PEDRI staff have not taken it into the resource hub.

  {title}

They say why: {reason}

Everything you suggested is at {mine}. This is the only letter about it.
"""


def tell_suggester(c: Connection, context: Context, before: Resource, after: Resource, at: str) -> None:
    """Writes the letter, in the transaction of the decision; none about what did not wait for one."""
    to = suggester(c, after.id)
    if before.state != SUGGESTED or to is None:
        return
    words = TAKEN if after.state == LISTED else DECLINED
    body = words.format(
        title=_line(after.said.title),
        link=f"{context.base_url}/resources/{after.id}",
        reason=_line(after.reason),
        mine=f"{context.base_url}/resources/suggested",
    )
    queue_mail(c, to, SUBJECT, body, at)


def _line(text: str) -> str:
    """What somebody typed in one line, so that it cannot look like a part of the letter."""
    return " ".join(text.split())
