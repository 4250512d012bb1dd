"""Exact match and F1 of reading comprehension, by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.span import exact_match, f1, segments


def test_punctuation_and_case_do_not_count() -> None:
    assert exact_match("“ABC”公司。", ["abc公司"]) == 1.0
    assert exact_match("abc", ["abc公司"]) == 0.0
    assert exact_match("54个", ["5个", "54个"]) == 1.0


def test_chinese_is_cut_into_characters_the_rest_into_words() -> None:
    assert segments("共有54个Big桥，好") == ["共", "有", "54", "个", "big", "桥", "好"]


@pytest.mark.parametrize(
    ("given_answer", "gold", "value"),
    [
        ("甲乙丙", "甲乙丙", 1.0),
        ("甲乙丙丁", "甲乙", 2 * (2 / 4) * 1 / (2 / 4 + 1)),
        ("甲乙", "丙丁", 0.0),
        # The longest common run is 乙丙 (2 of 3 each), not the three shared characters in order.
        ("乙丙甲", "甲乙丙", 2 / 3),
        ("", "甲", 0.0),
    ],
)
def test_f1_of_the_longest_common_run(given_answer: str, gold: str, value: float) -> None:
    assert f1(given_answer, [gold]) == pytest.approx(value)


def test_the_best_gold_answer_counts() -> None:
    assert f1("甲乙", ["丙", "甲乙"]) == 1.0
    assert f1("甲乙", []) == 0.0


@given(st.text(max_size=12), st.text(max_size=12))
def test_bounds_and_symmetry(one: str, other: str) -> None:
    value = f1(one, [other])
    assert 0.0 <= value <= 1.0
    assert value == pytest.approx(f1(other, [one]))
    if exact_match(one, [other]) and segments(one):
        assert value == pytest.approx(1.0)
