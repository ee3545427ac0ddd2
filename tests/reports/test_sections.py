"""What the sections say is what the result says: the same numbers, whatever the answers."""

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.config import data_dir
from pedri_assess.domain.building import framework_from
from pedri_assess.reports import sections
from pedri_assess.reports.document import document
from pedri_assess.services.reports import report_for
from tests.unit.frameworks import answered, framework_documents

from .material import shelf, some_answers, tiny

TEMPLATES = data_dir("templates")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_profile_in_numbers_is_the_results(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:" + "0" * 64)
    report = report_for(framework, data.draw(answered(framework)))
    page = html5lib.parse(document(report, TEMPLATES), namespaceHTMLElements=False)
    (table,) = page.findall(".//table[@class='report-table report-numbers']")
    told = [
        [int("".join(cell.itertext())) for cell in row.findall("td")] for row in table.findall("tbody/tr")
    ]
    assert told == [
        [
            *standard.counts,
            standard.unanswered,
            standard.not_applicable,
            standard.applicable + standard.not_applicable,
        ]
        for standard in report.result.standards
    ]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_work_is_the_results_ten_and_the_rest(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents(most=20)), "sha256:" + "0" * 64)
    report = report_for(framework, data.draw(answered(framework)))
    shown = {section.name: section for section in sections(report)}
    first = [item.row.criterion.id for item in shown["order_of_work"].items]
    wanted = [gap.criterion for gap in report.result.order_of_work]
    assert first == wanted[:10]
    assert ("rest_of_work" in shown) == (len(wanted) > 10)


def test_an_empty_assessment_has_a_report() -> None:
    report = report_for(tiny(), some_answers(answers={}, ratings={}))
    names = [section.name for section in sections(report)]
    assert "unanswered" in names
    assert "quick_wins" not in names or document(report, TEMPLATES)


def test_every_text_says_whose_words_it_is() -> None:
    framework = shelf().current(shelf().frameworks()[0])
    blank = some_answers(framework=framework.framework, version=framework.version, answers={}, ratings={})
    text = document(report_for(framework, blank), TEMPLATES)
    assert "endorsed" in text
    for standard in framework.standards:
        assert standard.provenance.kind in ("published", "summary", "drafted", "reconstructed")
        for source in standard.provenance.sources:
            assert source in text
