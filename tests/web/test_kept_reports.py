"""Printed reports in the pages: delivered where they are kept, else a page that says how far they are."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pedri_assess.reports import ReportFailed
from pedri_assess.services.kept_reports import MOST_OPEN, MOST_TRIES_AGAIN
from pedri_assess.services.printing import print_due
from pedri_assess.web.printing import start_printer, stop_printer

from .pages import an_app, parsed, words_of
from .people import Town, send
from .test_handing_in import made, submit

__all__ = ["made"]  # a fixture
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
REASON = "The report was not made: it grew larger than a report may be."


@pytest.fixture
def root(town: Town, made: str) -> str:
    """The address of a result that nobody has printed yet."""
    submit(town.client("lead"), made)
    return f"/assessments/{made}/result"


def break_printer(town: Town, error: Exception) -> None:
    """From now on the printer fails."""

    class Broken:
        templates = town.app.extensions["pedri-assess"].context.renderer.templates

        def render(self, *_: Any, **__: Any) -> bytes:
            raise error

    broken: Any = Broken()
    site = town.app.extensions["pedri-assess"]
    context = replace(site.context, renderer=broken)
    town.app.extensions["pedri-assess"] = replace(site, context=context)


def print_all(town: Town) -> None:
    print_due(town.app.extensions["pedri-assess"].context)


def refreshes(page: Any) -> list[str]:
    tree = parsed(page.get_data(as_text=True))
    return [item.get("content") for item in tree.iter("meta") if item.get("http-equiv") == "refresh"]


def test_what_is_kept_is_delivered_at_once(town: Town, root: str) -> None:
    print_all(town)
    client = town.client("viewer")
    pdf = client.get(f"{root}/report.pdf", headers=BROWSER)
    assert (pdf.status_code, pdf.mimetype) == (200, "application/pdf")
    assert pdf.data.startswith(b"%PDF-1.7")
    assert int(pdf.headers["Content-Length"]) == len(pdf.data)
    assert pdf.headers["Cache-Control"] == "private, no-store"
    assert pdf.headers["Content-Disposition"].startswith(
        'attachment; filename="improvement-report-first-trust-'
    )
    same = client.get(f"{root}/1/report.pdf", headers={"If-None-Match": pdf.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{root}/report.pdf", headers={"If-None-Match": '"other"'}).data == pdf.data
    head = client.head(f"{root}/report.pdf")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(pdf.data)))


def test_a_browser_gets_a_page_that_looks_by_itself_until_it_is_there(town: Town, root: str) -> None:
    client = town.client("viewer")
    sent = client.get(f"{root}/report.pdf", headers=BROWSER)
    assert (sent.status_code, sent.location) == (303, f"{root}/1/progress/report?look=1")
    page = client.get(sent.location)
    assert page.status_code == 200
    assert "The report is being made" in words_of(page)
    assert "It is next." in words_of(page)
    assert refreshes(page) == [f"5; url={root}/1/progress/report?look=2"]
    assert f'href="{root}/1/progress/report?look=stop"' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    print_all(town)
    ready = client.get(f"{root}/1/progress/report?look=2")
    assert "The report is ready" in words_of(ready)
    assert refreshes(ready) == [f"0; url={root}/1/report.pdf"]
    assert client.get(f"{root}/1/report.pdf").data.startswith(b"%PDF-1.7")


def test_looking_by_itself_can_be_stopped(town: Town, root: str) -> None:
    client = town.client("viewer")
    page = client.get(f"{root}/1/progress/report?look=stop")
    assert refreshes(page) == []
    assert b"progress.js" not in page.data
    assert "This page does not look by itself." in words_of(page)
    assert page.text.count(f'href="{root}/1/progress/report?look=stop"') == 1  # check now
    print_all(town)
    ready = client.get(f"{root}/1/progress/report?look=stop")
    assert refreshes(ready) == []
    assert f'href="{root}/1/report.pdf"' in ready.text


def test_a_page_that_nobody_closes_stops_by_itself(town: Town, root: str) -> None:
    client = town.client("viewer")
    assert refreshes(client.get(f"{root}/1/progress/report?look=119")) != []
    assert refreshes(client.get(f"{root}/1/progress/report?look=120")) == []
    for odd in ("", "x", "-1", "9" * 30, "<script>"):
        assert client.get(f"{root}/1/progress/report?look={odd}").status_code == 200


def test_whoever_only_opens_the_page_gets_no_download_by_itself(town: Town, root: str) -> None:
    print_all(town)
    page = town.client("viewer").get(f"{root}/1/progress/report")
    assert refreshes(page) == []
    assert b"data-file" not in page.data
    assert "It is kept" in words_of(page)


def test_a_program_is_told_to_come_back(town: Town, root: str) -> None:
    client = town.client("viewer")
    for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/pdf"}):
        answer = client.get(f"{root}/report.pdf", headers=headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (202, "5")
        assert answer.get_json() == {
            "state": "waiting", "words": "It is next.", "page": f"{root}/1/progress/report",
        }  # fmt: skip
    print_all(town)
    assert client.get(f"{root}/report.pdf").status_code == 200


def test_the_script_of_the_page_gets_a_few_words(town: Town, root: str) -> None:
    client = town.client("viewer")
    automatic = {"X-Autosave": "1"}
    told = client.get(f"{root}/1/progress/report", headers=automatic).get_json()
    assert told == {"state": "waiting", "words": "It is next.", "file": f"{root}/1/report.pdf"}
    print_all(town)
    assert client.get(f"{root}/1/progress/report", headers=automatic).get_json()["state"] == "made"
    nobody = town.app.test_client()
    assert nobody.get(f"{root}/1/progress/report", headers=automatic).status_code == 401


def test_a_report_that_cannot_be_made_says_why_and_can_be_tried_again(town: Town, root: str) -> None:
    working = town.app.extensions["pedri-assess"]
    break_printer(town, ReportFailed(REASON, for_good=True))
    print_all(town)
    client = town.client("viewer")
    sent = client.get(f"{root}/report.pdf", headers=BROWSER)
    page = client.get(sent.location)
    assert "The report was not made" in words_of(page)
    assert REASON in words_of(page)
    assert refreshes(page) == []
    program = client.get(f"{root}/report.pdf")
    assert (program.status_code, program.get_json()["words"]) == (503, REASON)
    town.app.extensions["pedri-assess"] = working
    again = send(client, f"{root}/1/progress/report")
    assert (again.status_code, again.location) == (303, f"{root}/1/progress/report?look=1")
    assert "It is next." in words_of(client.get(again.location))
    print_all(town)
    assert client.get(f"{root}/report.pdf").status_code == 200
    history = words_of(town.client("lead").get(f"{root.removesuffix('/result')}/history"))
    assert "The service could not make the report of revision 1" in history
    assert "Viewer Person asked again for the report of revision 1" in history


def test_a_failure_that_may_pass_is_told_and_goes_on(town: Town, root: str) -> None:
    break_printer(town, ReportFailed("The report was not made: it took longer than 30 seconds."))
    print_all(town)
    words = words_of(town.client("viewer").get(f"{root}/1/progress/report"))
    assert "it took longer than 30 seconds. It is tried again soon. It is next." in words


def test_trying_again_is_limited(town: Town, root: str) -> None:
    break_printer(town, ReportFailed(REASON, for_good=True))
    client = town.client("viewer")
    for _ in range(MOST_TRIES_AGAIN):
        print_all(town)
        assert send(client, f"{root}/1/progress/report").status_code == 303
    print_all(town)
    assert send(client, f"{root}/1/progress/report").status_code == 429


def test_one_organisation_cannot_fill_the_queue(town: Town, root: str) -> None:  # R104
    client = town.client("lead")
    keys = []
    for _ in range(MOST_OPEN):
        keys.append(town.assessment())
        submit(client, keys[-1])
    answer = client.get(f"/assessments/{keys[-1]}/result/report.pdf", headers=BROWSER)
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    break_printer(town, ReportFailed(REASON, for_good=True))
    print_all(town)
    assert client.get(f"/assessments/{keys[-1]}/result/report.pdf").status_code == 202


def test_how_many_are_before_it_is_told(town: Town, root: str) -> None:
    later = town.assessment()
    submit(town.client("lead"), later)
    page = town.client("viewer").get(f"/assessments/{later}/result/1/progress/report")
    assert "another report is to be made first" in words_of(page)


def test_other_kinds_are_not_found(town: Town, root: str) -> None:
    for kind in ("none", "Report", "report.pdf", "%00"):
        assert town.client("viewer").get(f"{root}/1/progress/{kind}").status_code == 404
        assert send(town.client("viewer"), f"{root}/1/progress/{kind}").status_code == 404
    assert town.client("viewer").get(f"{root}/2/progress/report").status_code == 404


def test_the_easy_to_read_version_goes_the_same_way(town: Town, root: str) -> None:
    client = town.client("viewer")
    sent = client.get(f"{root}/easy-read.pdf", headers=BROWSER)
    assert sent.location == f"{root}/1/progress/easy-read?look=1"
    assert "The easy-to-read report is being made" in words_of(client.get(sent.location))
    print_all(town)
    assert "The easy-to-read report is ready" in words_of(client.get(f"{root}/1/progress/easy-read"))
    pdf = client.get(f"{root}/easy-read.pdf", headers=BROWSER)
    assert pdf.headers["Content-Disposition"].endswith('.easy-read.pdf"')
    assert pdf.data != client.get(f"{root}/report.pdf").data


def app_that_prints(town: Town) -> Flask:
    """A second server process on the same database, which prints in the background."""
    config = town.app.extensions["pedri-assess"].config
    return an_app(database_url=config.database_url, base_url=config.base_url, report_printer=True)


def test_the_printer_of_a_process_prints_what_is_asked_for(town: Town, root: str) -> None:
    app = app_that_prints(town)
    try:
        client: FlaskClient = app.test_client()
        cookie = town.client("viewer").get_cookie("session")
        assert cookie
        client.set_cookie("session", cookie.value)
        assert client.get(f"{root}/report.pdf").status_code == 202
        ends = time.monotonic() + 60
        while (answer := client.get(f"{root}/report.pdf")).status_code == 202 and time.monotonic() < ends:
            time.sleep(0.05)
        assert answer.data.startswith(b"%PDF-1.7")
        assert town.client("viewer").get(f"{root}/report.pdf").data == answer.data  # the other one has it too
    finally:
        stop_printer(app)
    assert not [thread for thread in threading.enumerate() if thread.name == "printing" and thread.is_alive()]


def test_a_process_that_does_not_print_starts_nothing(town: Town, root: str) -> None:
    before = threading.active_count()
    town.client("viewer").get(f"{root}/report.pdf")
    start_printer(town.app)
    stop_printer(town.app)
    assert threading.active_count() == before
