"""Blanks around figures are read over, and offsets kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.report import Span
from corpus.statements.spacing import squeezed


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("2024 年度", "2024年度"),
        ("收入 1812.4 亿元", "收入1812.4亿元"),
        ("增长13. 1%", "增长13.1%"),
        ("增长 5 % 。", "增长5%。"),
        ("3 5", "3 5"),  # two figures
        ("GDP growth 5", "GDP growth 5"),
    ],
)
def test_blanks(text: str, close: str) -> None:
    assert squeezed(text).text == close


def test_a_span_is_given_as_it_is_written() -> None:
    close = squeezed("收入 1812.4 亿元")
    assert close.span(Span(2, 10)).of("收入 1812.4 亿元") == "1812.4 亿元"


@given(st.text(alphabet="年度增长亿元12.%， \u3000a", max_size=30))
def test_squeezed_characters_are_those_of_the_text(text: str) -> None:
    close = squeezed(text)
    for at, char in enumerate(close.text):
        assert close.span(Span(at, at + 1)).of(text) == char
