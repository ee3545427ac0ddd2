"""What the sections say is what the result says: the same numbers, whatever the answers."""

from copy import deepcopy

import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from pedri_assess.config import data_dir
from pedri_assess.domain.building import framework_from
from pedri_assess.domain.edition import Edition
from pedri_assess.domain.resources import Pointer
from pedri_assess.reports import sections
from pedri_assess.reports.document import document
from pedri_assess.services.reports import report_for
from tests.unit.frameworks import answered, framework_documents

from .material import EXAMPLES, shelf, some_answers, tiny

TEMPLATES = data_dir("templates")
DRAWN_WITH = ("svg", "title", "rect", "line", "text")


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_profile_in_numbers_is_the_results(data: st.DataObject) -> None:
    framework = framework_from(data.draw(framework_documents()), "sha256:" + "0" * 64)
    report = report_for(framework, data.draw(answered(framework)))
    page = html5lib.parse(document(report, TEMPLATES), namespaceHTMLElements=False)
    (table,) = [each for each in page.iter("table") if "report-numbers" in each.get("class", "").split()]
    told = [
        [int("".join(cell.itertext())) for cell in row.findall("td[@class='report-count']")]
        for row in table.findall("tbody/tr")
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
    cells = [cell for _, cells in shown["order_of_work"].matrix.rows for cell in cells]
    placed = [row.criterion.id for cell in cells for _, rows in cell.by_size for row in rows]
    assert len(placed) == len(set(placed)) == len(wanted) - sum(cell.more for cell in cells)
    assert set(placed) <= set(wanted)


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


def test_three_sections_show_the_same_bars_drawn_once() -> None:
    report = report_for(tiny(), some_answers())
    shown = {section.name: section for section in sections(report)}
    drawn = [bar.svg for bar in report.bars]
    assert len(drawn) == len(report.blocks) == 3
    in_chapters = [chapter.bar for chapter in shown["standards"].chapters]
    for bars in (shown["summary"].bars, shown["profile"].bars, in_chapters):
        assert all(bar.svg is svg for bar, svg in zip(bars, drawn, strict=True))
    assert not any(" id=" in svg for bar in report.bars for svg in (bar.svg, bar.standing))


def test_a_bars_words_are_a_frameworks_and_stay_words() -> None:
    words = '<b>"R&D\'s"</b> {0} %s {{7*7}}'
    made = deepcopy(EXAMPLES["framework"])
    made["scale"][1]["label"] = words
    for standard in made["standards"]:
        standard["title"] = words
    report = report_for(framework_from(made, "sha256:" + "0" * 64), some_answers())
    for bar in report.bars:
        drawn = html5lib.parseFragment(bar.svg, namespaceHTMLElements=False)
        assert drawn.find("{*}svg/{*}title").text == f"{words}: {bar.words}."
        stands = html5lib.parseFragment(bar.standing, namespaceHTMLElements=False)
        assert stands.find("{*}svg/{*}title").text.startswith(f"{words}: ")
        assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= {
            "DOCUMENT_FRAGMENT",
            *DRAWN_WITH,
        }


def test_resources_stand_at_the_gap_they_belong_to_and_only_safe_addresses_are_links() -> None:
    first = report_for(tiny(), some_answers()).result.order_of_work[0].criterion
    given = (
        Pointer("A guide <b>", "A trust", "https://example.org/guide"),
        Pointer("A trick", "Nobody", "https://bank.example@other.example/"),
    )
    report = report_for(tiny(), some_answers(), Edition(resources={first: given, "no-such": given}))
    text = document(report, TEMPLATES)
    assert "A guide &lt;b&gt;</a>, A trust (example.org)" in text
    assert text.count('href="https://example.org/guide"') == 1
    assert "A trick, Nobody</li>" in text
    without = document(report_for(tiny(), some_answers()), TEMPLATES)
    assert "Resources that may help" not in without
