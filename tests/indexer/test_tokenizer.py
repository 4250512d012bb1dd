"""Words of texts, as they should be cut."""

import pytest

from indexer.tokenizer import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("54个", ["54", "个"]),
        ("增长5.5%", ["增长", "5.5%"]),
        ("增长５．５％", ["增长", "5.5%"]),
        ("3,500.5亿元", ["3500.5", "亿元"]),
        ("10,20", ["10", "20"]),  # an enumeration, not a thousand
        ("GDP总量", ["gdp", "总量"]),
        ("“十四五”期间", ["十四", "四五", "十四五", "期间"]),
        ("調整人民調解組織", ["调整", "人民", "民调", "调解", "人民调解", "组织"]),
        ("教育和医疗", ["教育", "医疗"]),
        ("", []),
        ("。，！ \n\t", []),
    ],
)
def test_words(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_english_words_are_lower_case_and_whole() -> None:
    assert tokenize("How many Mediation organizations?") == [
        "how",
        "many",
        "mediation",
        "organizations",
    ]


def test_no_word_has_white_space_in_it() -> None:
    words = tokenize("人工智能+ 行动\u3000计划 a\u00a0b C++ x_y 3.0版")
    assert not [word for word in words if word.split() != [word]]
