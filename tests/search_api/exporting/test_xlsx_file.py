"""A comparison as an Excel workbook, read back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from corpus.statements.statement import Bound
from search_api.comparing.comparison_types import Comparison, Relation, TopicKind
from search_api.comparing.wording.wording_types import WordingComparison
from search_api.exporting.xlsx_file import comparison_xlsx
from search_api.questions.question import Language
from tests.search_api.exporting.export_support import (
    comparison,
    row,
    silent,
    topic,
    usual,
    wording,
)


def opened(asked: Comparison, words: WordingComparison | None = None) -> Workbook:
    return load_workbook(io.BytesIO(comparison_xlsx(asked, words)))


def sheet(book: Workbook, name: str) -> Worksheet:
    return cast(Worksheet, book[name])


def lines(book: Workbook, name: str) -> list[dict[object, object]]:
    header, *rest = sheet(book, name).iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in rest]


def parts(asked: Comparison) -> dict[str, str]:
    """The files of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(comparison_xlsx(asked))) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_figures_are_numbers_and_what_is_written_is_text() -> None:
    first, *_, last = lines(opened(usual()), "对比表")
    assert first == {
        "地区": "云溪县",
        "年份": 2025,
        "是否说明": "已说明",
        "数值（原文）": "12—15吨",
        "目标": "否",
        "原文": "松露产量12—15吨。",
        "章节": "一、回顾 › （二）山货",
        "起始字符": 100,
        "结束字符": 111,
        "下限": 12,
        "上限": 15,
        "单位": "吨",
        "界限": "区间",
        "可比": "是",
        "离群": "否",
        "把握": 0.813,
        "原因": None,
        "最接近的句子": None,
        "最接近句起始": None,
        "最接近句结束": None,
        "报告标题": "云溪县工作报告",
        "报告编号": "云溪县-2025",
        "来源": "reports/云溪县.txt",
        "页码": None,
    }
    assert (last["是否说明"], last["原因"]) == ("未说明", "报告没有说明。")
    assert (last["最接近的句子"], last["最接近句起始"]) == ("种植松露的农户增多。", 40)


def test_a_target_is_told_from_a_result() -> None:
    target = replace(row("云溪县", "5吨", "5"), announced=True)
    found = lines(opened(comparison(target, row("石桥县", "6吨", "6"), silent())), "对比表")
    assert [each["目标"] for each in found] == ["是", "否", None]


def test_header_stays_filters_are_there_and_quotes_wrap() -> None:
    table = sheet(opened(usual()), "对比表")
    assert table.freeze_panes == "C2"
    assert table.auto_filter.ref == "A1:X6"
    assert table.print_area == "'对比表'!$A$1:$I$6"
    assert table["F1"].value == "原文"
    assert table["F2"].alignment.wrap_text
    assert table.column_dimensions["F"].width > 3 * table.column_dimensions["B"].width
    # 40 characters are wider than 60 of Latin: two lines.
    long = comparison(row("云溪县", "5吨", "5", quote="松" * 38 + "5吨"), silent())
    rows = sheet(opened(long), "对比表").row_dimensions
    assert (rows[2].height, rows[3].height) == (30, 15)


def test_rows_that_stand_out_are_tinted() -> None:
    table = sheet(opened(usual()), "对比表")
    tints = [table.cell(line, 1).fill.fgColor.rgb for line in range(2, 7)]
    assert tints == ["00000000", "00000000", "00FADBD8", "00000000", "00FDF3E1"]


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+5", "-5", "@SUM(A1)", "#N/A"])
def test_no_text_becomes_a_formula_or_an_error(text: str) -> None:
    given_row = replace(row("云溪县", text, "5", quote=text), title=text)
    book = opened(comparison(given_row))
    table = sheet(book, "对比表")
    for column in ("D", "F"):
        assert table[f"{column}2"].value == text
        assert table[f"{column}2"].data_type == "s"
    written = parts(comparison(given_row))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in written
    assert 't="e"' not in written


def test_text_like_a_formula_stays_text_when_somebody_edits_it() -> None:
    table = sheet(opened(comparison(row("云溪县", "=1", "1", quote="产量=1"))), "对比表")
    assert table["D2"].quotePrefix
    assert not table["F2"].quotePrefix


def test_characters_xml_does_not_have_are_left_out() -> None:
    quote = "甲\x00乙\x0b丙\x0c丁\x1f戊\udcff己\uffff\t庚\n辛"
    (found,) = lines(opened(comparison(row("云溪县", "5吨", "5", quote=quote))), "对比表")
    assert found["原文"] == "甲乙 丙 丁戊己\t庚\n辛"


def test_what_excel_would_decode_is_written_as_it_is() -> None:
    written = parts(comparison(row("云溪县", "5吨", "5", quote="a_x0041_x0042_b_x004_")))
    assert ">a_x005F_x0041_x005F_x0042_b_x004_<" in written["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("字" * 32_767, "字" * 32_767),
        ("字" * 32_768, "字" * 32_766 + "…"),
        # Two units each: 16,383 of them are 32,766 units.
        ("𠮷" * 16_384, "𠮷" * 16_383 + "…"),
        ("字" + "𠮷" * 16_384, "字" + "𠮷" * 16_382 + "…"),
    ],
    ids=["just fits", "one too many", "two units each", "cut inside of one"],
)
def test_a_text_too_long_for_a_cell_is_cut_visibly(quote: str, wanted: str) -> None:
    (found,) = lines(opened(comparison(row("云溪县", "5吨", "5", quote=quote))), "对比表")
    assert found["原文"] == wanted


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=40))
def test_any_text_is_written_as_text(quote: str) -> None:
    table = sheet(opened(comparison(row("云溪县", "5吨", "5", quote=quote))), "对比表")
    legal = "".join(c for c in quote if c >= " " or c in "\t\n\r\x0b\x0c")
    legal = legal.replace("\ufffe", "").replace("\uffff", "")
    found = str(table["F2"].value or "").replace("_x005F_", "_")
    assert found.split() == legal.split()
    assert table["F2"].data_type != "f"


def test_citations_have_a_line_each_also_the_nearest() -> None:
    found = lines(opened(usual()), "引文")
    assert [(line["报告"], line["用途"], line["起始字符"]) for line in found] == [
        ("云溪县 2025", "已说明", 100),
        ("石桥县 2025", "已说明", 100),
        ("青禾县 2025", "已说明", 100),
        ("双河县 2025", "已说明", 100),
        ("白塔县 2025", "最接近的句子", 40),
    ]


def test_figures_are_drawn_in_a_short_unit_those_that_do_not_compare_left_out() -> None:
    asked = comparison(
        row("云溪县", "1.5—2亿斤", "150000000", "200000000", unit="斤", bound=Bound.RANGE),
        row("双河县", "3户", "3", unit="户", comparable=False),
        row("石桥县", "9000万斤", "90000000", unit="斤"),
        silent(),
    )
    book = opened(asked)
    assert list(sheet(book, "数值图").iter_rows(values_only=True)) == [
        ("报告", "数值 (亿斤)", "区间上限 (亿斤)"),
        ("云溪县 2025", 1.5, 2),
        ("石桥县 2025", 0.9, None),
    ]
    chart = parts(asked)["xl/charts/chart1.xml"]
    # The upper ends first: what comes later is drawn over it.
    assert chart.index("$C$2:$C$3") < chart.index("$B$2:$B$3")
    assert '<overlap val="100"' in chart.replace("c:", "")


def test_a_figure_bounded_on_one_side_has_no_other_end() -> None:
    asked = comparison(
        row("云溪县", "7%以上", "7", unit="%", bound=Bound.AT_LEAST),
        row("石桥县", "6%以内", "6", unit="%", bound=Bound.AT_MOST),
        row("双河县", "5—6%", "5", "6", unit="%", bound=Bound.RANGE),
        row("白塔县", "5%", "5", unit="%"),
    )
    book = opened(asked)
    ends = [(each["下限"], each["上限"]) for each in lines(book, "对比表")]
    assert ends == [(7, None), (None, 6), (5, 6), (5, 5)]
    drawn = [(each["数值 (%)"], each["区间上限 (%)"]) for each in lines(book, "数值图")]
    assert drawn == [(7, None), (6, None), (5, 6), (5, None)]


def test_no_chart_of_one_figure() -> None:
    one = comparison(row("云溪县", "5吨", "5"), silent())
    assert opened(one).sheetnames == ["对比表", "引文", "说明"]
    assert not any("chart" in name for name in parts(one))
    assert any("chart" in name for name in parts(usual()))


def test_wording_has_its_sheets() -> None:
    book = opened(usual(), wording())
    assert book.sheetnames == [
        "对比表",
        "引文",
        "数值图",
        "共用词语",
        "共同表述",
        "独有表述",
        "逐年变化",
        "说明",
    ]
    groups = lines(book, "共同表述")
    assert [(each["组"], each["使用份数"], each["总份数"]) for each in groups] == [(1, 3, 4)] * 3
    assert [each["与所给表述"] for each in groups] == ["典型写法", "逐字相同", "改写"]
    assert [(each["起始字符"], each["原文"]) for each in groups][2] == (9, "办好松露节会。")
    (particular,) = lines(book, "独有表述")
    assert particular["独有词语"] == "松露指数\n松露地图"
    changed, new, dropped = lines(book, "逐年变化")
    assert changed == {
        "地区": "云溪县",
        "较早报告": "云溪县 2024",
        "较晚报告": "云溪县 2025",
        "变化": "改动",
        "之前": "投资8亿元建设步道。",
        "之后": "投资10亿元建设步道。",
        "数值变化": "8亿元 → 10亿元：+2亿元（+25%）",
        "相似度": 0.98,
        "之前起始": 30,
        "之前结束": 40,
        "之后起始": 50,
        "之后结束": 61,
    }
    assert (new["变化"], new["之前"], new["之后"], new["之后起始"]) == (
        "新增",
        None,
        "新建菌房。",
        70,
    )
    assert (dropped["变化"], dropped["之前"], dropped["之前结束"]) == ("删去", "停办旧集市。", 86)


def test_phrases_have_a_line_for_each_report_that_uses_them() -> None:
    found = lines(opened(usual(), wording()), "共用词语")
    assert found[0] == {
        "词语": "松露节",
        "使用份数": 2,
        "总份数": 4,
        "报告": "云溪县 2025",
        "原文": "办好松露节。",
        "章节": "一、回顾 › （二）山货",
        "起始字符": 100,
        "结束字符": 106,
        "报告编号": "云溪县-2025",
    }
    assert [(each["词语"], each["报告"], each["使用份数"]) for each in found[1:]] == [
        ("松露节", "石桥县 2025", 2),
        ("办好松露节会", "青禾县 2025", 1),
    ]


def test_a_phrase_like_a_formula_is_text() -> None:
    (first, _) = wording().phrases
    asked = replace(wording(), phrases=(replace(first, phrase="=1+1"),))
    cell = sheet(opened(usual(), asked), "共用词语")["A2"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == ("=1+1", "s", True)


def test_what_was_compared_is_told() -> None:
    assert list(sheet(opened(usual()), "说明").iter_rows(values_only=True))[1:4] == [
        ("主题", "松露产量"),
        ("覆盖", "5份报告，4份说明，1份未说明"),
        ("提示", "没有收录2024年的报告。"),
    ]


@pytest.mark.parametrize(
    ("kind", "has", "has_not"),
    [
        (TopicKind.THEME, {"Sentences"}, {"Figure as written", "Target", "Low", "Relation"}),
        (TopicKind.PASSAGE, {"Relation", "Similarity"}, {"Figure as written", "Sentences"}),
        (
            TopicKind.FIGURE,
            {"Figure as written", "Target", "Low", "Outlier"},
            {"Sentences", "Relation"},
        ),
    ],
)
def test_columns_are_those_of_the_kind_of_topic(
    kind: TopicKind, has: set[str], has_not: set[str]
) -> None:
    stated = replace(
        row("云溪县", "5吨", "5"), mentions=7, relation=Relation.OTHER_FIGURE, similarity=0.91
    )
    asked = comparison(stated, asked=topic("truffles", kind, Language.EN))
    (found,) = lines(opened(asked), "Table")
    assert has <= set(found)
    assert not has_not & set(found)
    if kind is TopicKind.PASSAGE:
        assert found["Relation"] == "other figures, years or places only"
    if kind is TopicKind.THEME:
        assert found["Sentences"] == 7
