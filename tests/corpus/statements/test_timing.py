"""Of when a figure is."""

from __future__ import annotations

import pytest

from corpus.statements.statement import Period, Sense, Source
from tests.corpus.statements.said import WORK, stated


@pytest.mark.parametrize(
    ("sentence", "figure", "period", "source"),
    [
        ("2024年新建学校3所。", "3所", Period(2024, 2024), Source.CLAUSE),
        ("2021年至2025年，新增就业45万人。", "45万人", Period(2021, 2025), Source.SENTENCE),
        ("新建学校3所。", "3所", Period(2025, 2025), Source.REPORT),
        ("年末存款5亿元。", "5亿元", Period(2025, 2025, point=True), Source.REPORT),
        ("到2030年，森林覆盖率达到46%。", "46%", Period(2030, 2030, point=True), Source.SENTENCE),
        # What was only compared with is no time of the figure.
        ("增幅高于去年，其中茶叶增长6%。", "6%", Period(2025, 2025), Source.REPORT),
    ],
)
def test_where_it_is_said(sentence: str, figure: str, period: Period, source: Source) -> None:
    made = stated(sentence)[figure]
    assert (made.period, made.period_source) == (period, source)


def test_a_whole_year_ends_its_parts() -> None:
    found = stated("一季度工业增长3%，上半年增长4%，全年增长5.5%。")
    assert [each.period for each in found.values()] == [
        Period(2025, 2025, "Q1"), Period(2025, 2025, "H1"), Period(2025, 2025)]  # fmt: skip
    assert all("工业" in each.words for each in found.values())


def test_stretch_before_heading_before_report() -> None:
    years = Period(2021, 2025)
    heading = "一、2024年情况"
    assert stated("修路3公里。", heading, stretch=years)["3公里"].period == years
    assert stated("修路3公里。", heading)["3公里"].period == Period(2024, 2024)
    assert stated("修路3公里。", "图7 2024年情况")["3公里"].period == Period(2025, 2025)


def test_what_something_came_from_is_of_before() -> None:
    found = stated("茶厂从71家增加到107家。")
    assert (found["71家"].period, found["107家"].period) == (
        Period(2024, 2024, point=True), Period(2025, 2025))  # fmt: skip
    found = stated("茶厂从71家增加到107家。", stretch=Period(2021, 2025))
    assert (found["71家"].period, found["107家"].period) == (
        Period(2020, 2020, point=True), Period(2025, 2025, point=True))  # fmt: skip
    # What is counted over a year is of the whole year.
    found = stated("日均客流由5万人次增加到8万人次。", stretch=Period(2021, 2025))
    assert [each.period for each in found.values()] == [Period(2020, 2020), Period(2025, 2025)]
    found = stated("标准由上年300元提高到360元。")
    assert (found["300元"].period, found["360元"].period) == (
        Period(2024, 2024),
        Period(2025, 2025),
    )


def test_what_lies_ahead_is_announced() -> None:
    assert stated("到2030年，森林覆盖率达到46%。")["46%"].sense is Sense.PLANNED
    assert stated("十五五期间，生产总值年均增长5%左右。")["5%"].sense is Sense.PLANNED
    assert stated("2025年修路3公里。", told=WORK)["3公里"].sense is Sense.DONE
