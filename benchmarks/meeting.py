"""What following a meeting costs a server, beside loading the page again each time, as it is without scripts.

Run: python benchmarks/meeting.py
In one process, without a network: the look of a phone, its page, and an answer, in turns; processor time.
Then how many phones one processor could serve that look every two seconds.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.place import context_of, make
from pedri_assess.config import Config
from pedri_assess.services import meeting_taking, meetings, panels
from pedri_assess.store import connect
from pedri_assess.web.app import create_app

ROUNDS, PHONES, EVERY = 300, 40, 2.0  # rounds, phones in the room, seconds between looks


def main() -> None:
    """Prints medians and ratios."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{folder}/assess.db"
        token, question = a_meeting(url)
        app = create_app(Config("benchmark " + "0f1e2d3c4b5a69788796a5b4c3d2e1f0", database_url=url))
        phone, here = app.test_client(), f"/panel/{token}/meeting"
        phone.post(here)
        said = {"criterion": question, "level": "1", "words": ""}
        what: dict[str, Callable[[], object]] = {
            "look": lambda: phone.get(f"{here}/now"),
            "page": lambda: phone.get(here),
            "answer": lambda: phone.post(f"{here}/answers", data=said, headers={"X-Autosave": "1"}),
        }
        took: dict[str, list[float]] = {name: [] for name in what}
        for _ in range(ROUNDS):
            for name, ask in what.items():
                before = time.process_time()
                ask()
                took[name].append(time.process_time() - before)
    medians = {name: statistics.median(each) for name, each in took.items()}
    for name, median in medians.items():
        print(f"{name:8} {median * 1000:6.2f} ms   to the page {median / medians['page']:.2f}")
    print(f"phones that one processor serves: {EVERY / medians['look']:,.0f}")


def a_meeting(url: str) -> tuple[str, str]:
    """A meeting with many phones at its first question: the panel's token, and the question's criterion."""
    (writer,) = make(url, 1)
    lead, made = writer.account_id, writer.assessment
    with closing(connect(url)) as database:
        context = context_of(database)
        asked = tuple(item.id for item in context.shelf.current("pedri").core_criteria)
        plan = panels.Plan("Your view", "", "", "", asked, PHONES, "2099-12-31")
        panel = panels.plan_panel(context, lead, made, "group", plan)
        panels.open_panel(context, lead, made, panel)
        meetings.start_meeting(context, lead, made, panel)
        look = panels.look(context, made, panel)
        for number in range(PHONES):
            meeting_taking.take_seat(context, look.panel.token, f"phone {number}")
        meetings.show_question(context, made, panel, 1)
        return look.panel.token, look.questions[0].id


if __name__ == "__main__":
    main()
