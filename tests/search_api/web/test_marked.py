"""Marks in texts: whole words and figures, joined; cut texts are the text again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from search_api.web.marked import find_all, matches, stretches

CHINESE = st.text(alphabet="人民调解组织个室54.,，。a調織 ", max_size=40)


def marked(text: str, *words: str) -> list[str]:
    return [span.of(text) for span in matches(text, words)]


def test_touching_words_are_one_mark() -> None:
    assert marked("54个人民调解组织和调解员", "人民", "调解", "组织") == ["人民调解组织", "调解"]


def test_the_longer_word_wins() -> None:
    assert marked("调解委员会", "调解", "调解委员会") == ["调解委员会"]


def test_a_single_character_counts_beside_a_word_only() -> None:
    assert marked("室内流动调解室和个体", "流动", "调解", "室") == ["流动调解室"]
    assert marked("54个人民调解组织", "个", "人民", "调解", "组织") == ["人民调解组织"]
    assert marked("水和水利", "水") == ["水", "水"]


def test_figures_are_marked_whole_only() -> None:
    assert marked("5.4、54、154、54%、5.54", "54") == ["54", "54"]


def test_traditional_characters_count_as_simplified() -> None:
    assert marked("人民調解組織", "调解", "组织") == ["調解組織"]


def test_latin_words_in_any_case() -> None:
    assert marked("引进ABB项目", "abb") == ["ABB"]


def test_nothing_to_mark() -> None:
    assert marked("人民调解", "") == []
    assert marked("", "调解") == []
    assert matches("人民调解", ()) == []


@given(
    text=CHINESE, words=st.lists(st.text(alphabet="人民调解组织个室54a", min_size=1, max_size=3))
)
def test_marks_are_in_order_apart_and_inside(text: str, words: list[str]) -> None:
    found = matches(text, words)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(first.end < second.start for first, second in pairwise(found))


def test_stretches_by_hand() -> None:
    cut = stretches("0123456789", [Span(2, 4), Span(6, 8)], Span(3, 7))
    assert [(each.text, each.marked, each.said) for each in cut] == [
        ("01", False, False),
        ("2", True, False),
        ("3", True, True),
        ("45", False, True),
        ("6", True, True),
        ("7", True, False),
        ("89", False, False),
    ]


@given(
    text=CHINESE,
    edges=st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4),
    said=st.none() | st.tuples(st.integers(0, 45), st.integers(0, 45)),
)
def test_stretches_join_to_the_text(
    text: str, edges: list[tuple[int, int]], said: tuple[int, int] | None
) -> None:
    spans = [Span(min(pair), max(pair)) for pair in edges]
    best = Span(min(said), max(said)) if said is not None else None
    assert "".join(each.text for each in stretches(text, spans, best)) == text


def test_the_answer_is_found_as_a_whole_figure() -> None:
    assert find_all("154个乡镇，54个村", ["54个"]) == [Span(7, 10)]
    assert find_all("甲、乙、丙", ["乙", "丁", ""]) == [Span(2, 3)]
