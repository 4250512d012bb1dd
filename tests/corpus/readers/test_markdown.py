"""Markdown to text: words stay, markup goes."""

from __future__ import annotations

import pytest

from corpus.errors import UnreadableFileError
from corpus.readers.markdown import read
from corpus.report import Document, LineKind


def _read(source: str) -> Document:
    [document] = read(source.encode(), "a.md")
    return document


def _hinted(document: Document) -> list[tuple[str, LineKind, int]]:
    return [(document.text[h.start :].partition("\n")[0], h.kind, h.level) for h in document.hints]


def test_headings() -> None:
    document = _read(
        "# 甲县2025年报告\n\n一、成绩\n------\n\n### （一）领导 ###\n正文。\n##二、不足\n"
    )
    assert document.text == "甲县2025年报告\n一、成绩\n（一）领导\n正文。\n二、不足\n"
    assert _hinted(document) == [
        ("甲县2025年报告", LineKind.TITLE, 0),
        ("一、成绩", LineKind.HEADING, 2),
        ("（一）领导", LineKind.HEADING, 3),
        ("二、不足", LineKind.HEADING, 2),
    ]


def test_two_headings_of_level_one_are_no_title() -> None:
    document = _read("# 一、甲\n\n# 二、乙\n")
    assert [h.kind for h in document.hints] == [LineKind.HEADING, LineKind.HEADING]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**坚持*党的*领导**，增长5.5%。", "坚持党的领导，增长5.5%。"),
        ("见[公报](http://a.cn/x_(1).html '题')和[此][1]。", "见公报和此。"),
        ("PM_2.5年均浓度和PM_10", "PM_2.5年均浓度和PM_10"),
        ("附件_甲_乙与2025__年__报", "附件_甲_乙与2025__年__报"),
        ("_强调_ 与 __更强__ 与~~删~~", "强调 与 更强 与删"),
        (r"1\. 甲\*乙\*", "1. 甲*乙*"),
        ("`a*b*c` <u>下划</u>&amp;<!-- 注 -->", "a*b*c 下划&"),
        ("![图：流程](x.png)", "图：流程"),
        ("> 引用\n> 第二行。", "引用\n第二行。"),
        ("3*4=12，a < b > c", "3*4=12，a < b > c"),
    ],
)
def test_inline(source: str, shown: str) -> None:
    assert _read(source + "\n").text == shown + "\n"


def test_wrapped_lines_join_and_short_lines_stay() -> None:
    long = "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治"
    assert _read(f"{long}\n思想。\n甲县\n乙县\n").text == f"{long}思想。\n甲县\n乙县\n"


def test_table_and_list() -> None:
    document = _read(
        "表1\n\n| 指标 | 数值 |\n|:--|--:|\n| **调解** | 54个 |\n\n- 甲\n- [x] 乙\n1. 丙\n"
    )
    assert document.text == "表1\n指标\t数值\n调解\t54个\n- 甲\n- 乙\n1. 丙\n"
    assert [h.kind for h in document.hints] == [LineKind.TABLE] * 2 + [LineKind.LIST] * 3


def test_front_matter() -> None:
    document = _read(
        "---\ntitle: '甲县报告'\n年份: 2025\ntags:\n  - x\n链接: http://a.cn\n---\n正文\n"
    )
    assert document.text == "正文\n"
    assert document.fields == {"title": "甲县报告", "year": "2025", "url": "http://a.cn"}


def test_rule_at_the_top_is_not_front_matter() -> None:
    assert _read("---\n正文。\n---\n后文\n").text == "正文。\n后文\n"


def test_code_block_keeps_its_lines() -> None:
    assert _read("```\n# 不是标题\n**x**\n```\n后\n").text == "# 不是标题\n**x**\n后\n"


def test_nothing_but_markup() -> None:
    with pytest.raises(UnreadableFileError, match="no text"):
        _read("---\ntitle: x\n---\n***\n")
