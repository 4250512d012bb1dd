from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.outlines.lines import split_lines
from corpus.report import Span
from corpus.sentences import LONGEST, paragraphs, sentences


def split(text: str, cuts: tuple[int, ...] = ()) -> list[str]:
    return [span.of(text) for span in sentences(text, Span(0, len(text)), cuts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办件5920件。发布率达100%。", ["办件5920件。", "发布率达100%。"]),
        ("蓝图已经绘就！让我们努力奋斗！", ["蓝图已经绘就！", "让我们努力奋斗！"]),
        ("打通“最后一公里”。深入推进改革。", ["打通“最后一公里”。", "深入推进改革。"]),
        ("他说：“要抓紧。要抓实。”大家赞同。", ["他说：“要抓紧。要抓实。”", "大家赞同。"]),
        ("做到“五落实。”继续推进。", ["做到“五落实。”", "继续推进。"]),
        ("按“先易后难！分步实施”推进。", ["按“先易后难！分步实施”推进。"]),
        ("增长5.5%，投资1.28万元。", ["增长5.5%，投资1.28万元。"]),
        ("达到1?。下一句。", ["达到1?。", "下一句。"]),
        ("没有句号", ["没有句号"]),
        ("　　前有空格。 后有空格。 ", ["前有空格。", "后有空格。"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_an_unclosed_quotation_mark_does_not_swallow_the_rest() -> None:
    text = "坚持“一个目标。" + "认真抓好各项工作落实。" * 30
    assert len(split(text)) > 10


def test_cuts_end_sentences_too() -> None:
    text = "主要做法：一是抓学习，二是抓落实。"
    assert split(text, (text.index("一是"), text.index("二是"))) == [
        "主要做法：",
        "一是抓学习，",
        "二是抓落实。",
    ]


def test_a_sentence_longer_than_a_passage_is_cut_at_a_pause() -> None:
    text = "推进各项重点工作落实见效；" * 100 + "完成任务。"
    pieces = split(text)
    assert max(map(len, pieces)) <= LONGEST
    assert all(piece.endswith("；") for piece in pieces[:-1])
    assert "".join(pieces) == text


def test_broken_lines_make_one_paragraph_and_one_sentence() -> None:
    text = "优良天数比率95%，细颗粒物PM\n2.5\n平均浓度下降。\n下一段。"
    found = paragraphs(text, split_lines(text))
    assert [span.of(text) for span in found] == [text[: text.index("\n下")], "下一段。"]
    assert len(sentences(text, found[0])) == 1


@given(st.text("发展。！？；，、“”（）:1.\n 　的", max_size=1500), st.data())
def test_sentences_hold_every_character_once(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=4))
    spans = sentences(text, Span(0, len(text)), cuts)
    assert all(0 < len(span) <= LONGEST for span in spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
