from __future__ import annotations

import pytest

from corpus.outlines.numbering import Form, markers, numeral_value


def found(line: str) -> list[tuple[Form, str, int]]:
    return [(m.form, m.number, m.value) for m in markers(line, 0, len(line))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("二十一", 21),
        ("一百零五", 105),
        ("10", 10),
        ("１２", 12),
        ("③", 3),
        ("二三", None),  # two digits in a row name no number of a heading
        ("二〇三五", None),
        ("零", None),
        ("甲", None),
    ],
)
def test_numeral_value(text: str, value: int | None) -> None:
    assert numeral_value(text) == value


@pytest.mark.parametrize(
    ("line", "form", "number"),
    [
        ("一、工作回顾", Form.CHINESE, "一"),
        ("十一、其他", Form.CHINESE, "十一"),
        ("第二部分 主要任务", Form.CHAPTER, "二"),
        ("第三章 保障措施", Form.CHAPTER, "三"),
        ("第一节 目标", Form.ARTICLE, "一"),
        ("（十四）加强自身建设", Form.BRACKETED, "十四"),
        ("(三)加强民生保障", Form.BRACKETED, "三"),
        ("1.医疗卫生方面。", Form.ARABIC, "1"),
        ("１．医疗卫生方面。", Form.ARABIC, "１"),
        ("3、推进项目", Form.ARABIC, "3"),
        ("（2）完善制度", Form.BRACKETED_ARABIC, "2"),
        ("②完善制度", Form.CIRCLED, "②"),
        ("第一，坚持解放思想。", Form.ORDINAL, "一"),
        ("三是完善机制。", Form.RUN_IN, "三"),
        ("二要加强监管。", Form.RUN_IN_MUST, "二"),
        ("其次，完善制度。", Form.ADVERB, ""),
        ("20.2026年民生实事：办好十件实事", Form.ARABIC, "20"),
        ("一、一季度工作情况", Form.CHINESE, "一"),
        ("二、五年来的主要成就", Form.CHINESE, "二"),
        ("三、产业发展", Form.CHINESE, "三"),
        ("四", Form.CHINESE, "四"),  # a number alone on its line
    ],
)
def test_marker_at_the_start_of_a_line(line: str, form: Form, number: str) -> None:
    first = next(markers(line, 0, len(line)))
    assert (first.form, first.number, first.line_initial) == (form, number, True)


@pytest.mark.parametrize(
    "line",
    [
        "5.5%左右的预期目标",
        "2.5",
        "一、二、三产业增加值分别增长3%、5%、6%",
        "三、四线城市房价平稳",
        "第一、二轮中央督察反馈问题整改完成",
        "二〇三五年远景目标",
        "全国第一，领先各省",
        "世界第一，连续三年",
        "2026年是开局之年",
        "一个个项目落地，十要素改革推进",
    ],
)
def test_lines_that_only_look_numbered(line: str) -> None:
    assert [m for m in markers(line, 0, len(line)) if m.line_initial] == []


def test_run_in_items_inside_a_paragraph() -> None:
    line = "主要做法：一是抓学习；二是抓落实，三是抓督查。这是唯一是非之地。十三是抓总结。"
    assert [m.number for m in markers(line, 0, len(line))] == ["一", "二", "三", "十三"]


def test_bracketed_arabic_inside_a_sentence_is_part_of_the_sentence() -> None:
    assert found("办好实事。（1）新建学校。（2）改造医院。") == []


def test_marker_offsets_point_into_the_text() -> None:
    text = "前言\n　　（一） 加强领导。"
    start = text.index("（")
    marker = next(markers(text, start, len(text)))
    assert text[marker.start : marker.end] == "（一） "
    assert text[marker.end :].startswith("加强领导")
    assert marker.label == "（一）"
