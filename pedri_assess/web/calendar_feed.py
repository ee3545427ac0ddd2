"""Somebody's actions as an iCalendar file, under a private address, and the letters about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, Response, make_response, redirect, render_template, request
from icalendar import Calendar, Event

from ..domain.policies import ANYONE, SIGNED_IN
from ..domain.times import moment
from ..services import calendars, plan_letters
from ..services.calendars import Entry
from .gate import PRIVATE, actor
from .protection import allow
from .site import site

calendar_feed = Blueprint("calendar_feed", __name__)

KIND = "text/calendar"


@calendar_feed.post("/account/calendar")
@allow(SIGNED_IN)
def make() -> str:
    """A new address, shown this once."""
    address = calendars.new_address(site().context, actor().account_id)
    return render_template("accounts/calendar.html", address=address)


@calendar_feed.post("/account/calendar/end")
@allow(SIGNED_IN)
def end() -> Response:
    """Ends the address."""
    calendars.end_address(site().context, actor().account_id)
    return make_response(redirect("/account", 303))


@calendar_feed.post("/account/plan-letters")
@allow(SIGNED_IN)
def letters() -> Response:
    """Stops the letters about one's actions, or lets them come again."""
    plan_letters.choose(site().context, actor().account_id, request.form.get("wanted") == "yes")
    return make_response(redirect("/account", 303))


@calendar_feed.get("/calendar/<token>.ics")
@allow(ANYONE)
def feed(token: str) -> Response:
    """The file that a calendar asks for."""
    response = make_response(as_calendar(calendars.entries(site().context, token)))
    response.mimetype = KIND
    response.headers["Cache-Control"] = PRIVATE
    response.headers["Content-Disposition"] = 'attachment; filename="actions.ics"'
    return response


@calendar_feed.get("/letters/<token>")
@allow(ANYONE)
def ask_to_stop(token: str) -> str:
    """Asks before the letters are stopped: mail programs look at every link."""
    plan_letters.check_token(site().context, token)
    return render_template("accounts/stop_letters.html", token=token, stopped=False)


@calendar_feed.post("/letters/<token>")
@allow(ANYONE)
def stop(token: str) -> str:
    """Stops them."""
    plan_letters.stop(site().context, token)
    return render_template("accounts/stop_letters.html", token=token, stopped=True)


def as_calendar(entries: Sequence[Entry]) -> bytes:
    """An iCalendar file (RFC 5545) with an event of one day for each action."""
    made = Calendar()
    made.add("prodid", "-//PEDRI Assess//Plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "PEDRI Assess: my actions")
    for entry in entries:
        item, day = entry.action, date.fromisoformat(entry.action.due or "")
        event = Event()
        event.add("uid", f"{item.id}@pedri-assess")
        event.add("dtstamp", moment(item.changed_at))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", " ".join(item.text.split()))
        event.add("description", f"{entry.organisation}, {entry.scope}\n{item.first_step}".strip())
        event.add("url", entry.link)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
