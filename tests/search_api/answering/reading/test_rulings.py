"""What certainly is not the answer: both sides say so outright. All sentences are invented."""

from __future__ import annotations

import pytest

from search_api.answering.reading.rulings import asked, ruled_out
from search_api.questions.plan import Operation
from tests.search_api.plan_support import TOLD, plan, stated

DONE, PLANNED = "一、2025年工作回顾", "二、2026年工作安排"


def reasons(question: str, sentence: str, *headings: str) -> dict[str, str]:
    """Per figure of a sentence why it can't be the answer, empty if it may be."""
    wanted = plan(question, Operation.VALUE)
    return {
        figure: ruled_out(each, wanted, TOLD)
        for figure, each in stated(sentence, *(headings or (DONE,))).items()
    }


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # A rate is a level by what it is: a change of it is none.
        ("森林覆盖率是多少？", "森林覆盖率达到41%，提高2个百分点。", {"41%": "", "2个百分点": "aspect"}),
        # What it came to is no growth in per cent, another percentage may be one.
        ("茶叶产值增速是多少？", "茶叶产值12亿元，增长8%。", {"12亿元": "aspect", "8%": ""}),
        ("茶叶产值增速是多少？", "茶叶产值增速保持在6%以上。", {"6%": ""}),
        # 增长3倍 is a growth as well.
        ("茶叶产值增速是多少？", "茶叶产值增长3倍。", {"3倍": ""}),
        ("茶叶产值占比是多少？", "茶叶产值占农业产值比重达到12%，增长8%。", {"12%": "", "8%": "aspect"}),
        # Nothing was said of which: both may be it.
        ("茶叶收入多少？", "茶叶收入12亿元，增长8%。", {"12亿元": "", "8%": ""}),
        # Growth is asked for in per cent, and told in points of something else.
        ("茶叶产值增长率是多少？", "茶叶产值占比提高2个百分点。", {"2个百分点": "aspect"}),
    ],
)  # fmt: skip
def test_what_is_said_of_it(question: str, sentence: str, expected: dict[str, str]) -> None:
    assert reasons(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # Things are counted outright.
        ("新增就业多少人？", {"118%": "unit", "3万人": ""}),
        ("新增就业是多少？", {"118%": "", "3万人": ""}),
    ],
)
def test_units(question: str, expected: dict[str, str]) -> None:
    assert reasons(question, "新增就业完成年计划的118%、达到3万人。") == expected


@pytest.mark.parametrize(
    ("question", "sentence", "heading", "reason"),
    [
        ("2025年新增就业多少人？", "2025年新增就业3万人。", "", ""),
        ("2025年新增就业多少人？", "2019年新增就业3万人。", "", "time"),
        ("今年新增就业多少人？", "2019年新增就业3万人。", "", "time"),
        # Only a heading says the year: that is weighed, and not certain.
        ("2025年新增就业多少人？", "新增就业3万人。", "二、2026年工作安排", ""),
        # A sum over several years is no figure of one of them; what it came to by then may be.
        ("2025年新增就业多少人？", "五年来累计新增就业3万人。", "", "time"),
        ("2025年城镇化率是多少？", "五年来城镇化率达到57%。", "", ""),
        ("五年来新增就业多少人？", "五年来累计新增就业3万人。", "", ""),
        ("2016—2020年新增就业多少人？", "2021—2025年累计新增就业3万人。", "", "time"),
        ("2021—2025年新增就业多少人？", "2021—2025年累计新增就业3万人。", "", ""),
        # Nobody asked when: the years are meant that the report tells of.
        ("新增就业多少人？", "2025年新增就业3万人。", "", ""),
        ("新增就业多少人？", "2026年新增就业3万人。", "", ""),
        ("新增就业多少人？", "2019年新增就业3万人。", "", "time"),
        ("新增就业多少人？", "五年来累计新增就业3万人。", "", "time"),
        ("新增就业多少人？", "到2030年，新增就业3万人。", "", "time"),
        ("新增就业目标是多少人？", "到2030年，新增就业3万人。", PLANNED, ""),
        ("五年前有多少家茶厂？", "2020年有茶厂3家。", "", ""),
    ],
)
def test_times(question: str, sentence: str, heading: str, reason: str) -> None:
    headings = (heading,) if heading else ()
    assert set(reasons(question, sentence, *headings).values()) == {reason}


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("市本级公共预算收入是多少？", "全市公共预算收入30亿元。", "scope"),
        ("全市公共预算收入是多少？", "市本级公共预算收入30亿元。", "scope"),
        ("公共预算收入是多少？", "市本级公共预算收入30亿元。", ""),
        ("市本级公共预算收入是多少？", "公共预算收入30亿元。", ""),
    ],
)
def test_scopes(question: str, sentence: str, reason: str) -> None:
    assert set(reasons(question, sentence).values()) == {reason}


@pytest.mark.parametrize(
    ("question", "sentence", "heading", "reason"),
    [
        # A result is no goal; what is expected may have come true.
        ("茶叶产值增长目标是多少？", "茶叶产值增长8%。", DONE, "sense"),
        ("茶叶产值预计增长多少？", "茶叶产值增长8%。", DONE, ""),
        # An announced growth is none that happened, unless a goal or its year is asked for.
        ("茶叶产值增速", "茶叶产值增长8%。", PLANNED, "sense"),
        ("茶叶产值增长目标", "茶叶产值增长8%。", PLANNED, ""),
        ("2026年茶叶产值增速", "茶叶产值增长8%。", PLANNED, ""),
        ("茶叶产值增速", "茶叶产值增长8%。", DONE, ""),
        # What came to it in a year is not all there is.
        ("茶园累计建成面积是多少？", "新建茶园2万亩。", DONE, "added"),
        ("茶园累计建成面积是多少？", "累计新建茶园20万亩。", DONE, ""),
        ("累计新建茶园多少亩？", "新建茶园2万亩。", DONE, ""),
    ],
)
def test_plans_results_and_sums(question: str, sentence: str, heading: str, reason: str) -> None:
    assert set(reasons(question, sentence, heading).values()) == {reason}


def test_patterns_by_name() -> None:
    assert asked("points", "提高了几个点")
    assert not asked("points", "提高了多少")
