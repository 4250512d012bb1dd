"""All statements of a report: what its title, headings and tables say of its sentences."""

from __future__ import annotations

from corpus.outlines.outline import outline
from corpus.passages import passages
from corpus.report import Metadata, Report, ReportKind
from corpus.statements.report_statements import report_statements
from corpus.statements.statement import Aspect, Period, Scope, Sense, Statement
from tests.shared import SHARED, needs_shared

OTHER, BULLETIN = ReportKind.OTHER, ReportKind.BULLETIN


def all_of(text: str, year: int, kind: ReportKind = OTHER) -> dict[str, Statement]:
    """The statements of a report by their figures; of equal ones the first."""
    metadata = Metadata(text.split("\n", maxsplit=1)[0], year=year, kind=kind)
    report = Report("r", text, metadata, "r.txt")
    sections = outline(report)
    found: dict[str, Statement] = {}
    for each in report_statements(text, metadata, sections, passages(report, sections)):
        found.setdefault(each.quantity.span.of(text), each)
    return found


BUDGET = (
    "莲塘市2025年预算执行情况和2026年预算草案的报告\n"
    "——2026年1月9日在莲塘市第九届人民代表大会第五次会议上\n"
    "一、2025年预算执行情况\n"
    "（一）全市预算执行情况\n"
    "市人大批准的全市收入预算为60亿元。全市收入完成51.3亿元，下降4%，其中：税收收入30亿元；非税收入21.3亿元。\n"
    "2025年末，全市政府债务余额90亿元，其中，一般债务余额40亿元。\n"
    "（二）市本级预算执行情况\n"
    "教育支出8亿元。\n"
    "二、2026年预算草案\n"
    "全市收入53亿元，增长3.3%。\n"
)


def test_a_budget_reviews_one_year_and_plans_the_next() -> None:
    found = all_of(BUDGET, 2026)
    done, planned = Period(2025, 2025), Period(2026, 2026)
    assert (found["60亿元"].sense, found["60亿元"].period) == (Sense.APPROVED, done)
    assert (found["51.3亿元"].sense, found["51.3亿元"].period) == (Sense.DONE, done)
    assert (found["53亿元"].sense, found["53亿元"].period) == (Sense.PLANNED, planned)
    assert (found["3.3%"].sense, found["3.3%"].period) == (Sense.PLANNED, planned)


def test_parts_and_scopes_of_a_budget() -> None:
    found = all_of(BUDGET, 2026)
    assert [said for said, each in found.items() if each.component] == [
        "30亿元",
        "21.3亿元",
        "40亿元",
    ]
    assert found["40亿元"].whole == "全市政府债务余额"
    assert found["90亿元"].period == Period(2025, 2025, point=True)
    assert found["8亿元"].scope is Scope.OWN_LEVEL
    # The end of the year that a paragraph begins with doesn't go on.
    assert found["8亿元"].period == Period(2025, 2025)


def test_the_date_below_a_title_is_no_time_of_the_report() -> None:
    text = (
        "莲塘州2025年国民经济和社会发展统计公报\n莲塘州统计局\n2026年3月27日\n"
        "一、综合\n全年实现生产总值1723.53 亿元，比上年增长 5.5%。其中：第一产业增加值230亿元，对生产总值的贡献率为15.9%。\n"
    )
    found = all_of(text, 2025, BULLETIN)
    assert {each.period for each in found.values()} == {Period(2025, 2025)}
    assert {each.sense for each in found.values()} == {Sense.DONE}
    assert found["15.9%"].aspect is Aspect.SHARE
    assert found["230亿元"].component


def test_tables_and_sentences_side_by_side() -> None:
    text = (
        "莲塘市2025年国民经济和社会发展统计公报\n一、财政\n全年收入108亿元，增长5.7%。\n"
        "表1 2025年收支及其增长速度\n指标\t绝对数（亿元）\t比上年增长（%）\n教育\t44.10\t-2.1\n"
        "科技\t18.3\t7\n"
    )
    found = all_of(text, 2025, BULLETIN)
    assert list(found) == ["108亿元", "5.7%", "44.10", "-2.1", "18.3", "7"]
    assert (found["-2.1"].aspect, found["-2.1"].sign, found["-2.1"].quantity.unit) == (
        Aspect.CHANGE, -1, "%")  # fmt: skip
    assert found["44.10"].quantity.low == 4_410_000_000


@needs_shared
def test_small_reports_that_once_failed() -> None:
    folder = SHARED / "faults"
    spaced = all_of((folder / "石洼地区-公报.txt").read_text(encoding="utf-8"), 2025, BULLETIN)
    assert spaced["1812.4 亿元"].quantity.low == 181_240_000_000
    assert spaced["28.02亿美元"].words.endswith("进出口总额")
    dated = all_of((folder / "石蕨州-2025公报.txt").read_text(encoding="utf-8"), 2025, BULLETIN)
    assert dated["1723.53 亿元"].period == Period(2025, 2025)
    quarters = all_of(
        (folder / "霜溪地区-2025公报.txt").read_text(encoding="utf-8"), 2025, BULLETIN
    )
    assert (quarters["4.7%"].period, quarters["6.6%"].period) == (
        Period(2025, 2025, "Q1"), Period(2025, 2025))  # fmt: skip
    budget = all_of((folder / "海岭市-预算.txt").read_text(encoding="utf-8"), 2026)
    assert (budget["335.79亿元"].sense, budget["278.26亿元"].sense) == (Sense.APPROVED, Sense.DONE)
    assert (budget["1376.8亿元"].component, budget["232.9亿元"].component) == (False, True)
