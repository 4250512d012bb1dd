"""Of which time a stretch of a report tells."""

from __future__ import annotations

from corpus.report import ReportKind, Section
from corpus.statements.period import told_by
from corpus.statements.statement import Period
from corpus.statements.stretch import period_of_words, stretches
from tests.corpus.statements.said import BULLETIN, WORK

YEAR, YEARS = Period(2025, 2025), Period(2021, 2025)


def section(number: int, level: int, heading: str, start: int, end: int) -> Section:
    return Section(str(number), None, level, "", "", heading, start, start + len(heading), end)


TEXT = (
    "2025年和“十四五”时期工作回顾\n"
    "过去一年，办成了三件事。\n"
    "新增就业5万人。\n"
    "五年来，我们修路建桥。\n"
    "新增就业20万人。\n"
    "2026年重点工作\n"
    "“十五五”开局之年要开好局。\n"
    "新增就业6万人。\n"
)
SECOND = TEXT.index("2026年重点工作")
SECTIONS = [
    section(1, 1, "2025年和“十四五”时期工作回顾", 0, SECOND),
    section(2, 1, "2026年重点工作", SECOND, len(TEXT)),
]


def test_paragraphs_open_a_stretch_that_goes_on() -> None:
    found = stretches(TEXT, SECTIONS, WORK)
    assert found.at(3) is None  # the heading names both
    assert found.at(TEXT.index("5万人")) == YEAR
    assert found.at(TEXT.index("20万人")) == YEARS


def test_inside_a_section_of_one_year_nothing_changes_it() -> None:
    found = stretches(TEXT, SECTIONS, WORK)
    assert found.at(TEXT.index("6万人")) == Period(2026, 2026)


def test_a_section_of_the_first_level_ends_a_stretch() -> None:
    text = "一、回顾\n五年来，修路。\n二、体会\n要实干。\n"
    second = text.index("二、")
    sections = [section(1, 1, "回顾", 0, second), section(2, 1, "体会", second, len(text))]
    found = stretches(text, sections, WORK)
    assert found.at(text.index("修路")) == YEARS
    assert found.at(text.index("实干")) is None


def test_before_any_mark_nothing_is_known() -> None:
    assert stretches("各位代表：\n", [], WORK).at(0) is None


def test_a_review_of_five_years_has_its_paragraphs_on_the_last_one() -> None:
    text = "一、“十四五”时期工作回顾\n五年来，公路增加900公里。\n2025年，公路增加200公里。\n"
    found = stretches(text, [section(1, 1, "“十四五”时期工作回顾", 0, len(text))], WORK)
    assert found.at(text.index("900")) == YEARS
    assert found.at(text.index("200")) == YEAR


def test_a_look_back_inside_a_section_on_one_year_ends_with_its_paragraph() -> None:
    text = "一、2015年工作回顾\n2015年是收官之年。过去五年，公路增加900公里。\n公路增加200公里。\n"
    told = told_by(ReportKind.WORK_REPORT, 2016)
    found = stretches(text, [section(1, 1, "2015年工作回顾", 0, len(text))], told)
    assert found.at(text.index("900")) == Period(2011, 2015)
    assert found.at(text.index("200")) == Period(2015, 2015)


def test_the_date_below_a_title_and_the_end_of_a_year_open_nothing() -> None:
    text = "莲塘市公报\n2026年3月27日\n全年收入5亿元。\n2025年末存款9亿元。\n办案6件。\n"
    found = stretches(text, [], BULLETIN)
    assert found.at(text.index("5亿元")) is None
    assert found.at(text.index("6件")) is None


def test_a_year_in_the_middle_of_a_broken_line_opens_nothing() -> None:
    text = "收入下降主要是由于部分\n一次性项目支出在2024年列支，其他规模回落。\n办案6件。\n"
    assert stretches(text, [], BULLETIN).at(text.index("6件")) is None


def test_the_one_time_of_a_heading() -> None:
    assert period_of_words("2025年工作回顾", WORK) == YEAR
    assert period_of_words("2025年和“十四五”时期", WORK) is None
    assert period_of_words("工作回顾", WORK) is None
