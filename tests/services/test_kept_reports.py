"""Reports that are kept: asked for with the event, printed once, given up in words, tried again."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pedri_assess.domain.errors import NotFound
from pedri_assess.reports import Issuer, ReportBusy, ReportFailed, unsigned
from pedri_assess.services import Context
from pedri_assess.services.editions import edition_of
from pedri_assess.services.handing_in import check, reopen, sign_off, submit
from pedri_assess.services.history import of_assessment
from pedri_assess.services.kept_reports import (
    MOST_OPEN,
    MOST_TRIES_AGAIN,
    asked,
    ready,
    tidy,
    try_again,
)
from pedri_assess.services.limits import TooMany
from pedri_assess.services.printing import UNEXPECTED, WITHOUT_STANDARDS, Printed, Printer, print_due
from pedri_assess.services.reports import improvement_report
from pedri_assess.services.results import result_of
from pedri_assess.store import Database, StoreUnavailable
from pedri_assess.store.kept_reports import FAILED, LEASE, MADE, MOST_ATTEMPTS, WAITING

from ..reports.material import renderer
from .assessing import Place
from .test_statements import Counting

PDF = b"%PDF-1.7 a report"


@dataclass
class Press:
    """A printer that says what it is told to, and counts."""

    does: Any = PDF
    printed: int = 0
    templates: Any = renderer().templates

    def start(self) -> None:
        """It is always ready."""

    def stop(self) -> None:
        """It has nothing to end."""

    def render(self, job: Any, *, patient: bool) -> bytes:
        assert patient
        assert "<html" in job.html
        self.printed += 1
        what = self.does.pop(0) if isinstance(self.does, list) else self.does
        if isinstance(what, BaseException):
            raise what
        return bytes(what() if callable(what) else what)


class Kept(Place):
    """A place that keeps reports."""

    def __init__(self, database: Database, press: Any = None) -> None:
        super().__init__(database)
        self.press: Any = press or Press()
        self.context = replace(self.context, renderer=self.press, imprint="ours")

    def handed_in(self) -> str:
        key = self.start()
        self.hand_in(key)
        return key

    def hand_in(self, key: str) -> None:
        now = check(self.context, key)
        submit(self.context, key, "ann", now.assessment.revision, now.seal, leave=True)

    def rows(self) -> list[dict[str, Any]]:
        with self.database.read() as c:
            return c.rows("SELECT * FROM kept_report ORDER BY asked_at, fingerprint")


def content(place: Kept, key: str) -> bytes | None:
    found = ready(place.context, key)
    return found.content if found else None


@pytest.fixture
def place(database: Database) -> Kept:
    return Kept(database)


def test_a_submitted_report_is_printed_before_anybody_asks(place: Kept) -> None:
    key = place.handed_in()
    assert print_due(place.context) == Printed(made=1)
    progress = asked(place.context, key)
    assert (progress.kept.state, progress.before) == (MADE, 0)
    assert content(place, key) == PDF
    assert print_due(place.context) == Printed()
    assert place.press.printed == 1


def test_it_is_asked_for_in_the_transaction_of_the_submission(
    place: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = place.start()
    now = check(place.context, key)

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pedri_assess.store.kept_reports.ask", breaks)
    with pytest.raises(ZeroDivisionError):
        submit(place.context, key, "ann", 1, now.seal, leave=True)
    assert place.events() == ["assessment-started"]
    assert place.rows() == []


def test_sign_off_asks_for_the_report_that_says_so(place: Kept) -> None:
    key = place.handed_in()
    place.later(minutes=1)
    sign_off(place.context, key, "cat", 1)
    assert len(place.rows()) == 1  # nobody needs the one that waits for sign-off
    print_due(place.context)
    signed = asked(place.context, key).kept
    assert signed.state == MADE
    reopen(place.context, key, "ann", 1)
    assert asked(place.context, key).kept.fingerprint != signed.fingerprint


def test_where_nothing_prints_nothing_is_asked_for(place: Kept) -> None:
    place.context = replace(place.context, imprint="")
    place.handed_in()
    assert place.rows() == []


def test_a_name_that_changed_is_another_report(place: Kept) -> None:
    key = place.handed_in()
    before = asked(place.context, key).kept
    with place.database.write() as c:
        c.run("UPDATE account SET name = 'Anna' WHERE id = 'ann'")
    after = asked(place.context, key).kept
    assert after.fingerprint != before.fingerprint
    assert [row["fingerprint"] for row in place.rows()] == [after.fingerprint]


def test_what_it_says_may_change_while_it_waits_or_is_printed(place: Kept) -> None:
    key = place.handed_in()

    def rename() -> bytes:
        with place.database.write() as c:
            c.run("UPDATE account SET name = 'Anna' WHERE id = 'ann'")
        return PDF

    place.press.does = rename
    assert print_due(place.context) == Printed(made=1)  # it is still the report that was asked for
    place.later(minutes=1)
    again = asked(place.context, key).kept
    with place.database.write() as c:
        c.run("UPDATE account SET name = 'Annie' WHERE id = 'ann'")
    place.press.does = PDF
    assert print_due(place.context) == Printed(passed=1)
    assert again.fingerprint not in {row["fingerprint"] for row in place.rows()}
    assert asked(place.context, key).kept.state == WAITING


def test_what_is_made_is_found_quickly_and_never_after_a_change(place: Kept) -> None:
    key = place.handed_in()
    assert ready(place.context, key) is None
    print_due(place.context)
    found = ready(place.context, key)
    assert found
    assert (found.content, found.answered.organisation) == (PDF, "Example")
    asked_before = Counting(place.database)
    again = ready(counted(place, asked_before), key)
    assert again == found
    assert asked_before.asked == 2  # the newest event, and the content
    place.later(minutes=1)
    sign_off(place.context, key, "cat", 1)
    assert ready(place.context, key) is None  # the report that says so is not printed yet
    print_due(place.context)
    signed = ready(place.context, key)
    assert signed
    assert signed.fingerprint != found.fingerprint


def counted(place: Kept, database: Any) -> Context:
    """The same process, with a database that counts what it is asked."""
    context = replace(place.context, database=database)
    vars(context)["fingerprints"] = place.context.fingerprints
    return context


def test_another_release_another_key_or_another_kind_is_another_report(place: Kept) -> None:
    key = place.handed_in()
    ours = asked(place.context, key).kept
    other = replace(place.context, imprint="another")
    assert asked(other, key).kept.fingerprint != ours.fingerprint
    assert print_due(place.context) == Printed(made=1)
    assert asked(other, key).kept.state == WAITING
    assert print_due(other) == Printed(made=1)


def test_asking_at_once_prints_once(place: Kept) -> None:
    with place.database.write() as c:
        c.run("DELETE FROM kept_report")
    key = place.handed_in()
    with place.database.write() as c:
        c.run("DELETE FROM kept_report")
    begun, states = threading.Barrier(6), []

    def slow() -> bytes:
        time.sleep(0.3)
        return PDF

    place.press.does = slow

    def ask(prints: bool) -> None:
        begun.wait()
        asked(place.context, key)
        if prints:
            print_due(place.context)
        states.append(asked(place.context, key).kept.state)
        place.database.close() if place.database.engine == "sqlite" else None

    threads = [threading.Thread(target=ask, args=(number < 3,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert place.press.printed == 1
    assert len(place.rows()) == 1
    assert asked(place.context, key).kept.state == MADE


def test_what_cannot_be_made_is_said_and_can_be_tried_again(place: Kept) -> None:
    key = place.handed_in()
    place.press.does = [ReportFailed("The report was not made: it grew too large.", for_good=True), PDF]
    assert print_due(place.context) == Printed(given_up=1)
    progress = asked(place.context, key)
    assert (progress.kept.state, progress.kept.reason) == (
        FAILED,
        "The report was not made: it grew too large.",
    )
    assert print_due(place.context) == Printed()
    assert try_again(place.context, key, "dee")
    assert not try_again(place.context, key, "dee")
    assert print_due(place.context) == Printed(made=1)
    assert place.events()[-2:] == ["report-not-made", "report-asked-again"]
    lines = of_assessment(place.context, key).lines
    assert (lines[0].called, lines[0].subject) == ("Dee", "1")
    assert lines[0].what == "asked again for the report of revision %(subject)s"
    assert (lines[1].called, lines[1].what, lines[1].reason) == (
        "",
        "could not make the report of revision %(subject)s",
        "The report was not made: it grew too large.",
    )


def test_a_failure_that_may_pass_is_tried_again_by_itself(place: Kept) -> None:
    place.handed_in()
    place.press.does = [ReportFailed("slow"), ValueError("odd"), PDF]
    assert print_due(place.context) == Printed(later=1)
    assert print_due(place.context) == Printed()
    place.later(seconds=5)
    assert print_due(place.context) == Printed(later=1)
    assert [row["reason"] for row in place.rows()] == [UNEXPECTED]
    place.later(seconds=30)
    assert print_due(place.context) == Printed(made=1)


def test_one_that_cannot_be_made_does_not_hold_up_the_next(place: Kept) -> None:
    place.handed_in()
    place.later(seconds=1)
    place.handed_in()
    place.press.does = [ValueError("odd"), PDF]
    assert print_due(place.context) == Printed(made=1, later=1)


def test_a_printer_with_no_room_just_now_costs_no_attempt(place: Kept) -> None:
    place.handed_in()
    place.press.does = [ReportBusy("busy"), PDF]
    assert print_due(place.context) == Printed()
    assert print_due(place.context) == Printed(made=1)
    assert [row["attempts"] for row in place.rows()] == [1]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(0)])
def test_a_printer_that_is_told_to_stop_gives_its_work_back(place: Kept, error: BaseException) -> None:
    place.handed_in()
    place.press.does = [error]
    with pytest.raises(type(error)):
        print_due(place.context)
    assert [(row["state"], row["attempts"]) for row in place.rows()] == [(WAITING, 0)]


def test_one_whose_job_is_ended_because_it_stops_gives_it_back(place: Kept) -> None:
    place.handed_in()
    place.press.does = [ReportFailed("ended")]
    assert print_due(place.context, lambda: place.press.printed > 0) == Printed()
    assert [(row["state"], row["attempts"]) for row in place.rows()] == [(WAITING, 0)]


def test_without_its_standards_it_is_given_up(place: Kept) -> None:
    key = place.handed_in()
    place.framework = replace(place.framework, content_hash="sha256:other")
    assert print_due(place.context) == Printed(given_up=1)
    assert [row["reason"] for row in place.rows()] == [WITHOUT_STANDARDS]
    assert key


def test_a_report_whose_printer_dies_every_time_is_given_up_in_words(place: Kept) -> None:
    place.handed_in()
    place.press.does = StoreUnavailable("down")  # as good as dead: the lease runs out
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(StoreUnavailable):
            print_due(place.context)
        place.later(seconds=LEASE.total_seconds())
    assert print_due(place.context) == Printed(given_up=1)
    assert [row["state"] for row in place.rows()] == [FAILED]


def test_a_lease_is_renewed_while_it_is_printed(place: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pedri_assess.services.printing.RENEW_EVERY", 0.02)
    place.handed_in()

    def slow() -> bytes:
        for _ in range(4):  # together longer than a lease
            place.later(seconds=20)
            time.sleep(0.3)
            assert print_due(place.context) == Printed()
        return PDF

    place.press.does = slow
    assert print_due(place.context) == Printed(made=1)


def test_an_organisation_cannot_ask_for_any_number(place: Kept) -> None:
    keys = [place.handed_in() for _ in range(MOST_OPEN + 1)]
    assert len(place.rows()) == MOST_OPEN
    with pytest.raises(TooMany):
        asked(place.context, keys[-1])
    print_due(place.context)
    assert asked(place.context, keys[-1]).kept.state == WAITING


def test_trying_again_has_a_limit_too(place: Kept) -> None:
    key = place.handed_in()
    place.press.does = ReportFailed("too large", for_good=True)
    for _ in range(MOST_TRIES_AGAIN):
        print_due(place.context)
        assert try_again(place.context, key, "ann")
    print_due(place.context)
    with pytest.raises(TooMany):
        try_again(place.context, key, "ann")
    assert asked(place.context, key).kept.state == FAILED


def test_editions_that_have_passed_are_cleared(place: Kept) -> None:
    key = place.handed_in()
    print_due(place.context)
    place.later(minutes=1)
    sign_off(place.context, key, "cat", 1)
    print_due(place.context)
    assert len(place.rows()) == 2
    assert tidy(place.context) == 0
    place.later(days=2)
    assert tidy(place.context) == 1
    assert asked(place.context, key).kept.state == MADE
    place.later(days=400)
    assert tidy(place.context) == 0  # what is current is kept


def test_what_was_never_handed_in_has_no_report(place: Kept) -> None:
    with pytest.raises(NotFound):
        asked(place.context, place.start())


def test_a_printer_prints_what_waits_as_soon_as_it_is_told(place: Kept) -> None:
    printer = Printer(place.context, every=600)
    printer.start()
    time.sleep(0.2)
    key = place.handed_in()
    printer.look()
    ends = time.monotonic() + 20
    while asked(place.context, key).kept.state != MADE and time.monotonic() < ends:
        time.sleep(0.02)
    printer.stop()
    assert asked(place.context, key).kept.state == MADE


def test_what_is_kept_is_what_the_printer_makes_signed(database: Database) -> None:
    place = Kept(database, renderer())
    place.context = replace(place.context, issuer=Issuer(b"k" * 32, "https://assess.example.org"))
    key = place.handed_in()
    assert print_due(place.context) == Printed(made=1)
    kept = content(place, key)
    assert kept
    found = result_of(place.context, key)
    edition = edition_of(place.context, found)
    context: Context = place.context
    fresh = improvement_report(context.renderer, found.framework, found.answered, edition, context.issuer)
    assert kept == fresh
    signature = unsigned(kept)[1]
    assert signature
    assert signature.fits
