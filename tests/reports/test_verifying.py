"""Verifying: a report agrees with what it carries, and every way of changing one is found."""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from pedri_assess.catalogue import load_schemas
from pedri_assess.config import data_dir
from pedri_assess.domain.assessment import assessment_document
from pedri_assess.domain.edition import Change, Edition, Logo, Moment, Remark, edition_document, edition_from
from pedri_assess.domain.errors import NotFound
from pedri_assess.domain.plan import PlanLine
from pedri_assess.domain.resources import Pointer
from pedri_assess.domain.result import result_document
from pedri_assess.domain.standards import Framework
from pedri_assess.reports import Issuer, NotAReport, Renderer, ReportBusy, mark, release_document, unsigned
from pedri_assess.services.reports import improvement_report, report_for
from pedri_assess.services.verifying import Verdict, verify

from .material import last_time, peers, printed, renderer, some_answers, tiny

KEY = bytes(range(32))
FULL = Edition(
    address="https://assess.example.org/check-a-report",
    revision=2,
    status="signed-off",
    history=(Moment("2026-11-23T09:00:00.000000Z", "Maya", "submitted", 2, "because"),),
    owners={"A-1": "Sam"},
    since=1,
    changes=(Change("A-1", "unanswered", 3, ("evidence",)),),
    comments=(Remark("A-1", "2026-11-22T09:00:00.000000Z", "Sam", "Is this so?"),),
    introduction="What this is.",
    standing_text="From the staff.",
    left_out=("glossary",),
    logo=Logo("png", "aGVsbG8=", "A bird"),
    resources={"A-1": (Pointer("A guide", "A trust", "https://example.org/guide"),)},
    last_time=last_time(),
    peers=peers(),
    plan=(PlanLine("Ask the panel", ("A-1",), "under-way", "Sam", "2027-03-31", "Write to it", "Agreed"),),
)


def verified(pdf: bytes, **more: Any) -> Verdict:
    usual = {"framework_for": lambda _framework, _version: tiny(), "renderer": renderer()}
    return verify(pdf, load_schemas(data_dir("standards")), **{**usual, **more})


def outcomes(verdict: Verdict) -> dict[str, str]:
    return {check.what: check.outcome for check in verdict.checks}


def changed(change: Callable[[pikepdf.Pdf], None], pdf: bytes = b"") -> bytes:
    """The report after somebody opened it and changed something."""
    with pikepdf.open(io.BytesIO(pdf or printed())) as opened:
        change(opened)
        written = io.BytesIO()
        opened.save(written, static_id=False, deterministic_id=False)
    return written.getvalue()


def attach(name: str, content: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments[name]
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)

    return change


def test_a_report_agrees_with_what_it_carries() -> None:
    verdict = verified(printed())
    agrees = dict.fromkeys(["Standards", "Method", "Result", "Mark", "Pages"], "agrees")
    assert outcomes(verdict) == {**agrees, "Signature": "not compared"}
    assert verdict.difference is None
    assert verdict.assessment == some_answers()


@pytest.mark.parametrize("byte", [b"\r", b"\n", b"\\", b"("])
def test_a_mark_is_read_as_it_was_written_whatever_its_bytes(byte: bytes) -> None:
    editions = (Edition(address=f"https://assess.example.org/{number}") for number in range(1000))
    marks = ((each, mark(report_for(tiny(), some_answers(), each))) for each in editions)
    edition = next(each for each, its in marks if byte in hashlib.sha256(its.encode()).digest()[:16])
    verdict = verified(improvement_report(renderer(), tiny(), some_answers(), edition))
    assert outcomes(verdict)["Mark"] == outcomes(verdict)["Pages"] == "agrees"


def test_every_part_of_an_edition_can_be_read_back() -> None:
    document = json.loads(json.dumps(edition_document(FULL)))
    assert edition_from(document) == FULL
    assert not set(vars(FULL)) - set(document)


def test_resources_travel_with_the_report_and_are_printed_again() -> None:
    first = report_for(tiny(), some_answers()).result.order_of_work[0].criterion
    edition = Edition(resources={first: FULL.resources["A-1"]}, address=FULL.address)
    pdf = improvement_report(renderer(), tiny(), some_answers(), edition)
    assert outcomes(verified(pdf))["Pages"] == "agrees"
    other = release_document(replace(edition, resources={}))
    found = verified(changed(attach("report.json", json.dumps(other).encode()), pdf)).difference
    assert found is not None
    assert found.what == "Mark"


def test_a_changed_number_is_named_with_its_place() -> None:
    result = json.loads(json.dumps(result_document(report_for(tiny(), some_answers()).result)))
    result["standards"][0]["counts"][1] += 1
    verdict = verified(changed(attach("result.json", json.dumps(result).encode())))
    assert verdict.difference is not None
    assert verdict.difference.what == "Result"
    assert "$.standards[0].counts[1]: the report says 2; worked out again it is 1" in verdict.difference.words


def test_changed_answers_are_found_also_where_the_result_is_changed_to_fit() -> None:
    answers = assessment_document(some_answers())
    answers["answers"]["A-3"]["level"] = 3
    only_answers = verified(changed(attach("answers.json", json.dumps(answers).encode())))
    assert only_answers.difference is not None
    assert only_answers.difference.what == "Result"

    other = replace(some_answers(), organisation="Another Trust")
    both = changed(attach("answers.json", json.dumps(assessment_document(other)).encode()))
    verdict = verified(both)
    assert verdict.difference is not None
    assert verdict.difference.what == "Mark"


def test_a_changed_page_is_named() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[3]
        content = page.obj.Contents.read_bytes()
        page.obj.Contents = pdf.make_stream(content + b"\nq Q")

    verdict = verified(changed(change))
    assert verdict.difference is not None
    assert verdict.difference.words == "page 4 is not what these answers print"


def test_what_is_changed_outside_of_pages_is_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Title"] = "Another title"

    verdict = verified(changed(change))
    assert verdict.difference is not None
    assert "every page draws the same" in verdict.difference.words


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("answers.json", b"{", "answers.json: $: "),
        ("answers.json", b'{"framework": "tiny", "version": "1", "more": 1}', "answers.json: $.more"),
        ("answers.json", b'{"framework": "tiny", "version": "1", "answers": {"X": {}}}', "$.answers.X"),
        ("result.json", b"[]", "result.json: $: found"),
        ("report.json", b'{"format": "other", "release": "1"}', "report.json: $.format"),
    ],
)
def test_documents_that_are_none_are_named(name: str, content: bytes, said: str) -> None:
    verdict = verified(changed(attach(name, content)))
    assert verdict.difference is not None
    assert verdict.difference.what == "Attached documents"
    assert said in verdict.difference.words


def test_other_standards_and_another_method_are_named() -> None:
    other = verified(printed(), framework_for=lambda *_: replace(tiny(), content_hash="sha256:" + "1" * 64))
    assert other.difference is not None
    assert other.difference.words.startswith("the report was made with another text of tiny 1")

    result = json.loads(json.dumps(result_document(report_for(tiny(), some_answers()).result)))
    result["method"] = "profile-9"
    verdict = verified(changed(attach("result.json", json.dumps(result).encode())))
    assert verdict.difference is not None
    assert verdict.difference.what in ("Method", "Attached documents")
    assert "profile-9" in verdict.difference.words


def test_pages_of_another_release_are_not_compared_and_its_numbers_are() -> None:
    edition = {**release_document(Edition()), "release": "0.0.1"}
    verdict = verified(changed(attach("report.json", json.dumps(edition).encode())))
    assert outcomes(verdict)["Result"] == "agrees"
    assert outcomes(verdict)["Pages"] == "not compared"
    assert verdict.difference is None


def test_a_printer_that_has_no_time_leaves_the_numbers() -> None:
    class Busy(Renderer):
        def render(self, job: object) -> bytes:
            raise ReportBusy("Try again in a minute.")

    verdict = verified(printed(), renderer=Busy(data_dir("templates"), data_dir("static")))
    assert outcomes(verdict)["Pages"] == "not compared"
    assert verdict.difference is None


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"PK\x03\x04" * 1000])
def test_what_is_no_pdf_is_no_report(content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(NotAReport, match="not a PDF file"):
        verified(content)


def test_a_pdf_without_answers_is_no_report() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["answers.json"]

    with pytest.raises(NotAReport, match=r"no answers\.json is attached"):
        verified(changed(change))


def test_a_file_made_to_fill_the_memory_is_refused() -> None:
    bomb = changed(attach("answers.json", b" " * 900_000_000))
    assert len(bomb) < 4_000_000  # it can be sent to the service
    with pytest.raises(NotAReport):
        verified(bomb)


def test_standards_that_are_not_here_are_not_found() -> None:
    def none(framework: str, version: str) -> Framework:
        raise NotFound(f"{framework} {version}")

    with pytest.raises(NotFound, match="tiny 1"):
        verified(printed(), framework_for=none)


def test_a_signed_report_says_who_issued_it() -> None:
    issuer = Issuer(KEY, "https://assess.example.org")
    pdf = improvement_report(renderer(), tiny(), some_answers(), issuer=issuer)
    assert pdf == issuer.signed(printed())
    assert unsigned(pdf)[0] == printed()
    pikepdf.open(io.BytesIO(pdf), attempt_recovery=False).close()

    trusted = verified(pdf, keys=[issuer.public])
    assert outcomes(trusted)["Pages"] == "agrees"
    assert outcomes(trusted)["Signature"] == "agrees"
    assert "issued by https://assess.example.org" in trusted.checks[-1].words
    unknown = verified(pdf)
    assert outcomes(unknown)["Signature"] == "not compared"
    assert issuer.public in unknown.checks[-1].words


def test_a_signature_that_does_not_fit_or_is_missing_is_told() -> None:
    issuer = Issuer(KEY, "https://assess.example.org")
    pdf = issuer.signed(printed())
    other = pdf.replace(b"https://assess.example.org", b"https://assess.example.com")
    assert outcomes(verified(other, keys=[issuer.public]))["Signature"] == "differs"
    assert outcomes(verified(pdf, keys=["0" * 64], must=True))["Signature"] == "differs"
    assert outcomes(verified(printed(), keys=[issuer.public], must=True))["Signature"] == "differs"
    page = pdf.replace(b"/Rotate 0", b"/Rotate 9") if b"/Rotate 0" in pdf else pdf.replace(b"%%EOF", b"%%eof")
    assert unsigned(page)[1] is not None
    assert not unsigned(page)[1].fits  # type: ignore[union-attr]
