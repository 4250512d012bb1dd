"""Numbers as Word writes them; expected values after ECMA-376 Part 1, 17.18.59."""

from __future__ import annotations

import pytest

from corpus.readers.number_formats import format_number


@pytest.mark.parametrize(
    ("number_format", "values"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 10: "⑩", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 9: "ix"}),
        ("upperRoman", {14: "XIV", 40: "XL"}),
        (
            "chineseCountingThousand",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 100: "一百"}
            | {105: "一百零五", 110: "一百一十", 1001: "一千零一", 1010: "一千零一十"},
        ),
        ("chineseCounting", {9: "九", 10: "十", 19: "十九", 30: "三十", 100: "一○○"}),
        ("japaneseCounting", {10: "十", 11: "十一", 100: "百", 101: "百一", 220: "二百二十"}),
        ("ideographDigital", {10: "一〇", 25: "二五"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "甲子"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹"}),
        ("ideographLegalTraditional", {2: "貳"}),
        ("none", {3: ""}),
        ("someFutureFormat", {7: "7"}),
    ],
)
def test_format_number(number_format: str, values: dict[int, str]) -> None:
    assert {value: format_number(value, number_format) for value in values} == values
