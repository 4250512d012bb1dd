"""What a glossary explains: numbered entries, notes, plain lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.outlines.glossary import explanations, written_forms
from corpus.outlines.lines import split_lines


def explained(text: str) -> list[tuple[str, str, str]]:
    """Label, term and explanation of each entry."""
    return [
        (each.label, each.term.of(text), each.explanation.of(text))
        for each in explanations(text, split_lines(text))
    ]


def test_numbered_entries_go_on_to_the_next() -> None:
    text = "1.“三办”：指立办、代办、\n协办。\n2.智慧水利：\n是指用数据管水。\n3.空条目："
    assert explained(text) == [
        ("", "“三办”", "指立办、代办、\n协办。"),
        ("", "智慧水利", "是指用数据管水。"),
        ("", "空条目", ""),
    ]


def test_notes_keep_their_label() -> None:
    text = "［1］一降三减：\n起数下降，三项减少。\n［2］本公报数据为初步统计数。"
    assert explained(text) == [
        ("［1］", "一降三减", "起数下降，三项减少。"),
        ("［2］", "本公报数据为初步统计数。", ""),
    ]


def test_plain_lines_are_entries_where_none_is_numbered() -> None:
    text = "流动调解室：设在工地的调解室。\n这一行没有解释。\n 窗口: 办事的地方。"
    assert explained(text) == [
        ("", "流动调解室", "设在工地的调解室。"),
        ("", "窗口", "办事的地方。"),
    ]


def test_a_colon_inside_a_sentence_makes_no_entry() -> None:
    assert explained("这句话说完了。后面又说：还有一句。") == []


def test_an_empty_glossary() -> None:
    assert explanations("", []) == []


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("“两重”", ("“两重”",)),
        ("“综合查一次”", ("“综合查一次”", "综合查一次")),
        ("“两重”“两新”", ("“两重”“两新”", "“两重”", "“两新”")),
        ("“三办”和“一站办结”", ("“三办”和“一站办结”", "“三办”", "“一站办结”", "一站办结")),
        ("“四上”企业", ("“四上”企业",)),
        ("水", ()),
    ],
)
def test_written_forms(term: str, forms: tuple[str, ...]) -> None:
    assert written_forms(term) == forms


@given(st.text(st.sampled_from("12.：“”［］甲乙。\n 、"), max_size=60))
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    last = 0
    for each in explanations(text, split_lines(text)):
        assert last <= each.start <= each.term.start < each.term.end
        assert each.term.end <= each.explanation.start <= each.explanation.end <= len(text)
        last = each.explanation.end
