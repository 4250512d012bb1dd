"""Does a stretch of a report tell of one year or of several?"""

from __future__ import annotations

from corpus.report import Section
from search_api.answering.frames import Frame, frames


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
FIRST, SECOND = 0, TEXT.index("2026年重点工作")
SECTIONS = [
    section(1, 1, "2025年和“十四五”时期工作回顾", FIRST, SECOND),
    section(2, 1, "2026年重点工作", SECOND, len(TEXT)),
]


def test_paragraphs_open_a_frame_that_goes_on() -> None:
    found = frames(TEXT, SECTIONS)
    assert found.at(3) is Frame.UNKNOWN  # the heading names both
    assert found.at(TEXT.index("5万人")) is Frame.YEAR
    assert found.at(TEXT.index("20万人")) is Frame.YEARS


def test_inside_a_section_of_one_year_nothing_changes_it() -> None:
    assert frames(TEXT, SECTIONS).at(TEXT.index("6万人")) is Frame.YEAR


def test_a_section_of_the_first_level_ends_a_frame() -> None:
    text = "一、回顾\n五年来，修路。\n二、体会\n要实干。\n"
    second = text.index("二、")
    sections = [section(1, 1, "回顾", 0, second), section(2, 1, "体会", second, len(text))]
    found = frames(text, sections)
    assert found.at(text.index("修路")) is Frame.YEARS
    assert found.at(text.index("实干")) is Frame.UNKNOWN


def test_before_any_mark_nothing_is_known() -> None:
    assert frames("各位代表：\n", []).at(0) is Frame.UNKNOWN


def test_a_review_of_five_years_has_its_paragraphs_on_the_last_one() -> None:
    text = (
        "一、“十四五”时期工作回顾\n五年来，公路增加900公里。\n刚刚过去的2025年，公路增加200公里。\n"
    )
    found = frames(text, [section(1, 1, "“十四五”时期工作回顾", 0, len(text))])
    assert found.at(text.index("900")) is Frame.YEARS
    assert found.at(text.index("200")) is Frame.YEAR


def test_a_look_back_inside_a_section_on_one_year_ends_with_its_paragraph() -> None:
    text = "一、2015年工作回顾\n2015年是收官之年。过去五年，公路增加900公里。\n公路增加200公里。\n"
    found = frames(text, [section(1, 1, "2015年工作回顾", 0, len(text))])
    assert found.at(text.index("900")) is Frame.YEARS
    assert found.at(text.index("200")) is Frame.YEAR
    assert frames("过去五年，公路增加900公里。", []).at(8) is Frame.YEARS
