from __future__ import annotations

import pytest

from corpus.outlines.lines import goes_on, split_lines
from corpus.report import Span


def test_split_lines_strips_and_skips_blank_lines_and_furniture() -> None:
    text = "　　标题\n\n下载\n正文 \n"
    furniture = (Span(text.index("下载"), text.index("下载") + 2),)
    lines = split_lines(text, furniture)
    assert [line.of(text) for line in lines] == ["标题", "正文"]
    assert [line.adjacent for line in lines] == [False, False]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全省优良天数比率达到95.1%，细颗粒物PM", "2.5"),
        ("2.5", "年平均浓度保持在20微克/立方米左右。"),
        ("“十五五”时期经济社会发展的", "主要目标"),
        ("主要目标", "是：地区生产总值年均增长5%左右。"),
        ("今年我们坚持稳中求进工作总基调，", "扎实推进各项工作。"),
        ("今年是收官之年。经济增长", "5.5%左右，就业稳定。"),
        ("经济总量达到74.4", "万亿元，增长6.7%。"),
        (
            "一段没有写完的话因为标记变化而在这里断开，它已经比任何一个标题都要长得多得多得多得多得多得多了",
            "于是在下一行继续。",
        ),
    ],
)
def test_broken_lines_go_on(first: str, second: str) -> None:
    text = f"{first}\n{second}"
    one, two = split_lines(text)
    assert goes_on(text, one, two)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("全年工作圆满完成。", "下一步工作安排如下。"),
        ("2026年重点工作", "今年是“十五五”开局之年，政府工作的总体要求是坚持稳中求进。"),
        (
            "（四）把茶叶和毛竹做成大产业，在延长加工链条中努力做优有名气的品牌、有销路的产品、有带动的企业",
            "坚持市场引路。",
        ),
        ("增长较快", "二、下一步打算"),
    ],
)
def test_finished_lines_do_not_go_on(first: str, second: str) -> None:
    text = f"{first}\n{second}"
    one, two = split_lines(text)
    assert not goes_on(text, one, two)


def test_a_blank_line_ends_a_paragraph() -> None:
    text = "没有写完的一句话，\n\n另起一段。"
    one, two = split_lines(text)
    assert not goes_on(text, one, two)


def test_a_line_of_a_zero_width_space_is_no_blank_line() -> None:
    text = "总量达到74.4\n\u200b\n万亿元，增长6.7%。\n\n另一段。"
    first, second, third = split_lines(text)
    assert (second.adjacent, third.adjacent) == (True, False)
    assert goes_on(text, first, second)


def test_a_heading_before_a_figure_stays_a_heading() -> None:
    text = "经济增长\n5.5%的增速来之不易。"
    assert not goes_on(text, *split_lines(text))
