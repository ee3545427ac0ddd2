"""What waits for the person who asks, over all their assessments."""

from __future__ import annotations

from flask import Blueprint, render_template

from ..domain.policies import SIGNED_IN
from ..services import my_work as use
from .gate import actor
from .protection import allow
from .site import site

my_work = Blueprint("my_work", __name__)


@my_work.get("/my-work")
@allow(SIGNED_IN)
def show() -> str:
    """What is mine to answer, mentions, what waits for my sign-off, and finish dates."""
    return render_template("assessments/my_work.html", works=use.my_work(site().context, actor().account_id))
